"""The platform's own jobs."""

from __future__ import annotations

from abdi.platform.jobs import job
from abdi.platform.journal import seal_all
from abdi.platform.notices import posting, telling
from abdi.platform.once import forget_old_keys
from abdi.platform.ratelimit import forget_old_tallies


@job("every 10 seconds")
def send_notices() -> None:
    """Send what waits in the outbox."""
    posting.send_due()


@job("daily 01.30")
def forget_what_expired() -> None:
    """Drop used keys, old counts and sent outbox rows: technical rows, no records of fact."""
    forget_old_keys()
    forget_old_tallies()
    telling.forget_old_notices()


@job("daily 01.45")
def seal_what_came_late() -> None:
    """Seal entries whose transaction committed after thousands of newer ones were sealed."""
    seal_all()
