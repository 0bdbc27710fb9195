"""Tables of culture."""

from abdi.culture.models.circles import Circle, CircleMember, Meeting, StepRecord
from abdi.culture.models.coaching import Coaching, CoachingSession
from abdi.culture.models.work import Cause, CauseVote, Task

__all__ = [
    "Cause",
    "CauseVote",
    "Circle",
    "CircleMember",
    "Coaching",
    "CoachingSession",
    "Meeting",
    "StepRecord",
    "Task",
]
