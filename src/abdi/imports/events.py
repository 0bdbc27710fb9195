"""What imports announces."""

from __future__ import annotations

from abdi.platform.events import event


@event
class ListRead:
    """A staff list waits as a draft."""

    draft_id: int
    rows: int


@event
class ColumnsChosen:
    """How a list is read was chosen; `is_new` where it was read anew for that."""

    draft_id: int
    is_new: bool


@event
class DraftRead:
    """Somebody looked at rows of a draft: their lines, and those of them the record knows."""

    draft_id: int
    lines: str
    people: str


@event
class ChangesRead:
    """Somebody looked at what an applied list changed, with the people shown."""

    run_id: int
    people: str


@event
class DraftChanged:
    """Rows of a draft were repaired, written anew or left out."""

    draft_id: int
    rows: int


@event
class DraftPutAway:
    """A draft is gone; nothing more of it will count."""

    draft_id: int


@event
class ListApplied:
    """Rows of a list count from now on."""

    run_id: int
    draft_id: int
    made: int
    changed: int


@event
class ApplyAsked:
    """The ready rows of a long list are to be applied beside the pages."""

    order_id: int
    draft_id: int
    rows: int


@event
class ApplyFailed:
    """Nothing of a long list was applied; its draft is as it was."""

    order_id: int
    draft_id: int


@event
class ListUndone:
    """An applied list was taken back."""

    run_id: int
    people: int


@event
class ListExported:
    """A staff list was taken along."""

    export_id: int
    layout: str
    people: int
