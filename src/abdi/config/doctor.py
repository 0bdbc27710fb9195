"""`abdi doctor`: what is wrong with this installation, in words."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from abdi.platform import durability
from abdi.platform.tenancy import Institution

FREE_BYTES = 500_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    what: str
    good: bool
    advice: str = ""


def main(words: list[str]) -> int:
    """Look at everything; exit 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="abdi doctor")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(words)
    found = list(findings())
    if asked.json:
        print(json.dumps([vars(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            advice = f": {one.advice}" if one.advice else ""
            print(f"{'ok ' if one.good else 'BAD'}  {one.what}{advice}")
    return 0 if all(one.good for one in found) else 1


def findings() -> Iterator[Finding]:
    """Everything the doctor looks at, in order."""
    looks: tuple[Callable[[], Finding], ...] = (
        _python,
        _disk,
        _private_folder,
        _database,
        _durability,
        _search,
        _migrations,
        _routes,
        _assets,
        _mail,
        _second_factor,
        _provider,
    )
    for look in looks:
        try:
            yield look()
        except Exception as problem:
            yield Finding(look.__name__.strip("_"), False, f"{type(problem).__name__}: {problem}")


def _python() -> Finding:
    return Finding(f"Python {sys.version.split()[0]}", sys.version_info >= (3, 11))


def _disk() -> Finding:
    free = shutil.disk_usage(settings.ABDI_DATA_DIR).free
    return Finding(
        f"{free // 1_000_000:,} MB free in {settings.ABDI_DATA_DIR}",
        free > FREE_BYTES,
        "" if free > FREE_BYTES else "make room, at least 500 MB",
    )


def _private_folder() -> Finding:
    mode = settings.ABDI_DATA_DIR.stat().st_mode & 0o007
    return Finding("data folder is private", mode == 0, "" if mode == 0 else "chmod o-rwx it")


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding(f"database {connection.vendor} answers", True)


def _durability() -> Finding:
    weak = durability.weaknesses()
    return Finding("what was saved survives a power cut", not weak, " ".join(weak))


def _search() -> Finding:
    slow = durability.slow_to_search()
    advice = f"an administrator may say ALTER FUNCTION … LEAKPROOF of {', '.join(slow)}"
    return Finding("names are searched by their index", True, f"not here: {advice}" if slow else "")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Finding("tables are up to date", not plan, "run `abdi migrate`" if plan else "")


def _routes() -> Finding:
    problems = [found.msg for found in run_checks(tags=["access"]) if found.is_serious()]
    return Finding("every route has an access key", not problems, "; ".join(problems[:3]))


def _assets() -> Finding:
    there = any(settings.STATICFILES_DIRS)
    return Finding(
        "styles and scripts are built", there, "" if there else "run `python3 dev.py setup`"
    )


def _second_factor() -> Finding:
    if not settings.ABDI_FACTOR_BY_ROLE:
        advice = "set ABDI_FACTOR_BY_ROLE back to True"
        return Finding("no role asks for a second factor", False, advice)
    if not settings.ABDI_FACTOR_EXEMPT:
        return Finding("a second factor is asked by role", True)
    real = Institution.objects.exclude(code__in=settings.ABDI_FACTOR_EXEMPT).exists()
    return Finding(
        "the invented accounts of the demo sign in without a second factor",
        not real,
        "a real institution is here: unset ABDI_DEMO" if real else "",
    )


def _provider() -> Finding:
    if not (settings.ABDI_OIDC_ISSUER and settings.ABDI_OIDC_CLIENT):
        idle = settings.ABDI_OIDC_SECOND_FACTOR != "own"
        advice = "set ABDI_OIDC_ISSUER and ABDI_OIDC_CLIENT, or unset ABDI_OIDC_SECOND_FACTOR"
        return Finding("no provider of sign-ins is named", not idle, advice if idle else "")
    if settings.ABDI_OIDC_SECOND_FACTOR == "provider":
        return Finding("the provider vouches for second factors: it must ask everybody", True)
    return Finding("who comes from the provider needs a second factor of his own here", True)


def _mail() -> Finding:
    return Finding(
        "mail server is set"
        if settings.ABDI_SMTP_URL
        else "no mail server (ABDI_SMTP_URL is empty)",
        bool(settings.ABDI_SMTP_URL) or settings.ABDI_PLAIN_HTTP,
    )
