"""Changes in competence."""

from abdi.competence.actions.assessing import (
    answer,
    attach_evidence,
    discuss,
    open_round,
    send,
    start_self_assessment,
    superior_answer,
    superior_send,
)
from abdi.competence.actions.evidence import add_evidence, confirm_level, note_reading
from abdi.competence.actions.settling import settle
from abdi.competence.actions.standards import (
    approve_standard,
    ask_for_standard,
    draft_standard,
)
from abdi.competence.actions.succession import carry_standard, place_results

__all__ = [
    "add_evidence",
    "answer",
    "approve_standard",
    "ask_for_standard",
    "attach_evidence",
    "carry_standard",
    "confirm_level",
    "discuss",
    "draft_standard",
    "note_reading",
    "open_round",
    "place_results",
    "send",
    "settle",
    "start_self_assessment",
    "superior_answer",
    "superior_send",
]
