"""One thing that waits for a person: the row of Beranda. Each module offers a list of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ToDo:
    """What, why, until when, and the one button that opens the exact spot.

    `icon` is a name of the sprite, `url` an address of this site, `due_at` an aware moment or
    nothing, `tone` one of "", blue, amber, green, red, violet, pri.
    """

    icon: str
    title: str
    reason: str
    url: str
    button: str
    due_at: datetime | None = None
    tone: str = ""

    def is_late(self, at: datetime) -> bool:
        """Whether its time has passed."""
        return self.due_at is not None and self.due_at < at
