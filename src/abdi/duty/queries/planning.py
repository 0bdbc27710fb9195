"""What a plan is made from: the turns and people of a unit with calendar, skills and ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from abdi.competence import queries as competence
from abdi.duty import rules
from abdi.duty.choices import PlanKind
from abdi.duty.models import (
    CallOut,
    Coverage,
    DayOnly,
    Plan,
    PlatoonMember,
    Shift,
    Turn,
)
from abdi.duty.queries.standing import WEEK
from abdi.duty.queries.wishes import wishes_of
from abdi.duty.rules import Member, Need, Past, Place, Planning, Stand, Wish
from abdi.people import queries as people
from abdi.people import rules as people_rules
from abdi.people.choices import SkillGrade, TimeKind
from abdi.platform import clock
from abdi.platform.calendar import holidays_of
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import BusyTime

AROUND = timedelta(days=14)
MONTH_DAYS = 30
GRADES = {SkillGrade.BASIC: 1, SkillGrade.GOOD: 2, SkillGrade.EXPERT: 3}


def figures_of(unit_id: int, on: date) -> rules.Norms:
    """The figures of duty for a unit on a day: its own ones before those of the institution."""
    own = Coverage.objects.filter(unit_id=unit_id).values_list("figures", flat=True).first()
    return {**norms("duty", on=on), **(own or {})}


@dataclass(frozen=True)
class Asked:
    """What is to be planned: a unit's turns from one moment to another, and in which way."""

    unit_id: int
    first: datetime
    end: datetime
    kind: str = PlanKind.MONTH
    is_anew: bool = False
    now: datetime | None = None

    @property
    def repairs(self) -> bool:
        """Whether as few people as possible may change."""
        return self.kind == PlanKind.REPAIR

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        return self.first.date(), (self.end - timedelta(minutes=1)).date()


def wishes_within(person_ids: Iterable[int], asked: Asked, turns: list[Turn]) -> list[Wish]:
    """What these people wish for in a stretch: a whole day, or one turn of it by its letter."""
    hours = {turn.letter: (turn.pattern.starts, turn.pattern.ends) for turn in turns}
    found = []
    for one in wishes_of(person_ids, *asked.days):
        start, end = rules.turn_on(one.on, *hours.get(one.letter, (time(0), time(0))), clock.zone())
        found.append(Wish(one.person_id, start, end, one.wants_on))
    return found


def asked_of(plan: Plan) -> Asked:
    """The stretch of a plan, from today on; what is over stays as it was, and counts no hours."""
    zone = clock.zone()
    first = datetime.combine(max(plan.first_on, clock.today()), time(0), zone)
    end = datetime.combine(plan.last_on + timedelta(days=1), time(0), zone)
    now = clock.local(clock.now())
    return Asked(plan.unit_id, first, end, plan.kind, plan.is_anew, now)


def turns_of(asked: Asked) -> list[Turn]:
    """The turns to plan, in order: not begun yet, within the stretch."""
    rows = Turn.objects.filter(
        roster__unit_id=asked.unit_id, starts_at__gte=asked.first, starts_at__lt=asked.end
    )
    if asked.now is not None:
        rows = rows.filter(starts_at__gt=asked.now)
    found = rows.select_related("roster", "pattern").prefetch_related("pattern__needs")
    return list(found.order_by("starts_at", "ends_at", "id"))


def planning_of(asked: Asked) -> Planning:
    """The whole problem as data; about a dozen queries, whatever the number of people.

    Without any turn to plan it has no places. People who joined or leave within the stretch are
    taken as busy in the weeks they do not belong to the unit.
    """
    turns = turns_of(asked)
    figures = figures_of(asked.unit_id, asked.days[0])
    shifts = list(Shift.objects.filter(turn__in=turns, is_standby=False))
    places = _places(asked, turns, figures)
    members = _members(asked, turns, shifts, figures) if turns else ()
    ids = [one.person_id for one in members]
    first, last = asked.days
    return Planning(
        places,
        members,
        figures,
        frozenset(day for year in {first.year, last.year} for day in holidays_of(year)),
        tuple(wishes_within(ids, asked, turns)),
        keeps_people=asked.repairs,
    )


def _places(asked: Asked, turns: list[Turn], figures: rules.Norms) -> tuple[Place, ...]:
    order = platoons_of(asked.unit_id)
    by_day: dict[date, list[int]] = {}
    for turn in turns:
        by_day.setdefault(clock.local(turn.starts_at).date(), []).append(turn.pk)
    a_day = max((len({one.pattern_id for one in turns}), 1))
    frozen = frozen_until(asked, figures)
    found = []
    for turn in turns:
        start = clock.local(turn.starts_at)
        nth = a_day - len(by_day[start.date()]) + by_day[start.date()].index(turn.pk)
        found.append(
            Place(
                turn.pk,
                start,
                clock.local(turn.ends_at),
                turn.needed_count,
                tuple(
                    Need(one.skill, one.level, one.needed_count) for one in turn.pattern.needs.all()
                ),
                rules.platoon_on(start, nth, a_day, order),
                turn.roster.is_published and start < frozen,
            )
        )
    return tuple(found)


def platoons_of(unit_id: int) -> list[int]:
    """The platoons of a unit in the order they stand."""
    rows = PlatoonMember.objects.filter(platoon__unit_id=unit_id, platoon__is_active=True)
    found = rows.order_by("platoon__place").values_list("platoon_id", flat=True)
    return list(dict.fromkeys(found))


def is_frozen(turn: Turn) -> bool:
    """Whether a turn of a roster in force is so close that nobody is moved without a reason."""
    if not turn.roster.is_published:
        return False
    days = norms("duty", on=clock.today())["frozen_days"]
    return bool(turn.starts_at < clock.now() + timedelta(days=days))


def frozen_until(asked: Asked, figures: rules.Norms) -> datetime:
    """The moment up to which nobody is moved in a roster that is in force."""
    return (asked.now or asked.first) + timedelta(days=figures["frozen_days"])


# ------------------------------------------------------------------ people


def crew_of(unit_id: int, day: date) -> list[int]:
    """People of a unit who can be placed on a day, its head apart."""
    head = people.head_of(unit_id, day)
    rows = people.people_of_unit(unit_id, day).filter(left_on__isnull=True).order_by("id")
    ids = rows.values_list("id", flat=True)
    return [one for one in ids if head is None or one != head[0].pk]


def _members(
    asked: Asked, turns: list[Turn], shifts: list[Shift], figures: rules.Norms
) -> tuple[Member, ...]:
    first, last = asked.days
    mondays = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, 7)]
    crews = {day: set(crew_of(asked.unit_id, day)) for day in mondays}
    standing = {one.person_id for one in shifts}
    ids = sorted(set().union(*crews.values()) | standing)
    absent = _absences(crews, ids, asked)
    rows = people.busy(ids, asked.first - AROUND, asked.end + AROUND)
    stands, busy = _calendar(ids, rows, {one.ref for one in shifts})
    for person_id, spans in absent.items():
        busy[person_id] += spans
    fixed, held = _placed(asked, turns, shifts, busy, figures)
    levels, day_only = levels_of(ids), _day_only(ids, asked, figures)
    pasts = past_of(ids, asked.first, figures)
    platoon = dict(
        PlatoonMember.objects.filter(platoon__is_active=True, person_id__in=ids).values_list(
            "person_id", "platoon_id"
        )
    )
    counted = not (asked.repairs or platoon)
    budget = rules.budget_minutes(first, last, figures)
    days = (last - first).days + 1
    return tuple(
        Member(
            one,
            tuple(stands[one]),
            tuple(busy[one]),
            frozenset(fixed.get(one, ())),
            frozenset(held.get(one, ())),
            levels.get(one, {}),
            one in day_only,
            platoon.get(one),
            pasts[one],
            budget - budget * rules.days_away(busy[one], first, last) // days if counted else None,
            None if platoon else figures["most_week_hours"] * 60,
        )
        for one in ids
    )


def _absences(
    crews: Mapping[date, set[int]], ids: list[int], asked: Asked
) -> dict[int, list[tuple[datetime, datetime]]]:
    """Weeks in which a person is not of the unit, as busy spans."""
    zone = clock.zone()
    return {
        person_id: [
            (datetime.combine(day, time(0), zone), datetime.combine(day, time(0), zone) + WEEK)
            for day, crew in crews.items()
            if person_id not in crew
        ]
        for person_id in ids
    }


Spans = dict[int, list[tuple[datetime, datetime]]]


def _calendar(
    ids: list[int], rows: list[BusyTime], own: set[str]
) -> tuple[dict[int, list[Stand]], Spans]:
    """Turns outside the plan, and other spans of time, by person."""
    stands: dict[int, list[Stand]] = {one: [] for one in ids}
    busy: Spans = {one: [] for one in ids}
    for row in rows:
        if row.about in own:
            continue
        start, end = clock.local(row.start_at), clock.local(row.end_at)
        if row.kind == TimeKind.SHIFT:
            stands[row.person_id].append(Stand(start, end, row.person_id))
        else:
            busy[row.person_id].append((start, end))
    return stands, busy


def _placed(
    asked: Asked, turns: list[Turn], shifts: list[Shift], busy: Spans, figures: rules.Norms
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Turns that stay with a person, and those he may lose; what he cannot stand is neither."""
    by_key = {turn.pk: turn for turn in turns}
    frozen = frozen_until(asked, figures)
    fixed: dict[int, list[int]] = {}
    held: dict[int, list[int]] = {}
    for shift in shifts:
        turn = by_key[shift.turn_id]
        if asked.repairs and any(
            start < turn.ends_at and turn.starts_at < end for start, end in busy[shift.person_id]
        ):
            continue
        if _may_move(asked, turn, shift, frozen):
            if asked.repairs:
                held.setdefault(shift.person_id, []).append(turn.pk)
            continue
        fixed.setdefault(shift.person_id, []).append(turn.pk)
    return fixed, held


def _may_move(asked: Asked, turn: Turn, shift: Shift, frozen: datetime) -> bool:
    if shift.is_by_hand:
        return False
    if asked.repairs:
        return not turn.roster.is_published or turn.starts_at >= frozen
    return asked.is_anew and not turn.roster.is_published


def levels_of(person_ids: list[int]) -> dict[int, dict[str, int]]:
    """Levels people hold: competencies 1 to 5 by code, checked skills 1 to 3 by name."""
    found = competence.levels_of(person_ids)
    for row in people.checked_skills(person_ids):
        found.setdefault(row.person_id, {})[row.name] = GRADES[SkillGrade(row.grade)]
    return found


def _day_only(ids: list[int], asked: Asked, figures: rules.Norms) -> set[int]:
    """Who stands no nights in this stretch: as entered, or near the pension."""
    first, last = asked.days
    rows = DayOnly.objects.filter(person_id__in=ids, start_on__lte=last, end_on__gte=first)
    found = set(rows.values_list("person_id", flat=True))
    norms_of_people = norms("people", on=first)
    units = people.unit_and_below(asked.unit_id)
    for row in people.staff_of(units, first):
        if row.birth_on is None or row.tier not in norms_of_people["pension_ages"]:
            continue
        age = people_rules.pension_age(row.tier, norms_of_people, own=row.pension_age)
        if age is None:
            continue
        pension = people_rules.pension_date(row.birth_on, age)
        months = figures["day_only_before_pension_months"]
        if last >= pension - timedelta(days=months * 365 // 12):
            found.add(row.person_id)
    return found & set(ids)


# ------------------------------------------------------------------ the ledger


def past_of(person_ids: Iterable[int], until: datetime, figures: rules.Norms) -> dict[int, Past]:
    """What people stood in the months before a moment, by rosters in force; two queries."""
    ids = list(person_ids)
    since = until - timedelta(days=MONTH_DAYS * figures["fairness_months"])
    counts = {one: [0, 0, 0, 0, 0] for one in ids}
    rows = Shift.objects.in_force().filter(
        person_id__in=ids, starts_at__gte=since, starts_at__lt=until, is_standby=False
    )
    for person_id, start_at, end_at in rows.values_list("person_id", "starts_at", "ends_at"):
        stand = Stand(clock.local(start_at), clock.local(end_at), person_id)
        mine = counts[person_id]
        mine[0] += rules.is_night(stand, figures)
        mine[1] += rules.is_weekend(stand.start)
        mine[2] += stand.start.date() in holidays_of(stand.start.year)
        mine[4] += rules.minutes_stood([stand])
    calls = CallOut.objects.filter(person_id__in=ids, at__gte=since, at__lt=until)
    for person_id in calls.values_list("person_id", flat=True):
        counts[person_id][3] += 1
    return {one: Past(*counts[one]) for one in ids}
