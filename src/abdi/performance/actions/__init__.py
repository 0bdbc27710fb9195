"""Changes in performance: plans, results, evaluations, objections."""

from abdi.performance.actions.evaluations import (
    Behaviours,
    finalise_evaluation,
    note_load,
    save_evaluation,
)
from abdi.performance.actions.objections import decide_objection, object_to
from abdi.performance.actions.plans import (
    adopt_targets,
    agree_plan,
    open_periods,
    propose_plan,
    reopen_plan,
    return_plan,
    start_plan,
)
from abdi.performance.actions.results import (
    add_result,
    credit_result,
    give_feedback,
    note_progress,
    note_reading,
    take_back,
)
from abdi.performance.actions.targets import (
    TargetInput,
    add_target,
    change_target,
    drop_target,
    link_target,
)

__all__ = [
    "Behaviours",
    "TargetInput",
    "add_result",
    "add_target",
    "adopt_targets",
    "agree_plan",
    "change_target",
    "credit_result",
    "decide_objection",
    "drop_target",
    "finalise_evaluation",
    "give_feedback",
    "link_target",
    "note_load",
    "note_progress",
    "note_reading",
    "object_to",
    "open_periods",
    "propose_plan",
    "reopen_plan",
    "return_plan",
    "save_evaluation",
    "start_plan",
    "take_back",
]
