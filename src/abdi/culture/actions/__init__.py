"""Changes in culture."""

from abdi.culture.actions.circles import (
    MeetingGiven,
    Start,
    hold_meeting,
    start_circle,
    stop_circle,
)
from abdi.culture.actions.coaching import (
    PlanGiven,
    add_session,
    change_plan,
    close_coaching,
    decline_coaching,
    note_reading,
    open_coaching,
    propose_coaching,
    start_coaching,
)
from abdi.culture.actions.steps import (
    StepGiven,
    approve_step,
    return_step,
    save_step,
    send_step,
)
from abdi.culture.actions.work import (
    CauseGiven,
    TaskGiven,
    add_cause,
    add_task,
    check_cause,
    drop_cause,
    drop_task,
    finish_task,
    vote,
)

__all__ = [
    "CauseGiven",
    "MeetingGiven",
    "PlanGiven",
    "Start",
    "StepGiven",
    "TaskGiven",
    "add_cause",
    "add_session",
    "add_task",
    "approve_step",
    "change_plan",
    "check_cause",
    "close_coaching",
    "decline_coaching",
    "drop_cause",
    "drop_task",
    "finish_task",
    "hold_meeting",
    "note_reading",
    "open_coaching",
    "propose_coaching",
    "return_step",
    "save_step",
    "send_step",
    "start_circle",
    "start_coaching",
    "stop_circle",
    "vote",
]
