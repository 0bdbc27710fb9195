"""Tables of performance."""

from abdi.performance.models.evaluations import BehaviourRating, Evaluation, Objection
from abdi.performance.models.plans import Feedback, Period, Plan, Result, Target

__all__ = [
    "BehaviourRating",
    "Evaluation",
    "Feedback",
    "Objection",
    "Period",
    "Plan",
    "Result",
    "Target",
]
