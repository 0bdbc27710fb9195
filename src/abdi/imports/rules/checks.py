"""From the lines of a table to persons, each with what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final

from abdi.imports.choices import REVIEW, Fault, Field, Line
from abdi.imports.rules.cells import DITTO, Told, Value, post_and_unit, read_cell
from abdi.imports.rules.days import swapped
from abdi.imports.rules.headings import Column, Header
from abdi.imports.rules.lines import line_of, rejoined, unit_named
from abdi.imports.rules.persons import is_plain_name
from abdi.imports.rules.staff_numbers import (
    LENGTH,
    MISSING,
    Births,
    Number,
    appointed_in,
    has_usual_age,
    read_number,
)

REMEMBERED: Final = 50_000
_WITHOUT_NUMBER: Final = re.compile(
    r"kontrak|honor|\b(?:thl|tkd|tkk|ptt|gtt|phl|pjlp|blud)\b|relawan|sukarela|non[ -]?(?:asn|pns)"
    r"|outsourc|alih daya|harian lepas|tenaga ahli|pejabat negara"
)
_OWN: Final = {Field.NAME, Field.NUMBER, Field.POSITION, Field.UNIT, Field.PARENT_UNIT}


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding: the line of the file, the kind, the field, the text that stood there."""

    row: int
    code: Fault
    field: Field | None = None
    value: str = ""
    same_as: int = 0
    hint: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the row waits for a repair; others wait only for a look."""
        return self.code not in REVIEW


@dataclass(slots=True)
class Row:
    """One person of the file: the line, the values that could be read, what is wrong."""

    number: int
    values: dict[Field, Value]
    issues: list[Issue] = field(default_factory=list)
    cells: Sequence[object] = ()

    @property
    def is_ready(self) -> bool:
        """Whether nothing keeps this row from being applied."""
        return not any(issue.blocks for issue in self.issues)


class _Memo(dict[Any, Any]):
    """What the cells of a column tell, each text worked out once; bounded.

    One plain value stands for itself, anything else for a Told.
    """

    def __init__(self, field: Field | None, read: Callable[[object], Told]) -> None:
        super().__init__()
        self.field = field
        self.read = read

    def __missing__(self, cell: object) -> Any:
        """Work a cell out."""
        if len(self) >= REMEMBERED:
            self.clear()
        told = self.read(cell)
        plain = told.fault is None and len(told.values) == 1 and self.field in told.values
        found = self[cell] = told.values[self.field] if plain and self.field else told
        return found


class _Names(_Memo):
    """A column of names: nearly each is another one, so plain ones are not remembered."""

    def __missing__(self, cell: object) -> Any:
        """A plain name is itself."""
        if isinstance(cell, str) and is_plain_name(cell):
            return cell
        return super().__missing__(cell)


class Checker:
    """Reads the lines of one table, in order; knows the numbers it has seen."""

    def __init__(
        self,
        header: Header,
        *,
        today: date,
        month_first: frozenset[int] = frozenset(),
        p_is_man: frozenset[int] = frozenset(),
    ) -> None:
        self.header = header
        self.today = today
        self.month_first = month_first
        self.p_is_man = p_is_man
        self.above: Mapping[Field, Value] = {}
        self.births = Births(today)
        self.seen: dict[int, int] = {}
        self.seen_persons: dict[tuple[Value, Value], int] = {}
        self.skipped: list[tuple[int, Line]] = []
        self.group_unit: str | None = None
        mapping = header.mapping
        self.asks_number = Field.NUMBER in mapping
        self.own_columns = {mapping[field] for field in _OWN if field in mapping}
        self.asks_unit = Field.UNIT in mapping
        self.number_at = next(
            (one.index for one in header.columns if one.fields == (Field.NUMBER,)), -1
        )
        told = [one for one in header.columns if self._is_read(one)]
        plain = [one for one in told if Field.RANK not in one.fields]
        self.plan = [(one.index, self._memo(one), one.fields[0]) for one in plain]
        self.rank_plan = [
            (one.index, self._memo(one), self._memo(one, is_contract=True))
            for one in told
            if Field.RANK in one.fields
        ]

    def _is_read(self, column: Column) -> bool:
        is_told = column.fields not in ((), (Field.LINE_NUMBER,))
        return is_told and column.index != self.number_at

    def _memo(self, column: Column, *, is_contract: bool = False) -> _Memo:
        read = partial(
            read_cell,
            fields=column.fields,
            today=self.today,
            month_first=column.index in self.month_first,
            is_contract=is_contract,
        )
        if column.index in self.p_is_man:
            read = partial(_with_men_p, read)
        elif column.fields == (Field.POSITION,) and not self.asks_unit:
            read = partial(post_and_unit, read)
        kind = _Names if column.fields == (Field.NAME,) else _Memo
        return kind(column.fields[0] if len(column.fields) == 1 else None, read)

    def rows(self, lines: Iterable[tuple[int, Sequence[object]]]) -> Iterator[Row]:
        """The persons among numbered lines; what the others are is kept in `skipped`."""
        at, width = self.number_at, self.header.width
        for line, cells in lines:
            if len(cells) > width:
                cells = rejoined(cells, self.header)  # noqa: PLW2901 - the line as it was meant
            number = cells[at] if 0 <= at < len(cells) else None
            if not (isinstance(number, str) and len(number) == LENGTH and number.isdigit()):
                kind = line_of(cells, self.header)
                if kind is not Line.PERSON:
                    self._skip(line, kind, cells)
                    continue
            row = self._row(line, cells, number)
            if len(cells) > width and any(cell is not None for cell in cells[width:]):
                row.issues.append(Issue(line, Fault.ROW_SHIFTED))
            yield row

    def _skip(self, line: int, kind: Line, cells: Sequence[object]) -> None:
        self.skipped.append((line, kind))
        if kind is Line.GROUP and (unit := unit_named(cells)):
            self.group_unit = unit

    def _row(self, line: int, cells: Sequence[object], raw: object) -> Row:
        values: dict[Field, Value] = {}
        row = Row(line, values, [], cells)
        width = len(cells)
        for at, memo, field_ in self.plan:
            if at < width and (cell := cells[at]) is not None:
                told = memo[cell]
                if told.__class__ is Told:
                    self._keep(row, cell, told, field_)
                else:
                    values[field_] = told
        number = self._number(row, raw)
        for at, usual, of_contract in self.rank_plan:
            if at < width and (cell := cells[at]) is not None:
                memo = of_contract if number.is_contract else usual
                told = memo[cell]
                if told.__class__ is Told:
                    self._keep(row, cell, told, Field.RANK)
                else:
                    values[Field.RANK] = told
        if self.group_unit and not self.asks_unit:
            values[Field.UNIT] = self.group_unit
        self._compare(row, number)
        self.above = values
        return row

    def _keep(self, row: Row, cell: object, told: Told, field_: Field) -> None:
        if told is DITTO:
            if field_ in self.above:
                row.values[field_] = self.above[field_]
            return
        for one, value in told.values.items():
            row.values.setdefault(one, value)
        if told.fault:
            row.issues.append(Issue(row.number, told.fault, told.field, str(cell)))

    def _number(self, row: Row, raw: object) -> Number:
        values = row.values
        inside = values.pop(Field.NUMBER, None)
        raw = inside if raw is None else raw
        if raw.__class__ is str:
            text: str = raw
        else:
            text = "" if raw is None else str(raw)
        number = read_number(text, self.births) if text else MISSING
        if number.digits is not None:
            values[Field.NUMBER] = number.digits
            first = self.seen.setdefault(int(number.digits), row.number)
            if first != row.number:
                row.issues.append(Issue(row.number, Fault.DUPLICATE_NIP, Field.NUMBER, text, first))
        elif number.fault:
            row.issues.append(Issue(row.number, number.fault, Field.NUMBER, text))
        elif self.asks_number:
            self._miss_number(row)
        return number

    def _miss_number(self, row: Row) -> None:
        told = " ".join(
            str(cell).casefold()
            for at, cell in enumerate(row.cells)
            if isinstance(cell, str) and at not in self.own_columns
        )
        if not _WITHOUT_NUMBER.search(told):
            row.issues.append(Issue(row.number, Fault.NIP_MISSING, Field.NUMBER))

    def _compare(self, row: Row, number: Number) -> None:
        values = row.values
        if Field.NAME not in values and not any(one.field is Field.NAME for one in row.issues):
            row.issues.append(Issue(row.number, Fault.NAME_MISSING, Field.NAME))
        if number.digits is None:
            self._compare_persons(row)
            return
        birth = values.get(Field.BIRTH_ON)
        if birth is not None and birth != number.birth:
            self._birth_differs(row, number, birth)
        sex = values.get(Field.SEX)
        if sex is not None and sex != number.sex:
            row.issues.append(
                Issue(row.number, Fault.NIP_SEX_MISMATCH, Field.SEX, _LETTERS[str(sex)])
            )
        appointed = values.get(Field.APPOINTED_ON)
        if isinstance(appointed, date) and not _is_appointed(appointed, number.digits):
            row.issues.append(
                Issue(row.number, Fault.NIP_TMT_MISMATCH, Field.APPOINTED_ON, _shown(appointed))
            )
        if not has_usual_age(number):
            row.issues.append(Issue(row.number, Fault.NIP_AGE, Field.NUMBER, number.digits))

    @staticmethod
    def _birth_differs(row: Row, number: Number, birth: Value) -> None:
        code = Fault.NIP_BIRTH_MISMATCH
        if isinstance(birth, date) and number.birth and swapped(birth) == number.birth:
            code = Fault.DATE_SWAPPED
            row.values[Field.BIRTH_ON] = number.birth
        row.issues.append(Issue(row.number, code, Field.BIRTH_ON, _shown(birth)))

    def _compare_persons(self, row: Row) -> None:
        """People without a number are known by name and day of birth."""
        name, birth = row.values.get(Field.NAME), row.values.get(Field.BIRTH_ON)
        if name is None or birth is None:
            return
        first = self.seen_persons.setdefault((str(name).casefold(), birth), row.number)
        if first != row.number:
            row.issues.append(
                Issue(row.number, Fault.DUPLICATE_PERSON, Field.NAME, str(name), first)
            )


_LETTERS: Final = {"male": "L", "female": "P"}


def _shown(value: Value) -> str:
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else value


def _with_men_p(read: Callable[[object], Told], cell: object) -> Told:
    """What a cell tells where P is short for pria."""
    is_man = isinstance(cell, str) and cell.strip(" .").upper() == "P"
    return read("PRIA" if is_man else cell)


def _is_appointed(day: date, digits: str) -> bool:
    year, month = appointed_in(digits)
    return day.year == year and month in (0, day.month)
