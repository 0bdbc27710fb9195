"""Why a person stands a turn, and what another one would change: figures for people to read."""

from __future__ import annotations

from dataclasses import dataclass

from abdi.duty.choices import Problem
from abdi.duty.rules.planning import (
    Member,
    Pairs,
    Past,
    Place,
    Planning,
    against_place,
    is_over_week,
    is_weekend,
    load_of,
)
from abdi.duty.rules.turns import NEVER, is_night

COLUMNS = ("nights", "weekends", "holidays", "minutes")


@dataclass(frozen=True)
class Outcome:
    """What giving a place to a person does; pairs are (before, after)."""

    open: tuple[int, int]
    lacking: tuple[int, int]
    spread: tuple[int, int]
    """Most minus least of what this turn weighs in: nights, weekends or minutes."""
    minutes: tuple[int, int]
    """Minutes of this person in the weeks that are looked at."""
    wishes: int
    """Wishes this meets, less those it breaks."""


@dataclass(frozen=True)
class Weighed:
    """A person beside a place: what speaks against him, his ledger, the effect."""

    member: Member
    problems: tuple[Problem, ...]
    load: Past
    effect: Outcome

    @property
    def is_free(self) -> bool:
        """Whether nothing speaks against him."""
        return not self.problems

    @property
    def is_never(self) -> bool:
        """Whether no reason lets him stand it."""
        return any(one in NEVER for one in self.problems)


@dataclass(frozen=True)
class _Ledger:
    """What everybody stands with the roster, and the column that counts here."""

    loads: dict[int, Past]
    column: str


def column_of(planning: Planning, place: Place) -> str:
    """The column of the ledger a turn weighs in most: holidays, nights, weekends, or minutes."""
    if place.start.date() in planning.holidays:
        return "holidays"
    if is_night(place.stand(0), planning.norms):
        return "nights"
    return "weekends" if is_weekend(place.start) else "minutes"


def weighed(planning: Planning, place: Place, chosen: Pairs) -> list[Weighed]:
    """Everybody who does not stand a place, the best first.

    Free people go before those with a problem a reason would override, these before those whom
    nothing lets stand it; then what stays open or lacks a skill, the spread, the own load.
    """
    rest = [pair for pair in chosen if pair[0] != place.key]
    there = {person_id for key, person_id in chosen if key == place.key}
    ledger = _Ledger(
        {one.person_id: load_of(planning, one, chosen) for one in planning.members},
        column_of(planning, place),
    )
    found = []
    for member in planning.members:
        if member.person_id in there:
            continue
        problems = against_place(planning, place, member, rest)
        if is_over_week(planning, place, member, rest):
            problems.append(Problem.OVER_HOURS)
        effect = _effect(planning, place, member, there, ledger)
        found.append(Weighed(member, tuple(problems), ledger.loads[member.person_id], effect))
    return sorted(found, key=lambda one: _rank(one, ledger.column))


def _rank(one: Weighed, column: str) -> tuple[object, ...]:
    return (
        not one.is_free,
        one.is_never,
        len(one.problems),
        one.effect.lacking[1],
        -one.effect.wishes,
        one.effect.spread[1],
        getattr(one.load, column),
        one.load.minutes,
        one.member.person_id,
    )


def _effect(
    planning: Planning,
    place: Place,
    member: Member,
    there: set[int],
    ledger: _Ledger,
) -> Outcome:
    loads, column = ledger.loads, ledger.column
    missing = max(place.wanted - len(there), 0)
    members = {one.person_id: one for one in planning.members}
    lacking = _lacking(place, [members[one] for one in there])
    among = {
        one.person_id: getattr(loads[one.person_id], column)
        for one in planning.members
        if not (column == "nights" and one.is_day_only)
    }
    before = _range(among)
    more = place.minutes if column == "minutes" else 1
    among[member.person_id] = among.get(member.person_id, 0) + more
    minutes = loads[member.person_id].minutes - member.past.minutes
    return Outcome(
        (missing, max(missing - 1, 0)),
        (lacking, _lacking(place, [*(members[one] for one in there), member])),
        (before, _range(among)),
        (minutes, minutes + place.minutes),
        sum(
            1 if wish.wants_duty else -1
            for wish in planning.wishes
            if wish.person_id == member.person_id
            and wish.start < place.end
            and place.start < wish.end
        ),
    )


def _lacking(place: Place, people: list[Member]) -> int:
    return sum(max(need.count - sum(one.has(need) for one in people), 0) for need in place.needs)


def _range(loads: dict[int, int]) -> int:
    return max(loads.values(), default=0) - min(loads.values(), default=0)
