"""Rules of duty: who stands, what is not covered, rest, what speaks against a shift, a proposal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Annotated, Any, Final

from abdi.duty.choices import Problem
from abdi.platform.formulas import Between, at_least, formula, permyriad

Norms = Mapping[str, Any]
Minutes = Annotated[int, Between(0, 10**8)]
DAYS_A_WEEK: Final = 7
MINUTE: Final = timedelta(minutes=1)
NEVER: Final = (Problem.BUSY, Problem.OVERLAP, Problem.DAY_ONLY)
"""What no reason breaks."""


@dataclass(frozen=True, order=True)
class Stand:
    """A person stands from `start` until just before `end`; both aware, in the local zone."""

    start: datetime
    end: datetime
    person_id: int


@formula
def rest_minutes(ended: Minutes, begins: Minutes) -> int:
    """Minutes of rest between two shifts; none where they overlap (minutes since a start)."""
    rest: int = at_least(begins - ended, 0)
    return rest


@formula
def cover_share(wanted: Minutes, manned: Minutes) -> int:
    """Share of the time to be manned that was, in ten-thousandths; nothing wanted is covered."""
    share: int = permyriad(manned, wanted, if_zero=10_000)
    return share


def covering(stands: Iterable[Stand], at: datetime) -> list[Stand]:
    """Who stands at a moment, the longest standing first; the end of a shift is outside it."""
    return sorted(stand for stand in stands if stand.start <= at < stand.end)


def uncovered(
    stands: Iterable[Stand], start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """Spans between start and end in which nobody stands."""
    gaps = []
    until = start
    for stand in sorted(stands):
        if stand.end <= until or stand.start >= end:
            continue
        if stand.start > until:
            gaps.append((until, stand.start))
        until = stand.end
    if until < end:
        gaps.append((until, end))
    return gaps


def next_change(stands: Iterable[Stand], at: datetime) -> datetime | None:
    """The next moment after `at` at which somebody comes or goes; None where nobody does."""
    moments = [moment for stand in stands for moment in (stand.start, stand.end) if moment > at]
    return min(moments, default=None)


def is_night(stand: Stand, norms: Norms) -> bool:
    """Whether a shift reaches into the night."""
    return bool(nights_of(stand, norms))


def nights_of(stand: Stand, norms: Norms) -> list[date]:
    """Days whose night (named by the evening) the shift reaches into."""
    found = []
    day = stand.start.date() - timedelta(days=1)
    while day <= stand.end.date():
        evening = _at(stand.start, day, norms["night"]["begins"])
        morning = _at(stand.start, day + timedelta(days=1), norms["night"]["ends"])
        if stand.start < morning and evening < stand.end:
            found.append(day)
        day += timedelta(days=1)
    return found


def _at(like: datetime, day: date, hour: int) -> datetime:
    return like.replace(
        year=day.year, month=day.month, day=day.day, hour=hour, minute=0, second=0, microsecond=0
    )


def nights_in_a_row(stands: Iterable[Stand], norms: Norms, *, around: Stand | None = None) -> int:
    """Longest run of nights one after the other; with `around`, of those with its nights."""
    nights = {night for stand in stands for night in nights_of(stand, norms)}
    among = nights if around is None else nights_of(around, norms)
    return max((_run(night, nights) for night in among), default=0)


def _run(day: date, days: set[date]) -> int:
    """How many days stand one after the other, this one among them."""
    length = 1
    for step in (timedelta(days=-1), timedelta(days=1)):
        other = day + step
        while other in days:
            length += 1
            other += step
    return length


def problems(
    new: Stand,
    own: Sequence[Stand],
    norms: Norms,
    *,
    busy: Iterable[tuple[datetime, datetime]] = (),
    is_day_only: bool = False,
) -> list[Problem]:
    """What speaks against giving a person this shift beside their own ones.

    `busy` are spans taken by classes, leave and meetings; `is_day_only` people stand no nights.
    An empty list means nothing does.
    """
    overlap = any(_overlap(new.start, new.end, stand.start, stand.end) for stand in own)
    found = {
        Problem.OVERLAP: overlap,
        Problem.REST_TOO_SHORT: not overlap and _rest_too_short(new, own, norms),
        Problem.TOO_LONG: new.end - new.start > timedelta(hours=norms["longest_shift_hours"]),
        Problem.TOO_MANY_NIGHTS: is_night(new, norms)
        and nights_in_a_row([*own, new], norms, around=new) > norms["most_nights_in_a_row"],
        Problem.NO_DAY_OFF: not overlap and _day_off_missing(new, own, norms),
        Problem.TOO_MANY_DAYS: days_in_a_row([*own, new], around=new) > norms["most_days_in_a_row"],
        Problem.DAY_ONLY: is_day_only and is_night(new, norms),
        Problem.BUSY: any(_overlap(new.start, new.end, start, end) for start, end in busy),
    }
    return [problem for problem, applies in found.items() if applies]


def _overlap(a_start: datetime, a_end: datetime, b_start: datetime, b_end: datetime) -> bool:
    return a_start < b_end and b_start < a_end


def _rest_too_short(new: Stand, own: Sequence[Stand], norms: Norms) -> bool:
    wanted = timedelta(hours=norms["rest_hours"])
    before = [new.start - stand.end for stand in own if stand.end <= new.start]
    after = [stand.start - new.end for stand in own if stand.start >= new.end]
    return any(rest < wanted for rest in before + after)


def _day_off_missing(new: Stand, own: Sequence[Stand], norms: Norms) -> bool:
    """A night is followed by another night or by a day off."""
    wanted = timedelta(hours=norms["rest_after_night_hours"])
    near = [one for one in own if abs(one.start - new.start) < wanted + timedelta(hours=48)]
    pairs = [(one, new) if one.start < new.start else (new, one) for one in near]
    return any(
        later.start - earlier.end < wanted
        and is_night(earlier, norms)
        and not is_night(later, norms)
        for earlier, later in pairs
    )


def days_in_a_row(stands: Iterable[Stand], *, around: Stand) -> int:
    """Days one after the other, by the day a turn begins on, the day of `around` among them."""
    return _run(around.start.date(), {stand.start.date() for stand in stands})


def fewest_first(
    candidates: Iterable[int], minutes_stood: Mapping[int, int], nights_stood: Mapping[int, int]
) -> list[int]:
    """People in the order of fairness: fewest nights, then fewest minutes, then by number."""
    return sorted(candidates, key=lambda p: (nights_stood.get(p, 0), minutes_stood.get(p, 0), p))


# ------------------------------------------------------------------ laying out a week


@dataclass(frozen=True)
class Opening:
    """A turn from `start` to `end`, in the local zone, that still needs people."""

    key: int
    start: datetime
    end: datetime
    places: int = 1


@dataclass
class Candidate:
    """A person who could take turns: what he stands already, what else takes his time."""

    person_id: int
    stands: list[Stand] = field(default_factory=list)
    busy: list[tuple[datetime, datetime]] = field(default_factory=list)
    is_day_only: bool = False


def week_start(day: date) -> date:
    """The Monday of the week a day lies in."""
    return day - timedelta(days=day.weekday())


def turn_on(day: date, starts: time, ends: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """A turn of that day; one that ends at or before its beginning runs past midnight."""
    last = day if ends > starts else day + timedelta(days=1)
    return datetime.combine(day, starts, zone), datetime.combine(last, ends, zone)


def minutes_stood(stands: Iterable[Stand]) -> int:
    """Minutes of all stands together."""
    return sum((stand.end - stand.start) // MINUTE for stand in stands)


def against(opening: Opening, person: Candidate, norms: Norms) -> list[Problem]:
    """What speaks against giving a turn to this person; a taken calendar comes first."""
    new = Stand(opening.start, opening.end, person.person_id)
    found = problems(new, person.stands, norms, busy=person.busy, is_day_only=person.is_day_only)
    return sorted(found, key=lambda problem: problem not in NEVER)


def proposal(
    openings: Iterable[Opening], people: Sequence[Candidate], norms: Norms, *, turn: int = 0
) -> list[tuple[int, int]]:
    """Who could take which turn: (opening, person) pairs by a fair rotation.

    Turns are filled in the order of their beginning by whoever may stand and has stood least;
    of equals, `turn` (the number of the week) decides who comes first. What nobody may take
    stays open.
    """
    order = {person.person_id: (n - turn) % len(people) for n, person in enumerate(people)}
    seats = [
        Candidate(one.person_id, list(one.stands), one.busy, one.is_day_only) for one in people
    ]
    found: list[tuple[int, int]] = []
    for opening in sorted(openings, key=lambda one: (one.start, one.end, one.key)):
        free = [person for person in seats if not against(opening, person, norms)]
        free.sort(key=lambda one: (minutes_stood(one.stands), order[one.person_id]))
        for person in free[: opening.places]:
            found.append((opening.key, person.person_id))
            person.stands.append(Stand(opening.start, opening.end, person.person_id))
    return found
