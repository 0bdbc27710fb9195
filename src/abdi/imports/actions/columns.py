"""Other columns, another sheet or heading for a list that waits; remembered for its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.imports import events
from abdi.imports.actions.drafts import describe, write_rows
from abdi.imports.choices import DraftState, Fate
from abdi.imports.models import DraftRow, ImportDraft, SourceColumns
from abdi.imports.permissions import importing, may_use
from abdi.imports.records import Records
from abdi.imports.rules import Row
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action, guard_version, lock
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.imports.reading import Reading


@action(allowed=may_use)
def choose_columns(
    draft: ImportDraft,
    *,
    by: Actor,
    opened: Reading,
    rows: Iterable[Row] | None,
    found_key: str,
    is_moved: bool,
) -> ImportDraft:
    """Keep how a list is read, for it and for the next one of its source.

    `opened` reads as it was chosen; `rows` are its persons, read anew, or None where the draft was
    read so already. `found_key` is how such a list is known before anybody chooses; `is_moved`
    says that the sheet or the heading was chosen too. Raises Conflict where the draft was put
    away, or some of its rows count already and would have to be read anew.
    """
    row = lock(draft)
    if row.state != DraftState.OPEN:
        raise Conflict(_("This draft was put away meanwhile."), current=row)
    if rows is not None:
        _read_anew(row, opened, rows, by)
    SourceColumns.objects.update_or_create(
        headings=found_key,
        defaults={"mapping": _remembered(opened, is_moved), "chosen_at": clock.now()},
    )
    record(events.ColumnsChosen(draft_id=row.pk, is_new=rows is not None), by=by, about=row)
    return row


def _read_anew(draft: ImportDraft, opened: Reading, rows: Iterable[Row], by: Actor) -> None:
    old = DraftRow.objects.filter(draft=draft)
    if old.filter(fate=Fate.APPLIED).exists():
        raise Conflict(_("Some rows of this list count already. Bring the file in again."))
    old.delete()
    describe(draft, opened)
    write_rows(draft, rows, Records(importing(by)))
    draft.skipped_count = len(opened.skipped)
    draft.save()
    guard_version(draft, None)


def _remembered(opened: Reading, is_moved: bool) -> dict[str, object]:
    return {
        "columns": {str(field): at for field, at in opened.mapping.items()},
        "sheet": opened.sheet if is_moved else "",
        "line": opened.header_row if is_moved else 0,
        "key": opened.source_key,
    }
