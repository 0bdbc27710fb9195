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
    """Go back to the program's own role; connections opened from now on step down."""
    global _as_owner  # noqa: PLW0603 - as above
    _as_owner = False


def acts_as_owner() -> bool:
    """Whether new connections of this process keep the login role."""
    return _as_owner


class DatabaseWrapper(Plain):
    """Django's PostgreSQL backend that steps down to the program's role on each connection."""

    def init_connection_state(self) -> Any:
        """Prepare a fresh connection: the program's role, or the owner without a time limit."""
        result = super().init_connection_state()
        with self.connection.cursor() as cursor:
            if _as_owner:
                cursor.execute("SET statement_timeout = 0")
            elif settings.ABDI_DB_ROLE:
                self._step_down(cursor, settings.ABDI_DB_ROLE)
        if not self.get_autocommit():
            self.connection.commit()
        return result

    def _step_down(self, cursor: Any, role: str) -> None:
        """Take the program's role where `migrate` has made it; the start-up check asks for it."""
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            cursor.execute(f"SET ROLE {self.ops.quote_name(role)}")
