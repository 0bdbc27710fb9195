"""Cursors that tell PostgreSQL whose rows are wanted, inside the transaction of each statement.

Row security (row_security.py) shows a row only where `abdi.institution` names its institution or
every one. It is set for the running transaction only, so nothing of it outlives a request. Most
statements carry it before them in the same message, which PostgreSQL runs as one transaction; those
that cannot (prepared, many at once, COPY, read in parts) are told apart. The owner's connections
see everything and tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db.backends.postgresql.base import Cursor, ServerSideCursor
from psycopg import Copy
from psycopg.adapt import AdaptersMap
from psycopg.pq import TransactionStatus
from psycopg.types.datetime import TimestamptzLoader

from abdi.platform.db.scope import NONE, wanted

SETTING: Final = "abdi.institution"
IDLE: Final = TransactionStatus.IDLE
INTRANS: Final = TransactionStatus.INTRANS
PREPARED: Final = "abdi_"
MOST_PREPARED: Final = 200
"""Statements one connection keeps planned; what comes after them is sent as it is."""


def is_call(text: str | None) -> bool:
    """Whether this is the call of a statement that was prepared before."""
    return text is not None and text.startswith(f"EXECUTE {PREPARED}")


def tells(line: Any) -> bool:
    """Whether statements of this connection say whose rows they want."""
    return not getattr(line, "sees_all", False)


def see_all(line: Any) -> None:
    """This connection is the owner's: it sees every row as long as it lasts."""
    line.execute(f"SET {SETTING} = '*'")
    line.sees_all = True


class Telling:
    """What the cursors share: `_conn.told` is what the running transaction was told last."""

    _conn: Any
    _pgconn: Any
    _in_front = False
    """Whether the statement can carry the setting before it."""

    def _start_query(self, query: Any = None) -> Any:
        """Begin as the driver does, then say whose rows are wanted where that is new."""
        if self._pgconn.transaction_status == IDLE:
            self._conn.told = NONE
        yield from super()._start_query(query)  # type: ignore[misc]
        if not self._in_front and (want := self._news()) is not None:
            yield from self._conn._exec_command(f"SELECT set_config('{SETTING}', '{want}', true)")

    def _news(self) -> str | None:
        """Whose rows are wanted, where this transaction was not told so yet."""
        status = self._pgconn.transaction_status
        if status not in (IDLE, INTRANS) or not tells(self._conn):
            return None
        want = wanted()
        if want == self._conn.told:
            return None
        if status == INTRANS:
            self._conn.told = want
        return want

    @contextmanager
    def _in_transaction(self) -> Iterator[None]:
        """A transaction of its own for a statement of several messages, where none is open."""
        if self._pgconn.transaction_status != IDLE or not self._conn.autocommit:
            yield
            return
        with self._conn.transaction():
            self._conn.told = NONE
            yield


_Cursor: Any = Cursor
_ServerSideCursor: Any = ServerSideCursor


class ScopedCursor(Telling, _Cursor):  # type: ignore[misc]  # the stubs leave its base out
    """The cursor of nearly all statements: the setting goes before them in one message."""

    _in_front = True
    _carried = False

    def _execute_send(
        self, query: Any, *, force_extended: bool = False, binary: bool | None = None
    ) -> None:
        want = None
        if query.query.startswith(b"ROLLBACK"):
            self._conn.told = None  # what was told since the savepoint is forgotten
        elif self._in_front:
            want = self._news()
        self._carried = want is not None
        if want is None:
            super()._execute_send(query, force_extended=force_extended, binary=binary)
            return
        self._query = query
        self._pgconn.send_query(f"SET LOCAL {SETTING} = '{want}'; ".encode() + query.query)

    def _set_results(self, results: list[Any]) -> None:
        super()._set_results(results[1:] if self._carried else results)

    def executemany(self, *given: Any, **options: Any) -> None:
        """Run a statement for each of many values."""
        with self._apart():
            super().executemany(*given, **options)

    @contextmanager
    def copy(self, *given: Any, **options: Any) -> Iterator[Copy]:
        """Rows in or out in bulk."""
        with self._in_transaction(), self._apart(), super().copy(*given, **options) as copy:
            yield copy

    @contextmanager
    def _apart(self) -> Iterator[None]:
        """What follows is sent in a way that carries nothing before it."""
        self._in_front = False
        try:
            yield
        finally:
            self._in_front = True


class ScopedServerSideCursor(Telling, _ServerSideCursor):  # type: ignore[misc]  # as above
    """The cursor of `.iterator()`: its rows are settled when it is opened or first read."""

    def execute(self, *given: Any, **options: Any) -> Any:
        """Open the cursor."""
        with self._in_transaction():
            return super().execute(*given, **options)


class PreparedCursor(ScopedCursor):
    """A cursor whose statements the server plans once for a connection.

    They are prepared and called by SQL, not by the protocol: so what they are told goes before
    them in the same message, as with any other statement.
    """

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Run a statement with `%s` for its values, prepared the first time it is seen."""
        call = self._conn.calls.get(query) or self._prepare(query)
        return super().execute(call, params, **options)

    def _prepare(self, query: str) -> str:
        calls: dict[str, str] = self._conn.calls
        if len(calls) >= MOST_PREPARED:
            return query
        first, *others = query.split("%s")
        text = first + "".join(f"${n}{part}" for n, part in enumerate(others, start=1))
        name = f"{PREPARED}{len(calls)}"
        super().execute(f"PREPARE {name} AS {text}")
        values = ", ".join(["%s"] * len(others))
        call = f"EXECUTE {name} ({values})" if others else f"EXECUTE {name}"
        return calls.setdefault(query, call)


def with_plain_moments(line: Any) -> AdaptersMap:
    """How a connection reads values, its moments read by the driver's own swift reader.

    Django's reader of moments is the same one wrapped in Python; the session is in UTC for both.
    """
    adapters = AdaptersMap(line.adapters)
    adapters.register_loader("timestamptz", TimestamptzLoader)
    return adapters
