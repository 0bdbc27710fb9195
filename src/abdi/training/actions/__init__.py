"""Changes in training."""

from abdi.training.actions.attending import complete, mark_present, unmark_present
from abdi.training.actions.certificates import (
    ask_revocation,
    issue_certificate,
    refuse_revocation,
    revoke,
)
from abdi.training.actions.classes import ClassPlan, cancel_class, close_class, open_class
from abdi.training.actions.planning import (
    cost_proposal,
    dismiss_proposal,
    propose,
    suggest_need,
    withdraw_candidate,
)
from abdi.training.actions.reading import note_reading
from abdi.training.actions.seats import (
    accept,
    cancel,
    enrol,
    invite,
    release_offer,
    replace,
)

__all__ = [
    "ClassPlan",
    "accept",
    "ask_revocation",
    "cancel",
    "cancel_class",
    "close_class",
    "complete",
    "cost_proposal",
    "dismiss_proposal",
    "enrol",
    "invite",
    "issue_certificate",
    "mark_present",
    "note_reading",
    "open_class",
    "propose",
    "refuse_revocation",
    "release_offer",
    "replace",
    "revoke",
    "suggest_need",
    "unmark_present",
    "withdraw_candidate",
]
