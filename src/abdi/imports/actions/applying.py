"""The ready rows of a draft count, all of them or none; and are taken back within 30 days."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

from django.db import IntegrityError
from django.utils.translation import gettext as _

from abdi.imports import events
from abdi.imports.choices import DraftState, Effect, Fate
from abdi.imports.models import DraftRow, ImportChange, ImportDraft, ImportRun
from abdi.imports.permissions import importing, may_undo, may_use
from abdi.imports.records import PART, Beside, Records, in_parts
from abdi.imports.rules import RECORD_FAULTS, fate_of, kept_issues, told_issues, told_values
from abdi.people import actions as people
from abdi.people.actions import Change, Entered
from abdi.people.rules import Listed
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action, guard_version, lock
from abdi.platform.db.bulk import collecting_later, insert_many, lift_time_limit
from abdi.platform.journal import record
from abdi.platform.tenancy import Institution, current_institution_id

UNDO_DAYS: Final = timedelta(days=30)
CHANGE_COLUMNS: Final = ("line", "person_number", "name", "effect", "data")
READ: Final = ("pk", "line", "values", "issues", "accepted")
_EFFECTS: Final = {True: Effect.MADE.value, False: Effect.CHANGED.value}


@action(allowed=may_use)
def apply_ready(
    draft: ImportDraft,
    *,
    by: Actor,
    seen: int | None = None,
    note: Callable[[int], None] | None = None,
) -> ImportRun:
    """Let the ready rows count, all of them or none; the others stay a draft.

    What the record says already changes nothing, so the same list twice changes nothing. Lists of
    one institution are applied one after the other. `note` hears after each part how many rows are
    through. Raises Conflict where the draft was put away
    or changed meanwhile.
    """
    _one_at_a_time()
    row = lock(draft)
    if row.state != DraftState.OPEN:
        raise Conflict(_("This draft was put away meanwhile."), current=row)
    guard_version(row, seen)
    lift_time_limit()
    run = ImportRun.objects.create(
        draft=row, name=row.name, agency_id=row.agency_id, by=by.ref, at=clock.now()
    )
    ready = DraftRow.objects.filter(draft=row, fate=Fate.READY).order_by("line")
    records = Records(importing(by))
    posts = people.Posts()
    with collecting_later():
        for part in in_parts(ready.values_list(*READ).iterator(PART)):
            _apply_part(run, [_Ready(*one) for one in part], records, posts, by)
            if note is not None:
                note(run.row_count)
    ready.order_by().update(fate=Fate.APPLIED)
    run.save(update_fields=["row_count", "made_count", "changed_count"])
    fact = events.ListApplied(
        run_id=run.pk, draft_id=row.pk, made=run.made_count, changed=run.changed_count
    )
    record(fact, by=by, about=run)
    return run


def _one_at_a_time() -> None:
    lock(Institution(pk=current_institution_id()))


class _Ready(NamedTuple):
    """A row that is ready, in plain values."""

    pk: int
    line: int
    values: dict[str, str]
    issues: list[list[Any]]
    accepted: list[str]


def _apply_part(
    run: ImportRun, part: Sequence[_Ready], records: Records, posts: people.Posts, by: Actor
) -> None:
    """Some thousand rows; a row the records speak against since its check waits again."""
    found = records.beside((row.line, told_values(row.values)) for row in part)
    listed: list[Listed] = []
    told_anew: list[DraftRow] = []
    for row, beside in zip(part, found, strict=True):
        fate = Fate.READY
        if row.issues or beside.issues:
            again = _told_anew(row, beside)
            told_anew.append(again)
            fate = Fate(again.fate)
        if fate == Fate.READY:
            listed.append(beside.listed)
    try:
        entered = people.enter_people(listed, by=by, posts=posts)
    except IntegrityError as problem:
        raise Conflict(_("Somebody entered the same people meanwhile. Try again.")) from problem
    DraftRow.objects.bulk_update(told_anew, ["issues", "fate"], batch_size=500)
    fixed = {"institution": current_institution_id(), "run": run.pk}
    insert_many(ImportChange, CHANGE_COLUMNS, map(_change, entered), fixed=fixed)
    run.row_count += len(listed)
    run.made_count += sum(one.is_new for one in entered)
    run.changed_count += sum(not one.is_new for one in entered)


def _told_anew(row: _Ready, beside: Beside) -> DraftRow:
    kept = [one for one in told_issues(row.line, row.issues) if one.code not in RECORD_FAULTS]
    issues = [*kept, *beside.issues]
    return DraftRow(pk=row.pk, issues=kept_issues(issues), fate=fate_of(issues, row.accepted))


def _change(one: Entered) -> tuple[object, ...]:
    return one.line, one.person_id, one.name, _EFFECTS[one.is_new], json.dumps(one.data)


@action(allowed=may_undo)
def undo_run(run: ImportRun, *, by: Actor) -> ImportRun:
    """Take an applied list back, all of it, within 30 days; the history of both stays.

    Raises Conflict where it was taken back before, is too old, or somebody changed a row since.
    """
    _one_at_a_time()
    row = lock(run)
    if row.undone_at is not None:
        raise Conflict(_("This list was taken back before."), current=row)
    if clock.now() - row.at > UNDO_DAYS:
        raise Conflict(_("A list can be taken back within 30 days."), current=row)
    lift_time_limit()
    changes = ImportChange.objects.filter(run=row).order_by("line")
    count = people.take_back_people([_as_change(one) for one in changes], by=by)
    row.undone_at, row.undone_by = clock.now(), by.ref
    row.save(update_fields=["undone_at", "undone_by"])
    DraftRow.objects.filter(draft_id=row.draft_id, fate=Fate.APPLIED).update(fate=Fate.READY)
    record(events.ListUndone(run_id=row.pk, people=count), by=by, about=row)
    return row


def _as_change(one: ImportChange) -> Change:
    return Change(one.person_number, one.name, one.effect == Effect.MADE, one.data)
