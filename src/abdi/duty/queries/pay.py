"""The list of hours of a unit's month: figures now, what was handed over, what differs."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from abdi.duty.choices import StoodState
from abdi.duty.models import CallOut, PayLine, PayList, Shift
from abdi.duty.queries.orders import day_bounds
from abdi.duty.rules import Stand, is_night
from abdi.duty.rules import pay as rules
from abdi.duty.rules.pay import Figures, WorkedTurn
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.calendar import holidays_of
from abdi.platform.norms import norms
from abdi.presence import queries as presence
from abdi.presence.choices import DayStatus

CAME: Final = frozenset(
    {
        DayStatus.PRESENT.value,
        DayStatus.LATE.value,
        DayStatus.EARLY_LEAVE.value,
        DayStatus.DUTY_OUTSIDE.value,
        DayStatus.DISPENSATION.value,
    }
)
AWAY: Final = frozenset(
    {
        DayStatus.LEAVE.value,
        DayStatus.SICK.value,
        DayStatus.PERMITTED.value,
        DayStatus.ABSENT.value,
    }
)


@dataclass(frozen=True)
class Draft:
    """A list as it would be handed over now: its month, and earlier months that changed since."""

    month_on: date
    own: dict[int, Figures]
    changed: dict[date, dict[int, Figures]]

    @property
    def rows(self) -> list[tuple[int, date, Figures]]:
        """All rows: person, month, figures."""
        found = [(person_id, self.month_on, one) for person_id, one in self.own.items()]
        for month_on, lines in self.changed.items():
            found += [(person_id, month_on, one) for person_id, one in lines.items()]
        return found

    @property
    def mark(self) -> str:
        """What the rows hash to; the same figures give the same mark."""
        return rules.seal(self.rows)


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the month of a day."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_before(month_on: date, count: int) -> date:
    """The first day of the month so many months earlier."""
    year, month = divmod(month_on.year * 12 + month_on.month - 1 - count, 12)
    return date(year, month + 1, 1)


def month_figures(unit_id: int, month_on: date) -> dict[int, Figures]:
    """Figures of everybody who stood in a unit's month or was called out; six queries.

    Call-outs count where the person holds his post, so nobody's are counted in two units. Who has
    nothing in the month, but turns in the days before it, is left out.
    """
    first, last = month_of(month_on)
    figures = norms("duty", on=first)
    turns = _turns(unit_id, first - timedelta(days=6), last)
    members = set(people.unit_spans(unit_id, first, last, heads=True))
    calls = _calls(members, first, last)
    found = {
        person_id: rules.figures_of(
            turns.get(person_id, ()), calls.get(person_id, ()), (first, last), figures
        )
        for person_id in sorted({*turns, *calls})
    }
    return {person_id: one for person_id, one in found.items() if one != rules.NOTHING}


def _turns(unit_id: int, first: date, last: date) -> dict[int, list[WorkedTurn]]:
    start, end = day_bounds(first, last)
    rows = list(
        Shift.objects.in_force()
        .filter(roster__unit_id=unit_id, starts_at__gte=start, starts_at__lt=end, is_standby=False)
        .order_by("starts_at", "id")
        .values_list("person_id", "starts_at", "ends_at")
    )
    known = presence.days_counted({row[0] for row in rows}, first, last)
    figures = norms("duty", on=last)
    found: dict[int, list[WorkedTurn]] = {}
    for person_id, starts_at, ends_at in rows:
        begin, finish = clock.local(starts_at), clock.local(ends_at)
        day = begin.date()
        status, lost = known.get((person_id, day), ("", 0))
        turn = WorkedTurn(
            begin,
            finish,
            _state(status),
            is_night=is_night(Stand(begin, finish, person_id), figures),
            is_holiday=day in holidays_of(day.year),
            lost_minutes=lost,
        )
        found.setdefault(person_id, []).append(turn)
    return found


def _state(status: str) -> StoodState:
    if status in CAME:
        return StoodState.STOOD
    return StoodState.MISSED if status in AWAY else StoodState.UNKNOWN


def _calls(
    who: Iterable[int], first: date, last: date
) -> dict[int, list[tuple[datetime, datetime | None]]]:
    start, end = day_bounds(first, last)
    rows = CallOut.objects.filter(person_id__in=list(who), at__gte=start, at__lt=end)
    found: dict[int, list[tuple[datetime, datetime | None]]] = {}
    for person_id, at, ended_at in rows.order_by("at").values_list("person_id", "at", "ended_at"):
        found.setdefault(person_id, []).append((at, ended_at))
    return found


def list_of(unit_id: int, month_on: date) -> PayList | None:
    """The list that was handed over for a month."""
    return PayList.objects.filter(unit_id=unit_id, month_on=month_on).first()


def lines_of(pay_list: PayList) -> QuerySet[PayLine]:
    """The rows of a list that was handed over: its own month first, then the differences."""
    rows = PayLine.objects.filter(pay_list=pay_list).select_related("person")
    return rows.order_by("is_difference", "-month_on", "person__name", "person_id")


def own_lines(person_id: int) -> QuerySet[PayLine]:
    """What was handed over about a person, newest list first."""
    rows = PayLine.objects.filter(person_id=person_id).select_related("pay_list__unit")
    return rows.order_by("-pay_list__month_on", "is_difference", "-month_on")


def figures_in(line: PayLine) -> Figures:
    """The numbers of a row that was handed over."""
    return Figures(*(getattr(line, name) for name in rules.NAMES))


def draft_of(unit_id: int, month_on: date) -> Draft:
    """The list of a month as it would be handed over now, with what changed in earlier ones."""
    back = norms("duty", on=month_on)["pay_corrections_months"]
    oldest = months_before(month_on, back)
    handed = _handed(unit_id, oldest, month_on)
    changed = {
        month: rules.differences(month_figures(unit_id, month), lines)
        for month, lines in sorted(handed.items())
    }
    return Draft(
        month_on,
        month_figures(unit_id, month_on),
        {month: lines for month, lines in changed.items() if lines},
    )


def _handed(unit_id: int, oldest: date, before: date) -> dict[date, dict[int, Figures]]:
    """What all lists together said of the months that have one, by month and person."""
    months = PayList.objects.filter(
        unit_id=unit_id, month_on__gte=oldest, month_on__lt=before
    ).values_list("month_on", flat=True)
    found: dict[date, dict[int, Figures]] = {month: {} for month in months}
    for line in PayLine.objects.filter(pay_list__unit_id=unit_id, month_on__in=list(found)):
        lines = found[line.month_on]
        lines[line.person_id] = lines.get(line.person_id, rules.NOTHING) + figures_in(line)
    return found
