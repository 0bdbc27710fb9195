"""A month of a unit as a page shows it: people, days and letters, with the columns of fairness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import F

from abdi.duty import rules
from abdi.duty.models import PlatoonMember, Roster, Shift, Turn
from abdi.duty.queries.planning import Asked, crew_of, figures_of, past_of, planning_of
from abdi.duty.queries.standing import visible_rosters
from abdi.duty.queries.weeks import kind_of, person_names
from abdi.duty.rules import Past, Place, Planning, Weighed
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.calendar import holidays_of


@dataclass(frozen=True)
class Cell:
    """One turn of a person on a day."""

    turn_id: int
    letter: str
    kind: str
    name: str
    start: datetime
    end: datetime
    is_draft: bool


@dataclass
class Row:
    """A person with his days, and what he stands this month and stood before."""

    person_id: int
    code: str
    name: str
    platoon: str
    cells: dict[date, list[Cell]] = field(default_factory=dict)
    away: set[date] = field(default_factory=set)
    minutes: int = 0
    nights: int = 0
    weekends: int = 0
    past: Past = field(default_factory=Past)

    @property
    def hours(self) -> int:
        """Whole hours of this month."""
        return self.minutes // 60


@dataclass(frozen=True)
class Month:
    """Everything the page of a month shows."""

    unit_id: int
    days: list[date]
    rows: list[Row]
    holidays: dict[date, str]
    short: dict[date, int]
    drafts: list[Roster]
    laid_out: int

    @property
    def weeks(self) -> int:
        """Weeks that lie in this month, those at its edges too."""
        return len({rules.week_start(day) for day in self.days})

    @property
    def open(self) -> int:
        """Places nobody has."""
        return sum(self.short.values())

    @property
    def nights(self) -> tuple[int, int]:
        """Fewest and most nights of those who stand any turn this month."""
        found = [row.nights for row in self.rows if row.cells]
        return min(found, default=0), max(found, default=0)


def month_of(actor: Actor, unit_id: int, first: date, *, plans: bool) -> Month:
    """A unit's month by the rosters this actor may see; drafts only for those who plan.

    About ten queries, whatever the number of people. Who is away is shown to those who plan only.
    """
    days = _days(first)
    start, end = _moments(days)
    rosters = list(
        visible_rosters(actor).filter(
            unit_id=unit_id,
            week_start_on__gt=days[0] - timedelta(days=7),
            week_start_on__lte=days[-1],
        )
    )
    turns = Turn.objects.filter(roster__in=rosters, starts_at__gte=start, starts_at__lt=end)
    shifts = list(
        Shift.objects.filter(turn__in=turns, is_standby=False)
        .select_related("turn")
        .order_by("starts_at")
    )
    ids = sorted(set(crew_of(unit_id, max(first, clock.today()))) | {s.person_id for s in shifts})
    rows = _rows(ids, unit_id, start)
    drafts = {one.pk for one in rosters if not one.is_published}
    figures = figures_of(unit_id, first)
    for shift in shifts:
        _add(rows[shift.person_id], shift, figures, shift.roster_id in drafts)
    if plans:
        _add_away(rows, start, end)
    return Month(
        unit_id,
        days,
        sorted(rows.values(), key=lambda row: (row.platoon, row.name)),
        {day: name for day, name in holidays_of(first.year).items() if day in set(days)},
        _short(turns.short()),
        [one for one in rosters if not one.is_published],
        len(rosters),
    )


def _short(turns: Iterable[Turn]) -> dict[date, int]:
    """Places nobody has, by day."""
    found: dict[date, int] = {}
    for turn in turns:
        day = clock.local(turn.starts_at).date()
        found[day] = found.get(day, 0) + turn.missing
    return found


def _days(first: date) -> list[date]:
    found = [first]
    while (found[-1] + timedelta(days=1)).month == first.month:
        found.append(found[-1] + timedelta(days=1))
    return found


def _moments(days: Sequence[date]) -> tuple[datetime, datetime]:
    zone = clock.zone()
    last = days[-1] + timedelta(days=1)
    return datetime.combine(days[0], time(0), zone), datetime.combine(last, time(0), zone)


def _rows(ids: list[int], unit_id: int, start: datetime) -> dict[int, Row]:
    names = person_names(ids)
    pasts = past_of(ids, start, figures_of(unit_id, start.date()))
    platoons = dict(
        PlatoonMember.objects.filter(person_id__in=ids, platoon__is_active=True).values_list(
            "person_id", F("platoon__name")
        )
    )
    return {
        one: Row(one, *names[one], platoons.get(one, ""), past=pasts[one])
        for one in ids
        if one in names
    }


def _add(row: Row, shift: Shift, figures: rules.Norms, is_draft: bool) -> None:
    start, end = clock.local(shift.starts_at), clock.local(shift.ends_at)
    stand = rules.Stand(start, end, row.person_id)
    row.cells.setdefault(start.date(), []).append(
        Cell(shift.turn_id, shift.letter, kind_of(start), shift.turn.name, start, end, is_draft)
    )
    row.minutes += rules.minutes_stood([stand])
    row.nights += rules.is_night(stand, figures)
    row.weekends += rules.is_weekend(start)


def _add_away(rows: dict[int, Row], start: datetime, end: datetime) -> None:
    for one in people.busy(rows, start, end):
        if one.kind == TimeKind.SHIFT:
            continue
        day = max(clock.local(one.start_at), start).date()
        while datetime.combine(day, time(0), start.tzinfo) < min(one.end_at, end):
            rows[one.person_id].away.add(day)
            day += timedelta(days=1)


# ------------------------------------------------------------------ one turn


@dataclass(frozen=True)
class Weighing:
    """A turn with everybody who could stand it instead, and the plan it was measured in."""

    planning: Planning
    place: Place
    others: list[Weighed]
    names: dict[int, tuple[str, str]]

    @property
    def column(self) -> str:
        """The column of the ledger this turn weighs in."""
        return rules.column_of(self.planning, self.place)


def weighing_of(turn: Turn) -> Weighing:
    """A turn measured within its week as it stands; about twenty queries.

    Its roster must be loaded.
    """
    monday = turn.roster.week_start_on
    zone = clock.zone()
    asked = Asked(
        turn.roster.unit_id,
        datetime.combine(monday, time(0), zone),
        datetime.combine(monday + timedelta(days=7), time(0), zone),
    )
    planning = planning_of(asked)
    place = planning.place[turn.pk]
    others = rules.weighed(planning, place, planning.fixed)
    names = person_names(one.person_id for one in planning.members)
    return Weighing(planning, place, others, names)
