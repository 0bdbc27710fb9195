"""What one cell of a staff list tells: one fact, several, or none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from abdi.imports.choices import Fault, Field
from abdi.imports.rules import days, ranks, staff_numbers
from abdi.imports.rules.persons import read_name, sex_of

Value = str | date
DAYS: Final = frozenset(
    {Field.BIRTH_ON, Field.RANK_SINCE, Field.POSITION_SINCE, Field.APPOINTED_ON}
)
LIMITS: Final = {
    Field.NAME: 150, Field.TITLE_PREFIX: 60, Field.TITLE_SUFFIX: 80, Field.POSITION: 200,
    Field.UNIT: 200, Field.PARENT_UNIT: 200,
}  # fmt: skip
LIMIT: Final = 250
EARLIEST_BIRTH: Final = 1935
EARLIEST: Final = 1950
YEARS_AHEAD: Final = 5
_EMPTY: Final = frozenset(
    [
        "-",
        "--",
        "---",
        ".",
        "..",
        "...",
        "\u2026",
        "_",
        "?",
        "/",
        "null",
        "none",
        "n/a",
        "na",
        "nihil",
        "kosong",
        "(kosong)",
        "(null)",
        "nan",
        "tidak_ada",
        "–",
        "—",
        "0000-00-00",
        "00-00-0000",
        "00/00/0000",
    ]
)
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_QUIET: Final = str.maketrans(dict.fromkeys("\u200b\ufeff\u00ad", None))
_ARMED: Final = frozenset("=+-@\t\r\n")
_RUNS = re.compile(r"'?(?:[=@]|[+\-](?=[A-Za-z(=@+\-]))")
_NUMBER_LIKE = re.compile(r"\d[.,]\d+\s*E\s*\+?\d+|(?<!\d)\d(?:[\d .]{10,})\d(?!\d)", re.IGNORECASE)
_BETWEEN = re.compile(r"\n|\s[/|;]\s|;")
_POST_AND_UNIT = re.compile(
    r"([^\n]{3,120}?)\s*(?:\s[-\u2013\u2014]\s|\n)\s*"
    r"((?:dinas|badan|kecamatan|kelurahan|bagian|bidang|sekretariat|inspektorat|upt|uptd|satuan|rsud"
    r"|puskesmas|sdn?|smpn?|kantor)\b[^\n]{2,120})",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    r"(?:\b(?:NIP|NI PPPK|TMT|Tgl|Tanggal|Gol|Lahir|Tgl\.?\s*Lahir)\b[.:]*|\(\s*\))", re.IGNORECASE
)
_TWO_YEAR_DIGITS = re.compile(r".*\D\d{2}\s*")


class Told(NamedTuple):
    """What a cell told: values by field, and what is wrong with it."""

    values: dict[Field, Value]
    fault: Fault | None = None
    field: Field | None = None


NOTHING: Final = Told({})
DITTO: Final = Told({}, None, None)
"""The cell says: as above."""
_DITTO: Final = frozenset(
    {'"', "''", "\u3003", '-"-', "-''-", "\u201d", "idem", "ditto", "sda", "s.d.a", "s.d.a."}
)
_WRAPPED = re.compile(r"=?\"([^\"]*)\"|'(.+)'")
"""A cell whose program put marks around it: ="0123", "0123", '0123'."""
_WIDER: Final = {
    Field.NAME: (Field.NAME, Field.NUMBER, Field.BIRTH_PLACE, Field.BIRTH_ON),
    Field.RANK: (Field.RANK, Field.RANK_SINCE),
    Field.BIRTH_PLACE: (Field.BIRTH_PLACE, Field.BIRTH_ON),
    Field.BIRTH_ON: (Field.BIRTH_PLACE, Field.BIRTH_ON),
    Field.POSITION: (Field.POSITION, Field.POSITION_SINCE),
}
"""What else a cell of a column may hold although its heading says one thing only."""


def is_empty(cell: object) -> bool:
    """Whether a cell says nothing, in any of the ways people write that."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in {"", *_EMPTY})


def read_cell(
    cell: object, fields: tuple[Field, ...], *, today: date, month_first: bool, is_contract: bool
) -> Told:
    """All that a cell of a column of these fields tells."""
    if is_empty(cell):
        return NOTHING
    if isinstance(cell, str):
        cell = _bared(cell)
        if (instead := _untold(cell, fields)) is not None:
            return instead
        fields = _all_fields(cell, fields)
    if len(fields) == 1:
        return read_value(fields[0], cell, today, month_first, is_contract)
    values: dict[Field, Value] = {}
    wrong: Told = NOTHING
    for field, text in facts_of(str(cell), fields).items():
        told = read_value(field, text, today, month_first, is_contract)
        values.update(told.values)
        wrong = told if told.fault and not wrong.fault else wrong
    return Told(values, wrong.fault, wrong.field)


def _bared(cell: str) -> str:
    """A text without signs nobody sees and marks that a program put around it."""
    cell = cell.translate(_QUIET).replace("\r\n", "\n").strip()
    wrapped = _WRAPPED.fullmatch(cell)
    return (wrapped[1] or wrapped[2] or "").strip() if wrapped else cell


def _untold(cell: str, fields: tuple[Field, ...]) -> Told | None:
    """What there is to say of a text that tells no fact itself; None for any other."""
    if is_empty(cell):
        return NOTHING
    if staff_numbers.ERROR.fullmatch(cell):
        return Told({}, Fault.CELL_ERROR, fields[0])
    if cell.casefold() in _DITTO and not {Field.NAME, Field.NUMBER}.intersection(fields):
        return DITTO
    return Told({}, Fault.TEXT_BAD, fields[0]) if _HIDDEN.search(cell) else None


def read_value(
    field: Field, cell: object, today: date, month_first: bool, is_contract: bool
) -> Told:
    """One fact of one field."""
    if field in DAYS:
        return _day(field, cell, today, month_first)
    text = str(cell)
    if field is Field.NUMBER:
        return Told({field: text})
    if field is Field.SEX:
        sex = sex_of(text)
        return Told({field: sex}) if sex else Told({}, Fault.SEX_UNKNOWN, field)
    if field is Field.RANK:
        rank = ranks.rank_of(text, is_contract=is_contract)
        return Told({field: rank}) if rank else Told({}, Fault.RANK_UNKNOWN, field)
    if _RUNS.match(text) and field is not Field.PHONE:
        return Told({}, Fault.FORMULA, field)
    upper, _, lower = text.partition("\n")
    if field is Field.NAME and any(map(str.isdigit, lower)):
        text = upper
    text = unicodedata.normalize("NFC", " ".join(_disarmed(text).split()))
    if len(text) > LIMITS.get(field, LIMIT):
        return Told({}, Fault.TEXT_LONG, field)
    return _name(text) if field is Field.NAME else Told({field: text})


def _disarmed(text: str) -> str:
    """Without the apostrophe that exports put before texts."""
    return text[1:] if text.startswith("'") and len(text) > 1 else text


def _all_fields(text: str, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields of a cell: more than the heading says where the text holds a second fact."""
    if len(fields) > 1 or fields[0] not in _WIDER:
        return fields
    field = fields[0]
    if field is Field.BIRTH_ON and days.day_of(text) is not None:
        return fields
    holds_more = days.FOUND.search(text) or (
        field is Field.NAME and staff_numbers.FOUND.search(text)
    )
    return _WIDER[field] if holds_more else fields


def facts_of(text: str, fields: tuple[Field, ...]) -> dict[Field, str]:
    """The facts of a cell that holds several, each as its own text.

    Numbers, days and ranks are known by their shape; what is left are words, in the order of
    `fields`.
    """
    facts: dict[Field, str] = {}
    rest = text
    for field in sorted(fields, key=_shape_order):
        found = _search(field, rest)
        if found:
            facts[field] = found[0]
            rest = _without(rest, found)
    wordy = [field for field in fields if field not in facts and field not in _SHAPED]
    if {Field.POSITION, Field.UNIT} <= {*wordy} and (
        both := _POST_AND_UNIT.fullmatch(rest.strip())
    ):
        rest = "\n".join(both.groups())
    if _is_name_over_day(text):
        wordy = [field for field in wordy if field is not Field.BIRTH_PLACE]
    pieces = [piece for part in _BETWEEN.split(rest) if (piece := _bare(part))]
    facts.update(_words_of(wordy, pieces, has_day=Field.BIRTH_ON in facts))
    if Field.RANK in fields and Field.RANK not in facts and pieces:
        facts[Field.RANK] = " ".join(pieces)
    return facts


def _without(text: str, found: re.Match[str]) -> str:
    """A text without the fact that was found, and without brackets that held only that."""
    before, after = text[: found.start()], text[found.end() :]
    if before.rstrip().endswith("(") and after.lstrip().startswith(")"):
        before, after = before.rstrip()[:-1], after.lstrip()[1:]
    return f"{before}\n{after}"


def post_and_unit(read: Callable[[object], Told], cell: object) -> Told:
    """What a cell of posts tells in a list without units: "Camat - Kecamatan Taman" is both."""
    found = _POST_AND_UNIT.fullmatch(cell) if isinstance(cell, str) else None
    if not found:
        return read(cell)
    told = read(found[1])
    return told._replace(values={**told.values, Field.UNIT: " ".join(found[2].split())})


def _is_name_over_day(text: str) -> bool:
    """A name alone on its line and a bare day below: there is no place, and commas part titles."""
    upper, _, lower = text.partition("\n")
    return bool(lower) and not any(map(str.isdigit, upper)) and days.day_of(lower) is not None


_SHAPED: Final = DAYS | {Field.NUMBER, Field.RANK, Field.SEX}
_ORDER: Final = (Field.NUMBER, *sorted(DAYS), Field.RANK)


def _shape_order(field: Field) -> int:
    return _ORDER.index(field) if field in _ORDER else len(_ORDER)


def _search(field: Field, text: str) -> re.Match[str] | None:
    if field is Field.NUMBER:
        return staff_numbers.FOUND.search(text) or _NUMBER_LIKE.search(text)
    if field in DAYS:
        return days.FOUND.search(text)
    return ranks.FOUND.search(text) if field is Field.RANK else None


def _bare(part: str) -> str:
    return " ".join(_LEFT_OVER.sub(" ", part).split()).strip(" ,;:/|-")


def _words_of(wordy: list[Field], pieces: list[str], *, has_day: bool) -> dict[Field, str]:
    if not pieces or not wordy:
        return {}
    if Field.BIRTH_PLACE in wordy and len(wordy) > 1 and not has_day:
        wordy = [field for field in wordy if field is not Field.BIRTH_PLACE]
    if Field.BIRTH_PLACE in wordy and len(wordy) > len(pieces) == 1:
        head, _, place = pieces[0].rpartition(",")
        if head and "." not in place:
            pieces = [head, place.strip()]
    first, last = pieces[: len(wordy) - 1], pieces[len(wordy) - 1 :]
    joined = [*first, " ".join(last)] if last else first
    return dict(zip(wordy, joined, strict=False))


def _day(field: Field, cell: object, today: date, month_first: bool) -> Told:
    day = days.day_of(cell, month_first=month_first)
    if day is None:
        return Told({}, Fault.DATE_INVALID, field)
    if field is Field.BIRTH_ON:
        if day > today and isinstance(cell, str) and _TWO_YEAR_DIGITS.fullmatch(cell):
            day = day.replace(year=day.year - 100)
        fits = day.year >= EARLIEST_BIRTH and day <= today
    else:
        fits = EARLIEST <= day.year <= today.year + YEARS_AHEAD
    return Told({field: day}) if fits else Told({}, Fault.DATE_RANGE, field)


def _name(text: str) -> Told:
    named = read_name(text)
    if not any(map(str.isalpha, named.name)) or any(map(str.isdigit, named.name)):
        return Told({}, Fault.NAME_BAD, Field.NAME)
    values: dict[Field, Value] = {Field.NAME: named.name}
    for field, titles in (
        (Field.TITLE_PREFIX, named.prefix),
        (Field.TITLE_SUFFIX, named.suffix),
    ):
        if len(titles) > LIMITS[field]:
            return Told(values, Fault.TEXT_LONG, field)
        if titles:
            values[field] = titles
    return Told(values)
