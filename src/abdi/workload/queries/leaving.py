"""Who leaves when, who can stand in, the mix of generations; fixed numbers of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from abdi.people import queries as people
from abdi.people.choices import SkillGrade, SkillState
from abdi.people.queries import StaffRow
from abdi.platform import clock
from abdi.platform.access import Actor, Reach
from abdi.platform.cells import ALL, Published, publish_cells
from abdi.platform.norms import norms
from abdi.workload import rules
from abdi.workload.choices import SkillLevel
from abdi.workload.models import Task, TaskSkill
from abdi.workload.queries.snapshots import visible_units

if TYPE_CHECKING:
    from abdi.people.models import PersonSkill

OLDER = ("PRE_BOOMER", "BOOMER", "X")
YOUNGER = ("Y", "Z", "POST_Z")
MOST_PAIRS = 12


@dataclass(frozen=True)
class Leaver:
    """One person who leaves within the years looked at."""

    row: StaffRow
    leaving: rules.Leaving


@dataclass(frozen=True)
class UnitOutlook:
    """A unit in the years ahead: who is there, how many leave in each year, what remains."""

    unit_id: int
    name: str
    existing: int
    by_year: tuple[int, ...]
    contracts: int
    left: int
    left_renewed: int
    unknown: int


@dataclass(frozen=True)
class Outlook:
    """All units together, the years, and the persons behind the figures."""

    years: tuple[int, ...]
    units: tuple[UnitOutlook, ...]
    leavers: tuple[Leaver, ...]
    unknown: int
    staff: tuple[StaffRow, ...] = ()

    @property
    def existing(self) -> int:
        """Everybody there today."""
        return sum(unit.existing for unit in self.units)

    @property
    def going(self) -> int:
        """Everybody who leaves, contracts not renewed."""
        return len(self.leavers)


def units_in_view(actor: Actor, agency_code: str = "") -> list[int]:
    """Ids of the units this actor plans for, of one agency where asked; one query."""
    rows = visible_units(actor)
    if agency_code:
        rows = rows.filter(agency__code=agency_code)
    return list(rows.values_list("id", flat=True))


def outlook(unit_ids: Iterable[int], on: date | None = None) -> Outlook:
    """Who leaves in this year and the five after it, by unit; one query."""
    day = on or clock.today()
    figures = norms("people", on=day)
    years = rules.years_ahead(day, figures["retirement_projection_years"])
    last = date(years[-1], 12, 31)
    groups: dict[int, list[StaffRow]] = defaultdict(list)
    staff = people.staff_of(unit_ids, day)
    for row in staff:
        groups[row.unit_id].append(row)
    units, leavers, unknown = [], [], 0
    for unit_id, rows in groups.items():
        known = [(row, _leaving(row, figures)) for row in rows]
        going = [Leaver(row, one) for row, one in known if one is not None and one.on <= last]
        counts = Counter(max(one.leaving.on.year, years[0]) for one in going)
        left, renewed = rules.remaining(len(rows), [one.leaving for one in going], last)
        missing = sum(one is None for _row, one in known)
        units.append(
            UnitOutlook(
                unit_id=unit_id,
                name=rows[0].unit_name,
                existing=len(rows),
                by_year=tuple(counts[year] for year in years),
                contracts=sum(one.leaving.renewable for one in going),
                left=left,
                left_renewed=renewed,
                unknown=missing,
            )
        )
        leavers += going
        unknown += missing
    leavers.sort(key=lambda one: (one.leaving.on, one.row.name))
    return Outlook(years, tuple(units), tuple(leavers), unknown, tuple(staff))


def _leaving(row: StaffRow, figures: Mapping[str, object]) -> rules.Leaving | None:
    return rules.leaving(
        birth=row.birth_on,
        tier=row.tier,
        title=row.title,
        employment=row.employment,
        own_age=row.pension_age,
        contract_end=row.contract_end_on,
        norms=figures,
    )


def named_for(actor: Actor, rows: Sequence[StaffRow]) -> set[int]:
    """Whose leaving this actor may see by name: his team, his agency, or all."""
    reach: Reach = actor.reach("people.profile", "view")
    return {
        row.person_id
        for row in rows
        if reach.all
        or row.agency_id in reach.agency_ids
        or row.person_id in reach.team_ids
        or row.person_id == reach.self_id
    }


@dataclass(frozen=True)
class Knower:
    """Somebody who can do a task: by his post, noted beside it, or by a skill of his.

    `skill`: where only a skill speaks for him, whether somebody checked it (`checked`, `said`).
    """

    row: StaffRow
    level: str
    by_post: bool
    leaves: date | None
    skill: str = ""


@dataclass(frozen=True)
class Cover:
    """A task and who can do it today; who of them stays."""

    task: Task
    knowers: tuple[Knower, ...]

    @property
    def able(self) -> tuple[Knower, ...]:
        """Those who can do it now; learners, and who only says so himself, are not counted."""
        return tuple(
            one
            for one in self.knowers
            if one.level != SkillLevel.LEARNS and one.skill != SkillState.SAID
        )

    @property
    def is_single(self) -> bool:
        """Whether it hangs on one person alone, or on nobody."""
        return len(self.able) <= 1

    @property
    def is_lost(self) -> bool:
        """Whether everybody who can do it leaves within the years looked at."""
        return bool(self.able) and all(one.leaves is not None for one in self.able)


def covers(unit_ids: Sequence[int], found: Outlook, on: date | None = None) -> list[Cover]:
    """Who can do which task of these units, the least covered first; three queries.

    `found` is the outlook of the same units and day. A task that several posts of a unit share
    under one name is one task.
    """
    day = on or clock.today()
    by_post: dict[int | None, list[StaffRow]] = defaultdict(list)
    for row in found.staff:
        by_post[row.position_id].append(row)
    known = {row.person_id: row for row in found.staff}
    leaves = {one.row.person_id: one.leaving.on for one in found.leavers}
    tasks = list(Task.objects.on(day).filter(unit_id__in=unit_ids).select_related("unit"))
    noted: dict[int, list[TaskSkill]] = defaultdict(list)
    for skill in TaskSkill.objects.filter(task__in=tasks).order_by("id"):
        noted[skill.task_id].append(skill)
    crafts = _crafts(people.skills_in_units(unit_ids, day) if tasks else [])
    rows = []
    for shared in _shared(tasks):
        able: dict[int, Knower] = {}
        for row in (row for task in shared for row in by_post[task.position_id]):
            able[row.person_id] = Knower(row, SkillLevel.CAN, True, leaves.get(row.person_id))
        for skill in (skill for task in shared for skill in noted[task.pk]):
            if skill.person_id in known:
                who, day_of = known[skill.person_id], leaves.get(skill.person_id)
                own = skill.person_id in able
                able[skill.person_id] = Knower(who, skill.level, own, day_of)
        for one in _skilled(shared[0], crafts, known, leaves):
            able.setdefault(one.row.person_id, one)
        rows.append(Cover(shared[0], tuple(able.values())))
    return sorted(rows, key=lambda row: (len(row.able), row.task.unit.name, row.task.name))


Craft = tuple[frozenset[str], "PersonSkill"]
LEVELS: Final = {
    SkillGrade.BASIC: SkillLevel.LEARNS,
    SkillGrade.GOOD: SkillLevel.CAN,
    SkillGrade.EXPERT: SkillLevel.TEACHES,
}


def _crafts(skills: Iterable[PersonSkill]) -> dict[str, list[Craft]]:
    """Skills by the longest of their words, so that a task looks at few of them."""
    found: dict[str, list[Craft]] = defaultdict(list)
    for skill in skills:
        words = rules.craft_words(skill.name)
        if words:
            found[max(words, key=lambda word: (len(word), word))].append((words, skill))
    return found


def _skilled(
    task: Task,
    crafts: Mapping[str, list[Craft]],
    known: Mapping[int, StaffRow],
    leaves: Mapping[int, date],
) -> list[Knower]:
    """People of the task's agency whose skills serve it, those first whom somebody checked."""
    words = rules.craft_words(task.name)
    found = []
    for craft, skill in (one for word in sorted(words) for one in crafts.get(word, ())):
        row = known.get(skill.person_id)
        if row is None or row.agency_id != task.unit.agency_id or not rules.serves(craft, words):
            continue
        level = LEVELS[SkillGrade(skill.grade)]
        day_of = leaves.get(row.person_id)
        found.append(Knower(row, level, False, day_of, skill=skill.state))
    return sorted(found, key=lambda one: one.skill != SkillState.CHECKED)


def _shared(tasks: Iterable[Task]) -> list[list[Task]]:
    found: dict[tuple[int, str], list[Task]] = defaultdict(list)
    for task in tasks:
        found[task.unit_id, task.name.strip().casefold()].append(task)
    return list(found.values())


@dataclass(frozen=True)
class Pair:
    """An idea: an experienced person hands a craft over and is taught something digital."""

    older: StaffRow
    younger: StaffRow


@dataclass(frozen=True)
class Generations:
    """The mix of each unit as counts, small groups hidden."""

    codes: tuple[tuple[str, str], ...]
    units: tuple[tuple[int, str], ...]
    published: Published

    def shown(self, unit_id: int, code: str) -> int | None:
        """The count of a cell, None where it stays hidden."""
        return self.published.count(unit_id, code)

    def total(self, code: str) -> int | None:
        """The count over all units, None where it stays hidden."""
        return self.published.count(ALL, code)


def generations(unit_ids: Iterable[int], on: date | None = None) -> tuple[Generations, list[Pair]]:
    """The mix of generations by unit and pairs that could teach each other; one query.

    For conversations about learning only: no score and no decision reads it.
    """
    day = on or clock.today()
    spans = norms("workload", on=day)["generations"]
    staff = [row for row in people.staff_of(unit_ids, day) if row.birth_on is not None]
    code_of = {
        row.person_id: rules.generation(row.birth_on, spans) for row in staff if row.birth_on
    }
    counts: Counter[Hashable] = Counter((row.unit_id, code_of[row.person_id]) for row in staff)
    names = tuple(dict.fromkeys((row.unit_id, row.unit_name) for row in staff))
    codes = tuple((str(span["code"]), str(span["name_id"])) for span in spans)
    used = tuple(one for one in codes if one[0] in code_of.values())
    return Generations(used, names, publish_cells(dict(counts))), _pairs(staff, code_of)


def _pairs(staff: Sequence[StaffRow], code_of: Mapping[int, str]) -> list[Pair]:
    by_unit: dict[int, list[StaffRow]] = defaultdict(list)
    for row in staff:
        by_unit[row.unit_id].append(row)
    found = []
    for rows in by_unit.values():
        older = [row for row in rows if code_of[row.person_id] in OLDER]
        younger = [row for row in rows if code_of[row.person_id] in YOUNGER]
        found += [Pair(one, other) for one, other in zip(older, younger, strict=False)]
    return found[:MOST_PAIRS]
