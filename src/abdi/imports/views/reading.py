"""What the pages share: the draft of an address, and its file opened as it was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from abdi.imports import actions, queries
from abdi.imports.models import DraftRow, ImportDraft
from abdi.platform.access import Request
from abdi.platform.exchange import BadFile
from abdi.platform.text import BadInput

if TYPE_CHECKING:
    from abdi.imports.reading import Reading


def draft_of(request: Request, pk: int) -> ImportDraft:
    """The open draft, where this actor may see it."""
    row: ImportDraft = get_object_or_404(queries.open_drafts(request.actor), pk=pk)
    return row


def note_rows(request: Request, draft: ImportDraft, rows: Iterable[DraftRow]) -> None:
    """Write in the access log that these rows were shown; nothing for an empty page."""
    shown = list(rows)
    if shown:
        known = queries.people_of(row.number for row in shown)
        lines = [row.line for row in shown]
        actions.note_reading(draft, by=request.actor, lines=lines, people=known)


def opened_as_known(data: bytes, name: str) -> tuple[Reading, bool]:
    """A list opened as a person chose for its source before, and whether somebody did.

    A memory that does not fit this file is passed over. Raises BadFile or BadInput.
    """
    opened = queries.open_list(data, name, is_upload=True)
    memory = queries.memory_of(opened.source_key)
    if memory is None:
        return opened, False
    if memory.line:
        opened.close()
        try:
            opened = queries.open_list(
                data, name, sheet=memory.sheet, line=memory.line, is_upload=True
            )
        except (BadFile, BadInput):
            return queries.open_list(data, name, is_upload=True), False
    if opened.source_key != memory.chosen_key:
        opened.close()
        return queries.open_list(data, name, is_upload=True), False
    opened.choose(memory.mapping)
    return opened, True
