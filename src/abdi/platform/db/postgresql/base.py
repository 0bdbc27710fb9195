"""PostgreSQL: the program works as `abdi_app`, which owns no table and only adds to the journal."""

from __future__ import annotations

import select
from typing import Any

from django.conf import settings
from django.db.backends.postgresql.base import TIMESTAMPTZ_OID
from django.db.backends.postgresql.base import DatabaseWrapper as Plain
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.postgresql.psycopg_any import register_tzloader
from psycopg.pq import Format

from abdi.platform.db.postgresql.cursors import (
    PreparedCursor,
    ScopedCursor,
    ScopedServerSideCursor,
    is_call,
    see_all,
    with_plain_moments,
)

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


class Operations(DatabaseOperations):
    """Django's, which says what a prepared statement was made of."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        """The statement as it was sent; a prepared one in full, for those who count and read."""
        if is_call(sent := super().last_executed_query(cursor, sql, params)):
            return self.compose_sql(sql, params)
        return sent


class DatabaseWrapper(Plain):
    """Django's PostgreSQL backend that steps down to the program's role on each connection."""

    ops_class = Operations

    def get_connection_params(self) -> dict[str, Any]:
        """Django's, with the cursor that says whose rows are wanted."""
        return {**super().get_connection_params(), "cursor_factory": ScopedCursor}

    def create_cursor(self, name: str | None = None) -> Any:
        """Django's cursors; those that are read in parts say whose rows are wanted, too."""
        if name is None:
            return super().create_cursor()
        cursor = ScopedServerSideCursor(
            self.connection, name=name, scrollable=False, withhold=self.connection.autocommit
        )
        loader: Any = self.connection.adapters.get_loader(TIMESTAMPTZ_OID, Format.TEXT)
        if self.timezone != loader.timezone:
            register_tzloader(self.timezone, cursor)
        return cursor

    def prepared_cursor(self) -> Any:
        """A cursor for the few fixed statements that many requests share; else like cursor()."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor = PreparedCursor(self.connection)
            cursor._adapters = self.connection.plain  # else copied for each
            return self._prepare_cursor(cursor)  # type: ignore[attr-defined]  # Django's own

    def is_usable(self) -> bool:
        """Whether the server still listens; asked before the first statement of each request.

        A server that went away has closed the line, so a line without news is whole: one look
        at the socket instead of a statement. A line with news is asked as Django does.
        """
        if self.connection is not None and not self.connection.closed:
            line = select.poll()
            line.register(self.connection.fileno(), select.POLLIN)
            if not line.poll(0):
                return True
        return bool(super().is_usable())

    def init_connection_state(self) -> Any:
        """Prepare a fresh connection: the program's role, or the owner without a time limit."""
        result = super().init_connection_state()
        self.connection.calls = {}
        self.connection.plain = with_plain_moments(self.connection)
        if _as_owner:
            see_all(self.connection)
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
