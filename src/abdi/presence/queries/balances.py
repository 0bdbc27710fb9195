"""Annual leave that is left, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.calendar import holidays_of
from abdi.platform.norms import norms
from abdi.presence import rules
from abdi.presence.choices import DayStatus, LeaveKind, LeaveState
from abdi.presence.models import BalanceStatement, Leave, PresenceDay
from abdi.presence.queries.scope import bounds
from abdi.presence.rules import Left

JOINT = "cuti bersama"
WORKED = (DayStatus.PRESENT, DayStatus.LATE, DayStatus.EARLY_LEAVE, DayStatus.DUTY_OUTSIDE)


@dataclass(frozen=True)
class Balance:
    """Days left of N, N-1, N-2; days given back for duty on joint leave; what it rests on."""

    year: int
    left: Left
    given_back: int
    asked: int
    stated_at: datetime | None
    source: str

    @property
    def total(self) -> int:
        """All days that may still be asked for."""
        return max(0, self.left.total - self.asked)


def balance_of(person_id: int, on: date | None = None) -> Balance:
    """What is left of annual leave for the year of a day.

    Rests on the newest statement of the city's own system, less what was approved after it;
    without a statement on the days of a year. A statement of last year is carried over.
    """
    year = (on or clock.today()).year
    figures = norms("presence", on=date(year, 1, 1))
    said = _statement(person_id, year)
    left = rules.entitlement(figures)
    since = None
    if said is not None:
        left, since = Left(said.left_n, said.left_n1, said.left_n2), said.at
        if said.year < year:
            left = rules.take(left, _approved(person_id, said.year, since))
            left, since = rules.carry_over(left, figures), None
    back = _given_back(person_id, year, said.at if said and said.year == year else None)
    left = Left(left.n + back, left.n1, left.n2)
    return Balance(
        year,
        rules.take(left, _approved(person_id, year, since)),
        back,
        _days(person_id, year, LeaveState.REQUESTED),
        said.at if said else None,
        said.source if said else "",
    )


def _statement(person_id: int, year: int) -> BalanceStatement | None:
    rows = BalanceStatement.objects.filter(person_id=person_id, year__in=(year - 1, year))
    return rows.order_by("-year", "-at", "-id").first()


def _approved(person_id: int, year: int, since: datetime | None) -> int:
    rows = Leave.objects.approved().filter(person_id=person_id, kind=LeaveKind.ANNUAL)
    rows = rows.filter(first_on__year=year)
    if since is not None:
        rows = rows.filter(decided_at__gt=since)
    return rows.aggregate(n=Sum("days"))["n"] or 0


def _days(person_id: int, year: int, state: LeaveState) -> int:
    rows = Leave.objects.filter(person_id=person_id, kind=LeaveKind.ANNUAL, state=state)
    return rows.filter(first_on__year=year).aggregate(n=Sum("days"))["n"] or 0


def _given_back(person_id: int, year: int, since: datetime | None) -> int:
    """Joint leave days on which the person was on duty: each comes back as annual leave."""
    today = clock.today()
    days = [
        day
        for day, name in holidays_of(year).items()
        if JOINT in name.lower() and day <= today and (since is None or day > since.date())
    ]
    if not days:
        return 0
    worked = set(
        PresenceDay.objects.current()
        .filter(person_id=person_id, on__in=days, status__in=WORKED)
        .values_list("on", flat=True)
    )
    start, end = bounds(days[0], days[-1])
    for row in people.busy([person_id], start, end):
        if row.kind == TimeKind.SHIFT:
            worked.add(clock.local(row.start_at).date())
    return len(worked & set(days))
