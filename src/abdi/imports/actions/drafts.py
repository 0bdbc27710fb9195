"""A list that was read becomes a draft; a draft is put away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from abdi.imports import events
from abdi.imports.choices import DraftState, Fate, Field
from abdi.imports.models import DraftRow, ImportDraft
from abdi.imports.permissions import importing, may_start, may_use, only_other_modules
from abdi.imports.records import Records, in_parts
from abdi.imports.rules import Row, fate_of, kept_issues, kept_values
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import action, lock
from abdi.platform.db.bulk import collecting_later, insert_many
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.imports.reading import Reading
    from abdi.people.models import Unit

DRAFT_DAYS: Final = timedelta(days=90)
LONGEST_CELL: Final = 250
ROW_COLUMNS: Final = (
    "institution", "draft", "line", "number", "fate", "values", "issues", "accepted", "cells",
    "version",
)  # fmt: skip
_READY: Final = Fate.READY.value


@action(allowed=may_start)
def start_draft(
    agency: Unit | None,
    *,
    by: Actor,
    opened: Reading,
    rows: Iterable[Row],
    content: bytes = b"",
) -> ImportDraft:
    """Keep a list that was read, with what is wrong in each row. Nothing of it counts yet.

    `rows` are the persons of `opened`; they stream by, two thousand at a time. `agency` is whose
    people these are, None for the whole city.
    """
    draft = ImportDraft(
        name=(opened.name or "")[:150],
        content=content,
        agency=agency,
        made_by=by.ref,
        made_at=clock.now(),
        expires_on=clock.today() + DRAFT_DAYS,
    )
    describe(draft, opened)
    draft.save(force_insert=True)
    count = write_rows(draft, rows, Records(importing(by)))
    draft.skipped_count = len(opened.skipped)
    draft.save(update_fields=["skipped_count", "missing"])
    record(events.ListRead(draft_id=draft.pk, rows=count), by=by, about=draft)
    return draft


def describe(draft: ImportDraft, opened: Reading) -> None:
    """Say in the draft how its list is read."""
    draft.sheet = opened.sheet[:80]
    draft.layout = str(opened.layout)
    draft.header_row = opened.header_row
    draft.headings = [" ".join(heading.split())[:200] for heading in opened.headings]
    draft.mapping = {str(field): at for field, at in opened.mapping.items()}


def write_rows(draft: ImportDraft, rows: Iterable[Row], records: Records) -> int:
    """Keep the persons of a list, each with what is wrong; returns how many."""
    numbers: set[str] = set()
    count = 0
    with collecting_later():
        for part in in_parts(rows):
            numbers |= {str(row.values[Field.NUMBER]) for row in part if Field.NUMBER in row.values}
            count += insert_many(DraftRow, ROW_COLUMNS, _kept(draft, part, records))
    gone, names = records.missing(numbers)
    draft.missing = {"count": gone, "names": names}
    return count


def _kept(
    draft: ImportDraft, part: Sequence[Row], records: Records
) -> Iterator[tuple[object, ...]]:
    found = records.beside((row.number, row.values) for row in part)
    start = (draft.institution_id, draft.pk)
    for row, beside in zip(part, found, strict=True):
        number = str(row.values.get(Field.NUMBER, ""))
        values = json.dumps(kept_values(row.values))
        issues = [*row.issues, *beside.issues]
        if not issues:
            yield (*start, row.number, number, _READY, values, "[]", "[]", "[]", 1)
            continue
        fate = fate_of(issues, ()).value
        told, cells = json.dumps(kept_issues(issues)), json.dumps([_shown(c) for c in row.cells])
        yield (*start, row.number, number, fate, values, told, "[]", cells, 1)


def _shown(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return "".join(sign if sign.isprintable() else " " for sign in text)[:LONGEST_CELL]


@action(allowed=may_use)
def put_away(draft: ImportDraft, *, by: Actor) -> ImportDraft:
    """Put a draft away: its rows and its file are removed; what was applied stays."""
    row = lock(draft)
    row.state, row.content = DraftState.PUT_AWAY, b""
    row.save(update_fields=["state", "content"])
    DraftRow.objects.filter(draft=row).delete()
    record(events.DraftPutAway(draft_id=row.pk), by=by, about=row)
    return row


@action(allowed=only_other_modules)
def drop_old_drafts(drafts: Iterable[ImportDraft], *, by: Actor) -> int:
    """Put drafts away that nobody finished in 90 days; returns how many."""
    count = 0
    for draft in drafts:
        put_away(draft, by=by)
        count += 1
    return count
