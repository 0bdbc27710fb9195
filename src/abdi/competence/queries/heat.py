"""The map of gaps: units (or positions) by competencies, people below standard in each cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Max, Q, QuerySet

from abdi.competence import rules
from abdi.competence.models import Result
from abdi.competence.queries.dictionary import competencies
from abdi.competence.queries.gaps import reached
from abdi.people import queries as staff
from abdi.platform.access import Actor, Reach
from abdi.platform.cells import publish_cells

BY = {"perangkat": "agency_id", "unit": "unit_id", "jabatan": "position_id"}


@dataclass(frozen=True)
class Cell:
    """People below standard of those assessed; `below` None where the group is too small."""

    competency: str
    below: int | None
    people: int | None
    missing_levels: int = 0

    @property
    def step(self) -> int:
        """Colour step 0 to 4."""
        return rules.heat_step(self.below or 0, self.people or 0)


@dataclass(frozen=True)
class HeatRow:
    """One unit, agency or group of positions."""

    key: str
    label: str
    people: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class HeatMap:
    """The whole map with its totals."""

    by: str
    rows: tuple[HeatRow, ...]
    total: tuple[Cell, ...]
    people: int
    as_of: object = None
    only_totals: bool = False
    worst: tuple[Cell, ...] = field(default=())


def heat_map(actor: Actor, *, by: str = "unit", agency_id: int | None = None) -> HeatMap:
    """The map this actor may see.

    Row view (superior, agency, personnel office) shows every count. Who holds only `view_totals`
    gets agencies with counts of five and more, always the same table, so that no two maps can be
    subtracted from each other.
    """
    reach = actor.reach("competence.gap", "view")
    totals_only = not (reach.all or reach.agency_ids or reach.team_ids)
    if totals_only:
        reach = actor.reach("competence.gap", "view_totals")
        by, agency_id = "perangkat", None
    rows = _rows(reach, agency_id)
    counts = _counts(rows, BY[by])
    labels = _labels(by, set(counts))
    grid = _Grid.of(counts, labels)
    if totals_only:
        grid.suppress()
    return grid.as_map(by, rows.aggregate(at=Max("set_at"))["at"], totals_only)


def _rows(reach: Reach, agency_id: int | None) -> QuerySet[Result]:
    team = Reach(reach.all, reach.agency_ids, reach.team_ids)
    rows = Result.objects.filter(reached(team), is_current=True, required__isnull=False)
    return rows if agency_id is None else rows.filter(agency_id=agency_id)


def _counts(rows: QuerySet[Result], column: str) -> dict[int, dict[str, tuple[int, int]]]:
    found: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    grouped = (
        rows.order_by()
        .values_list(column, "competency")
        .annotate(people=Count("id"), below=Count("id", filter=Q(missing__gt=0)))
    )
    for key, competency, people, below in grouped:
        found[key][competency] = (below, people)
    return found


def _labels(by: str, keys: set[int]) -> dict[int, tuple[str, str]]:
    """Label and row key of each id; positions of one title are one row."""
    if by == "jabatan":
        names = staff.positions().filter(id__in=keys).values_list("id", "title")
        return {pk: (title, title) for pk, title in names}
    units = staff.units().filter(id__in=keys).values_list("id", "name", "code")
    return {pk: (name, code) for pk, name, code in units}


@dataclass
class _Grid:
    """Counts by row and competency, before and after hiding small groups."""

    labels: dict[str, str]
    below: dict[tuple[str, str], int]
    people: dict[tuple[str, str], int]
    hidden: set[tuple[str, str]] = field(default_factory=set)
    hidden_totals: set[str] = field(default_factory=set)

    @classmethod
    def of(
        cls,
        counts: dict[int, dict[str, tuple[int, int]]],
        labels: dict[int, tuple[str, str]],
    ) -> _Grid:
        names: dict[str, str] = {}
        below: dict[tuple[str, str], int] = defaultdict(int)
        people: dict[tuple[str, str], int] = defaultdict(int)
        for key, cells in counts.items():
            label, row = labels[key]
            names[row] = label
            for competency, (lacking, all_people) in cells.items():
                below[row, competency] += lacking
                people[row, competency] += all_people
        return cls(names, below, people)

    def suppress(self) -> None:
        """Hide cells from which a group of one to four people could be read."""
        for found in competencies():
            atoms: dict[tuple[object, ...], int] = {}
            for row in self.labels:
                lacking = self.below.get((row, found.code), 0)
                atoms[row, "below"] = lacking
                atoms[row, "reached"] = self.people.get((row, found.code), 0) - lacking
            shown = publish_cells(atoms, totals=[(0,), (1,), ()])
            for row in self.labels:
                if not (shown.shows(row, "below") and shown.shows(row, "*")):
                    self.hidden.add((row, found.code))
            if not shown.shows("*", "below"):
                self.hidden_totals.add(found.code)

    def as_map(self, by: str, as_of: object, only_totals: bool) -> HeatMap:
        codes = [found.code for found in competencies()]
        rows = tuple(
            HeatRow(
                row,
                label,
                self._row_people(row, codes),
                tuple(self._cell(row, code) for code in codes),
            )
            for row, label in sorted(self.labels.items(), key=lambda pair: pair[1])
        )
        total = tuple(self._total(code) for code in codes)
        worst = sorted((c for c in total if c.below), key=lambda c: -(c.below or 0))
        people = max((sum(self._people_of(code)) for code in codes), default=0)
        return HeatMap(by, rows, total, people, as_of, only_totals, tuple(worst[:2]))

    def _row_people(self, row: str, codes: list[str]) -> int | None:
        if any((row, code) in self.hidden for code in codes):
            return None
        return max((self.people.get((row, code), 0) for code in codes), default=0)

    def _cell(self, row: str, code: str) -> Cell:
        if (row, code) in self.hidden:
            return Cell(code, None, None)
        return Cell(code, self.below.get((row, code), 0), self.people.get((row, code), 0))

    def _people_of(self, code: str) -> list[int]:
        return [count for (_row, found), count in self.people.items() if found == code]

    def _total(self, code: str) -> Cell:
        if code in self.hidden_totals:
            return Cell(code, None, None)
        lacking = sum(count for (_row, found), count in self.below.items() if found == code)
        return Cell(code, lacking, sum(self._people_of(code)))
