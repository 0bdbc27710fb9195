"""What a staff list is compared with: the units and people that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast

from abdi.imports import difference, outgoing, reading, telling
from abdi.imports.choices import DraftState, Fate, Fault, Field, Layout
from abdi.imports.models import (
    ApplyOrder,
    DraftRow,
    ImportChange,
    ImportDraft,
    ImportRun,
    SourceColumns,
)
from abdi.imports.permissions import importing
from abdi.imports.records import Records
from abdi.imports.rules import Issue, Names, Row, told_values
from abdi.imports.rules.cells import facts_of
from abdi.people import queries as people
from abdi.platform.access import Actor
from abdi.platform.tenancy import unscoped

if TYPE_CHECKING:
    from abdi.imports.reading import Reading
    from abdi.people.models import Unit


@dataclass
class Comparison:
    """A list against the records: units to be matched, people new, known and missing."""

    unknown_units: dict[str, str | None] = field(default_factory=dict)
    unknown_unit_rows: dict[str, int] = field(default_factory=dict)
    new: int = 0
    known: int = 0
    missing: list[str] = field(default_factory=list)
    missing_count: int = 0


MISSING_SHOWN = 50
WAITING: Final = (Fate.BLOCKED, Fate.REVIEW)


def open_list(
    source: Path | bytes | str,
    name: str = "",
    *,
    sheet: str = "",
    line: int = 0,
    is_upload: bool | None = None,
) -> Reading:
    """A staff list opened for reading; see `imports.reading.read`."""
    return reading.read(source, name, sheet=sheet, line=line, is_upload=is_upload)


@dataclass(frozen=True)
class Memory:
    """How a person had lists of this source read: where the heading is, which columns."""

    mapping: dict[Field, int]
    sheet: str
    line: int
    chosen_key: str
    at: datetime


def memory_of(key: str) -> Memory | None:
    """What was chosen for lists with these headings; None where nobody chose yet."""
    row = SourceColumns.objects.filter(headings=key).first()
    if row is None:
        return None
    kept = row.mapping
    mapping = {Field(name): int(at) for name, at in kept.get("columns", {}).items()}
    return Memory(mapping, kept.get("sheet", ""), kept.get("line", 0), kept["key"], row.chosen_at)


class Against:
    """Compares rows, as they stream by, with the units and people of the institution."""

    def __init__(self) -> None:
        self.units = Names(people.units().values_list("name", flat=True))
        held = people.persons().active().exclude(employee_number=None)
        numbers = held.values_list("employee_number", flat=True)
        self.left = {int(number) for number in numbers if number}
        self.found = Comparison()

    def look(self, row: Row) -> list[Issue]:
        """What the records say against a row: an unknown unit with its nearest match."""
        number = row.values.get(Field.NUMBER)
        if isinstance(number, str):
            key = int(number)
            self.found.known += key in self.left
            self.found.new += key not in self.left
            self.left.discard(key)
        unit = row.values.get(Field.UNIT)
        if not isinstance(unit, str) or self.units.known(unit):
            return []
        nearest = self.units.nearest(unit)
        self.found.unknown_units[unit] = nearest
        self.found.unknown_unit_rows[unit] = self.found.unknown_unit_rows.get(unit, 0) + 1
        return [Issue(row.number, Fault.UNIT_UNKNOWN, Field.UNIT, unit, hint=nearest or "")]

    def end(self) -> Comparison:
        """The comparison once all rows went by: who is there and not in the file."""
        self.found.missing_count = len(self.left)
        numbers = [f"{key:018d}" for key in sorted(self.left)[:MISSING_SHOWN]]
        held = people.persons().filter(employee_number__in=numbers).order_by("name")
        self.found.missing = [person.display_name for person in held]
        return self.found


def compare(rows: Iterable[Row]) -> Comparison:
    """A whole list against the records."""
    against = Against()
    for row in rows:
        against.look(row)
    return against.end()


def report_lines(opened: Reading, ready: int, found: Comparison | None) -> Iterator[str]:
    """A reading in words; see `imports.telling`."""
    return telling.report_lines(opened, ready, found)


def list_out(actor: Actor, agency: Unit | None, layout: Layout | str) -> outgoing.Prepared:
    """A staff list ready to be taken along; see `imports.outgoing.prepared`."""
    return outgoing.prepared(actor, agency, Layout(layout))


def details(opened: Reading, issue: Issue) -> dict[str, object]:
    """A finding with its place and its sentence, for other programs."""
    return telling.details(opened, issue)


@dataclass(frozen=True)
class Counts:
    """How many rows of a draft are where."""

    ready: int = 0
    review: int = 0
    blocked: int = 0
    left_out: int = 0
    applied: int = 0

    @property
    def waiting(self) -> int:
        """Rows a person has to look at or repair."""
        return self.review + self.blocked

    @property
    def total(self) -> int:
        """All rows."""
        return self.ready + self.waiting + self.left_out + self.applied

    def as_dict(self) -> dict[str, int]:
        """For other programs."""
        return {
            "rows": self.total,
            "ready": self.ready,
            "review": self.review,
            "blocked": self.blocked,
        }


def counts_of(draft: ImportDraft) -> Counts:
    """The rows of a draft by what becomes of them; one query."""
    rows = DraftRow.objects.filter(draft=draft).order_by().values_list("fate")
    return Counts(**dict(rows.annotate(n=Count("id"))))


def rows_of(draft: ImportDraft) -> QuerySet[DraftRow]:
    """All rows of a draft, as the list has them."""
    return DraftRow.objects.filter(draft=draft).order_by("line")


def waiting_rows(draft: ImportDraft) -> QuerySet[DraftRow]:
    """Those that wait for a repair or a look."""
    return rows_of(draft).filter(fate__in=WAITING)


def rows_with(draft: ImportDraft, fault: Fault) -> QuerySet[DraftRow]:
    """Those that wait and have a finding of a kind."""
    told = waiting_rows(draft).annotate(issue_text=Cast("issues", TextField()))
    return told.filter(issue_text__contains=f'"{fault}"')


def waiting_issues(draft: ImportDraft) -> Iterator[tuple[int, list[Any], list[str]]]:
    """Line, findings and what was let stand, of each row that waits; one query."""
    rows = waiting_rows(draft).values_list("line", "issues", "accepted")
    yield from rows.iterator(2_000)


def next_waiting(draft: ImportDraft, line: int) -> int | None:
    """The next row that waits, below a line; else the first one."""
    others = waiting_rows(draft).exclude(line=line).values_list("line", flat=True)
    return others.filter(line__gt=line).first() or others.first()


def people_of(numbers: Iterable[str]) -> list[int]:
    """The persons of the record with these numbers."""
    told = [number for number in numbers if number]
    return list(people.persons().filter(employee_number__in=told).values_list("id", flat=True))


@dataclass(frozen=True)
class UnknownUnit:
    """A unit a list names and nobody knows, with its rows and what it may mean."""

    told: str
    count: int
    nearest: str


def unknown_units(draft: ImportDraft) -> list[UnknownUnit]:
    """The units of a draft that are not known, the most frequent first."""
    counts: Counter[str] = Counter()
    nearest: dict[str, str] = {}
    for _line, issues, _accepted in waiting_issues(draft):
        for code, _field, value, _same, hint in issues:
            if code == Fault.UNIT_UNKNOWN:
                counts[value] += 1
                nearest.setdefault(value, hint)
    return [UnknownUnit(told, count, nearest[told]) for told, count in counts.most_common()]


def units_to_choose(actor: Actor) -> QuerySet[Unit]:
    """The units this actor brings people into, those above first."""
    reach = importing(actor)
    rows = people.units().select_related("parent")
    return rows if reach.all else rows.filter(agency_id__in=reach.agency_ids)


def units_by_words(actor: Actor) -> dict[str, Unit]:
    """The same by name, with the unit above where several have one name; one query."""
    found: dict[str, Unit] = {}
    units = list(units_to_choose(actor))
    names = Counter(unit.name for unit in units)
    for unit in units:
        words = unit.name
        if names[unit.name] > 1 and unit.parent is not None:
            words = f"{unit.name} ({unit.parent.name})"
        found.setdefault(words if words not in found else f"{words} {unit.code}", unit)
    return found


def facts_of_cell(text: str, fields: Sequence[Field]) -> dict[Field, str]:
    """What a cell tells that was filled in anew; a cell of one fact is taken as it stands."""
    if len(fields) == 1:
        return {fields[0]: text}
    facts = facts_of(text, tuple(fields)) if text else {}
    return {one: facts.get(one, "") for one in fields}


def counts_of_each(drafts: Sequence[ImportDraft]) -> dict[int, Counts]:
    """The same for several drafts; one query."""
    rows = DraftRow.objects.filter(draft__in=drafts).order_by().values_list("draft_id", "fate")
    found: dict[int, dict[str, int]] = {draft.pk: {} for draft in drafts}
    for pk, fate, count in rows.annotate(n=Count("id")):
        found[pk][fate] = count
    return {pk: Counts(**counts) for pk, counts in found.items()}


def visible_drafts(actor: Actor) -> QuerySet[ImportDraft]:
    """Drafts of the lists this actor may bring in, newest first; without the files."""
    rows = ImportDraft.objects.defer("content").order_by("-made_at", "-id")
    reach = importing(actor)
    return rows if reach.all else rows.filter(agency_id__in=reach.agency_ids)


def open_drafts(actor: Actor) -> QuerySet[ImportDraft]:
    """Those that wait, newest first."""
    return visible_drafts(actor).filter(state=DraftState.OPEN)


def visible_runs(actor: Actor) -> QuerySet[ImportRun]:
    """Applied lists of this actor's reach, newest first."""
    rows = ImportRun.objects.order_by("-at", "-id")
    reach = importing(actor)
    return rows if reach.all else rows.filter(agency_id__in=reach.agency_ids)


def changes_of(run: ImportRun) -> QuerySet[ImportChange]:
    """What an applied list did, person by person, as the list has them."""
    return ImportChange.objects.filter(run=run).order_by("line")


def expired_drafts(today: date) -> QuerySet[ImportDraft]:
    """Drafts nobody finished in time."""
    return ImportDraft.objects.open().filter(expires_on__lt=today)


def difference_of(draft: ImportDraft, actor: Actor) -> difference.Report:
    """A draft beside the record as this actor reaches it; nothing is changed by looking."""
    rows = DraftRow.objects.filter(draft=draft).order_by("line").values_list("line", "values")
    lines = ((line, told_values(kept)) for line, kept in rows.iterator(2_000))
    return difference.report(lines, Records(importing(actor)))


def difference_in(rows: Iterable[Row], actor: Actor) -> difference.Report:
    """A list that is just read beside the record."""
    lines = ((row.number, row.values) for row in rows)
    return difference.report(lines, Records(importing(actor)))


def difference_lines(found: difference.Report) -> Iterator[str]:
    """Differences in words; see `imports.telling`."""
    return telling.difference_lines(found)


def difference_dict(about: difference.About) -> dict[str, object]:
    """One person of a difference report, for other programs."""
    return difference.as_dict(about)


def visible_orders(actor: Actor) -> QuerySet[ApplyOrder]:
    """Long lists of this actor's reach that are or were applied beside the pages, newest first."""
    rows = ApplyOrder.objects.select_related("draft").defer("draft__content").order_by("-id")
    reach = importing(actor)
    return rows if reach.all else rows.filter(draft__agency_id__in=reach.agency_ids)


def order_of(draft: ImportDraft) -> ApplyOrder | None:
    """The order that waits for a draft, where there is one."""
    found: ApplyOrder | None = ApplyOrder.objects.waiting().filter(draft=draft).first()
    return found


def order(pk: int) -> ApplyOrder:
    """One order by its id."""
    found: ApplyOrder = ApplyOrder.objects.select_related("draft").get(pk=pk)
    return found


def due_orders(now: datetime) -> list[tuple[int, int]]:
    """Orders nobody works on: (institution, order), the oldest first. One query."""
    with unscoped("one look finds what is due in every institution"):
        rows = ApplyOrder.objects.free(now).order_by("asked_at", "id")
        return list(rows.values_list("institution_id", "id")[:20])
