"""G10: a staff list from the file to the record, against the bare COPY of PostgreSQL.

Processor seconds of our process, its children and the database server together, because walls
swing on shared machines; walls are printed beside them. What is compared:

- `check`: the file is read and every rule looks at every row, as `abdi import people FILE --json`;
- `apply`: check, draft, and all ready rows applied: persons, posts, seats, ranks, journal, undo;
- `again`: the same file once more, which changes nothing;
- `copy`: the eight columns of the file copied into a table with a unique index and a name index;
- `peer`: django-import-export in bulk mode, persons only (where the group `extra` is installed).
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

KINDS: Final = ("copy", "csv", "xlsx", "peer")
PEER_ROWS: Final = 10_000
MILLION: Final = 1_000_000
TURNS: Final = 3
PAGE: Final = os.sysconf("SC_PAGE_SIZE")
MEGABYTE: Final = 1 << 20
TICKS: Final = os.sysconf("SC_CLK_TCK")
BARE: Final = (
    "DROP TABLE IF EXISTS bench_people; CREATE TABLE bench_people (id bigint GENERATED ALWAYS AS"
    " IDENTITY PRIMARY KEY, number text UNIQUE, name text, birth text, sex text, rank text,"
    " since text, post text, unit text); CREATE INDEX ON bench_people (upper(name))"
)
COPIED: Final = "COPY bench_people (number, name, birth, sex, rank, since, post, unit) FROM STDIN"


def measure(kind: str, rows: int) -> dict[str, Any]:
    """One side, in this process alone."""
    from abdi.platform.tenancy import within

    if kind == "copy":
        return min((_copy(rows) for _turn in range(TURNS)), key=lambda one: float(one["cpu"]))
    with within(_institution(kind)):
        if kind == "peer":
            return _peer(min(rows, PEER_ROWS))
        return _ours(kind, rows)


def million(folder: Path) -> dict[str, Any]:
    """A CSV of a million rows on the command line: seconds and the most memory it held."""
    from ops.bench import staff_lists

    path = folder / "sejuta.csv"
    staff_lists.write_csv(path, MILLION)
    start = time.perf_counter()
    command = [str(Path(sys.executable).with_name("abdi")), "import", "people", str(path), "--json"]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(child.pid, 0)
    path.unlink()
    return {
        "rows": MILLION,
        "wall": round(time.perf_counter() - start, 2),
        "cpu": round(used.ru_utime + used.ru_stime, 2),
        "mb": used.ru_maxrss // 1024,
        "code": os.waitstatus_to_exitcode(status),
    }


def _institution(kind: str) -> int:
    from abdi.people import actions
    from abdi.platform.access import SYSTEM
    from abdi.platform.tenancy import Institution, within
    from ops.bench import staff_lists

    made = Institution.objects.create(code=kind, name=f"Kota {kind}", region_code=kind.upper())
    with within(made.pk):
        top = actions.add_unit(None, by=SYSTEM, code="a", name="Dinas", kind="agency")
        for at in range(staff_lists.UNITS):
            name = f"Unit Kerja {at:03d}"
            actions.add_unit(top, by=SYSTEM, code=f"x{at}", name=name, kind="section")
    return int(made.pk)


def _ours(kind: str, rows: int) -> dict[str, Any]:
    from abdi.imports import actions, queries
    from abdi.platform.access import SYSTEM
    from ops.bench import staff_lists

    path = Path(os.environ["ABDI_DATA_DIR"]) / f"daftar.{kind}"
    getattr(staff_lists, f"write_{kind}")(path, rows)

    def check() -> int:
        with queries.open_list(path) as opened:
            return sum(row.is_ready for row in opened)

    def bring() -> int:
        with queries.open_list(path) as opened:
            draft = actions.start_draft(None, by=SYSTEM, opened=opened, rows=opened)
        return actions.apply_ready(draft, by=SYSTEM).row_count

    steps = {"check": check, "apply": bring, "again": bring}
    with _most_memory() as most:
        found: dict[str, Any] = {name: _timed(step) for name, step in steps.items()}
    return {**found, "rows": rows, "mb": most[0] // MEGABYTE}


@contextmanager
def _most_memory() -> Iterator[list[int]]:
    """The most bytes this process and its children held at one moment, looked at 50 times a second.

    The system's own highest mark of a child counts what its parent held before the child began.
    """
    most, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(0.02):
            most[0] = max(most[0], sum(map(_held, _family())))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _family() -> list[str]:
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [str(os.getpid()), *children]


def _held(process: str) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * PAGE


def _copy(rows: int) -> dict[str, Any]:
    from django.db import connection

    from abdi.platform.db.postgresql.base import act_as_owner
    from ops.bench import staff_lists

    act_as_owner()
    connection.close()
    table = list(staff_lists.rows(rows))
    with connection.cursor() as cursor:
        cursor.execute(BARE)

    def copy() -> int:
        with connection.cursor() as cursor, cursor.copy(COPIED) as target:
            for row in table:
                target.write_row(row)
        return rows

    return _timed(copy)


def _peer(rows: int) -> dict[str, Any]:
    try:
        from import_export import resources
    except ImportError:
        return {}
    import tablib

    from abdi.people.models import Person
    from ops.bench import staff_lists

    class People(resources.ModelResource):  # type: ignore[misc]
        class Meta:
            model = Person
            use_bulk = True
            batch_size = 1_000
            import_id_fields = ("employee_number",)
            fields = ("employee_number", "name", "birth_on", "sex", "employment")
            force_init_instance = True

    from django.db import connection

    from abdi.platform.db.postgresql.base import act_as_owner

    act_as_owner()  # it sets the counters of the table, which the program's role may not
    connection.close()
    heads = ["employee_number", "name", "birth_on", "sex", "employment"]
    data = tablib.Dataset(headers=heads)
    for number, name, birth, sex, *_more in staff_lists.rows(rows):
        day = "-".join(reversed(birth.split("-")))
        data.append([number, name, day, {"L": "male", "P": "female"}[sex], "PNS"])
    found = _timed(lambda: len(People().import_data(data, raise_errors=True).rows))
    return {**found, "rows": rows}


def _timed(act: Callable[[], int]) -> dict[str, Any]:
    """Seconds of an act: by the wall, and of processors, the server's included."""
    from django.db import connection

    postmaster = _postmaster()
    before, start = _cpu(postmaster), time.perf_counter()
    count = act()
    wall = time.perf_counter() - start
    connection.close()
    time.sleep(0.3)
    own, server = (after - first for after, first in zip(_cpu(postmaster), before, strict=True))
    return {
        "n": count, "wall": round(wall, 2), "own": round(own, 2), "server": round(server, 2),
        "cpu": round(own + server, 2),
    }  # fmt: skip


def _cpu(postmaster: int) -> tuple[float, float]:
    """Processor seconds of this process with its children, and of the server's ended backends."""
    used = os.times()
    words = Path(f"/proc/{postmaster}/stat").read_text().rpartition(")")[2].split()
    server = sum(map(int, words[11:15])) / TICKS
    return sum(used[:4]), server


def _postmaster() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    words = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
    connection.close()
    time.sleep(0.2)
    return int(words[1])


def lines(found: dict[str, Any] | None) -> list[tuple[str, str, str, str, bool | None]]:
    """What was measured, as lines of the report."""
    named = "import of a staff list of 8 columns on PostgreSQL ÷ bare COPY into one indexed table"
    if found is None:
        return [("G10", named, "csv ≥ 1/3, xlsx ≥ 1/4, ≤ 300 MB", "not measured in this run", None)]
    told = [
        _line(found, kind, step, words)
        for kind in ("csv", "xlsx")
        for step, words in (
            ("check", "read and every check"),
            ("apply", "read, checked, applied: seven tables, journal and undo"),
            ("again", "the same list again"),
        )
    ]
    mb = max(found["csv"]["mb"], found["xlsx"]["mb"])
    rows = found["csv"]["rows"]
    told.append(("G10", f"memory of an import of {rows:,} rows", "≤ 300 MB", f"{mb} MB", mb <= 300))
    one = found["million"]
    measured = f"{one['mb']} MB, {one['wall']} s, {one['cpu']} processor seconds"
    good = one["mb"] < 1024 and one["code"] == 0
    told.append(("G10", "a CSV of 1,000,000 rows with --json", "< 1,024 MB", measured, good))
    return [*told, _peer_line(found)]


def _line(
    found: dict[str, Any], kind: str, step: str, words: str
) -> tuple[str, str, str, str, bool]:
    one, bare = found[kind][step], found["copy"]
    share, part = bare["cpu"] / max(one["cpu"], 0.01), 3 if kind == "csv" else 4
    measured = (
        f"1/{1 / max(share, 0.001):.1f} ({one['cpu']} s of processors, server {one['server']} s,"
        f" wall {one['wall']} s; COPY {bare['cpu']} s, wall {bare['wall']} s)"
    )
    return "G10", f"{kind}: {words} ÷ bare COPY", f"≥ 1/{part}", measured, share >= 1 / part


def _peer_line(found: dict[str, Any]) -> tuple[str, str, str, str, bool | None]:
    compared, wanted = "rows a second ÷ django-import-export in bulk mode (persons only)", "≥ 50 ×"
    peer = found.get("peer")
    if not peer:
        return "G10", compared, wanted, "not measured: the group `extra` is not installed", None
    theirs = peer["rows"] / peer["cpu"]
    ratios = {step: found["csv"]["rows"] / found["csv"][step]["cpu"] / theirs
              for step in ("check", "apply")}  # fmt: skip
    measured = f"checked {ratios['check']:.0f} ×, applied {ratios['apply']:.1f} ×, by processors"
    return "G10", compared, wanted, measured, ratios["apply"] >= 50
