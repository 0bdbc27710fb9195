"""What happens to figures an institution sets for itself."""

from __future__ import annotations

from abdi.platform.events import event


@event
class NormEntered:
    """A figure was entered; `waits` where a second person has to approve it."""

    norm_id: int
    module: str
    path: str
    since: str
    until: str | None
    waits: bool


@event
class NormApproved:
    """A second person approved a figure; it counts from its first day."""

    norm_id: int
    module: str
    path: str


@event
class NormWithdrawn:
    """A figure was taken back before its first day, or ends today (`until`)."""

    norm_id: int
    module: str
    path: str
    until: str | None
