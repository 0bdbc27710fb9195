"""What the scopes of a cell ask about one object, and how far an actor sees."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Where:
    """What the scopes ask about one object: subject, author, agency, who it is assigned to."""

    person_id: int | None = None
    author_id: int | None = None
    agency_id: int | None = None
    assigned: frozenset[int] = frozenset()
    citizen_ref: str = ""


@dataclass(frozen=True)
class Reach:
    """How far an actor sees one resource; the start of every `visible_…` query."""

    all: bool = False
    agency_ids: frozenset[int] = frozenset()
    team_ids: frozenset[int] = frozenset()
    self_id: int | None = None
    assigned: bool = False
    citizen_ref: str = ""

    @property
    def nothing(self) -> bool:
        """Sees no row at all."""
        return not (
            self.all
            or self.agency_ids
            or self.team_ids
            or self.self_id
            or self.assigned
            or self.citizen_ref
        )
