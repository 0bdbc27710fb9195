"""A row of a draft as pages show it: each finding in its cell, with its repair."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from abdi.imports import actions, queries, wording
from abdi.imports.choices import Fate, Fault, Field
from abdi.imports.forms import EDITED
from abdi.imports.models import DraftRow, ImportDraft
from abdi.imports.rules import (
    Issue,
    may_help,
    repair_of,
    repaired,
    told_issues,
    told_values,
)
from abdi.imports.rules.cells import DAYS
from abdi.platform import clock
from abdi.platform.labels import label

COLUMNS: Final = (Field.NUMBER, Field.NAME, Field.POSITION, Field.UNIT)
SEXES: Final = {"male": "L", "female": "P"}
ONE_ROW: Final = {
    Fault.DUPLICATE_NIP: gettext_lazy("Leave this row out"),
    Fault.DUPLICATE_PERSON: gettext_lazy("Leave this row out"),
}
"""Repairs that read otherwise beside one row."""

TONES: Final = {
    Fate.READY: "green", Fate.REVIEW: "amber", Fate.BLOCKED: "red", Fate.APPLIED: "blue",
}  # fmt: skip
ICONS: Final = {
    Fate.READY: "check", Fate.REVIEW: "eye", Fate.BLOCKED: "warn", Fate.APPLIED: "okc",
}  # fmt: skip


@dataclass
class Finding:
    """What is wrong in a cell, and what one press does about it."""

    code: str
    sentence: str
    fix: str = ""
    stands: bool = False


@dataclass
class Cell:
    """One cell of a row: what stands in it, what is wrong; `is_typed` makes it a field."""

    name: str
    label: str
    value: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        """Whether a person has to look here."""
        return bool(self.findings)

    @property
    def blocks(self) -> bool:
        """Whether one of the findings keeps the row back."""
        return any(Issue(0, Fault(one.code)).blocks for one in self.findings)


@dataclass
class ShownRow:
    """A row with its cells in the order of the page, and the others that hold a finding."""

    row: DraftRow
    cells: list[Cell]
    others: list[Cell]
    notes: list[Finding]
    tone: str
    icon: str


def shown_row(row: DraftRow) -> ShownRow:
    """A row as the table shows it."""
    found = _findings(row)
    cells = [_cell(row, one, found) for one in COLUMNS]
    others = [_cell(row, one, found) for one in Field if one not in COLUMNS and str(one) in found]
    fate = Fate(row.fate)
    return ShownRow(
        row, cells, others, found.get("", []), TONES.get(fate, ""), ICONS.get(fate, "dots")
    )


def whole_row(row: DraftRow) -> list[Cell]:
    """All cells a person may write, and those of other fields that hold a finding."""
    found = _findings(row)
    more = (one for one in Field if one not in EDITED and str(one) in found)
    return [_cell(row, one, found) for one in (*EDITED, *more)]


def text_of(row: DraftRow, name: Field) -> str:
    """What stands in a cell: its value, else the text that could not be read."""
    value = str(row.values.get(str(name), ""))
    if not value:
        told = (one[2] for one in row.issues if one[1] == str(name) and one[0] not in _TELLS_OTHER)
        value = next(filter(None, told), "")
    if name in DAYS and _ISO.fullmatch(value):
        return "-".join(reversed(value.split("-")))
    return SEXES.get(value, value) if name is Field.SEX else value


_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")

_TELLS_OTHER: Final = {Fault.RANK_UNDATED, Fault.OTHER_AGENCY}
"""Findings whose text is not that of their own cell."""


def _cell(row: DraftRow, name: Field, found: dict[str, list[Finding]]) -> Cell:
    return Cell(str(name), str(label(name)), text_of(row, name), found.get(str(name), []))


def _findings(row: DraftRow) -> dict[str, list[Finding]]:
    values, today = told_values(row.values), clock.today()
    found: dict[str, list[Finding]] = {}
    if row.fate not in (Fate.BLOCKED, Fate.REVIEW):
        return found
    for issue in told_issues(row.line, row.issues):
        if str(issue.code) in row.accepted:
            continue
        one = Finding(str(issue.code), wording.sentence(issue, bare=True))
        one.stands = issue.code in actions.LET_STAND
        change, repair = repaired(values, issue, today), repair_of(issue.code)
        if change is not None and repair is not None:
            one.fix = str(ONE_ROW.get(issue.code) or _(repair.label))
            if issue.hint and issue.field in change.values:
                one.fix = _("Use %(name)s") % {"name": issue.hint}
        found.setdefault(str(issue.field or ""), []).append(one)
    return found


def groups_of(draft: ImportDraft) -> list[dict[str, Any]]:
    """The kinds of findings that wait, those that hold rows back first; each with its repair."""
    counts: Counter[str] = Counter()
    first: dict[str, Issue] = {}
    hinted: set[str] = set()
    helped: set[str] = set()
    for line, issues, accepted in queries.waiting_issues(draft):
        for issue in told_issues(line, issues):
            code = str(issue.code)
            if code not in accepted:
                counts[code] += 1
                if may_help(issue):
                    helped.add(code)
                if issue.hint and code not in hinted:
                    first[code] = issue
                    hinted.add(code)
                first.setdefault(code, issue)
    groups = [
        _group(draft, count, first[code], has_press=code in helped)
        for code, count in counts.most_common()
    ]
    return sorted(groups, key=lambda group: group["tone"] != "red")


def _group(draft: ImportDraft, count: int, example: Issue, *, has_press: bool) -> dict[str, Any]:
    fault = example.code
    repair = repair_of(fault) if has_press else None
    is_unit = fault is Fault.UNIT_UNKNOWN
    button = _(repair.label) if repair and (not is_unit or example.hint) else ""
    return {
        "code": str(fault),
        "count": count,
        "title": label(fault),
        "place": _place(draft, example),
        "example": wording.sentence(example),
        "tone": "red" if example.blocks else "amber",
        "button": button,
        "stands": fault in actions.LET_STAND,
        "is_unit": is_unit,
    }


def _place(draft: ImportDraft, issue: Issue) -> str:
    """Where an example stands: row, and column as the file calls it."""
    at = draft.mapping.get(str(issue.field)) if issue.field else None
    heading = draft.headings[at] if at is not None and at < len(draft.headings) else ""
    if heading:
        return _("Row %(row)s, column %(column)s") % {"row": issue.row, "column": heading}
    return _("Row %(row)s") % {"row": issue.row}
