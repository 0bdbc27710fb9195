"""The institution's figures in memory: one short query a process and quarter minute, no more.

Why a little late is right here: a figure never begins on a day on which its module already did
something, so it begins tomorrow at the earliest, and everything kept is read again when the
institution's day changes. The process that wrote one knows it at once; inside its transaction it
reads the table itself, so that a rollback leaves nothing behind.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from abdi.platform import clock
from abdi.platform.norms import Override
from abdi.platform.tenancy import institution_or_none, within

FRESH_SECONDS = 15
Found = Mapping[str, tuple[Override, ...]]


@dataclass(frozen=True)
class _Kept:
    at: float
    day: date
    rows: Found


_kept: dict[int, _Kept] = {}
_own = threading.local()


def overrides(module: str, on: date) -> tuple[Override, ...]:
    """The figures of the institution at work for one module on a day; none outside of one."""
    institution_id = institution_or_none()
    if institution_id is None:
        return ()
    found = _rows(institution_id).get(module, ())
    return tuple(one for one in found if one.covers(on))


def _rows(institution_id: int) -> Found:
    if institution_id in _unsaved():
        return _read(institution_id)
    kept = _kept.get(institution_id)
    fresh = kept is not None and time.monotonic() - kept.at < FRESH_SECONDS
    if kept is not None and fresh and kept.day == clock.today():
        return kept.rows
    return refresh(institution_id)


def refresh(institution_id: int) -> Found:
    """Read the institution's figures now and keep them."""
    with within(institution_id):
        kept = _Kept(time.monotonic(), clock.today(), _read(institution_id))
    _kept[institution_id] = kept
    return kept.rows


def _read(institution_id: int) -> Found:
    from abdi.platform.norms.records import DatedNorm

    found: dict[str, list[Override]] = {}
    with within(institution_id):
        for row in DatedNorm.objects.filter(is_void=False).order_by("since", "id"):
            if row.counts:
                found.setdefault(row.module, []).append(row.override)
    return {module: tuple(rows) for module, rows in found.items()}


def changed(institution_id: int) -> None:
    """Say that the table changed: this transaction reads it at once, this process once it ends."""
    _unsaved().add(institution_id)
    transaction.on_commit(lambda: _saved(institution_id))


def _saved(institution_id: int) -> None:
    _unsaved().discard(institution_id)
    _kept.pop(institution_id, None)


def _unsaved() -> set[int]:
    """The institutions whose figures this thread changed in the transaction it is in."""
    found: set[int] | None = getattr(_own, "unsaved", None)
    if found is None or not connection.in_atomic_block:
        found = _own.unsaved = set()
    return found


def forget() -> None:
    """Drop everything kept (tests)."""
    _kept.clear()
    _own.unsaved = set()
