"""Rows of a draft: kept as plain texts, checked again after each change, judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from abdi.imports.choices import Fate, Fault, Field
from abdi.imports.rules.cells import DAYS, Value
from abdi.imports.rules.checks import Checker, Issue, Row
from abdi.imports.rules.headings import Column, Header

RECORD_FAULTS: Final = frozenset(
    {Fault.UNIT_UNKNOWN, Fault.UNIT_SEVERAL, Fault.OTHER_AGENCY, Fault.NAME_DIFFERS,
     Fault.POSITION_UNKNOWN, Fault.RANK_UNDATED}
)  # fmt: skip
"""Findings of a row beside the records: told anew each time."""

DOUBLES: Final = frozenset({Fault.DUPLICATE_NIP, Fault.DUPLICATE_PERSON})
"""Findings of a row beside other rows of its list."""

_SEXES: Final = {"male": "L", "female": "P"}
_FIELDS: Final = {str(field): field for field in Field}
_TOLD: Final = tuple(field for field in Field if field is not Field.LINE_NUMBER)


def kept_values(values: Mapping[Field, Value]) -> dict[str, str]:
    """Values as a draft keeps them: texts, days in ISO form."""
    return {
        str(field): value.isoformat() if isinstance(value, date) else value
        for field, value in values.items()
    }


def told_values(kept: Mapping[str, str]) -> dict[Field, Value]:
    """Values of a draft as the checks take them."""
    return {
        (field := _FIELDS[name]): date.fromisoformat(value) if field in DAYS else value
        for name, value in kept.items()
    }


def kept_issues(issues: Iterable[Issue]) -> list[list[Any]]:
    """Findings as a draft keeps them."""
    return [
        [str(one.code), str(one.field or ""), _storable(one.value[:250]), one.same_as, one.hint]
        for one in issues
    ]


def _storable(text: str) -> str:
    """A text any database keeps in JSON: no zero byte, no half of a sign."""
    if text.isascii() and "\x00" not in text:
        return text
    return "".join(
        "\ufffd" if sign == "\x00" or "\ud800" <= sign <= "\udfff" else sign for sign in text
    )


def told_issues(line: int, kept: Iterable[Sequence[Any]]) -> list[Issue]:
    """Findings of a draft."""
    return [
        Issue(line, Fault(code), Field(field) if field else None, value, same_as, hint)
        for code, field, value, same_as, hint in kept
    ]


def fate_of(issues: Iterable[Issue], accepted: Iterable[str]) -> Fate:
    """What becomes of a row with these findings, those apart that a person let stand."""
    let_stand = set(accepted)
    open_ones = [one for one in issues if str(one.code) not in let_stand]
    if any(one.blocks for one in open_ones):
        return Fate.BLOCKED
    return Fate.REVIEW if open_ones else Fate.READY


def checked_again(line: int, values: Mapping[Field, Value], today: date) -> Row:
    """A row by itself, read from its values as if they stood in cells of their own."""
    told = [field for field in _TOLD if field in values or field in (Field.NUMBER, Field.NAME)]
    columns = tuple(Column(at, str(field), (field,)) for at, field in enumerate(told))
    cells = [_cell(field, values.get(field)) for field in told]
    checker = Checker(Header(0, 0, columns, len(columns)), today=today)
    found = next(checker.rows([(line, cells)]), None)
    return found or Row(line, {}, [Issue(line, Fault.NAME_MISSING, Field.NAME)])


def _cell(field: Field, value: Value | None) -> Value | None:
    return _SEXES.get(str(value), value) if field is Field.SEX else value
