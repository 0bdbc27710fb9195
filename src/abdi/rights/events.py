"""What rights announce."""

from __future__ import annotations

from abdi.platform.events import event


@event
class RightFallsDue:
    """A right is computed from the record and announced ahead."""

    right_id: int
    person_id: int
    kind_code: str
    due_on: str


@event
class RightDrafted:
    """A letter for a right was drafted."""

    right_id: int
    person_id: int
    kind_code: str
    letter: str


@event
class RightGiven:
    """A person has what the rules give."""

    right_id: int
    person_id: int
    kind_code: str
    is_late: bool


@event
class RightSetAside:
    """A right is not given, with a reason a person wrote."""

    right_id: int
    person_id: int
    kind_code: str


@event
class PersonToldOfRight:
    """A person was told that a right falls due soon."""

    right_id: int
    person_id: int


@event
class RightsRead:
    """Rights of these persons were opened by another."""

    people: str
    role: str = ""
