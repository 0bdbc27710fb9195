"""Pages of imports: bring a list in, match its columns, check it, apply it, take it back."""

from abdi.imports.views.applying import applying
from abdi.imports.views.check import apply, check, repair
from abdi.imports.views.columns import columns
from abdi.imports.views.fixing import problems, take_fixes
from abdi.imports.views.home import home, put_away
from abdi.imports.views.results import result, undo
from abdi.imports.views.rows import one_row, save_rows
from abdi.imports.views.units import make_unit, units, use_unit

__all__ = [
    "apply",
    "applying",
    "check",
    "columns",
    "home",
    "make_unit",
    "one_row",
    "problems",
    "put_away",
    "repair",
    "result",
    "save_rows",
    "take_fixes",
    "undo",
    "units",
    "use_unit",
]
