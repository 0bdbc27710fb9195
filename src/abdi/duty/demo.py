"""Rosters of the demo city: last week, this week, and next week with a turn nobody stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from abdi.duty import demo_calls, demo_swaps, events, rules
from abdi.duty.choices import RosterState
from abdi.duty.models import (
    CallOut,
    Coverage,
    PatternNeed,
    Platoon,
    PlatoonMember,
    Roster,
    Shift,
    ShiftPattern,
    Turn,
)
from abdi.people.choices import TimeKind
from abdi.people.demo import PANEL, DemoCity, keep_times, moment
from abdi.platform import clock
from abdi.platform.journal import PastFact, record_many
from abdi.platform.norms import norms

BATCH: Final = 2_000
WEEK: Final = timedelta(days=7)
MORNING, EVENING, NIGHT = ("P", "Pagi"), ("S", "Sore"), ("M", "Malam")
MOST_NEEDED: Final = 200


@dataclass(frozen=True)
class Turned:
    """The turns of a unit's day: letter and name, hours, people in the small city."""

    turns: tuple[tuple[tuple[str, str], int, int, int], ...]
    round_the_clock: bool = True


def _day_and_night(day: int, evening: int, night: int) -> Turned:
    return Turned(((MORNING, 7, 15, day), (EVENING, 15, 22, evening), (NIGHT, 22, 7, night)))


PLANS: Final = {
    "pju": _day_and_night(1, 2, 1),
    "damkar": Turned(((("R", "Regu"), 7, 7, 8),)),
    "gawat-darurat": _day_and_night(2, 2, 2),
    "darurat": _day_and_night(2, 2, 2),
    "trantib": _day_and_night(3, 3, 2),
    "lalin": _day_and_night(2, 2, 1),
    "pipa": _day_and_night(2, 1, 1),
    "sampah": Turned(((MORNING, 5, 13, 6), (EVENING, 13, 21, 3)), round_the_clock=False),
    "pohon": Turned(((MORNING, 7, 15, 4),), round_the_clock=False),
    "jalan": Turned(((MORNING, 7, 15, 5),), round_the_clock=False),
    "drainase": Turned(((MORNING, 7, 15, 4),), round_the_clock=False),
    "taman": Turned(((MORNING, 7, 15, 4),), round_the_clock=False),
}
PLATOONS: Final = {"damkar": ("Regu A", "Regu B", "Regu C")}
"""Units that stand in platoons, 24 hours on and 48 off."""
WANTED: Final = {"pju": ("M", PANEL, 2, 1), "damkar": ("R", "Pertolongan pertama", 2, 1)}
"""Skill, level and people wanted of a turn."""
ZONES: Final = {"pju": "Kota Cendana", "damkar": "Pos Induk"}
UNFINISHED: Final = ("pju", "sampah")
"""Units whose next week is still a draft; the first has an empty turn."""
SWAPPING: Final = ("pju", "taman")
"""Units of the commander who signs in, where two swaps wait."""


def build(city: DemoCity) -> None:
    """Promises and turns of the day, then the weeks, one after the other."""
    units = [city.units[code] for code in PLANS]
    Coverage.objects.bulk_create(
        Coverage(unit=unit, is_round_the_clock=PLANS[unit.code].round_the_clock) for unit in units
    )
    patterns = _patterns(city)
    platoons = _platoons(city)
    people = {
        code: [rules.Candidate(one) for one in sorted(city.people_of(code))] for code in PLANS
    }
    this_week = rules.week_start(clock.today())
    for monday in (this_week - WEEK, this_week, this_week + WEEK):
        _Week(city, monday, patterns, people, platoons).write(is_next=monday > this_week)
    demo_calls.build(city, moment(clock.today() - timedelta(days=1), 21))
    demo_swaps.build([city.units[code].pk for code in SWAPPING])


def _patterns(city: DemoCity) -> dict[str, list[ShiftPattern]]:
    rows = [
        ShiftPattern(
            unit=city.units[code],
            name=name,
            letter=letter,
            starts=time(starts),
            ends=time(ends),
            needed_count=_wanted(city, code, needed),
            zone=ZONES.get(code, ""),
        )
        for code, plan in PLANS.items()
        for (letter, name), starts, ends, needed in plan.turns
    ]
    found: dict[str, list[ShiftPattern]] = {code: [] for code in PLANS}
    for row in ShiftPattern.objects.bulk_create(rows):
        found[row.unit.code].append(row)
    PatternNeed.objects.bulk_create(
        PatternNeed(pattern=row, skill=skill, level=level, needed_count=count)
        for code, (letter, skill, level, count) in WANTED.items()
        for row in found[code]
        if row.letter == letter
    )
    return found


def _wanted(city: DemoCity, code: str, needed: int) -> int:
    if code in PLATOONS:
        return min(MOST_NEEDED, len(city.people_of(code)) // len(PLATOONS[code]))
    return min(MOST_NEEDED, needed * city.scale)


def _platoons(city: DemoCity) -> dict[str, dict[int, list[int]]]:
    """The platoons of each unit that has some: people by platoon, in the order they stand."""
    found: dict[str, dict[int, list[int]]] = {}
    for code, names in PLATOONS.items():
        rows = Platoon.objects.bulk_create(
            Platoon(unit=city.units[code], name=name, place=n) for n, name in enumerate(names)
        )
        ids = sorted(city.people_of(code))
        size = _wanted(city, code, 0)
        found[code] = {row.pk: ids[n * size : (n + 1) * size] for n, row in enumerate(rows)}
    PlatoonMember.objects.bulk_create(
        PlatoonMember(platoon_id=platoon, person_id=person_id)
        for by_platoon in found.values()
        for platoon, ids in by_platoon.items()
        for person_id in ids
    )
    return found


class _Week:
    """The rosters of all units for one week."""

    def __init__(
        self,
        city: DemoCity,
        monday: date,
        patterns: dict[str, list[ShiftPattern]],
        people: dict[str, list[rules.Candidate]],
        platoons: dict[str, dict[int, list[int]]],
    ) -> None:
        self.city = city
        self.monday = monday
        self.patterns = patterns
        self.people = people
        self.platoons = platoons

    def write(self, *, is_next: bool) -> None:
        """Rosters, turns, shifts and the time they take."""
        published = moment(self.monday - timedelta(days=4), 14)
        rosters = Roster.objects.bulk_create(
            Roster(
                unit=self.city.units[code],
                week_start_on=self.monday,
                state=RosterState.DRAFT
                if is_next and code in UNFINISHED
                else RosterState.PUBLISHED,
                published_at=None if is_next and code in UNFINISHED else _past(published),
            )
            for code in PLANS
        )
        shifts: list[Shift] = []
        for roster in rosters:
            shifts += self._fill(roster)
        made = Shift.objects.bulk_create(shifts, batch_size=BATCH)
        keep_times(
            ((one.person_id, one.starts_at, one.ends_at, one.ref) for one in made), TimeKind.SHIFT
        )
        record_many(self._fact(roster, made) for roster in rosters)

    def _fill(self, roster: Roster) -> list[Shift]:
        turns = self._turns(roster)
        people = self.people[roster.unit.code]
        if roster.unit.code in self.platoons:
            return self._place(roster, turns, self._in_platoons(roster.unit.code, turns))
        chosen = self._standing_now(turns) if roster.unit.code == "pju" else []
        taken = Counter(key for key, _person in chosen)
        openings = [
            rules.Opening(n, turn.starts_at, turn.ends_at, turn.needed_count - taken[n])
            for n, turn in enumerate(turns)
        ]
        if roster.unit.code == UNFINISHED[0] and not roster.is_published:
            openings = [one for one in openings if one.key != len(turns) - 4]
        chosen += rules.proposal(
            openings,
            people,
            norms("duty", on=self.monday),
            turn=self.monday.toordinal() // rules.DAYS_A_WEEK,
        )
        return self._place(roster, turns, chosen)

    def _in_platoons(self, code: str, turns: list[Turn]) -> list[tuple[int, int]]:
        """One platoon after the other, each as a whole."""
        by_platoon = self.platoons[code]
        found = []
        for n, turn in enumerate(turns):
            platoon = rules.platoon_on(turn.starts_at, 0, 1, list(by_platoon))
            found += [(n, person_id) for person_id in by_platoon.get(platoon or 0, ())]
        return found

    def _turns(self, roster: Roster) -> list[Turn]:
        found = []
        for offset in range(rules.DAYS_A_WEEK):
            for one in self.patterns[roster.unit.code]:
                day = self.monday + timedelta(days=offset)
                start, end = rules.turn_on(day, one.starts, one.ends, clock.zone())
                found.append(
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
        return found

    def _standing_now(self, turns: list[Turn]) -> list[tuple[int, int]]:
        """The one who signs in as crew stands the turn of this very moment."""
        now, crew = clock.now(), self.city.logins["petugas"]
        for n, turn in enumerate(turns):
            if turn.starts_at <= now < turn.ends_at:
                person = next(one for one in self.people["pju"] if one.person_id == crew)
                person.stands = [
                    one for one in person.stands if one.end <= turn.starts_at - timedelta(hours=11)
                ]
                person.stands.append(rules.Stand(turn.starts_at, turn.ends_at, crew))
                return [(n, crew)]
        return []

    def _place(
        self, roster: Roster, turns: list[Turn], chosen: list[tuple[int, int]]
    ) -> list[Shift]:
        counts = Counter(key for key, _person in chosen)
        for n, turn in enumerate(turns):
            turn.taken_count = counts[n]
        Turn.objects.bulk_create(turns, batch_size=BATCH)
        by_person = {one.person_id: one for one in self.people[roster.unit.code]}
        shifts = []
        for key, person_id in chosen:
            turn = turns[key]
            stand = rules.Stand(turn.starts_at, turn.ends_at, person_id)
            if stand not in by_person[person_id].stands:
                by_person[person_id].stands.append(stand)
            shifts.append(
                Shift(
                    roster=roster,
                    turn=turn,
                    person_id=person_id,
                    starts_at=turn.starts_at,
                    ends_at=turn.ends_at,
                    letter=turn.letter,
                )
            )
        return shifts

    def _fact(self, roster: Roster, shifts: list[Shift]) -> PastFact:
        placed = sum(one.roster_id == roster.pk for one in shifts)
        wanted = sum(one.needed_count for one in self.patterns[roster.unit.code])
        missing = wanted * rules.DAYS_A_WEEK - placed
        by = self.city.by(self.city.head_of(roster.unit.code))
        if roster.published_at is None:
            drafted = events.RosterDrafted(
                roster_id=roster.pk, unit_id=roster.unit_id, placed=placed, open=missing
            )
            return PastFact(drafted, clock.now() - timedelta(hours=20), by, roster.ref)
        fact = events.RosterPublished(roster_id=roster.pk, unit_id=roster.unit_id, open=missing)
        return PastFact(fact, roster.published_at, by, roster.ref)


def _past(at: datetime) -> datetime:
    return min(at, clock.now() - timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class CalledOut:
    """Somebody was sent out for something, from when until when; no end while he is under way."""

    person_id: int
    about: str
    at: datetime
    ended_at: datetime | None


def keep_call_outs(rows: Iterable[CalledOut]) -> None:
    """People who were sent out."""
    CallOut.objects.bulk_create(
        (
            CallOut(person_id=one.person_id, about=one.about, at=one.at, ended_at=one.ended_at)
            for one in rows
        ),
        batch_size=BATCH,
    )
