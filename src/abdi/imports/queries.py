"""What a staff list is compared with: the units and people that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from abdi.imports import reading, telling
from abdi.imports.choices import Fault, Field
from abdi.imports.rules import Issue, Names, Row
from abdi.people import queries as people

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
