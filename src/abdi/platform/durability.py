"""What the database promises, read back from it: weaker than SECURITY.md says is no start."""

from __future__ import annotations

from typing import Any

from django.db import connection

from abdi.platform.db.postgresql.role import ONLY_ADDED_TO
from abdi.platform.db.postgresql.row_security import open_tables, slow_functions

SQLITE_FULL = 2
SQLITE_PATIENCE_MS = 20_000
COMMITS = ("on", "remote_apply")
MOST_LOCK_MS = 3_000
MOST_STATEMENT_MS = 15_000


def weaknesses() -> list[str]:
    """Sentences about every setting that is weaker than promised; empty where all is well."""
    with connection.cursor() as cursor:
        return _of_sqlite(cursor) if connection.vendor == "sqlite" else _of_postgresql(cursor)


def slow_to_search() -> list[str]:
    """Functions by which PostgreSQL asks no index behind its row security; empty elsewhere."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        return slow_functions(cursor)


def _of_sqlite(cursor: Any) -> list[str]:
    def pragma(name: str) -> Any:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]

    found = []
    if pragma("journal_mode") != "wal":
        found.append("SQLite does not write ahead (journal_mode is not WAL).")
    if pragma("synchronous") < SQLITE_FULL:
        found.append("SQLite may lose what it confirmed in a power cut (synchronous is not FULL).")
    if pragma("foreign_keys") != 1:
        found.append("SQLite does not keep references (foreign_keys is off).")
    if pragma("busy_timeout") < SQLITE_PATIENCE_MS:
        found.append("SQLite gives up waiting too early (busy_timeout is below 20 s).")
    if getattr(connection, "transaction_mode", None) != "IMMEDIATE":
        found.append("Writers do not queue before they read (transaction_mode is not IMMEDIATE).")
    return found


def _of_postgresql(cursor: Any) -> list[str]:
    def setting(name: str) -> str:
        cursor.execute("SELECT setting FROM pg_settings WHERE name = %s", [name])
        return str(cursor.fetchone()[0])

    found = [
        f"PostgreSQL may lose what it confirmed in a power cut ({name} is {setting(name)})."
        for name, good in (
            ("synchronous_commit", COMMITS),
            ("fsync", ("on",)),
            ("full_page_writes", ("on",)),
        )
        if setting(name) not in good
    ]
    for name, most in (("lock_timeout", MOST_LOCK_MS), ("statement_timeout", MOST_STATEMENT_MS)):
        if not 0 < int(setting(name)) <= most:
            found.append(f"PostgreSQL waits too long ({name} is {setting(name)} ms).")
    if setting("transaction_isolation") != "read committed":
        found.append(f"PostgreSQL isolates otherwise ({setting('transaction_isolation')}).")
    return found + _too_mighty(cursor)


def _too_mighty(cursor: Any) -> list[str]:
    """The program's role must own nothing and only add to the journal."""
    found = []
    cursor.execute("SELECT current_setting('is_superuser'), current_user")
    superuser, name = cursor.fetchone()
    if superuser == "on":
        found.append(f"The program works as {name}, an administrator of the database.")
    cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
    if cursor.fetchone()[0]:
        found.append(f"The program works as {name}, which owns tables: run `abdi migrate`.")
    for table in ONLY_ADDED_TO:
        cursor.execute(
            "SELECT coalesce(has_table_privilege(to_regclass(%s)::oid, 'UPDATE, DELETE'), false)",
            [table],
        )
        if cursor.fetchone()[0]:
            found.append(f"The program could change {table}: run `abdi migrate`.")
    if open_to_all := open_tables(cursor):
        found.append(
            f"Rows of one institution are open to another in {len(open_to_all)} tables"
            f" ({', '.join(open_to_all[:3])} …): run `abdi migrate`."
        )
    return found
