"""PostgreSQL: the program works as `abdi_app`, which owns no table and only adds to the journal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.postgresql.base import DatabaseWrapper as Plain

_as_owner = False


def act_as_owner() -> None:
    """Keep the login role for this process: `abdi migrate` and the making of test databases."""
    global _as_owner  # noqa: PLW0603 - one switch for the process, set by the command line
    _as_owner = True


def act_as_program() -> None:
    """Go back to the program's own role."""
    global _as_owner  # noqa: PLW0603 - as above
    _as_owner = False


class DatabaseWrapper(Plain):
    """Django's PostgreSQL backend that steps down to the program's role on each connection."""

    def init_connection_state(self) -> Any:
        """Prepare a fresh connection; steps down where the role has been made by `migrate`."""
        result = super().init_connection_state()
        role = settings.ABDI_DB_ROLE
        if not _as_owner and role:
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if cursor.fetchone():
                    cursor.execute(f'SET ROLE "{role}"')
            if not self.get_autocommit():
                self.connection.commit()
        return result
