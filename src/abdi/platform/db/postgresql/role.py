"""The role the program works as: made by the login role after each `abdi migrate`."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import IntegrityError, InternalError, ProgrammingError, connections, transaction

from abdi.platform.db.postgresql.base import acts_as_owner
from abdi.platform.db.postgresql.row_security import call_harmless, keep_row_security

ONLY_ADDED_TO = ("platform_entry", "platform_seal")
"""Tables of which the program may not change or remove a row."""
ONLY_READ = ("django_migrations",)
CREATE = "CREATE ROLE {} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE"
TRIES = 6
PAUSE_SECONDS = 0.2


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
    _make(connection, settings.ABDI_DB_ROLE)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for words in (
            f"GRANT USAGE ON SCHEMA public TO {role}",
            f"REVOKE CREATE ON SCHEMA public FROM {role}, PUBLIC",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ):
            cursor.execute(words)
        for name in sorted(there & {*ONLY_ADDED_TO, *ONLY_READ}):
            rights = "UPDATE, DELETE, TRUNCATE" if name in ONLY_ADDED_TO else "INSERT, UPDATE"
            cursor.execute(f"REVOKE {rights}, DELETE ON {quote(name)} FROM {role}")
    with transaction.atomic(using=using), connection.cursor() as cursor:
        keep_row_security(cursor, quote, there)
        call_harmless(cursor)


def _make(connection: Any, name: str) -> None:
    """The role is there and the login role may take it.

    Roles are shared by all databases of the server: each step is committed at once, and tried again
    where another database does the same at the same moment.
    """
    role = connection.ops.quote_name(name)
    for turn in range(TRIES):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = %s",
                [name],
            )
            found = cursor.fetchone()
            if found == (True,):
                return
            try:
                with transaction.atomic(using=connection.alias):
                    cursor.execute(
                        f"GRANT {role} TO CURRENT_USER" if found else CREATE.format(role)
                    )
            except ProgrammingError as problem:
                if turn == TRIES - 1:
                    raise CommandError(
                        f"The login role may not make the role {name}. As an administrator: "
                        f"CREATE ROLE {role} NOLOGIN; GRANT {role} TO CURRENT_USER; "
                        "then migrate again."
                    ) from problem
            except (IntegrityError, InternalError):
                time.sleep(PAUSE_SECONDS)
    raise CommandError(f"Other databases of this server keep changing the role {name}: try again.")
