"""Repairs of one press: what a finding proposes, as a pure change of the row's values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from abdi.imports.choices import Fault, Field
from abdi.imports.rules.cells import Value
from abdi.imports.rules.checks import Issue
from abdi.imports.rules.days import swapped
from abdi.imports.rules.staff_numbers import (
    Births,
    Number,
    appointed_in,
    read_number,
    tidy_number,
)
from abdi.platform.choices import N_


@dataclass(frozen=True)
class Change:
    """What a repair does to a row: new values (None empties a field), or the row is left out."""

    values: dict[Field, Value | None] = field(default_factory=dict)
    leaves_out: bool = False


Fix = Callable[[Mapping[Field, Value], Issue, date], Change | None]


@dataclass(frozen=True)
class Repair:
    """A button: its words and what it does; None from `fix` where this row cannot be repaired."""

    label: str
    fix: Fix


def repair_of(code: Fault) -> Repair | None:
    """The repair of a kind of finding; None where a person must decide row by row."""
    return _REPAIRS.get(code)


def may_help(issue: Issue) -> bool:
    """Whether the repair of its kind can help a finding: no press empties a name or a number."""
    repair = _REPAIRS.get(issue.code)
    return repair is not None and not (repair.fix is _empty and issue.field in _KEPT)


def repaired(values: Mapping[Field, Value], issue: Issue, today: date) -> Change | None:
    """What the repair of a finding changes in a row; None where it cannot repair this one."""
    repair = _REPAIRS.get(issue.code)
    return repair.fix(values, issue, today) if repair else None


def _birth_from_number(values: Mapping[Field, Value], issue: Issue, today: date) -> Change | None:
    number = _number(values, today)
    if number.birth is None or issue.field not in (None, Field.BIRTH_ON):
        return None
    return Change({Field.BIRTH_ON: number.birth})


def _sex_from_number(values: Mapping[Field, Value], issue: Issue, today: date) -> Change | None:
    number = _number(values, today)
    return Change({Field.SEX: number.sex}) if number.sex else None


def _appointed_from_number(
    values: Mapping[Field, Value], issue: Issue, today: date
) -> Change | None:
    number = _number(values, today)
    if number.digits is None:
        return None
    year, month = appointed_in(number.digits)
    return Change({Field.APPOINTED_ON: date(year, month, 1)}) if month else None


def _day_or_nothing(values: Mapping[Field, Value], issue: Issue, today: date) -> Change | None:
    """A day of birth comes from the number; any other day is left empty rather than guessed."""
    if issue.field is Field.BIRTH_ON:
        return _birth_from_number(values, issue, today)
    return _empty(values, issue, today)


def _swap(values: Mapping[Field, Value], issue: Issue, today: date) -> Change | None:
    told = values.get(Field.BIRTH_ON)
    birth = _number(values, today).birth
    if birth and isinstance(told, date) and birth in (told, swapped(told)):
        return Change({Field.BIRTH_ON: birth})
    return None


def _hint(values: Mapping[Field, Value], issue: Issue, today: date) -> Change | None:
    return Change({issue.field: issue.hint}) if issue.hint and issue.field else None


def _empty(values: Mapping[Field, Value], issue: Issue, today: date) -> Change | None:
    if issue.field is None or issue.field in _KEPT:
        return None
    return Change({issue.field: None})


def _leave_out(values: Mapping[Field, Value], issue: Issue, today: date) -> Change | None:
    return Change(leaves_out=True)


_KEPT: Final = frozenset({None, Field.NAME, Field.NUMBER})
_ALIKE: Final = str.maketrans("OoQIl|", "000111")
_HIDDEN = re.compile(r"[^\w\s.,'()/&+@:;#%!?\"-]")


def _digits_for_letters(values: Mapping[Field, Value], issue: Issue, today: date) -> Change | None:
    """O for 0 and l for 1 are typing, not information; the result must stand every check."""
    number = read_number(tidy_number(issue.value).translate(_ALIKE), Births(today))
    told = values.get(Field.BIRTH_ON)
    if number.digits is None or (told is not None and told != number.birth):
        return None
    return Change({Field.NUMBER: number.digits})


def _without_hidden(values: Mapping[Field, Value], issue: Issue, today: date) -> Change | None:
    text = " ".join(_HIDDEN.sub("", issue.value).split())
    return Change({issue.field: text}) if text and issue.field else None


def _number(values: Mapping[Field, Value], today: date) -> Number:
    return read_number(str(values.get(Field.NUMBER, "")), Births(today))


_REPAIRS: Final[dict[Fault, Repair]] = {
    Fault.NIP_DIGITS: Repair(N_("Put digits for letters"), _digits_for_letters),
    Fault.NIP_BIRTH_MISMATCH: Repair(N_("Use the date from the number"), _birth_from_number),
    Fault.NIP_SEX_MISMATCH: Repair(N_("Use the sex from the number"), _sex_from_number),
    Fault.NIP_TMT_MISMATCH: Repair(N_("Use the month from the number"), _appointed_from_number),
    Fault.DUPLICATE_NIP: Repair(N_("Leave out the later row"), _leave_out),
    Fault.DUPLICATE_PERSON: Repair(N_("Leave out the later row"), _leave_out),
    Fault.DATE_INVALID: Repair(
        N_("Use the date from the number, else leave empty"), _day_or_nothing
    ),
    Fault.DATE_RANGE: Repair(N_("Use the date from the number, else leave empty"), _day_or_nothing),
    Fault.DATE_SWAPPED: Repair(N_("Swap day and month"), _swap),
    Fault.SEX_UNKNOWN: Repair(N_("Use the sex from the number"), _sex_from_number),
    Fault.RANK_UNKNOWN: Repair(N_("Leave the cell empty"), _empty),
    Fault.TEXT_BAD: Repair(N_("Take the hidden characters out"), _without_hidden),
    Fault.TEXT_LONG: Repair(N_("Leave the cell empty"), _empty),
    Fault.FORMULA: Repair(N_("Leave the cell empty"), _empty),
    Fault.CELL_ERROR: Repair(N_("Leave the cell empty"), _empty),
    Fault.UNIT_UNKNOWN: Repair(N_("Use the nearest unit"), _hint),
    Fault.POSITION_UNKNOWN: Repair(N_("Use the nearest position"), _hint),
}
