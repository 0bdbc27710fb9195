"""The day a page is asked for."""

from __future__ import annotations

from datetime import date

from abdi.platform import clock
from abdi.platform.access import Request
from abdi.platform.forms import EARLIEST, LATEST


def day_asked(request: Request) -> tuple[date, bool]:
    """The day of `?pada=2026-01-31`, else today; and whether what was asked is no day."""
    text = request.GET.get("pada", "")
    if not text:
        return clock.today(), False
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return clock.today(), True
    return (day, False) if EARLIEST <= day <= LATEST else (clock.today(), True)
