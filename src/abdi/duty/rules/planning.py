"""The problem of a unit's weeks, as pure data: places, people, figures, wishes, and checks of it.

The same data goes to the solver (`sheets`), explains one turn and measures a change (`weighing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from abdi.duty.choices import Problem
from abdi.duty.rules.turns import (
    DAYS_A_WEEK,
    MINUTE,
    Candidate,
    Norms,
    Opening,
    Stand,
    against,
    is_night,
    minutes_stood,
    week_start,
)

WEEKEND: Final = (5, 6)
FIGURES: Final[Mapping[str, tuple[int, int]]] = {
    "rest_hours": (8, 24),
    "rest_after_night_hours": (8, 72),
    "most_nights_in_a_row": (1, 7),
    "most_days_in_a_row": (1, 13),
    "longest_shift_hours": (4, 24),
    "week_minutes": (600, 3_600),
    "ramadan_week_minutes": (600, 3_600),
    "most_week_hours": (10, 72),
}
"""Figures a unit may set for itself, with their bounds."""
Pairs = Sequence[tuple[int, int]]
"""Who stands what: (key of a place, person)."""


@dataclass(frozen=True)
class Need:
    """So many of those on a turn hold this skill at this level or above."""

    skill: str
    level: int
    count: int = 1


@dataclass(frozen=True)
class Place:
    """A turn of the plan from `start` to `end`, in the local zone, with the people it wants."""

    key: int
    start: datetime
    end: datetime
    wanted: int
    needs: tuple[Need, ...] = ()
    platoon: int | None = None
    is_frozen: bool = False

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return (self.end - self.start) // MINUTE

    def stand(self, person_id: int) -> Stand:
        """This turn, stood by a person."""
        return Stand(self.start, self.end, person_id)


@dataclass(frozen=True)
class Past:
    """What a person stood in the months before: the ledger of fairness."""

    nights: int = 0
    weekends: int = 0
    holidays: int = 0
    call_outs: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class Member:
    """A person who can be placed.

    `stands` are turns outside the plan, `busy` other spans of the calendar, `fixed` the places of
    the plan that stay his, `held` those he has now and may lose. `budget` and `week_budget` are
    minutes of the whole plan and of one week; None where no hours are counted.
    """

    person_id: int
    stands: tuple[Stand, ...] = ()
    busy: tuple[tuple[datetime, datetime], ...] = ()
    fixed: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    levels: Mapping[str, int] = field(default_factory=dict)
    is_day_only: bool = False
    platoon: int | None = None
    past: Past = Past()
    budget: int | None = None
    week_budget: int | None = None

    def has(self, need: Need) -> bool:
        """Whether he holds the skill at the level."""
        return self.levels.get(need.skill, 0) >= need.level


@dataclass(frozen=True)
class Wish:
    """A person would like to stand, or to be free, between two moments."""

    person_id: int
    start: datetime
    end: datetime
    wants_duty: bool = False


@dataclass(frozen=True)
class Planning:
    """Everything a plan is made from."""

    places: tuple[Place, ...]
    members: tuple[Member, ...]
    norms: Norms
    holidays: frozenset[date] = frozenset()
    wishes: tuple[Wish, ...] = ()
    keeps_people: bool = False
    """Whether as few people as possible change, before anything but cover."""

    @property
    def place(self) -> dict[int, Place]:
        """Places by key."""
        return {one.key: one for one in self.places}

    @property
    def fixed(self) -> list[tuple[int, int]]:
        """Who stands what and keeps it."""
        return [(key, one.person_id) for one in self.members for key in sorted(one.fixed)]

    @property
    def held(self) -> list[tuple[int, int]]:
        """Who stands what now and may lose it."""
        return [(key, one.person_id) for one in self.members for key in sorted(one.held)]


def is_weekend(start: datetime) -> bool:
    """Whether a turn begins on a Saturday or Sunday."""
    return start.weekday() in WEEKEND


def platoon_on(start: datetime, nth: int, turns_a_day: int, platoons: Sequence[int]) -> int | None:
    """Which platoon stands the n-th turn of a day: one after the other, without end.

    Three platoons on turns of 24 hours stand 24 and are off 48. None without platoons.
    """
    if not platoons:
        return None
    number = start.date().toordinal() * max(turns_a_day, 1) + nth
    return platoons[number % len(platoons)]


def budget_minutes(first: date, last: date, norms: Norms) -> int:
    """Minutes of work between two days, both counted: a seventh of the week's hours each day."""
    spans = [(span["first"], span["last"]) for span in norms["ramadan"]]
    total = 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        fasting = any(begin <= day <= end for begin, end in spans)
        total += norms["ramadan_week_minutes"] if fasting else norms["week_minutes"]
    return total // DAYS_A_WEEK


def days_away(busy: Iterable[tuple[datetime, datetime]], first: date, last: date) -> int:
    """Whole days between two days, both counted, that are taken from midnight to midnight."""
    away = 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        away += any(
            start.date() <= day < end.date() and (start.hour, start.minute) == (0, 0)
            for start, end in busy
        )
    return away


def levelled(pasts: Sequence[int], step: int) -> list[int]:
    """Past counts held near their middle, so that who joined late need not catch up at once."""
    if not pasts:
        return []
    middle = sorted(pasts)[len(pasts) // 2]
    return [min(max(one, middle - 3 * step), middle + 3 * step) for one in pasts]


# ------------------------------------------------------------------ checks of a roster


def candidate_of(planning: Planning, member: Member, chosen: Pairs, *, but: int = 0) -> Candidate:
    """A person with everything he stands by a roster, one place left out."""
    place = planning.place
    own = [
        place[key].stand(member.person_id)
        for key, person_id in chosen
        if person_id == member.person_id and key != but
    ]
    return Candidate(
        member.person_id, sorted([*member.stands, *own]), list(member.busy), member.is_day_only
    )


def against_place(planning: Planning, place: Place, member: Member, chosen: Pairs) -> list[Problem]:
    """What speaks against a person on a place, beside the others he has by this roster."""
    opening = Opening(place.key, place.start, place.end)
    who = candidate_of(planning, member, chosen, but=place.key)
    return against(opening, who, planning.norms)


def broken_rules(
    planning: Planning, chosen: Pairs, *, only: Set[tuple[int, int]] | None = None
) -> list[tuple[int, int, Problem]]:
    """Rules a roster breaks: (place, person, problem), places that were fixed before apart.

    `only`: look at these pairs alone, beside all the others.
    """
    place = planning.place
    members = {one.person_id: one for one in planning.members}
    kept = set(planning.fixed)
    return [
        (key, person_id, problem)
        for key, person_id in chosen
        if (key, person_id) not in kept and (only is None or (key, person_id) in only)
        for problem in against_place(planning, place[key], members[person_id], chosen)
    ]


def hours_broken(planning: Planning, chosen: Pairs) -> list[int]:
    """People who stand more than their hours, of the whole plan or of one week."""
    place = planning.place
    found = []
    for member in planning.members:
        own = [place[key] for key, person_id in chosen if person_id == member.person_id]
        mine = {key for key, person_id in planning.fixed if person_id == member.person_id}
        if all(one.key in mine for one in own):
            continue
        weeks: dict[date, int] = {}
        for one in own:
            monday = week_start(one.start.date())
            weeks[monday] = weeks.get(monday, 0) + one.minutes
        total = sum(one.minutes for one in own)
        over_all = member.budget is not None and total > member.budget
        over_week = member.week_budget is not None and any(
            minutes > member.week_budget for minutes in weeks.values()
        )
        if over_all or over_week:
            found.append(member.person_id)
    return found


def is_over_week(planning: Planning, place: Place, member: Member, chosen: Pairs) -> bool:
    """Whether a place brings a person over his hours of the week it begins in.

    The hours hold for plans and for hand edits alike; who stands in a platoon has none.
    """
    if member.week_budget is None:
        return False
    monday, places = week_start(place.start.date()), planning.place
    own = {key for key, person_id in chosen if person_id == member.person_id} | {place.key}
    week = [places[key] for key in own if week_start(places[key].start.date()) == monday]
    return sum(one.minutes for one in week) > member.week_budget


def open_places(planning: Planning, chosen: Pairs) -> int:
    """Places nobody stands by a roster."""
    taken = _taken(chosen)
    return sum(max(one.wanted - len(taken.get(one.key, ())), 0) for one in planning.places)


def missing_skills(planning: Planning, chosen: Pairs) -> list[tuple[int, Need, int]]:
    """Places with people who lack a skill: (place, need, people with it still wanted)."""
    taken = _taken(chosen)
    members = {one.person_id: one for one in planning.members}
    found = []
    for place in planning.places:
        for need in place.needs:
            having = sum(members[one].has(need) for one in taken.get(place.key, ()))
            if having < need.count:
                found.append((place.key, need, need.count - having))
    return found


def _taken(chosen: Pairs) -> dict[int, list[int]]:
    taken: dict[int, list[int]] = {}
    for key, person_id in chosen:
        taken.setdefault(key, []).append(person_id)
    return taken


def changes(before: Pairs, after: Pairs) -> int:
    """Places that got another person: what is new in a roster."""
    return len(set(after) - set(before))


def with_loosened(planning: Planning, **figures: int) -> Planning:
    """The same plan with other figures of the rules."""
    return replace(planning, norms={**planning.norms, **figures})


def load_of(planning: Planning, member: Member, chosen: Pairs) -> Past:
    """The ledger of a person with this roster added to it."""
    place = planning.place
    own = [place[key] for key, person_id in chosen if person_id == member.person_id]
    stands = [one.stand(member.person_id) for one in own]
    return Past(
        member.past.nights + sum(is_night(one, planning.norms) for one in stands),
        member.past.weekends + sum(is_weekend(one.start) for one in stands),
        member.past.holidays + sum(one.start.date() in planning.holidays for one in stands),
        member.past.call_outs,
        member.past.minutes + minutes_stood(stands),
    )


def summary_of(planning: Planning, chosen: Pairs) -> dict[str, Any]:
    """What a roster leaves empty and how even it is, for people to read."""
    lacking = missing_skills(planning, chosen)
    return {
        "places": sum(one.wanted for one in planning.places),
        "open": open_places(planning, chosen),
        "open_turns": [
            [one.key, one.wanted - count]
            for one in planning.places
            if (count := sum(key == one.key for key, _person in chosen)) < one.wanted
        ],
        "lacking": sum(count for _key, _need, count in lacking),
        "lacking_turns": [[key, need.skill, need.level, n] for key, need, n in lacking],
        "away": [
            [one.key, free]
            for one in planning.places
            if (free := _free(planning, one)) < one.wanted
        ],
        "without_skill": _nobody_has(planning),
        "spread": spread_of(planning, chosen),
    }


def _free(planning: Planning, place: Place) -> int:
    """People whose calendar leaves a place free at all."""
    return sum(
        not any(start < place.end and place.start < end for start, end in member.busy)
        for member in planning.members
    )


def _nobody_has(planning: Planning) -> list[list[Any]]:
    """Wanted skills that fewer people hold than one turn wants."""
    needs = {need for place in planning.places for need in place.needs}
    return sorted(
        [need.skill, need.level, need.count, having]
        for need in needs
        if (having := sum(one.has(need) for one in planning.members)) < need.count
    )


def spread_of(planning: Planning, chosen: Pairs) -> dict[str, list[int]]:
    """Least and most of each ledger column, with this roster; nights without day-only people."""
    found = {}
    for name in ("nights", "weekends", "holidays", "minutes"):
        loads = [
            getattr(load_of(planning, one, chosen), name)
            for one in planning.members
            if not (name == "nights" and one.is_day_only)
        ]
        found[name] = [min(loads, default=0), max(loads, default=0)]
    return found
