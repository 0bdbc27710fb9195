"""From an uploaded table to rows that say what they would do. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Reach
from abdi.platform.actions import Invalid
from abdi.platform.exchange import Sheet, Table
from abdi.platform.norms import norms
from abdi.platform.text import BadText, clean_text
from abdi.presence import rules
from abdi.presence.choices import FileKind, RowProblem
from abdi.presence.queries.scope import seated_in
from abdi.presence.rules.reading import Unreadable

REQUIRED: Final = {
    FileKind.PRESENCE: ("nip", "tanggal", "status"),
    FileKind.LEAVE: ("nip", "jenis_cuti", "mulai", "selesai", "status"),
}
CHUNK: Final = 500
MOST_MINUTES: Final = 1440
MOST_LEFT: Final = 60
LONGEST_LEAVE: Final = 1096
MOST_CELLS: Final = 40


@dataclass(frozen=True)
class Who:
    """A person of the file: id, employment, whether the reader may bring his rows in."""

    person_id: int
    employment: str
    is_inside: bool


@dataclass(frozen=True)
class ReadRow:
    """One line: the person and its values as they would be stored, or the problem."""

    line: int
    cells: list[str]
    person_id: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    problem: RowProblem | None = None


@dataclass(frozen=True)
class ReadFile:
    """A table with its headings found and its rows understood."""

    kind: FileKind
    sheet: str
    header_line: int
    columns: dict[str, int]
    headings: list[str]
    rows: list[ReadRow]


class _Wrong(Exception):
    """A row that cannot be taken over; carries its problem."""

    def __init__(self, problem: RowProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def read_file(kind: FileKind, table: Table, reach: Reach, fetched_at: datetime) -> ReadFile:
    """Find the headings and read every row; raises Invalid where no line has the headings."""
    known = norms("presence", on=clock.today())[f"{kind}_columns"]
    for sheet in table.sheets:
        columns = rules.find_columns(sheet.rows, known, REQUIRED[kind])
        if columns is not None:
            rows = _Reader(kind, sheet, columns, reach, fetched_at).rows()
            headings = _texts(sheet.rows[columns.header])
            places = dict(columns.places)
            return ReadFile(kind, sheet.name, columns.header + 1, places, headings, rows)
    raise Invalid(
        _("No line of this file has these headings: %(names)s.")
        % {"names": ", ".join(name.replace("_", " ") for name in REQUIRED[kind])},
        field="file",
    )


class _Reader:
    """The rows of one sheet."""

    def __init__(
        self,
        kind: FileKind,
        sheet: Sheet,
        columns: rules.Columns,
        reach: Reach,
        fetched_at: datetime,
    ) -> None:
        self.columns = columns
        self.figures = norms("presence", on=clock.today())
        self.fetched_at = fetched_at
        self.today = clock.today()
        self.lines = [
            (number, row)
            for number, row in enumerate(sheet.rows[columns.header + 1 :], columns.header + 2)
            if any(cell not in (None, "") for cell in row)
        ]
        self.people = _people(self._numbers(), reach)
        self.read: Callable[[Sequence[Any], Who], dict[str, Any]] = (
            self._presence if kind == FileKind.PRESENCE else self._leave
        )

    def rows(self) -> list[ReadRow]:
        """All lines, each read or with its problem; what is said twice differently is a problem."""
        found: list[ReadRow] = []
        said: dict[tuple[int, str], dict[str, Any]] = {}
        for number, row in self.lines:
            one = self._row(number, row)
            if one.problem is None and one.person_id is not None:
                key = (one.person_id, str(one.values.get("on") or one.values.get("first_on")))
                before = said.setdefault(key, one.values)
                if before is not one.values and before != one.values:
                    one = ReadRow(number, one.cells, one.person_id, {}, RowProblem.TWICE)
                elif before is not one.values:
                    continue
            found.append(one)
        return found

    def _row(self, number: int, row: Sequence[Any]) -> ReadRow:
        cells = _texts(row)
        try:
            who = self._who(row)
            return ReadRow(number, cells, who.person_id, self.read(row, who))
        except _Wrong as wrong:
            return ReadRow(number, cells, problem=wrong.problem)

    def _numbers(self) -> set[str]:
        found = set()
        for _number, row in self.lines:
            for name in ("nip", "pengganti"):
                try:
                    found.add(rules.read_number(self.columns.of(row, name)))
                except Unreadable:
                    continue
        return found - {""}

    def _who(self, row: Sequence[Any]) -> Who:
        try:
            number = rules.read_number(self.columns.of(row, "nip"))
        except Unreadable:
            raise _Wrong(RowProblem.NUMBER_SCIENTIFIC) from None
        if not number:
            raise _Wrong(RowProblem.NUMBER_MISSING)
        who = self.people.get(number.lower())
        if who is None:
            raise _Wrong(RowProblem.PERSON_UNKNOWN)
        if not who.is_inside:
            raise _Wrong(RowProblem.PERSON_OUTSIDE)
        return who

    def _presence(self, row: Sequence[Any], who: Who) -> dict[str, Any]:
        day = self._day(row, "tanggal")
        if day > self.today:
            raise _Wrong(RowProblem.DAY_AHEAD)
        status = rules.code_of_words(self._cell(row, "status"), self.figures["day_statuses"])
        if status is None:
            raise _Wrong(RowProblem.STATUS_UNKNOWN)
        return {
            "on": day.isoformat(),
            "status": status,
            "planned_in": self._clock(row, "jadwal_masuk"),
            "planned_out": self._clock(row, "jadwal_pulang"),
            "came_at": self._clock(row, "jam_masuk"),
            "left_at": self._clock(row, "jam_pulang"),
            "late_minutes": self._count(row, "menit_terlambat", MOST_MINUTES) or 0,
            "early_minutes": self._count(row, "menit_pulang_awal", MOST_MINUTES) or 0,
            "note": self._text(row, "keterangan", 300),
            "source": self._text(row, "sumber", 80),
            "fetched_at": self._fetched(row),
        }

    def _leave(self, row: Sequence[Any], who: Who) -> dict[str, Any]:
        kind = rules.code_of_words(
            self._cell(row, "jenis_cuti"),
            {code: one["words"] for code, one in self.figures["leave_kinds"].items()},
        )
        if kind is None:
            raise _Wrong(RowProblem.KIND_UNKNOWN)
        if kind not in rules.kinds_for(who.employment, self.figures):
            raise _Wrong(RowProblem.KIND_NOT_HIS)
        state = rules.code_of_words(self._cell(row, "status"), self.figures["leave_states"])
        if state is None:
            raise _Wrong(RowProblem.STATUS_UNKNOWN)
        first, last = self._stretch(row)
        signed = self._optional_day(row, "tanggal_surat")
        return {
            "kind": kind,
            "state": state,
            "first_on": first.isoformat(),
            "last_on": last.isoformat(),
            "days": self._count(row, "hari_kerja", LONGEST_LEAVE),
            "letter_number": self._text(row, "nomor_surat", 80),
            "letter_on": signed.isoformat() if signed else None,
            "address": self._text(row, "alamat_selama_cuti", 300),
            "stand_in": self._stand_in(row, who),
            "left": self._left(row),
            "source": self._text(row, "sumber", 80),
            "fetched_at": self._fetched(row),
        }

    def _stretch(self, row: Sequence[Any]) -> tuple[date, date]:
        first, last = self._day(row, "mulai"), self._day(row, "selesai")
        if last < first:
            raise _Wrong(RowProblem.DAYS_TURNED)
        if (last - first).days >= LONGEST_LEAVE:
            raise _Wrong(RowProblem.TOO_LONG)
        return first, last

    def _left(self, row: Sequence[Any]) -> list[int] | None:
        counts = [self._count(row, name, MOST_LEFT) for name in ("sisa_n", "sisa_n_1", "sisa_n_2")]
        return None if counts[0] is None else [count or 0 for count in counts]

    def _stand_in(self, row: Sequence[Any], who: Who) -> int | None:
        try:
            number = rules.read_number(self.columns.of(row, "pengganti"))
        except Unreadable:
            return None
        found = self.people.get(number.lower())
        return found.person_id if found and found.person_id != who.person_id else None

    def _cell(self, row: Sequence[Any], name: str) -> Any:
        value = self.columns.of(row, name)
        return "" if value is None else value

    def _day(self, row: Sequence[Any], name: str) -> date:
        found = self._optional_day(row, name)
        if found is None:
            raise _Wrong(RowProblem.DAY_UNREADABLE)
        return found

    def _optional_day(self, row: Sequence[Any], name: str) -> date | None:
        try:
            return rules.read_day(self.columns.of(row, name))
        except Unreadable:
            raise _Wrong(RowProblem.DAY_UNREADABLE) from None

    def _clock(self, row: Sequence[Any], name: str) -> str | None:
        try:
            found = rules.read_clock(self.columns.of(row, name))
        except Unreadable:
            raise _Wrong(RowProblem.TIME_UNREADABLE) from None
        return found.isoformat(timespec="minutes") if found else None

    def _count(self, row: Sequence[Any], name: str, most: int) -> int | None:
        try:
            return rules.read_count(self.columns.of(row, name), most)
        except Unreadable:
            raise _Wrong(RowProblem.NUMBER_OUTSIDE) from None

    def _text(self, row: Sequence[Any], name: str, limit: int) -> str:
        value = self.columns.of(row, name)
        if value is None:
            return ""
        try:
            return clean_text(" ".join(str(value).split())[:limit], limit, lines=False)
        except BadText:
            return ""

    def _fetched(self, row: Sequence[Any]) -> str:
        found = rules.read_moment(self.columns.of(row, "diambil_pada"))
        if found is None:
            return self.fetched_at.isoformat()
        return min(found.replace(tzinfo=clock.zone()), clock.now()).isoformat()


def _people(numbers: Iterable[str], reach: Reach) -> dict[str, Who]:
    """The persons of these employee or worker numbers; a query for each 500."""
    wanted = sorted(numbers)
    mine = None if reach.all else set(seated_in(reach.agency_ids))
    found: dict[str, Who] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        codes = [number.lower() for number in part]
        rows = people.persons().filter(Q(employee_number__in=part) | Q(code__in=codes))
        for row in rows.only("id", "code", "employee_number", "employment"):
            who = Who(row.pk, row.employment, mine is None or row.pk in mine)
            found[row.code] = who
            if row.employee_number:
                found[row.employee_number] = who
    return found


def _texts(row: Sequence[Any]) -> list[str]:
    return ["" if cell is None else str(cell)[:200] for cell in row[:MOST_CELLS]]
