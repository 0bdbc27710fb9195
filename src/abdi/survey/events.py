"""What the survey announces. Anonymous answers are never announced one by one."""

from __future__ import annotations

from abdi.platform.events import event


@event
class Invited:
    """A citizen may rate what was done for him."""

    invitation_id: int
    about: str
    unit_id: int


@event
class RatingGiven:
    """A citizen rated what was done for him; the words stay with the rating."""

    invitation_id: int
    about: str
    unit_id: int
    service_id: int | None
    stars: int


@event
class PeriodOpened:
    """A service can be surveyed."""

    period_id: int
    service_id: int


@event
class Participated:
    """Somebody answered a survey. Neither who nor what is said."""

    period_id: int


@event
class PeriodClosed:
    """A survey ended; index in hundredths and grade, or nothing where the group is too small."""

    period_id: int
    service_id: int
    unit_id: int
    index_hundredths: int | None
    grade: str
