"""A week of rosters as a page shows it: lines with their turns, what is open, who stands now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from abdi.duty import rules
from abdi.duty.models import PlatoonMember, Roster, Shift, Turn
from abdi.duty.queries.standing import OnDuty, on_duty, visible_rosters, week_span
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor

MORNING, AFTERNOON, NIGHT = (4, 12), (12, 18), "m"
SHORT_TURN = timedelta(hours=10)


@dataclass(frozen=True)
class Block:
    """One turn on a line. `kind` is p, s or m by the hour it begins, x where people lack."""

    turn_id: int
    name: str
    letter: str
    kind: str
    start: datetime
    end: datetime
    people: tuple[str, ...]
    missing: int = 0
    is_standby: bool = False

    @property
    def is_short(self) -> bool:
        """A turn whose block has room for a letter only."""
        return self.end - self.start < SHORT_TURN

    @property
    def is_open(self) -> bool:
        """Nobody stands it."""
        return self.missing > 0 and not self.people


@dataclass
class Line:
    """A unit, or a person of the chosen unit, with its turns of the week."""

    name: str
    unit_id: int
    blocks: list[Block] = field(default_factory=list)
    people: set[int] = field(default_factory=set)
    minutes: int = 0

    @property
    def hours(self) -> int:
        """Hours stood, by each of its people on average; whole hours."""
        return self.minutes // 60 // max(len(self.people), 1)


@dataclass(frozen=True)
class Week:
    """Everything the page of a week shows."""

    start_on: date
    first: datetime
    rosters: list[Roster]
    lines: list[Line]
    open: list[Block]
    units: Mapping[int, str]
    standing: list[OnDuty]
    longest_hours: int
    turn_ids: Mapping[int, set[int]] = field(default_factory=dict)
    """Turns by roster."""

    @property
    def drafts(self) -> list[Roster]:
        """Rosters that are not in force yet."""
        return [roster for roster in self.rosters if not roster.is_published]

    @property
    def last_on(self) -> date:
        """The Sunday."""
        return self.start_on + timedelta(days=6)

    @property
    def days(self) -> list[date]:
        """The seven days."""
        return [self.start_on + timedelta(days=n) for n in range(rules.DAYS_A_WEEK)]

    @property
    def short(self) -> list[Block]:
        """Turns that lack people, in order of time."""
        return [block for block in self.open if block.missing > 0]


def week_of(actor: Actor, week_start_on: date, at: datetime, unit_id: int | None = None) -> Week:
    """The rosters of a week this actor may see: by unit, or by person of one unit.

    Five queries at most, whatever the number of units and people.
    """
    rosters = list(visible_rosters(actor).filter(week_start_on=week_start_on))
    chosen = [one for one in rosters if unit_id is None or one.unit_id == unit_id]
    units = {one.unit_id: one.unit.name for one in rosters}
    turns = list(Turn.objects.filter(roster__in=chosen).order_by("starts_at", "id"))
    shifts = list(
        Shift.objects.filter(roster__in=chosen)
        .select_related("person", "roster")
        .order_by("starts_at", "is_standby", "person__name")
    )
    names: dict[int, list[str]] = {}
    for shift in shifts:
        names.setdefault(shift.turn_id, []).append(shift.person.display_name)
    blocks = {turn.pk: _block(turn, names.get(turn.pk, [])) for turn in turns}
    if len(chosen) != 1:
        lines = _by_unit(chosen, turns, shifts, blocks)
    else:
        lines = _by_platoon(shifts, blocks) or _by_person(shifts, blocks)
    lengths = [(turn.ends_at - turn.starts_at) // timedelta(hours=1) for turn in turns]
    return Week(
        start_on=week_start_on,
        first=_first(week_start_on, turns),
        rosters=chosen,
        lines=lines,
        open=[block for block in blocks.values() if block.missing],
        units=units,
        standing=on_duty(actor, at),
        longest_hours=max(lengths, default=0),
        turn_ids={one.pk: {t.pk for t in turns if t.roster_id == one.pk} for one in chosen},
    )


def _first(week_start_on: date, turns: list[Turn]) -> datetime:
    """Where the drawn week begins: the hour of the earliest turn, or 06.00."""
    midnight = week_span(week_start_on)[0]
    if not turns:
        return midnight + timedelta(hours=6)
    first = clock.local(min(turn.starts_at for turn in turns))
    return datetime.combine(first.date(), time(first.hour), first.tzinfo)


def kind_of(start: datetime) -> str:
    """p for turns that begin in the morning, s in the afternoon, m later."""
    hour = clock.local(start).hour
    if MORNING[0] <= hour < MORNING[1]:
        return "p"
    return "s" if AFTERNOON[0] <= hour < AFTERNOON[1] else NIGHT


def _block(turn: Turn, names: list[str]) -> Block:
    return Block(
        turn_id=turn.pk,
        name=turn.name,
        letter=turn.letter,
        kind="x" if turn.missing else kind_of(turn.starts_at),
        start=turn.starts_at,
        end=turn.ends_at,
        people=tuple(names),
        missing=turn.missing,
    )


def _by_unit(
    rosters: list[Roster], turns: list[Turn], shifts: list[Shift], blocks: dict[int, Block]
) -> list[Line]:
    lines = {one.pk: Line(one.unit.name, one.unit_id) for one in rosters}
    for turn in turns:
        lines[turn.roster_id].blocks.append(blocks[turn.pk])
    _count(lines, shifts, lambda shift: shift.roster_id)
    return list(lines.values())


def _by_person(shifts: list[Shift], blocks: dict[int, Block]) -> list[Line]:
    lines: dict[int, Line] = {}
    for shift in shifts:
        line = lines.setdefault(shift.person_id, Line(shift.person.display_name, 0))
        turn = blocks[shift.turn_id]
        line.blocks.append(
            Block(
                turn_id=turn.turn_id,
                name=turn.name,
                letter=turn.letter,
                kind=kind_of(turn.start),
                start=turn.start,
                end=turn.end,
                people=(line.name,),
                is_standby=shift.is_standby,
            )
        )
    _count(lines, shifts, lambda shift: shift.person_id)
    return sorted(lines.values(), key=lambda line: line.name)


def _by_platoon(shifts: list[Shift], blocks: dict[int, Block]) -> list[Line]:
    """A line for each platoon that stands; none where nobody is in one. One query."""
    names = platoon_names({shift.person_id for shift in shifts})
    lines: dict[str, Line] = {}
    for shift in shifts:
        name = names.get(shift.person_id)
        if name is None:
            continue
        line = lines.setdefault(name, Line(name, shift.roster.unit_id))
        block = blocks[shift.turn_id]
        if block not in line.blocks:
            line.blocks.append(block)
    if not lines:
        return []
    _count(lines, shifts, lambda shift: names.get(shift.person_id, ""))
    return [lines[name] for name in sorted(lines)]


def platoon_names(person_ids: Iterable[int]) -> dict[int, str]:
    """The platoon of each person, by name."""
    rows = PlatoonMember.objects.filter(person_id__in=list(person_ids), platoon__is_active=True)
    return dict(rows.values_list("person_id", "platoon__name"))


def _count(lines: Mapping[Any, Line], shifts: list[Shift], key: Callable[[Shift], Any]) -> None:
    for shift in shifts:
        line = lines.get(key(shift))
        if line is None:
            continue
        line.people.add(shift.person_id)
        if not shift.is_standby:
            line.minutes += (shift.ends_at - shift.starts_at) // rules.MINUTE


def person_names(person_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Code and name of people, by id; of those who have left as well."""
    rows = people.persons().filter(id__in=list(person_ids))
    return {row.pk: (row.code, row.display_name) for row in rows}
