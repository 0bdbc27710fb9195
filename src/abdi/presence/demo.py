"""Leave and presence of the demo city: who is away, who asks, a month of days."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any, Final

from abdi.people.choices import TimeKind
from abdi.people.demo import DemoCity, keep_times, moment, workday
from abdi.platform import clock
from abdi.platform.calendar import NATIONAL, add_working_days, is_working_day
from abdi.platform.journal import PastFact, record_many
from abdi.presence import events, rules
from abdi.presence.choices import DayStatus, LeaveKind, LeaveState
from abdi.presence.models import BalanceStatement, Leave, LeaveStep, PresenceDay
from abdi.presence.queries.scope import bounds

BATCH: Final = 2_000
SOURCE: Final = "e-cuti kota"
MACHINE: Final = "mesin absensi"
DAYS_KEPT: Final = 22
AWAY_SHARE: Final = 0.02
TOLD: Final = ("disperkim",)
"""Agencies whose attendance machine has told its days."""
ROSTERED: Final = frozenset(
    {"pju", "damkar", "gawat-darurat", "darurat", "trantib", "lalin", "pipa", "sampah", "pohon"}
    | {"jalan", "drainase", "taman"}
)
"""Units that stand in rosters: their leave is asked for, not approved."""
CHANCES: Final = (
    (0.86, DayStatus.PRESENT),
    (0.93, DayStatus.LATE),
    (0.96, DayStatus.DUTY_OUTSIDE),
    (0.985, DayStatus.SICK),
    (0.995, DayStatus.PERMITTED),
    (1.0, DayStatus.ABSENT),
)


def build(city: DemoCity) -> None:
    """Balances of everybody, leave of some, a month of days of one agency."""
    rng = city.chance("presence")
    people = sorted(one for one, seat in city.seats.items() if seat.is_civil_servant)
    _balances(people, rng)
    _leaves(city, people, rng)
    _days(city, rng)


def _balances(people: list[int], rng: random.Random) -> None:
    today = clock.today()
    at = moment(today - timedelta(days=today.weekday() + 7), 6)
    BalanceStatement.objects.bulk_create(
        (
            BalanceStatement(
                person_id=one,
                at=at,
                year=at.year,
                left_n=rng.randint(2, 12),
                left_n1=rng.choice((0, 0, 2, 6)),
                left_n2=rng.choice((0, 0, 0, 3)),
                source=SOURCE,
            )
            for one in people
        ),
        batch_size=BATCH,
    )


def _leaves(city: DemoCity, people: list[int], rng: random.Random) -> None:
    inside = {unit.pk for code in ROSTERED for unit in city.below(code)}
    office = [one for one in people if city.seats[one].unit_id not in inside]
    rows = [
        _approved(city, one, rng)
        for one in rng.sample(office, max(12, int(len(office) * AWAY_SHARE)))
    ]
    rows += _asked(city, rng)
    made = Leave.objects.bulk_create(rows, batch_size=BATCH)
    LeaveStep.objects.bulk_create(_steps(city, made), batch_size=BATCH)
    approved = [row for row in made if row.state == LeaveState.APPROVED]
    keep_times(
        (
            (row.person_id, start, end, row.ref)
            for row in approved
            for start, end in rules.pieces(*bounds(row.first_on, row.last_on))
        ),
        TimeKind.LEAVE,
    )
    record_many(_fact(city, row) for row in made)


def _approved(city: DemoCity, person_id: int, rng: random.Random) -> Leave:
    first = workday(clock.today() + timedelta(days=rng.randint(-4, 20)))
    kind = rng.choice((LeaveKind.ANNUAL, LeaveKind.ANNUAL, LeaveKind.SICK))
    row = _leave(person_id, kind, first, rng.randint(1, 5))
    row.state = LeaveState.APPROVED
    row.decided_by_id = city.superior_of(person_id)
    row.decided_at = row.asked_at + timedelta(hours=20)
    row.source = SOURCE
    return row


def _asked(city: DemoCity, rng: random.Random) -> list[Leave]:
    """Two of the crew ask their head, one of the office asks its own."""
    crew = [one for one in city.people_of("pju") if one != city.logins["petugas"]][:1]
    asking = [*crew, city.logins["petugas"], city.logins["pegawai"]]
    ahead = [add_working_days(clock.today(), 6 + 5 * n) for n in range(len(asking))]
    return [
        _leave(one, LeaveKind.ANNUAL, first, rng.randint(2, 4))
        for one, first in zip(asking, ahead, strict=True)
    ]


def _leave(person_id: int, kind: LeaveKind, first: date, days: int) -> Leave:
    last = add_working_days(first, days - 1) if days > 1 else first
    return Leave(
        person_id=person_id,
        kind=kind,
        first_on=first,
        last_on=last,
        days=max(1, NATIONAL.working_days(first, last)),
        state=LeaveState.REQUESTED,
        reason="Keperluan keluarga",
        asked_by_id=person_id,
        asked_at=min(moment(first - timedelta(days=9), 9), clock.now() - timedelta(hours=22)),
    )


def _steps(city: DemoCity, rows: list[Leave]) -> list[LeaveStep]:
    found = []
    for row in rows:
        asked = LeaveStep(
            leave=row, state=LeaveState.REQUESTED, at=row.asked_at, by=city.by(row.person_id)
        )
        found.append(asked)
        if row.decided_at is not None:
            by = city.by(row.decided_by_id)
            found.append(LeaveStep(leave=row, state=row.state, at=row.decided_at, by=by))
    return found


def _fact(city: DemoCity, row: Leave) -> PastFact:
    words: dict[str, Any] = {
        "leave_id": row.pk,
        "person_id": row.person_id,
        "kind_code": str(row.kind),
        "first_on": row.first_on.isoformat(),
        "last_on": row.last_on.isoformat(),
    }
    if row.decided_at is None:
        asked = events.LeaveRequested(**words)
        return PastFact(asked, row.asked_at, city.by(row.person_id), row.ref)
    decided = events.LeaveDecided(**words, state=str(row.state))
    return PastFact(decided, row.decided_at, city.by(row.decided_by_id), row.ref)


def _days(city: DemoCity, rng: random.Random) -> None:
    days = [clock.today() - timedelta(days=n) for n in range(1, 40)]
    worked = [day for day in days if is_working_day(day)][:DAYS_KEPT]
    away = _away(worked)
    rows = [
        _day(seat.person_id, day, rng, is_away=(seat.person_id, day) in away)
        for seat in city.seats_below(TOLD)
        for day in worked
    ]
    PresenceDay.objects.bulk_create(rows, batch_size=BATCH)


def _away(days: list[date]) -> set[tuple[int, date]]:
    leaves = Leave.objects.approved().touching(min(days), max(days))
    return {
        (row.person_id, day) for row in leaves for day in days if row.first_on <= day <= row.last_on
    }


def _day(person_id: int, day: date, rng: random.Random, *, is_away: bool) -> PresenceDay:
    roll = rng.random()
    status = next(word for most, word in CHANCES if roll <= most)
    status = DayStatus.LEAVE if is_away else status
    at_work = status in (DayStatus.PRESENT, DayStatus.LATE)
    late = rng.randint(5, 55) if status == DayStatus.LATE else 0
    came = moment(day, 7, 30) + timedelta(minutes=late or -rng.randint(1, 25))
    return PresenceDay(
        person_id=person_id,
        on=day,
        status=status,
        came_at=came.time() if at_work else None,
        left_at=moment(day, 16, rng.randint(0, 40)).time() if at_work else None,
        late_minutes=late,
        source=MACHINE,
        fetched_at=moment(day + timedelta(days=1), 6),
        made_by="system",
        made_at=moment(day + timedelta(days=1), 6, 5),
    )
