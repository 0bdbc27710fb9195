"""Whose rows are wanted just now: set by `platform.tenancy`, told to the database.

Apart from tenancy and free of models, since the database's connection is made before models are.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

EVERY: Final = "*"
NONE: Final = ""

current: ContextVar[int | None] = ContextVar("institution", default=None)
lifted: ContextVar[str | None] = ContextVar("unscoped_reason", default=None)


def wanted() -> str:
    """The scope as the database is told it: an institution's id, EVERY, or NONE."""
    if lifted.get() is not None:
        return EVERY
    found = current.get()
    return NONE if found is None else str(found)
