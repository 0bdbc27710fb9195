"""Changes of imports: a list becomes a draft, its rows are repaired, applied, taken back."""

from abdi.imports.actions.applying import apply_ready as apply_ready
from abdi.imports.actions.applying import undo_run as undo_run
from abdi.imports.actions.columns import choose_columns as choose_columns
from abdi.imports.actions.drafts import drop_old_drafts as drop_old_drafts
from abdi.imports.actions.drafts import put_away as put_away
from abdi.imports.actions.drafts import start_draft as start_draft
from abdi.imports.actions.exporting import note_export as note_export
from abdi.imports.actions.mending import LET_STAND as LET_STAND
from abdi.imports.actions.mending import edit_row as edit_row
from abdi.imports.actions.mending import leave_out as leave_out
from abdi.imports.actions.mending import let_stand as let_stand
from abdi.imports.actions.mending import repair_kind as repair_kind
from abdi.imports.actions.ordering import AT_ONCE as AT_ONCE
from abdi.imports.actions.ordering import LANGUAGE as LANGUAGE
from abdi.imports.actions.ordering import LEASE as LEASE
from abdi.imports.actions.ordering import MOST_TRIES as MOST_TRIES
from abdi.imports.actions.ordering import ask_apply as ask_apply
from abdi.imports.actions.ordering import carry_out as carry_out
from abdi.imports.actions.ordering import fail_order as fail_order
from abdi.imports.actions.ordering import lease_order as lease_order
from abdi.imports.actions.ordering import release_order as release_order
from abdi.imports.actions.reading import note_changes_read as note_changes_read
from abdi.imports.actions.reading import note_reading as note_reading
from abdi.imports.actions.units import make_unit as make_unit
from abdi.imports.actions.units import use_unit as use_unit
from abdi.imports.actions.writing import Outcome as Outcome
from abdi.imports.actions.writing import Written as Written
from abdi.imports.actions.writing import edit_rows as edit_rows

__all__ = [
    "AT_ONCE",
    "LANGUAGE",
    "LEASE",
    "LET_STAND",
    "MOST_TRIES",
    "Outcome",
    "Written",
    "apply_ready",
    "ask_apply",
    "carry_out",
    "choose_columns",
    "drop_old_drafts",
    "edit_row",
    "edit_rows",
    "fail_order",
    "lease_order",
    "leave_out",
    "let_stand",
    "make_unit",
    "note_changes_read",
    "note_export",
    "note_reading",
    "put_away",
    "release_order",
    "repair_kind",
    "start_draft",
    "undo_run",
    "use_unit",
]
