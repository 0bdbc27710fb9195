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
     Fault.DATE_SWAPPED, Fault.NAME_DIFFERS}
)  # fmt: skip
"""Findings a person may look at and let stand."""

Touched = tuple[frozenset[Field], Mapping[Field, Value]]
"""The fields of a row that were changed, and new texts that are still to be read."""


def _open(draft: ImportDraft) -> ImportDraft:
    row = lock(draft)
    if row.state != DraftState.OPEN:
        raise Conflict(_("This draft was put away meanwhile."), current=row)
    return row


def _with(code: Fault, draft: ImportDraft) -> Iterable[DraftRow]:
    rows = DraftRow.objects.filter(draft=draft, fate__in=(Fate.REVIEW, Fate.BLOCKED))
    return (
        row
        for row in rows.order_by("line").iterator(PART)
        if any(one[0] == code for one in row.issues)
    )


@action(allowed=may_use)
def repair_kind(draft: ImportDraft, *, by: Actor, code: Fault | str) -> int:
    """Repair all findings of a kind with one press; returns how many rows changed.

    Rows the repair cannot help stay as they are.
    """
    row, code = _open(draft), Fault(code)
    today, count = clock.today(), 0
    records = Records(importing(by))
    for part in in_parts(_with(code, row)):
        repairs = [(one, _repair(one, code, today)) for one in part]
        changed: dict[DraftRow, Touched] = {one: (fields, {}) for one, fields in repairs if fields}
        _judge(changed, records)
        count += len(changed)
    return _noted(row, count, by)


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


def _judge(rows: Mapping[DraftRow, Touched], records: Records) -> None:
    """Check changed rows again: by themselves, beside the records, beside each other."""
    today = clock.today()
    checked = [
        checked_again(row.line, {**told_values(row.values), **texts}, today)
        for row, (_fields, texts) in rows.items()
    ]
    found = records.beside((row.number, row.values) for row in checked)
    for (row, (fields, _texts)), again, beside in zip(rows.items(), checked, found, strict=True):
        row.number = str(again.values.get(Field.NUMBER, ""))
        issues = [*_merged(row, again, fields), *beside.issues, *_double(row)]
        row.issues, row.values = kept_issues(issues), kept_values(again.values)
        row.version += 1
        if row.fate != Fate.LEFT_OUT:
            row.fate = fate_of(issues, row.accepted)
    columns = ["number", "values", "issues", "accepted", "fate", "version"]
    DraftRow.objects.bulk_update(rows, columns, batch_size=500)


def _merged(row: DraftRow, again: Row, touched: frozenset[Field]) -> list[Issue]:
    """Findings of a fresh check, with those of cells that could not be read and still wait."""
    kept = [
        issue
        for issue in told_issues(row.line, row.issues)
        if issue.code not in RECORD_FAULTS | DOUBLES
        and issue.field not in touched
        and (issue.field is not None or not touched)
        and issue.field not in again.values
    ]
    waiting = {issue.field for issue in kept}
    lost = (Fault.NIP_MISSING, Fault.NAME_MISSING)
    fresh = [one for one in again.issues if one.code not in lost or one.field not in waiting]
    return [*kept, *fresh]


def _double(row: DraftRow) -> list[Issue]:
    """The same number in an earlier row of the list."""
    if not row.number or row.fate == Fate.LEFT_OUT:
        return []
    others = DraftRow.objects.filter(draft_id=row.draft_id, number=row.number)
    first = others.filter(fate__in=(*WAITING, Fate.APPLIED), line__lt=row.line).order_by("line")
    line = first.values_list("line", flat=True).first()
    if line is None:
        return []
    return [Issue(row.line, Fault.DUPLICATE_NIP, Field.NUMBER, row.number, line)]


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
    head = _open(draft)
    row = _waiting_row(head, line, seen)
    kept = {name: text for name, text in row.values.items() if Field(name) not in texts}
    row.values = kept
    row.fate = Fate.BLOCKED
    new: dict[Field, Value] = {field: text for field, text in texts.items() if text}
    _judge({row: (frozenset(texts), new)}, Records(importing(by)))
    _settle_doubles(head, Records(importing(by)))
    _noted(head, 1, by)
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


def _settle_doubles(draft: ImportDraft, records: Records) -> None:
    """Rows that were doubles of a row that is another one now are free again."""
    rows = list(_with(Fault.DUPLICATE_NIP, draft))
    free: dict[DraftRow, Touched] = {
        row: (frozenset({Field.NUMBER}), {}) for row in rows if not _double(row)
    }
    _judge(free, records)


@action(allowed=may_use)
def leave_out(draft: ImportDraft, *, by: Actor, line: int) -> DraftRow:
    """Leave a row out; it is kept in the draft and never applied."""
    head = _open(draft)
    row = _waiting_row(head, line, None)
    row.fate, row.version = Fate.LEFT_OUT, row.version + 1
    row.save(update_fields=["fate", "version"])
    _settle_doubles(head, Records(importing(by)))
    _noted(head, 1, by)
    return row


@action(allowed=may_use)
def let_stand(draft: ImportDraft, *, by: Actor, code: Fault | str, line: int | None = None) -> int:
    """Say that findings of a kind are right as they are, in one row or in all.

    Only those a person may judge; raises Invalid for others.
    """
    head, code = _open(draft), Fault(code)
    if code not in LET_STAND:
        raise Invalid(_("This finding needs a repair."), field="code")
    changed = [row for row in _with(code, head) if line is None or row.line == line]
    for row in changed:
        row.accepted = sorted({*row.accepted, str(code)})
        row.fate = fate_of(told_issues(row.line, row.issues), row.accepted)
        row.version += 1
    DraftRow.objects.bulk_update(changed, ["accepted", "fate", "version"], batch_size=500)
    return _noted(head, len(changed), by)


def _noted(draft: ImportDraft, count: int, by: Actor) -> int:
    guard_version(draft, None)
    record(events.DraftChanged(draft_id=draft.pk, rows=count), by=by, about=draft)
    return count
