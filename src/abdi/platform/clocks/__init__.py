"""One clock for every promise of the program: steps, hours that count, pauses, the thaw rule.

Pure: no database, no reading of the present; every function is told the moment. See ADR 0018.
"""

from abdi.platform.clocks.hours import (
    Always,
    Hours,
    NeverWorks,
    Office,
    WholeDays,
    Works,
    add_working_days,
)
from abdi.platform.clocks.presets import day_after, terms_of_category, terms_of_class
from abdi.platform.clocks.promise import Promise, Rules, Stops, Term, in_order, stops_of
from abdi.platform.clocks.record import Broken, Event, Kind, Record, replay
from abdi.platform.clocks.running import (
    Clock,
    Pause,
    Reading,
    State,
    Thaw,
    Turn,
    broke_at,
    due_of,
    known_by,
    merged,
    reading,
    thawed,
)
from abdi.platform.clocks.terms import after_days, after_hours, after_working_days, toward

__all__ = [
    "Always",
    "Broken",
    "Clock",
    "Event",
    "Hours",
    "Kind",
    "NeverWorks",
    "Office",
    "Pause",
    "Promise",
    "Reading",
    "Record",
    "Rules",
    "State",
    "Stops",
    "Term",
    "Thaw",
    "Turn",
    "WholeDays",
    "Works",
    "add_working_days",
    "after_days",
    "after_hours",
    "after_working_days",
    "broke_at",
    "day_after",
    "due_of",
    "in_order",
    "known_by",
    "merged",
    "reading",
    "replay",
    "stops_of",
    "terms_of_category",
    "terms_of_class",
    "thawed",
    "toward",
]
