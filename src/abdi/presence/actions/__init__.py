"""Changes of presence: ask, decide and cancel leave; bring in files; object and correct."""

from abdi.presence.actions.days import (
    answer_objection,
    correct_day,
    count_absence,
    object_to_day,
    write_dispensation,
)
from abdi.presence.actions.files import apply_file, discard_file, drop_old_files, take_file
from abdi.presence.actions.leaves import (
    cancel_leave,
    decide_leave,
    draft_permit,
    request_leave,
)
from abdi.presence.actions.reading import note_reading

__all__ = [
    "answer_objection",
    "apply_file",
    "cancel_leave",
    "correct_day",
    "count_absence",
    "decide_leave",
    "discard_file",
    "draft_permit",
    "drop_old_files",
    "note_reading",
    "object_to_day",
    "request_leave",
    "take_file",
    "write_dispensation",
]
