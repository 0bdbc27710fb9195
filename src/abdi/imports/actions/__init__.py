"""Changes of imports: a list becomes a draft, its rows are repaired, applied, taken back."""

from abdi.imports.actions.applying import apply_ready as apply_ready
from abdi.imports.actions.applying import undo_run as undo_run
from abdi.imports.actions.drafts import drop_old_drafts as drop_old_drafts
from abdi.imports.actions.drafts import put_away as put_away
from abdi.imports.actions.drafts import start_draft as start_draft
from abdi.imports.actions.mending import LET_STAND as LET_STAND
from abdi.imports.actions.mending import edit_row as edit_row
from abdi.imports.actions.mending import leave_out as leave_out
from abdi.imports.actions.mending import let_stand as let_stand
from abdi.imports.actions.mending import repair_kind as repair_kind

__all__ = [
    "LET_STAND",
    "apply_ready",
    "drop_old_drafts",
    "edit_row",
    "leave_out",
    "let_stand",
    "put_away",
    "repair_kind",
    "start_draft",
    "undo_run",
]
