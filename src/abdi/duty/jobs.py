"""What duty does by itself: reminders, swaps that end, and checks of its promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from django.db.models import Count, F, Q

from abdi.duty import actions, carrying, queries, working
from abdi.duty.choices import AlertState, LapseCause
from abdi.duty.models import Alert, Telling, Turn
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.checks import reconciliation
from abdi.platform.jobs import job, pulse
from abdi.platform.tenancy import within

AHEAD = timedelta(hours=12)
log = structlog.get_logger()


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


# ------------------------------------------------------------------ on call


@pulse(2)
def go_on_with_calls() -> int:
    """Take the steps that are due, in every institution; returns how many."""
    return _each_due(queries.due_alerts(clock.now()), Alert, actions.step_alert)


@pulse(2)
def fall_back_without_receipt() -> int:
    """Try the next channel of people who gave no sign; returns how many."""
    return _each_due(queries.due_fallbacks(clock.now()), Telling, actions.fall_back)


@pulse(2)
def call_by_mail() -> int:
    """Send the calls that go by e-mail."""
    return carrying.carry_due(carrying.LINES[0])


@pulse(2)
def call_by_push() -> int:
    """Ring the devices."""
    return carrying.carry_due(carrying.LINES[1])


@pulse(2)
def call_by_gateway() -> int:
    """Hand the calls that go by WhatsApp and text message to their gateways."""
    return carrying.carry_due(carrying.LINES[2])


def _each_due(due: list[tuple[int, int]], model: Any, act: Callable[..., object]) -> int:
    """Act on each row within its institution; what somebody else was quicker with is his."""
    done = 0
    for institution_id, pk in due:
        with within(institution_id):
            row = model.objects.filter(pk=pk).first()
            if row is None:
                continue
            try:
                act(row, by=SYSTEM)
            except Conflict:
                continue
            except Exception:
                log.exception("call not gone on with", row=str(row))
                continue
            done += 1
    return done


@reconciliation
def calls_whose_step_is_late() -> int:
    """Calls whose next step is due for more than a minute: no worker is running."""
    late = clock.now() - timedelta(minutes=1)
    return Alert.objects.filter(next_due_at__lt=late).count()


@reconciliation
def calls_that_nobody_answered() -> int:
    """Calls whose whole chain was gone through without an answer."""
    return Alert.objects.filter(state=AlertState.OPEN, next_due_at__isnull=True).count()


# ------------------------------------------------------------------ plans


@job("every 2 seconds")
def work_out_plans() -> int:
    """Begin to work out the plan that waits longest; returns 1 if one was begun."""
    return working.start_next()
