"""Changes of duty: lay out a week, place people under their lock, publish, count call-outs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from abdi.duty import events, queries, rules
from abdi.duty.actions.notifying import note_changes, tell_in_force
from abdi.duty.choices import ChangeKind, Problem, RosterState
from abdi.duty.models import Coverage, Roster, Shift, ShiftPattern, Turn
from abdi.duty.permissions import (
    may_override,
    may_place,
    may_plan,
    may_publish,
    may_remove,
    only_other_modules,
)
from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.access import Actor, Refused
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record
from abdi.platform.labels import label

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit

WEEKS_AHEAD = 26


@dataclass(frozen=True)
class Pattern:
    """One turn of the day, as typed."""

    name: str
    letter: str
    starts: time
    ends: time
    needed: int = 1


@action(allowed=may_plan)
def set_coverage(
    unit: Unit, *, by: Actor, patterns: Sequence[Pattern], round_the_clock: bool = False
) -> Coverage:
    """Say what a unit promises and which turns its day has; laid-out weeks stay as they are.

    Raises Invalid where a letter stands twice, or where turns that promise the whole day leave
    a part of it open.
    """
    _check_patterns(patterns, round_the_clock)
    row, _made = Coverage.objects.update_or_create(
        unit=unit, defaults={"is_round_the_clock": round_the_clock}
    )
    ShiftPattern.objects.filter(unit=unit, is_active=True).update(is_active=False)
    for one in patterns:
        ShiftPattern.objects.create(
            unit=unit,
            name=one.name,
            letter=one.letter,
            starts=one.starts,
            ends=one.ends,
            needed_count=one.needed,
        )
    fact = events.CoverageSet(
        unit_id=unit.pk, is_round_the_clock=round_the_clock, pattern_count=len(patterns)
    )
    record(fact, by=by, about=row)
    return row


def _check_patterns(patterns: Sequence[Pattern], round_the_clock: bool) -> None:
    if not patterns:
        raise Invalid(_("A unit needs at least one turn a day."), field="patterns")
    if len({one.letter for one in patterns}) < len(patterns):
        raise Invalid(_("Two turns have the same letter."), field="patterns")
    if not round_the_clock:
        return
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(3)]
    zone = clock.zone()
    turns = [rules.turn_on(day, one.starts, one.ends, zone) for day in days for one in patterns]
    stands = [rules.Stand(start, end, 0) for start, end in turns]
    start, end = (datetime.combine(day, time(0), zone) for day in days[1:])
    if rules.uncovered(stands, start, end):
        raise Invalid(_("These turns do not cover the whole day."), field="patterns")


@action(allowed=may_plan)
def draft_roster(unit: Unit, *, by: Actor, week_start_on: date) -> Roster:
    """Lay out a unit's week from its turns of the day and fill what is open by fair rotation.

    A second time only open turns are filled; nobody is moved. Time taken elsewhere (classes,
    leave) and rest are honoured. Raises Invalid for a day that is no Monday, lies too far
    ahead, or a unit without turns of the day.
    """
    if week_start_on.weekday() != 0:
        raise Invalid(_("A week begins on Monday."), field="week_start_on")
    if week_start_on > clock.today() + timedelta(weeks=WEEKS_AHEAD):
        raise Invalid(_("This week is too far ahead."), field="week_start_on")
    roster, made = Roster.objects.get_or_create(unit=unit, week_start_on=week_start_on)
    if made:
        lay_out(roster)
    placed = _fill(roster, by)
    short = sum(turn.missing for turn in Turn.objects.short().filter(roster=roster))
    fact = events.RosterDrafted(roster_id=roster.pk, unit_id=unit.pk, placed=placed, open=short)
    record(fact, by=by, about=roster)
    return roster


def lay_out(roster: Roster) -> None:
    """Make the turns of a week from the unit's turns of the day. Raises Invalid without any."""
    patterns = queries.patterns_of(roster.unit_id)
    if not patterns:
        raise Invalid(_("This unit has no turns of the day yet."), field="unit")
    zone = clock.zone()
    turns = []
    for offset in range(rules.DAYS_A_WEEK):
        for one in patterns:
            day = roster.week_start_on + timedelta(days=offset)
            start, end = rules.turn_on(day, one.starts, one.ends, zone)
            turns.append(
                Turn(
                    roster=roster,
                    pattern=one,
                    name=one.name,
                    letter=one.letter,
                    starts_at=start,
                    ends_at=end,
                    needed_count=one.needed_count,
                )
            )
    Turn.objects.bulk_create(turns)


def _fill(roster: Roster, by: Actor) -> int:
    """Place the proposal of the rules; everybody of the unit is held until it is written."""
    turns = {turn.pk: turn for turn in Turn.objects.short().filter(roster=roster)}
    if not turns:
        return 0
    crew = people.people_of_unit(roster.unit_id).order_by("id")
    list(crew.select_for_update(of=("self",)).values_list("id", flat=True))
    chosen = rules.proposal(
        [queries.opening_of(turn) for turn in turns.values()],
        queries.candidates(
            roster.unit_id,
            min(turn.starts_at for turn in turns.values()),
            max(turn.ends_at for turn in turns.values()),
        ),
        queries.figures_of(roster.unit_id, roster.week_start_on),
        turn=roster.week_start_on.toordinal() // rules.DAYS_A_WEEK,
    )
    shifts = Shift.objects.bulk_create(
        [shift_of(turns[key], roster.pk, person_id) for key, person_id in chosen]
    )
    for key in {key for key, _person in chosen}:
        take_places(turns[key], sum(one == key for one, _person in chosen))
    people_actions.take_times(
        [(one.person_id, one.starts_at, one.ends_at, one.ref) for one in shifts],
        kind=TimeKind.SHIFT,
        about=roster.ref,
        by=by,
    )
    return len(shifts)


def shift_of(turn: Turn, roster_id: int, person_id: int) -> Shift:
    """A person on a turn, not written yet."""
    return Shift(
        roster_id=roster_id,
        turn=turn,
        person_id=person_id,
        starts_at=turn.starts_at,
        ends_at=turn.ends_at,
        letter=turn.letter,
    )


def take_places(turn: Turn, count: int) -> None:
    """Take places of a turn while there are any; nobody is placed beyond the number wanted."""
    free = Turn.objects.filter(pk=turn.pk, taken_count__lte=F("needed_count") - count)
    if free.update(taken_count=F("taken_count") + count) != 1:
        raise Conflict(_("Somebody has just filled this turn."))


@action(allowed=may_place)
def set_shift(
    turn: Turn, person: Person, *, by: Actor, is_standby: bool = False, override_reason: str = ""
) -> Shift:
    """Put a person on a turn.

    The person is held first: two turns at a time cannot both be taken. Raises Conflict where
    the turn is full or the person taken, Invalid where a rule of rest or hours stands against it
    and no reason is given, Refused where the actor may not break it.
    """
    roster, person = turn.roster, lock(person)
    if known := Shift.objects.filter(turn=turn, person=person).first():
        raise Conflict(_("This person already stands this turn."), current=known)
    problem = _problem(turn, person)
    _answer_problem(problem, by, roster, person, override_reason)
    if not is_standby:
        problem = problem or _over_hours(turn, person, by, override_reason)
        take_places(turn, 1)
    shift = shift_of(turn, roster.pk, person.pk)
    shift.is_standby, shift.is_by_hand = is_standby, True
    if problem:
        shift.override_problem, shift.override_reason = str(problem), override_reason
    shift.save()
    people_actions.take_time(
        person,
        start=turn.starts_at,
        end=turn.ends_at,
        kind=TimeKind.SHIFT,
        about=shift.ref,
        by=by,
    )
    guard_version(roster, None)
    note_changes([(turn, person.pk, ChangeKind.GIVEN)], by, reason=shift.override_reason)
    fact = events.ShiftSet(
        shift_id=shift.pk,
        roster_id=roster.pk,
        person_id=person.pk,
        override=shift.override_problem,
    )
    record(fact, by=by, about=shift)
    return shift


def _problem(turn: Turn, person: Person) -> Problem | None:
    opening = queries.opening_of(turn)
    figures = queries.figures_of(turn.roster.unit_id, opening.start.date())
    return next(iter(rules.against(opening, queries.candidate(person.pk, opening), figures)), None)


def _over_hours(turn: Turn, person: Person, by: Actor, reason: str) -> Problem | None:
    """The hours of the week bind hand edits as they bind plans: more of them want a reason."""
    figures = queries.figures_of(turn.roster.unit_id, clock.local(turn.starts_at).date())
    found = queries.week_hours(person.pk, turn, figures)
    if found is None or not found.is_over:
        return None
    if not reason:
        words = {"hours": found.minutes // 60, "most": found.most_minutes // 60}
        raise Invalid(
            _("With this turn it would be %(hours)s hours in this week; %(most)s are allowed.")
            % words
            + " "
            + _("Give a reason, or choose another."),
            field="override_reason",
        )
    if not may_override(by, turn.roster, person):
        raise Refused("not_allowed", resource="duty.override", act="create")
    return Problem.OVER_HOURS


def _answer_problem(
    problem: Problem | None, by: Actor, roster: Roster, person: Person, reason: str
) -> None:
    if problem is None:
        return
    if problem in (Problem.BUSY, Problem.OVERLAP):
        raise Conflict(_("This person is already taken at that time."))
    if problem == Problem.DAY_ONLY:
        raise Conflict(_("This person stands no nights."))
    if not reason:
        raise Invalid(
            _("%(problem)s. Give a reason, or choose another.") % {"problem": label(problem)},
            field="override_reason",
        )
    if not may_override(by, roster, person):
        raise Refused("not_allowed", resource="duty.override", act="create")


@action(allowed=may_remove)
def remove_shift(shift: Shift, *, by: Actor, reason: str = "") -> None:
    """Take a person off a turn; the place is open again.

    Raises Conflict once it has ended, Invalid where the roster is in force, the turn is close
    (the frozen window) and a person gives no reason.
    """
    shift = lock(shift)
    if shift.ends_at <= clock.now():
        raise Conflict(_("This turn is over."))
    if not reason and not by.is_system and queries.is_frozen(shift.turn):
        raise Invalid(
            _("This turn is close and people count on it. Say why it changes."), field="reason"
        )
    if not shift.is_standby:
        Turn.objects.filter(pk=shift.turn_id, taken_count__gt=0).update(
            taken_count=F("taken_count") - 1
        )
    people_actions.free_time(shift.ref, by=by)
    fact = events.ShiftRemoved(
        shift_id=shift.pk, roster_id=shift.roster_id, person_id=shift.person_id
    )
    record(fact, by=by, about=shift)
    guard_version(shift.roster, None)
    note_changes([(shift.turn, shift.person_id, ChangeKind.TAKEN)], by, reason=reason)
    shift.delete()


@action(allowed=may_publish)
def publish(roster: Roster, *, by: Actor, seen: int | None = None) -> Roster:
    """Put a roster in force. Open turns do not hold it up; they are shown until filled.

    Raises Conflict where it is in force already, is empty, or changed since `seen`.
    """
    roster = lock(roster)
    if roster.is_published:
        raise Conflict(_("This roster is already in force."), current=roster)
    guard_version(roster, seen)
    if not Shift.objects.filter(roster=roster).exists():
        raise Conflict(_("Nobody stands in this roster yet."), current=roster)
    roster.state = RosterState.PUBLISHED
    roster.published_at = clock.now()
    roster.save(update_fields=["state", "published_at"])
    short = sum(turn.missing for turn in Turn.objects.short().filter(roster=roster))
    fact = events.RosterPublished(roster_id=roster.pk, unit_id=roster.unit_id, open=short)
    record(fact, by=by, about=roster)
    tell_in_force(roster.unit, [roster], by)
    return roster


@action(allowed=only_other_modules)
def remind(shift: Shift, *, by: Actor) -> Shift:
    """Tell a person that a turn begins soon; once for each shift."""
    shift = lock(shift)
    if shift.reminded_at is not None:
        raise Conflict(_("This person was reminded already."))
    shift.reminded_at = clock.now()
    shift.save(update_fields=["reminded_at"])
    fact = events.ShiftReminded(shift_id=shift.pk, person_id=shift.person_id)
    record(fact, by=by, about=shift)
    return shift
