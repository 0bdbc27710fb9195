"""What duty does by itself: reminders, swaps that end, and checks of its promises."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, F, Q

from abdi.duty import actions, queries, working
from abdi.duty.choices import LapseCause
from abdi.duty.models import Turn
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.checks import reconciliation
from abdi.platform.jobs import job

AHEAD = timedelta(hours=12)


@job("every 10 minutes")
def remind_before_shift() -> int:
    """Remind everybody whose turn begins within twelve hours; returns how many."""
    count = 0
    for shift in queries.starting_soon(clock.now(), AHEAD).order_by("starts_at")[:500]:
        try:
            actions.remind(shift, by=SYSTEM)
        except Conflict:
            continue
        count += 1
    return count


@job("every 5 minutes")
def lapse_loose_swaps() -> int:
    """End swaps whose turn moved, whose people left, or whose time is over; returns how many."""
    count = 0
    for swap, cause in queries.loose_swaps(clock.now()):
        try:
            actions.lapse_swap(swap, by=SYSTEM, cause=LapseCause(cause))
        except Conflict:
            continue
        count += 1
    return count


@reconciliation
def published_hours_without_anybody_on_duty() -> int:
    """Stretches of published weeks in which a round-the-clock unit has nobody at its post."""
    return len(queries.holes(clock.now()))


@reconciliation
def turns_whose_places_differ_from_their_shifts() -> int:
    """Turns whose count of taken places is not the number of people placed."""
    placed = Count("shifts", filter=Q(shifts__is_standby=False))
    return (
        Turn.objects.filter(ends_at__gt=clock.now())
        .annotate(placed=placed)
        .exclude(placed=F("taken_count"))
        .count()
    )


@job("every 2 seconds")
def work_out_plans() -> int:
    """Begin to work out the plan that waits longest; returns 1 if one was begun."""
    return working.start_next()
