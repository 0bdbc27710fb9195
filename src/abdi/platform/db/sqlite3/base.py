"""SQLite for an embedded install: writers wait their turn, first come, first served.

Before BEGIN IMMEDIATE a writer takes a ticket among the threads of this process and then the
lock of the file `<database>.gate` among processes. The kernel drops that lock of a killed process.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections import deque
from functools import lru_cache
from sqlite3 import Cursor
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as Plain
from django.db.utils import OperationalError

WAIT_SECONDS = 20.0


class Turnstile:
    """One at a time, in the order of arrival, among threads and processes."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._mutex = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._file: int | None = None

    def enter(self, patience: float = WAIT_SECONDS) -> None:
        """Wait for the turn; raises OperationalError after `patience` seconds."""
        ticket = threading.Event()
        with self._mutex:
            self._queue.append(ticket)
            if self._queue[0] is ticket:
                ticket.set()
        deadline = time.monotonic() + patience
        try:
            if not ticket.wait(patience):
                raise OperationalError("database is locked: waited too long for the turn")
            self._lock_file(deadline)
        except BaseException:
            self._drop(ticket)
            raise

    def leave(self) -> None:
        """Give the turn to the next."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        with self._mutex:
            if self._queue:
                self._queue.popleft()
            if self._queue:
                self._queue[0].set()

    def _drop(self, ticket: threading.Event) -> None:
        with self._mutex:
            self._queue.remove(ticket)
            if self._queue:
                self._queue[0].set()

    def _lock_file(self, deadline: float) -> None:
        if self._file is None:
            flags = os.O_CREAT | os.O_RDWR | os.O_CLOEXEC
            self._file = os.open(f"{self.path}.gate", flags, 0o600)
        pause = 0.0005
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise OperationalError("database is locked by another process") from None
                time.sleep(pause)
                pause = min(pause * 1.5, 0.01)


_stiles: dict[str, Turnstile] = {}
_stiles_lock = threading.Lock()


def turnstile(path: str) -> Turnstile:
    """The turnstile of one database file, shared by all connections of this process."""
    with _stiles_lock:
        return _stiles.setdefault(path, Turnstile(path))


def _start_anew() -> None:
    """A forked child has no queue yet, and none of the threads that stood in its parent's."""
    global _stiles, _stiles_lock
    _stiles, _stiles_lock = {}, threading.Lock()


os.register_at_fork(after_in_child=_start_anew)


class PreparedCursor(Cursor):
    """A cursor for fixed statements: their text is made the driver's own once, not each time."""

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement with `%s` for its values."""
        if params is None:
            return super().execute(query)
        return super().execute(_marked(query), params)


@lru_cache(maxsize=256)
def _marked(query: str) -> str:
    """`?` for each `%s`; fixed statements have no other percent sign."""
    return query.replace("%s", "?")


class DatabaseWrapper(Plain):
    """Django's SQLite backend with the turnstile before each writing transaction."""

    _inside: Turnstile | None = None

    def _gate(self) -> Turnstile | None:
        name = str(self.settings_dict["NAME"])
        if not name or "memory" in name or os.environ.get("ABDI_TEST_NO_GATE"):
            return None
        return turnstile(name)

    def prepared_cursor(self) -> Any:
        """A cursor for the few fixed statements that many requests share; else like cursor()."""
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor = self.connection.cursor(factory=PreparedCursor)
            return self._prepare_cursor(cursor)  # type: ignore[attr-defined]  # Django's own

    def _start_transaction_under_autocommit(self) -> None:
        gate = self._gate()
        if gate is not None and self._inside is None:
            gate.enter()
            self._inside = gate
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's own
        except BaseException:
            self._out()
            raise

    def _out(self) -> None:
        gate, self._inside = self._inside, None
        if gate is not None:
            gate.leave()

    def _commit(self) -> Any:
        done = (
            super()._commit()  # type: ignore[misc]
        )  # a failed commit is followed by a rollback, which gives the turn back
        self._out()
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._out()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._out()
