"""Time of people that is taken, written in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from abdi.people.models import BusyTime


def keep_times(rows: Iterable[tuple[int, datetime, datetime, str]], kind: str) -> None:
    """Enter stretches of time, each (person id, start, end, about), in the calendars."""
    BusyTime.objects.bulk_create(
        (
            BusyTime(person_id=person_id, start_at=start, end_at=end, kind=kind, about=about)
            for person_id, start, end, about in rows
        ),
        batch_size=2_000,
    )
