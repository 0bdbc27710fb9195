"""What a staff list is compared with: the units and people that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from abdi.imports import reading, telling
from abdi.imports.choices import DraftState, Fault, Field
from abdi.imports.models import DraftRow, ImportChange, ImportDraft, ImportRun
from abdi.imports.permissions import importing
from abdi.imports.rules import Issue, Names, Row
from abdi.people import queries as people
from abdi.platform.access import Actor

if TYPE_CHECKING:
    from abdi.imports.reading import Reading


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


def open_list(
    source: Path | bytes | str, name: str = "", *, sheet: str = "", is_upload: bool | None = None
) -> Reading:
    """A staff list opened for reading; see `imports.reading.read`."""
    return reading.read(source, name, sheet=sheet, is_upload=is_upload)


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
