"""The role the program works as: made by the login role after each `abdi migrate`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import ProgrammingError, connections, transaction

from abdi.platform.db.postgresql.base import acts_as_owner
from abdi.platform.db.postgresql.row_security import call_harmless, keep_row_security

ONLY_ADDED_TO = ("platform_entry", "platform_seal")
"""Tables of which the program may not change or remove a row."""
ONLY_READ = ("django_migrations",)


def keep_role(*, using: str, **_told: Any) -> None:
    """After migrations: the role exists, owns nothing, and has the rights it needs and no more.

    Does nothing on other databases, and nothing for a process that is not the owner.
    Raises CommandError where the login role may not make roles.
    """
    connection = connections[using]
    if connection.vendor != "postgresql" or not acts_as_owner() or not settings.ABDI_DB_ROLE:
        return
    quote = connection.ops.quote_name
    role = quote(settings.ABDI_DB_ROLE)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _make(cursor, settings.ABDI_DB_ROLE, role)
        there = set(connection.introspection.table_names(cursor))
        for words in (
            f"GRANT {role} TO CURRENT_USER",
            f"GRANT USAGE ON SCHEMA public TO {role}",
            f"REVOKE CREATE ON SCHEMA public FROM {role}, PUBLIC",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ):
            cursor.execute(words)
        for name in sorted(there & {*ONLY_ADDED_TO, *ONLY_READ}):
            rights = "UPDATE, DELETE, TRUNCATE" if name in ONLY_ADDED_TO else "INSERT, UPDATE"
            cursor.execute(f"REVOKE {rights}, DELETE ON {quote(name)} FROM {role}")
    # apart: roles are shared by all databases of the server, so that others would wait for it
    with transaction.atomic(using=using), connection.cursor() as cursor:
        keep_row_security(cursor, quote, there)
        call_harmless(cursor)


def _make(cursor: Any, name: str, role: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    if cursor.fetchone():
        return
    try:
        with transaction.atomic():
            cursor.execute(f"CREATE ROLE {role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
    except ProgrammingError as problem:
        raise CommandError(
            f"The login role may not make the role {name}. As an administrator: "
            f"CREATE ROLE {role} NOLOGIN; GRANT {role} TO CURRENT_USER; then migrate again."
        ) from problem
