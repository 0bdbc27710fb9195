"""Reads of duty: who stands when, what is still open, which rosters an actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, Max, Min, OuterRef, QuerySet

from abdi.duty import rules
from abdi.duty.choices import RosterState
from abdi.duty.models import CallOut, Coverage, PlatoonMember, Roster, Shift, ShiftPattern, Turn
from abdi.duty.rules import Candidate, Opening, Stand
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor

WEEK = timedelta(days=rules.DAYS_A_WEEK)


@dataclass(frozen=True)
class OnDuty:
    """Somebody who stands at a moment."""

    person_id: int
    person_name: str
    unit_id: int
    unit_name: str
    starts_at: datetime
    ends_at: datetime
    phone: str
    letter: str = ""
    is_standby: bool = False
    turn_name: str = ""
    unit_phone: str = ""


@dataclass(frozen=True)
class Gap:
    """A turn that lacks people."""

    turn_id: int
    unit_id: int
    unit_name: str
    name: str
    letter: str
    starts_at: datetime
    ends_at: datetime
    missing: int
    taken: int


def on_call(unit_id: int, at: datetime) -> list[OnDuty]:
    """Who is on duty at a moment for a unit: its own people first, then its agency's others.

    Two queries, whatever the number of people. Those on standby come after those at their post.
    """
    unit = people.visible_units(SYSTEM).filter(pk=unit_id).first()
    if unit is None:
        return []
    shifts = standing(at).filter(roster__unit__agency_id=unit.agency_id)
    return [
        _on_duty(shift)
        for shift in sorted(
            shifts,
            key=lambda one: (
                not one.roster.unit.path.startswith(unit.path),
                one.is_standby,
                one.roster.unit.name,
                one.person.name,
            ),
        )
    ]


def standing(at: datetime) -> QuerySet[Shift]:
    """The shifts in force at a moment, with person and unit."""
    return (
        Shift.objects.in_force()
        .filter(starts_at__lte=at, ends_at__gt=at)
        .select_related("person", "roster__unit", "turn")
        .order_by("roster__unit__name", "is_standby", "person__name")
    )


def on_duty(actor: Actor, at: datetime) -> list[OnDuty]:
    """Everybody on duty at a moment whose roster this actor may see, by unit."""
    reach = actor.reach("duty.roster", "view")
    shifts = standing(at)
    if not reach.all:
        shifts = shifts.filter(roster__unit__agency_id__in=reach.agency_ids)
    return [_on_duty(shift) for shift in shifts]


def _on_duty(shift: Shift) -> OnDuty:
    return OnDuty(
        shift.person_id,
        shift.person.display_name,
        shift.roster.unit_id,
        shift.roster.unit.name,
        shift.starts_at,
        shift.ends_at,
        shift.person.phone,
        shift.letter,
        shift.is_standby,
        shift.turn.name,
        shift.roster.unit.phone,
    )


def current_shift(person_id: int, at: datetime) -> Shift | None:
    """The shift a person stands at a moment, by a published roster."""
    rows = Shift.objects.in_force().filter(person_id=person_id, starts_at__lte=at, ends_at__gt=at)
    return rows.select_related("turn", "roster__unit").order_by("is_standby", "starts_at").first()


def next_shift(person_id: int, at: datetime) -> Shift | None:
    """The next shift of a person after a moment, by a published roster."""
    rows = Shift.objects.in_force().filter(person_id=person_id, starts_at__gt=at)
    return rows.select_related("turn", "roster__unit").order_by("starts_at").first()


def shifts_of(person_id: int, start: datetime, end: datetime) -> QuerySet[Shift]:
    """A person's shifts in force that touch a stretch of time, in order."""
    rows = Shift.objects.in_force().filter(
        person_id=person_id, starts_at__lt=end, ends_at__gt=start
    )
    return rows.select_related("turn", "roster__unit").order_by("starts_at")


def starting_soon(at: datetime, within: timedelta) -> QuerySet[Shift]:
    """Shifts in force that begin soon and whose person was not reminded yet."""
    return Shift.objects.in_force().filter(
        starts_at__gt=at, starts_at__lte=at + within, reminded_at__isnull=True
    )


def visible_rosters(actor: Actor) -> QuerySet[Roster]:
    """Rosters this actor may see; drafts only where he may change them."""
    seen = actor.reach("duty.roster", "view")
    changes = actor.reach("duty.roster", "update")
    rows = Roster.objects.select_related("unit").order_by("unit__name", "week_start_on")
    if not seen.all:
        rows = rows.filter(unit__agency_id__in=seen.agency_ids)
    if changes.all:
        return rows
    in_force = rows.filter(state=RosterState.PUBLISHED)
    if not changes.agency_ids:
        return in_force
    return in_force | rows.filter(unit__agency_id__in=changes.agency_ids)


def visible_turns(actor: Actor) -> QuerySet[Turn]:
    """Turns of the rosters this actor may see."""
    return Turn.objects.filter(roster__in=visible_rosters(actor).order_by()).select_related(
        "roster__unit"
    )


def visible_shifts(actor: Actor) -> QuerySet[Shift]:
    """Shifts of the rosters this actor may see."""
    return Shift.objects.filter(roster__in=visible_rosters(actor).order_by()).select_related(
        "roster__unit", "person", "turn"
    )


def plannable_units(actor: Actor) -> list[tuple[int, str]]:
    """Units with turns of the day whose rosters this actor may lay out, by name."""
    reach = actor.reach("duty.roster", "create")
    rows = Coverage.objects.order_by("unit__name")
    if not reach.all:
        rows = rows.filter(unit__agency_id__in=reach.agency_ids)
    return list(rows.values_list("unit_id", "unit__name"))


def coverage_of(unit_id: int) -> Coverage | None:
    """What a unit promises."""
    return Coverage.objects.filter(unit_id=unit_id).first()


def patterns_of(unit_id: int) -> list[ShiftPattern]:
    """The turns of a day at a unit, from the earliest."""
    return list(ShiftPattern.objects.filter(unit_id=unit_id, is_active=True).order_by("starts"))


def week_span(week_start_on: date) -> tuple[datetime, datetime]:
    """The week from Monday midnight to the next, in the institution's zone."""
    start = datetime.combine(week_start_on, time(0), clock.zone())
    return start, datetime.combine(week_start_on + WEEK, time(0), clock.zone())


def gaps(
    week_start_on: date, unit_ids: Iterable[int] | None = None, *, after: datetime | None = None
) -> list[Gap]:
    """Turns of published rosters of a week that still lack people, in order of time."""
    rows = Turn.objects.short().filter(
        roster__week_start_on=week_start_on, roster__state=RosterState.PUBLISHED
    )
    if unit_ids is not None:
        rows = rows.filter(roster__unit_id__in=list(unit_ids))
    if after is not None:
        rows = rows.filter(ends_at__gt=after)
    return [gap_of(turn) for turn in rows.select_related("roster__unit").order_by("starts_at")]


def gap_of(turn: Turn) -> Gap:
    """A turn seen as a gap; its roster and unit must be loaded."""
    unit = turn.roster.unit
    return Gap(
        turn.pk,
        unit.pk,
        unit.name,
        turn.name,
        turn.letter,
        turn.starts_at,
        turn.ends_at,
        turn.missing,
        turn.taken_count,
    )


def opening_of(turn: Turn) -> Opening:
    """A turn as the rules see it, in the local zone."""
    return Opening(turn.pk, clock.local(turn.starts_at), clock.local(turn.ends_at), turn.missing)


def candidate(person_id: int, opening: Opening) -> Candidate:
    """A person with what his time is taken by around a turn."""
    return _with_calendar([person_id], opening.start, opening.end)[0]


@dataclass(frozen=True)
class WeekHours:
    """The hours of a person in one week with a turn added, and how many there may be."""

    minutes: int
    most_minutes: int

    @property
    def is_over(self) -> bool:
        """Whether it is too much."""
        return self.minutes > self.most_minutes


def week_hours(person_id: int, turn: Turn, norms: rules.Norms) -> WeekHours | None:
    """The hours of a person, in whichever unit, in the week a turn begins in; two queries.

    None for who stands in a platoon: its hours even out over weeks.
    """
    if PlatoonMember.objects.filter(person_id=person_id, platoon__is_active=True).exists():
        return None
    start, end = week_span(rules.week_start(clock.local(turn.starts_at).date()))
    rows = Shift.objects.filter(
        person_id=person_id, is_standby=False, starts_at__gte=start, starts_at__lt=end
    ).exclude(turn=turn)
    spans = [*rows.values_list("starts_at", "ends_at"), (turn.starts_at, turn.ends_at)]
    stood = rules.minutes_stood(Stand(begin, finish, person_id) for begin, finish in spans)
    return WeekHours(stood, int(norms["most_week_hours"]) * 60)


def candidates(unit_id: int, start: datetime, end: datetime) -> list[Candidate]:
    """The people of a unit, its head apart, with what their time is taken by around a stretch.

    Who is leaving stands in his unit until the evening of his last day, but is left out.
    """
    return candidates_of([unit_id], start, end)[unit_id]


def candidates_of(
    unit_ids: Iterable[int], start: datetime, end: datetime
) -> dict[int, list[Candidate]]:
    """The same for each of several units; four queries for any number of them."""
    crews = people.crews_of(unit_ids)
    everybody = sorted({person_id for crew in crews.values() for person_id in crew})
    found = {one.person_id: one for one in _with_calendar(everybody, start, end)}
    return {unit_id: [found[one] for one in crew] for unit_id, crew in crews.items()}


def _with_calendar(person_ids: list[int], start: datetime, end: datetime) -> list[Candidate]:
    found = {person_id: Candidate(person_id) for person_id in person_ids}
    for row in people.busy(found, start - WEEK, end + WEEK):
        begin, finish = clock.local(row.start_at), clock.local(row.end_at)
        person = found[row.person_id]
        if row.kind == TimeKind.SHIFT:
            person.stands.append(Stand(begin, finish, row.person_id))
        else:
            person.busy.append((begin, finish))
    return list(found.values())


def could_stand(turn: Turn, norms: rules.Norms, *, most: int = 5) -> list[Candidate]:
    """People of the unit whom no rule keeps from a turn, those with the fewest hours first."""
    opening = opening_of(turn)
    free = [
        person
        for person in candidates(turn.roster.unit_id, opening.start, opening.end)
        if not rules.against(opening, person, norms)
    ]
    free.sort(key=lambda one: (rules.minutes_stood(one.stands), one.person_id))
    return free[:most]


def call_out_count(person_id: int, start: datetime, end: datetime) -> int:
    """How often a person was sent out between two moments."""
    return CallOut.objects.filter(person_id=person_id, at__gte=start, at__lt=end).count()


def holes(at: datetime) -> list[tuple[int, datetime, datetime]]:
    """Stretches (unit, start, end) without anybody on duty in weeks in force, from `at` on.

    Of units that promise the whole day, from the first turn of their rosters to the last.
    """
    promised = Coverage.objects.filter(unit_id=OuterRef("unit_id"), is_round_the_clock=True)
    rosters = Roster.objects.filter(
        Exists(promised), state=RosterState.PUBLISHED, week_start_on__gt=(at - 2 * WEEK).date()
    )
    turns = Turn.objects.filter(roster__in=rosters, ends_at__gt=at)
    wholes = turns.values_list("roster__unit_id").annotate(Min("starts_at"), Max("ends_at"))
    stands: dict[int, list[Stand]] = {}
    rows = Shift.objects.filter(roster__in=rosters, ends_at__gt=at, is_standby=False)
    for unit_id, start, end, person_id in rows.values_list(
        "roster__unit_id", "starts_at", "ends_at", "person_id"
    ):
        stands.setdefault(unit_id, []).append(Stand(start, end, person_id))
    return [
        (unit_id, start, end)
        for unit_id, first, last in wholes
        for start, end in rules.uncovered(stands.get(unit_id, []), max(at, first), last)
    ]


def hours_of(person: Candidate) -> int:
    """Whole hours a person stands within a week before and after a turn."""
    return rules.minutes_stood(person.stands) // 60


def open_places(roster_id: int) -> int:
    """Places of a roster that nobody has."""
    return sum(turn.missing for turn in Turn.objects.short().filter(roster_id=roster_id))
