"""What insight announces."""

from __future__ import annotations

from abdi.platform.events import event


@event
class FiguresRefreshed:
    """A new set of figures stands."""

    run_id: int
    count: int
