"""Tables of duty."""

from abdi.duty.models.papers import CalendarFeed, FeedEvent, PayLine, PayList
from abdi.duty.models.planning import (
    DayOnly,
    PatternNeed,
    Plan,
    Platoon,
    PlatoonMember,
    ShiftChange,
)
from abdi.duty.models.rosters import CallOut, Coverage, Roster, Shift, ShiftPattern, Turn
from abdi.duty.models.swaps import Swap, Wish

__all__ = [
    "CalendarFeed",
    "CallOut",
    "Coverage",
    "DayOnly",
    "FeedEvent",
    "PatternNeed",
    "PayLine",
    "PayList",
    "Plan",
    "Platoon",
    "PlatoonMember",
    "Roster",
    "Shift",
    "ShiftChange",
    "ShiftPattern",
    "Swap",
    "Turn",
    "Wish",
]
