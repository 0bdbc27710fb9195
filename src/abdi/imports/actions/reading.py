"""Looking at the people of a list leaves a line."""

from __future__ import annotations

from collections.abc import Iterable

from abdi.imports import events
from abdi.imports.models import ImportDraft, ImportRun
from abdi.imports.permissions import may_undo, may_use
from abdi.platform.access import Actor
from abdi.platform.actions import action
from abdi.platform.journal import record


@action(allowed=may_use)
def note_reading(
    draft: ImportDraft, *, by: Actor, lines: Iterable[int], people: Iterable[int]
) -> None:
    """One line in the access log for a page that shows rows of a draft.

    It names the lines shown, and the persons of the record among them.
    """
    fact = events.DraftRead(draft_id=draft.pk, lines=_joined(lines), people=_joined(people))
    record(fact, by=by, about=draft)


@action(allowed=may_undo)
def note_changes_read(run: ImportRun, *, by: Actor, people: Iterable[int]) -> None:
    """One line in the access log for a page that shows whom an applied list changed."""
    record(events.ChangesRead(run_id=run.pk, people=_joined(people)), by=by, about=run)


def _joined(numbers: Iterable[int]) -> str:
    return ",".join(str(number) for number in sorted(numbers))
