"""What the survey does by itself: end surveys whose last day has passed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.checks import reconciliation
from abdi.platform.jobs import job
from abdi.survey import actions, queries
from abdi.survey.models import Answer, ElementTotal, Period


@job("daily 00.30")
def close_due_periods() -> int:
    """End every survey whose last day has passed; returns how many."""
    count = 0
    for period in queries.due_to_close(clock.today())[:200]:
        try:
            actions.close_period(period, by=SYSTEM)
        except Conflict:
            continue
        count += 1
    return count


@reconciliation
def closed_periods_without_totals() -> int:
    """Ended surveys that were answered and have no result."""
    answers = Answer.objects.filter(period_id=OuterRef("pk"))
    totals = ElementTotal.objects.filter(period_id=OuterRef("pk"))
    closed = Period.objects.filter(closed_on__isnull=False)
    return closed.filter(Exists(answers)).exclude(Exists(totals)).count()
