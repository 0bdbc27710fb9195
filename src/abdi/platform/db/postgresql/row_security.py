"""Row security: PostgreSQL itself keeps the rows of one institution from another.

A second lock behind the scoped managers: a statement that forgot its institution finds nothing. The
owner of the tables puts it on after each `abdi migrate`, the start-up check reads it back.
"""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps

from abdi.platform.db.postgresql.cursors import SETTING

POLICY: Final = "own_institution_1"
"""The number rises with each change of the condition, so that `abdi migrate` replaces it."""
_SET: Final = f"(SELECT current_setting('{SETTING}', true))"
_ID: Final = f"(SELECT nullif(nullif(current_setting('{SETTING}', true), ''), '*')::bigint)"
CONDITION: Final = f"{_SET} = '*' OR institution_id = {_ID}"
"""Asked once a statement, not once a row: that is what the brackets around SELECT are for."""

HARMLESS: Final = (
    "upper(text)",
    "substr(text, integer)",
    "substr(text, integer, integer)",
    "strpos(text, text)",
    "textlike(text, text)",
)
"""What indexes of names and paths are searched by. Behind a policy PostgreSQL asks an index only by
functions that tell nothing of their input in an error (LEAKPROOF); only an administrator may say it
of these. Nobody who uses the program writes statements, so nothing is lost by it."""


def owned_tables() -> list[str]:
    """The tables whose rows belong to an institution."""
    from abdi.platform.tenancy import Owned

    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, Owned) and model._meta.managed
    )


def keep_row_security(cursor: Any, quote: Any, there: set[str]) -> None:
    """Every such table that is there has the policy and no other; changes only what differs."""
    kept = _kept(cursor)
    for name in owned_tables():
        policies, is_on = kept.get(name, ((), False))
        if name not in there or (is_on and policies == (POLICY,)):
            continue
        for other in policies:
            cursor.execute(f"DROP POLICY {quote(other)} ON {quote(name)}")
        for words in (
            f"CREATE POLICY {POLICY} ON {quote(name)} USING ({CONDITION}) WITH CHECK ({CONDITION})",
            f"ALTER TABLE {quote(name)} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        ):
            cursor.execute(words)


def call_harmless(cursor: Any) -> None:
    """Let indexes of names be used behind the policies, where the login role may say so."""
    cursor.execute("SELECT current_setting('is_superuser')")
    if cursor.fetchone()[0] == "on":
        for name in slow_functions(cursor):
            cursor.execute(f"ALTER FUNCTION pg_catalog.{name} LEAKPROOF")


def slow_functions(cursor: Any) -> list[str]:
    """The functions of HARMLESS by which no index is asked."""
    wanted = [f"pg_catalog.{name}" for name in HARMLESS]
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc"
        " WHERE oid = ANY(%s::regprocedure[]) AND NOT proleakproof ORDER BY 1",
        [wanted],
    )
    return [row[0] for row in cursor.fetchall()]


def open_tables(cursor: Any) -> list[str]:
    """Tables of which the present role could see the rows of another institution."""
    kept, told = _kept(cursor), _conditions(cursor)
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND row_security_active(oid)"
    )
    active = {row[0] for row in cursor.fetchall()}
    usual = max(set(told.values()), key=list(told.values()).count, default="")
    return [
        name
        for name in owned_tables()
        if name not in active
        or kept.get(name) != ((POLICY,), True)
        or told.get(name) != usual
        or SETTING not in usual
    ]


def _kept(cursor: Any) -> dict[str, tuple[tuple[str, ...], bool]]:
    """For each table its policies, and whether they count for its owner too."""
    cursor.execute(
        "SELECT relname, array_remove(array_agg(polname::text), NULL),"
        " relrowsecurity AND relforcerowsecurity"
        " FROM pg_class LEFT JOIN pg_policy ON polrelid = pg_class.oid"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " GROUP BY pg_class.oid, relname, relrowsecurity, relforcerowsecurity"
    )
    return {name: (tuple(policies), is_on) for name, policies, is_on in cursor.fetchall()}


def _conditions(cursor: Any) -> dict[str, str]:
    """For each table what its policy asks, of rows it shows and of rows it lets in."""
    cursor.execute(
        "SELECT tablename, concat(permissive, roles, cmd, qual, ' / ', with_check)"
        " FROM pg_policies WHERE schemaname = 'public'"
    )
    return {table: text.replace(f"{table}.", "") for table, text in cursor.fetchall()}
