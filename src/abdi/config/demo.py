"""`abdi demo`: make the demo city where there is none, print the sign-ins, serve it."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

from abdi.config import serving
from abdi.platform.db.bulk import count_rows_anew, lift_time_limit
from abdi.platform.db.postgresql.base import act_as_owner, act_as_program
from abdi.platform.tenancy import Institution, within

if TYPE_CHECKING:
    from abdi.people.demo import DemoCity

PASSWORD = "cendana-demo-2026"  # noqa: S105 - invented accounts of an invented city
FLOORS = (
    "letters",
    "presence",
    "rights",
    "imports",
    "survey",
    "competence",
    "duty",
    "training",
    "reports",
    "workload",
    "performance",
    "culture",
    "integrity",
    "insight",
)
SIGN_INS = "sign-ins.txt"


def main(words: list[str]) -> int:
    """Make the city where none is there yet, then serve it; `--no-serve` ends after making it."""
    parser = argparse.ArgumentParser(prog="abdi demo")
    parser.add_argument("--size", choices=["small", "city", "province"], default="small")
    parser.add_argument("--no-serve", action="store_true")
    asked = parser.parse_args(words)
    if not asked.no_serve and not serving.port_is_free("127.0.0.1", settings.PORT):
        print(f"Port {settings.PORT} is taken; choose another: PORT=8001.", file=sys.stderr)
        return 1
    prepare_database()
    if not Institution.objects.exists():
        make_city(asked.size)
    print_sign_ins()
    if asked.no_serve:
        return 0
    connections.close_all()
    os.environ["ABDI_DEMO"] = "1"
    return serving.serve(["--with-work"])


def prepare_database() -> None:
    """Bring the tables up to date as their owner."""
    act_as_owner()
    call_command("migrate", verbosity=0)
    connections.close_all()
    act_as_program()


def make_city(size: str) -> None:
    """Build Kota Cendana floor by floor, all of it or nothing."""
    started = time.monotonic()
    steps = 3 + len(FLOORS)
    tell = _bar(steps)
    with transaction.atomic():
        city = build_city(size, tell)
    _note_sign_ins(city.sign_ins)
    _after(tell)
    print(f"\nKota Cendana is ready ({size}, {time.monotonic() - started:.0f} s).", flush=True)


def build_city(size: str, tell: Callable[[str], None]) -> DemoCity:
    """All rows of the city and its sealed journal; runs inside a transaction of the caller."""
    from abdi.people import demo as people

    lift_time_limit()
    institution = Institution.objects.create(
        code=settings.DEMO_CODE, name="Pemerintah Kota Cendana", region_code="CD"
    )
    with within(institution.pk):
        city = people.build(institution, size, tell, PASSWORD)
        count_rows_anew()
        for floor in FLOORS:
            _build_floor(floor, city, tell)
            count_rows_anew()
    _seal()
    return city


def _build_floor(floor: str, city: Any, tell: Callable[[str], None]) -> None:
    tell(floor)
    if find_spec(f"abdi.{floor}") and find_spec(f"abdi.{floor}.demo"):
        import_module(f"abdi.{floor}.demo").build(city)


def _seal() -> None:
    """Put the seals of the audit chain on what the floors entered in the journal."""
    from abdi.platform.journal import seal_all

    seal_all()


def _after(tell: Callable[[str], None]) -> None:
    """What jobs would do in the next minutes: figures, so that the first page has them."""
    from abdi.platform.jobs import JOBS, run_due_jobs

    for name in ("insight.refresh_figures",):
        if name in JOBS:
            run_due_jobs(only=name)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _bar(steps: int) -> Callable[[str], None]:
    done = 0

    def tell(what: str) -> None:
        nonlocal done
        done += 1
        filled = "█" * min(done, steps) + "·" * max(0, steps - done)
        end = "" if sys.stdout.isatty() else "\n"
        start = "\r" if sys.stdout.isatty() else ""
        print(f"{start}{filled} {what:<32}", end=end, flush=True)

    return tell


def _note_sign_ins(rows: list[tuple[str, str, str]]) -> None:
    lines = [f"{role:<20} {login:<18} {name}" for role, login, name in rows]
    path = settings.ABDI_DATA_DIR / SIGN_INS
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.chmod(0o600)


def print_sign_ins() -> None:
    """One sign-in per role, the address, and how the duty PC opens."""
    from abdi.people.demo import consoles

    path = settings.ABDI_DATA_DIR / SIGN_INS
    print(f"\nhttp://127.0.0.1:{settings.PORT}/         (citizen: no sign-in)")
    print(f"http://127.0.0.1:{settings.PORT}/masuk    password for all: {PASSWORD}\n")
    card, other = consoles.CARDS
    print(f"http://127.0.0.1:{settings.PORT}/konsol/daftar    duty PC, code {consoles.CODE};")
    print(f"    then card {card} or {other} and PIN {consoles.PIN}\n")
    if path.exists():
        print(path.read_text(encoding="utf-8"), flush=True)
