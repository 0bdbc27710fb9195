"""Lines below a heading that are no person: totals, groups, notes, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from abdi.imports.choices import Field, Line
from abdi.imports.rules.cells import is_empty
from abdi.imports.rules.days import day_of
from abdi.imports.rules.headings import Header, is_column_numbers, text_of
from abdi.imports.rules.staff_numbers import LENGTH, tidy_number

_TOTAL = re.compile(r"(?:sub\s*|grand\s*)?(?:total|jumlah|jml|rekap(?:itulasi)?)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:gol(?:ongan)?\.?\s+(?:IV|I{1,3})(?:\s*/\s*[a-e])?|eselon\s+[IV/ab. ]+"
    r"|laki\s*-?\s*laki|perempuan|pria|wanita|pns|pppk|cpns|s-?[123]|d-?(?:IV|I{1,3}|[1-4])|sma|slta|smp|sltp|sd)",
    re.IGNORECASE,
)
"""What recapitulations below a list count."""
_VACANT = re.compile(
    r"\(?\s*(?:lowong(?:an)?|kosong|vacant|belum (?:terisi|diisi)|jabatan kosong)\s*\)?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:mengetahui|menyetujui|catatan|keterangan|ket\b|sumber|dicetak|nip\b|nb\b|ttd|tanda tangan"
    r"|a\.?n\.|pj\.|plt\.|plh\.|pembuat|dibuat|demikian|pangkat\b|\*)",
    re.IGNORECASE,
)
_PLACE_AND_DAY = re.compile(
    r"[A-Za-z. ]{3,40},\s*(?:\d{1,2}|tgl|\.{2,}|\s)\s*[A-Za-z0-9.\- ]*\d{4}$"
)
UNIT_START: Final = re.compile(
    r"(?:[IVX]+[.)]?\s+|[A-Z][.)]\s+|\d+[.)]\s+)?((?:dinas|badan|kecamatan|kelurahan|bagian|bidang"
    r"|sekretariat|inspektorat|upt|uptd|seksi|sub\s?bagian|sub\s?bidang|satuan|rsud|puskesmas"
    r"|rumah sakit|sdn?|smpn?|tk|kantor|unit)\b.*)",
    re.IGNORECASE,
)
"""A group's heading that names a unit, without its number."""

_LINE_COUNT = re.compile(r"\d{1,7}[.)]?")
_LIKE_NUMBER: Final = 8
_FEW: Final = 3
_SHORT: Final = 5
_MOST_TITLES: Final = 6
_BORN: Final = (Field.NAME, Field.BIRTH_ON)


def line_of(cells: Sequence[object], header: Header) -> Line:
    """What a line below the heading is."""
    filled = {at: text_of(cell) for at, cell in enumerate(cells) if not is_empty(cell)}
    if not filled:
        return Line.BLANK
    if _repeats(filled, header):
        return Line.HEADING
    if is_column_numbers(cells):
        return Line.COLUMN_NUMBERS
    mapping = header.mapping
    number = filled.get(mapping.get(Field.NUMBER, -1), "")
    if len(filled) > 1 and sum(map(str.isdigit, tidy_number(number))) >= _LIKE_NUMBER:
        return Line.PERSON
    if len(filled) > _FEW and len(set(filled.values())) == 1:
        return Line.GROUP
    if _is_born(filled, mapping):
        return Line.PERSON
    first = next((text for text in filled.values() if not _LINE_COUNT.fullmatch(text)), "")
    if _TOTAL.match(first) or not first:
        return Line.TOTAL
    return _by_content(filled, mapping, first)


def _is_born(filled: dict[int, str], mapping: dict[Field, int]) -> bool:
    """Whether a counted line tells a name and a day of birth: whoever it is, it is a person."""
    name, birth = (filled.get(mapping.get(field, -1), "") for field in _BORN)
    is_counted = _LINE_COUNT.fullmatch(filled.get(mapping.get(Field.LINE_NUMBER, -1), ""))
    return bool(is_counted and name and day_of(birth) and not _VACANT.fullmatch(name))


def rejoined(cells: Sequence[object], header: Header) -> Sequence[object]:
    """A line whose name was cut at its commas, put together again.

    Only where a whole employee number behind the name shows by how many cells the line has moved;
    any other line stays as it is.
    """
    mapping = header.mapping
    name, number = mapping.get(Field.NAME, -1), mapping.get(Field.NUMBER, -1)
    more = next((at for at in range(len(cells) - 1, -1, -1) if not is_empty(cells[at])), -1)
    more += 1 - header.width
    if not (0 <= name < number and 0 < more <= _MOST_TITLES):
        return cells
    digits = tidy_number(text_of(cells[number + more]))
    if len(digits) != LENGTH or not digits.isdigit():
        return cells
    whole = ", ".join(filter(None, map(text_of, cells[name : name + more + 1])))
    return [*cells[:name], whole, *cells[name + more + 1 : header.width + more]]


def unit_named(cells: Sequence[object]) -> str | None:
    """The unit a group's heading names; None where it names none."""
    for cell in cells:
        if not is_empty(cell) and (found := UNIT_START.fullmatch(" ".join(text_of(cell).split()))):
            return found[1]
    return None


def _by_content(filled: dict[int, str], mapping: dict[Field, int], first: str) -> Line:
    is_counted = bool(_LINE_COUNT.fullmatch(filled.get(mapping.get(Field.LINE_NUMBER, -1), "")))
    told = {field for field, at in mapping.items() if at in filled} - {Field.LINE_NUMBER}
    asked = len(set(mapping.values())) - (Field.LINE_NUMBER in mapping)
    number = filled.get(mapping.get(Field.NUMBER, -1), "")
    is_short = not number or (number.isdigit() and len(number) <= _SHORT)
    if is_short and _COUNTED.fullmatch(filled.get(mapping.get(Field.NAME, -1), first)):
        return Line.TOTAL if len(filled) > 1 else Line.GROUP
    if not number and _VACANT.fullmatch(filled.get(mapping.get(Field.NAME, -1), "")):
        return Line.NOTE
    if _NOTE.match(first) or _PLACE_AND_DAY.fullmatch(first):
        return Line.NOTE
    if told == {Field.NAME} and asked > _FEW and UNIT_START.fullmatch(first):
        return Line.GROUP
    if Field.NAME in told and (is_counted or Field.OUTSIDE_ID in told):
        return Line.PERSON
    if asked <= _FEW - 1 and told == {Field.NAME} and not UNIT_START.fullmatch(first):
        return Line.PERSON
    columns = len({mapping[field] for field in told})
    if len(filled) == 1 or columns * _FEW < asked or columns == 0:
        return Line.GROUP if len(filled) <= _FEW - 1 else Line.NOTE
    return Line.PERSON


def _repeats(filled: dict[int, str], header: Header) -> bool:
    """The heading stands there again, as on each printed page."""
    same = sum(
        1
        for column in header.columns
        if column.heading
        and column.index in filled
        and filled[column.index].casefold() in column.heading.casefold().split(" / ")
    )
    return same > 1 and same * 2 > len(filled)
