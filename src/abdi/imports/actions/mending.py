"""Rows of a draft made right: by kind with one press, one by one, or left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from abdi.imports import events
from abdi.imports.choices import DraftState, Fate, Fault, Field
from abdi.imports.models import DraftRow, ImportDraft
from abdi.imports.permissions import importing, may_use
from abdi.imports.records import PART, Records, in_parts
from abdi.imports.rules import (
    DOUBLES,
    RECORD_FAULTS,
    Issue,
    Row,
    Value,
    checked_again,
    fate_of,
    kept_issues,
    kept_values,
    repaired,
    told_issues,
    told_values,
)
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record

WAITING: Final = (Fate.READY, Fate.REVIEW, Fate.BLOCKED)
LET_STAND: Final = frozenset(
    {Fault.NIP_MISSING, Fault.NIP_AGE, Fault.NIP_TMT_MISMATCH, Fault.DUPLICATE_PERSON,
     Fault.DATE_SWAPPED, Fault.NAME_DIFFERS, Fault.RANK_UNDATED}
)  # fmt: skip
"""Findings a person may look at and let stand."""

NUMBERS: Final = frozenset({Fault.NIP_DIGITS})
"""Kinds whose repair gives a row another number, so that it may be the double of a row."""

Touched = tuple[frozenset[Field], Mapping[Field, Value]]
"""The fields of a row that were changed, and new texts that are still to be read."""


def open_draft(draft: ImportDraft) -> ImportDraft:
    """The draft, held for a change. Raises Conflict where it was put away."""
    row = lock(draft)
    if row.state != DraftState.OPEN:
        raise Conflict(_("This draft was put away meanwhile."), current=row)
    return row


def _with(code: Fault, draft: ImportDraft, line: int | None = None) -> Iterable[DraftRow]:
    rows = DraftRow.objects.filter(draft=draft, fate__in=(Fate.REVIEW, Fate.BLOCKED))
    if line is not None:
        rows = rows.filter(line=line)
    return (
        row
        for row in rows.order_by("line").iterator(PART)
        if any(one[0] == code for one in row.issues)
    )


@action(allowed=may_use)
def repair_kind(
    draft: ImportDraft, *, by: Actor, code: Fault | str, line: int | None = None
) -> int:
    """Repair all findings of a kind with one press, or those of one row; how many rows changed.

    Rows the repair cannot help stay as they are.
    """
    row, code = open_draft(draft), Fault(code)
    today, count = clock.today(), 0
    records = Records(importing(by))
    for part in in_parts(_with(code, row, line)):
        repairs = [(one, _repair(one, code, today)) for one in part]
        changed: dict[DraftRow, Touched] = {one: (fields, {}) for one, fields in repairs if fields}
        judge(changed, records)
        count += len(changed)
    if code in DOUBLES or code in NUMBERS:
        settle_doubles(row, records)
    return noted(row, count, by)


def _repair(row: DraftRow, code: Fault, today: date) -> frozenset[Field]:
    """Change a row as its findings of a kind propose; the fields that were touched."""
    values, touched = told_values(row.values), set()
    for issue in told_issues(row.line, row.issues):
        change = repaired(values, issue, today) if issue.code is code else None
        if change is not None:
            row.fate = Fate.LEFT_OUT if change.leaves_out else row.fate
            touched |= {*change.values, *([issue.field] if issue.field else [])}
            _put(values, change.values)
    row.values = kept_values(values)
    return frozenset(touched)


def _put(values: dict[Field, Value], new: Mapping[Field, Value | None]) -> None:
    for field, value in new.items():
        if value is None:
            values.pop(field, None)
        else:
            values[field] = value


def judge(rows: Mapping[DraftRow, Touched], records: Records) -> None:
    """Check changed rows again: by themselves, beside the records, beside each other."""
    today = clock.today()
    checked = [
        checked_again(row.line, {**told_values(row.values), **texts}, today)
        for row, (_fields, texts) in rows.items()
    ]
    found = records.beside((row.number, row.values) for row in checked)
    for row, again in zip(rows, checked, strict=True):
        row.number = str(again.values.get(Field.NUMBER, ""))
    firsts = _firsts(rows)
    for (row, (fields, _texts)), again, beside in zip(rows.items(), checked, found, strict=True):
        issues = [*_merged(row, again, fields), *beside.issues, *_double(row, firsts)]
        row.issues, row.values = kept_issues(issues), kept_values(again.values)
        row.version += 1
        if row.fate != Fate.LEFT_OUT:
            row.fate = fate_of(issues, row.accepted)
    columns = ["number", "values", "issues", "accepted", "fate", "version"]
    DraftRow.objects.bulk_update(rows, columns, batch_size=500)


def _merged(row: DraftRow, again: Row, touched: frozenset[Field]) -> list[Issue]:
    """Findings of a fresh check, with those of cells that could not be read and still wait."""
    told = told_issues(row.line, row.issues)
    kept = [
        issue
        for issue in told
        if issue.code not in RECORD_FAULTS | DOUBLES
        and issue.field not in touched
        and (issue.field is not None or not touched)
        and issue.field not in again.values
    ]
    if not touched & {Field.NAME, Field.BIRTH_ON, Field.NUMBER}:
        kept += [issue for issue in told if issue.code is Fault.DUPLICATE_PERSON]
    waiting = {issue.field for issue in kept}
    lost = (Fault.NIP_MISSING, Fault.NAME_MISSING)
    fresh = [one for one in again.issues if one.code not in lost or one.field not in waiting]
    return [*kept, *fresh]


def _firsts(rows: Iterable[DraftRow]) -> dict[str, int]:
    """The first row of the list with each number, as far as it is still to count; one query.

    Rows that are being changed count with the numbers they have now.
    """
    changing = {row.pk: row for row in rows}
    if not changing:
        return {}
    numbers = {row.number for row in changing.values() if row.number}
    draft_id = next(iter(changing.values())).draft_id
    there = DraftRow.objects.filter(
        draft_id=draft_id, number__in=numbers, fate__in=(*WAITING, Fate.APPLIED)
    )
    told = [
        (number, line)
        for pk, number, line in there.values_list("pk", "number", "line")
        if pk not in changing
    ]
    told += [(one.number, one.line) for one in changing.values() if one.fate != Fate.LEFT_OUT]
    firsts: dict[str, int] = {}
    for number, line in told:
        firsts[number] = min(line, firsts.get(number, line))
    return firsts


def _double(row: DraftRow, firsts: Mapping[str, int]) -> list[Issue]:
    """The same number in an earlier row of the list."""
    if not row.number or row.fate == Fate.LEFT_OUT:
        return []
    first = firsts.get(row.number, row.line)
    if first >= row.line:
        return []
    return [Issue(row.line, Fault.DUPLICATE_NIP, Field.NUMBER, row.number, first)]


@action(allowed=may_use)
def edit_row(
    draft: ImportDraft,
    *,
    by: Actor,
    line: int,
    texts: Mapping[Field, str],
    seen: int | None = None,
) -> DraftRow:
    """Write cells of a row anew, as texts; an empty text empties the cell. Checked at once.

    Raises Conflict where the row was changed or applied meanwhile, Invalid for a row that is not
    there.
    """
    head = open_draft(draft)
    row = _waiting_row(head, line, seen)
    kept = {name: text for name, text in row.values.items() if Field(name) not in texts}
    row.values = kept
    row.fate = Fate.BLOCKED
    new: dict[Field, Value] = {field: text for field, text in texts.items() if text}
    judge({row: (frozenset(texts), new)}, Records(importing(by)))
    settle_doubles(head, Records(importing(by)))
    noted(head, 1, by)
    return row


def _waiting_row(draft: ImportDraft, line: int, seen: int | None) -> DraftRow:
    row = DraftRow.objects.filter(draft=draft, line=line).first()
    if row is None:
        raise Invalid(_("There is no such row in this draft."), field="line")
    if row.fate == Fate.APPLIED:
        raise Conflict(_("This row was applied already."), current=row)
    if seen is not None and row.version != seen:
        raise Conflict(_("Somebody changed this row meanwhile."), current=row)
    return row


def settle_doubles(draft: ImportDraft, records: Records) -> None:
    """Rows that were doubles of a row that is another one now are free again."""
    rows = list(_with(Fault.DUPLICATE_NIP, draft))
    firsts = _firsts(rows)
    free: dict[DraftRow, Touched] = {
        row: (frozenset({Field.NUMBER}), {}) for row in rows if not _double(row, firsts)
    }
    judge(free, records)


@action(allowed=may_use)
def leave_out(draft: ImportDraft, *, by: Actor, line: int) -> DraftRow:
    """Leave a row out; it is kept in the draft and never applied."""
    head = open_draft(draft)
    row = _waiting_row(head, line, None)
    row.fate, row.version = Fate.LEFT_OUT, row.version + 1
    row.save(update_fields=["fate", "version"])
    settle_doubles(head, Records(importing(by)))
    noted(head, 1, by)
    return row


@action(allowed=may_use)
def let_stand(draft: ImportDraft, *, by: Actor, code: Fault | str, line: int | None = None) -> int:
    """Say that findings of a kind are right as they are, in one row or in all.

    Only those a person may judge; raises Invalid for others.
    """
    head, code = open_draft(draft), Fault(code)
    if code not in LET_STAND:
        raise Invalid(_("This finding needs a repair."), field="code")
    changed = list(_with(code, head, line))
    for row in changed:
        row.accepted = sorted({*row.accepted, str(code)})
        row.fate = fate_of(told_issues(row.line, row.issues), row.accepted)
        row.version += 1
    DraftRow.objects.bulk_update(changed, ["accepted", "fate", "version"], batch_size=500)
    return noted(head, len(changed), by)


def noted(draft: ImportDraft, count: int, by: Actor) -> int:
    """Say in the journal how many rows of a draft changed."""
    guard_version(draft, None)
    record(events.DraftChanged(draft_id=draft.pk, rows=count), by=by, about=draft)
    return count
