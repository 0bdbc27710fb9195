"""What culture announces."""

from __future__ import annotations

from abdi.platform.events import event


@event
class CoachingProposed:
    """A pattern of low results suggests coaching; the superior decides."""

    coaching_id: int
    person_id: int
    unit_id: int
    low_count: int


@event
class CoachingOpened:
    """A superior opened a coaching case."""

    coaching_id: int
    person_id: int


@event
class CoachingDeclined:
    """A superior said not now, with a reason."""

    coaching_id: int
    person_id: int


@event
class CoachingChanged:
    """The plan of a coaching case was changed, or a talk was noted."""

    coaching_id: int
    person_id: int


@event
class CoachingClosed:
    """A coaching case ended."""

    coaching_id: int
    person_id: int
    outcome: str


@event
class CoachingRead:
    """One of the two opened a coaching case; `people` names the coached one, read by the other."""

    coaching_id: int
    person_id: int
    people: str = ""


@event
class CircleStarted:
    """A work-culture group began with a cluster of reports."""

    circle_id: int
    unit_id: int
    category: str


@event
class CircleChanged:
    """Something on the pages of a group was written or changed."""

    circle_id: int
    step: str
    what: str


@event
class CauseVoted:
    """A member chose a cause, or took the choice back."""

    circle_id: int
    cause_id: int
    person_id: int
    is_for: bool


@event
class TaskDone:
    """A member finished a task of the plan."""

    circle_id: int
    task_id: int
    person_id: int


@event
class CircleStepSent:
    """A step waits for approval."""

    circle_id: int
    step: str


@event
class CircleStepDone:
    """A step of a group is done, and approved where it has to be."""

    circle_id: int
    step: str


@event
class CircleStepReturned:
    """A step was given back to the group, with a note."""

    circle_id: int
    step: str


@event
class MeetingHeld:
    """A group met."""

    circle_id: int
    meeting_id: int


@event
class CircleClosed:
    """A group finished its eight steps."""

    circle_id: int
    unit_id: int
    verdict: str


@event
class CircleStopped:
    """A group was ended before its last step, with a reason."""

    circle_id: int
    unit_id: int
