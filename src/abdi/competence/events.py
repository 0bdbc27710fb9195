"""What competence announces. Levels of answers never travel, only those of settled results."""

from __future__ import annotations

from abdi.platform.events import event


@event
class StandardDrafted:
    """A standard of a position was written, not yet in force."""

    standard_id: int
    position_id: int


@event
class StandardApproved:
    """A standard of a position is in force."""

    standard_id: int
    position_id: int


@event
class StandardMissing:
    """Somebody found that a position has no standard."""

    position_id: int


@event
class RoundOpened:
    """A round of assessment has its dates."""

    round_id: int


@event
class AssessmentStarted:
    """A person began to assess himself."""

    assessment_id: int
    person_id: int


@event
class SelfAnswered:
    """A person chose or changed an answer."""

    assessment_id: int
    competency: str


@event
class EvidenceAttached:
    """A person attached the evidence found to his assessment."""

    assessment_id: int
    competency: str
    count: int


@event
class AssessmentSent:
    """A person sent his answers."""

    assessment_id: int
    person_id: int


@event
class SuperiorAnswered:
    """The superior chose or changed an answer."""

    assessment_id: int
    competency: str


@event
class SuperiorSent:
    """The superior sent his answers; `talks` of them differ by two levels or more."""

    assessment_id: int
    person_id: int
    talks: int


@event
class DifferenceDiscussed:
    """A difference was talked over and a level agreed."""

    assessment_id: int
    competency: str


@event
class ResultSettled:
    """The levels of a person in a round are settled."""

    assessment_id: int
    person_id: int
    gaps: int


@event
class LevelConfirmed:
    """A level was raised between rounds, on evidence."""

    result_id: int
    person_id: int
    competency: str
    level: int


@event
class EvidenceAdded:
    """A person has a new piece of evidence for a competency."""

    evidence_id: int
    person_id: int
    competency: str


@event
class GapFound:
    """A person holds less than the position asks for."""

    person_id: int
    unit_id: int
    competency: str
    required: int
    held: int


@event
class GapClosed:
    """A person now holds what the position asks for."""

    person_id: int
    unit_id: int
    competency: str
    required: int
    held: int


@event
class LevelsRead:
    """Somebody opened the levels of others; `people` are their ids, with commas."""

    people: str
    role: str = ""


@event
class StandardCarried:
    """A post continues as another one, and so do its standards; `standards` came along."""

    position_id: int
    successor_id: int
    standards: int


@event
class ResultsPlaced:
    """After a change of the organisation levels stand at the posts and units of today."""

    count: int
