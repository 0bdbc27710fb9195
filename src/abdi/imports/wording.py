"""Findings in sentences: sheet, line and column, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from abdi.imports.choices import Fault, Field
from abdi.imports.rules.checks import Issue
from abdi.imports.rules.headings import Column

if TYPE_CHECKING:
    from abdi.imports.reading import Reading

LONGEST_VALUE: Final = 60
MOST_SHEETS: Final = 10
SENTENCES: Final[dict[Fault, Any]] = {
    Fault.NIP_LENGTH: gettext_lazy("An employee number has 18 digits."),
    Fault.NIP_DIGITS: gettext_lazy("An employee number has digits only."),
    Fault.NIP_SCIENTIFIC: gettext_lazy(
        "The spreadsheet has lost the last digits; they cannot be guessed. Type the number again."
    ),
    Fault.NIP_BIRTH: gettext_lazy("The number does not begin with a possible date of birth."),
    Fault.NIP_MONTH: gettext_lazy("Digits 13 and 14 are no month and no contract number."),
    Fault.NIP_SEX: gettext_lazy("Digit 15 must be 1 or 2."),
    Fault.NIP_SERIAL: gettext_lazy(
        "A number never ends in 000; the spreadsheet may have rounded it."
    ),
    Fault.NIP_MISSING: gettext_lazy("There is no employee number."),
    Fault.NIP_BIRTH_MISMATCH: gettext_lazy("The number tells another date of birth."),
    Fault.NIP_SEX_MISMATCH: gettext_lazy("The number tells another sex."),
    Fault.NIP_TMT_MISMATCH: gettext_lazy("The number tells another month of appointment."),
    Fault.NIP_AGE: gettext_lazy("Appointed before 16 or after 60 years of age: please look."),
    Fault.DUPLICATE_NIP: gettext_lazy("The same employee number stands in row %(same_as)s."),
    Fault.DUPLICATE_PERSON: gettext_lazy(
        "The same name and date of birth stand in row %(same_as)s."
    ),
    Fault.NAME_MISSING: gettext_lazy("There is no name."),
    Fault.NAME_BAD: gettext_lazy("This is no name of a person."),
    Fault.DATE_INVALID: gettext_lazy("This day does not exist. Write day-month-year."),
    Fault.DATE_RANGE: gettext_lazy("This date is too early or too late."),
    Fault.DATE_SWAPPED: gettext_lazy("Day and month were swapped; the number tells the right day."),
    Fault.RANK_UNKNOWN: gettext_lazy("This rank does not exist. Write III/b, or IX for PPPK."),
    Fault.RANK_UNDATED: gettext_lazy(
        "Since when this rank holds is not told, so it is not taken over. Write the date, or let "
        "it stand."
    ),
    Fault.SEX_UNKNOWN: gettext_lazy("Write L or P."),
    Fault.TEXT_BAD: gettext_lazy("The text holds hidden characters. Type it again."),
    Fault.TEXT_LONG: gettext_lazy("The text is too long."),
    Fault.FORMULA: gettext_lazy("The text begins like a formula and is not taken."),
    Fault.CELL_ERROR: gettext_lazy("The spreadsheet shows an error here."),
    Fault.ROW_SHIFTED: gettext_lazy(
        "The row has more cells than the heading. Check the separators."
    ),
    Fault.UNIT_UNKNOWN: gettext_lazy("This unit does not exist yet."),
    Fault.POSITION_UNKNOWN: gettext_lazy("This position is not known."),
    Fault.PERSON_MISSING: gettext_lazy("This person is not in the file."),
    Fault.UNIT_SEVERAL: gettext_lazy(
        "Several units have this name. Add the unit above it, or choose one."
    ),
    Fault.OTHER_AGENCY: gettext_lazy(
        "This row belongs to no unit of your agency. The personnel office can take it over."
    ),
    Fault.NAME_DIFFERS: gettext_lazy("The record has the name %(known)s under this number."),
}


def sentence(issue: Issue, *, bare: bool = False) -> str:
    """What is wrong and what to do, with the text that stood there unless it is `bare`."""
    said = str(SENTENCES[issue.code]) % {"same_as": issue.same_as, "known": issue.hint}
    if issue.hint and not bare and issue.code is not Fault.NAME_DIFFERS:
        said = _("%(sentence)s Did you mean %(hint)s?") % {"sentence": said, "hint": issue.hint}
    return f"{shortened(issue.value)}: {said}" if issue.value and not bare else said


def place(issue: Issue, sheet: str, columns: Sequence[Column]) -> str:
    """Where a finding stands: sheet, row, column, as far as there are."""
    heading = heading_of(issue.field, columns)
    told = _("row %(row)d") % {"row": issue.row}
    if sheet:
        told = _("sheet %(sheet)s, %(rest)s") % {"sheet": sheet, "rest": told}
    if heading:
        told = _("%(rest)s, column %(column)s") % {"rest": told, "column": heading}
    return told


def other_lists(opened: Reading) -> str:
    """That other sheets hold lists that are not read; empty where none does."""
    if not opened.other_lists:
        return ""
    return _(
        "Other sheets of this file hold lists too: %(sheets)s. Bring the file in again for each"
        " and choose the sheet."
    ) % {"sheets": ", ".join(map(shortened, opened.other_lists[:MOST_SHEETS]))}


def heading_of(field: Field | None, columns: Sequence[Column]) -> str:
    """The heading of the column that tells a field; empty where there is none."""
    found = (column.heading for column in columns if field in column.fields)
    return " ".join(next(found, "").split())


def shortened(text: str) -> str:
    """A text of a cell on one line, cut where it is long; nothing that moves the cursor."""
    line = "".join(sign if sign.isprintable() else "�" for sign in " ".join(text.split()))
    return line if len(line) <= LONGEST_VALUE else f"{line[: LONGEST_VALUE - 1]}…"
