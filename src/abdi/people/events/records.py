"""The freeze of placements, and what people say they can."""

from __future__ import annotations

from abdi.platform.events import event


@event
class FreezeSet:
    """An election is entered: placements are stopped from six months before its designation."""

    window_id: int


@event
class FreezeWithdrawn:
    """A freeze of placements was entered wrongly and taken back."""

    window_id: int


@event
class ConsentEntered:
    """The Minister consents to the placement of some persons in spite of a freeze."""

    consent_id: int
    window_id: int
    count: int


@event
class SkillSaid:
    """A person says he knows a language or a skill."""

    skill_id: int
    person_id: int


@event
class SkillDropped:
    """A person took back what he said he can."""

    skill_id: int
    person_id: int


@event
class SkillChecked:
    """Somebody else confirmed a language or skill, or did not."""

    skill_id: int
    person_id: int
    is_confirmed: bool
