"""The platform's own jobs."""

from __future__ import annotations

from django.db import connection

from abdi.platform.jobs import job
from abdi.platform.journal import seal_all
from abdi.platform.notices import posting, telling
from abdi.platform.once import forget_old_keys
from abdi.platform.ratelimit import forget_old_tallies


@job("every 10 seconds")
def send_notices() -> None:
    """Send what waits in the outbox."""
    posting.send_due()


@job("daily 01.15")
def count_rows_of_sqlite() -> None:
    """Let SQLite know how rows spread over its indexes; PostgreSQL finds out by itself.

    Without it SQLite takes any index for a good one and reads all posts of an institution to find
    one superior. It looks at a thousand entries of an index, so it is quick at any size.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


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
