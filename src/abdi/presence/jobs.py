"""What presence does by itself: counts absence, puts old drafts away, checks its promises."""

from __future__ import annotations

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.checks import reconciliation
from abdi.platform.jobs import job
from abdi.presence import actions, queries
from abdi.presence.actions.files import DRAFT_DAYS
from abdi.presence.models import CityFile, Leave
from abdi.presence.queries.scope import bounds


@job("daily 03.20")
def count_absence_of_the_year() -> int:
    """Announce the absence of everybody whose figures changed; returns how many."""
    year = clock.today().year
    count = 0
    for person_id, found in queries.absences_of_year(year).items():
        try:
            actions.count_absence(person_id, by=SYSTEM, year=year, found=found)
        except Conflict:
            continue
        count += 1
    return count


@job("daily 03.40")
def put_old_drafts_away() -> int:
    """Files that nobody applied in 90 days are put away; returns how many."""
    old = list(CityFile.objects.drafts().filter(made_at__lt=clock.now() - DRAFT_DAYS)[:100])
    return actions.drop_old_files(old, by=SYSTEM) if old else 0


@reconciliation
def approved_leave_missing_in_the_calendar() -> int:
    """Approved leave of coming days that rosters do not see."""
    missing = 0
    coming = Leave.objects.approved().filter(last_on__gte=clock.today())
    for row in coming.order_by("first_on")[:2_000]:
        start, end = bounds(row.first_on, row.last_on)
        about = {one.about for one in people.busy([row.person_id], start, end)}
        missing += row.ref not in about
    return missing
