"""Tables of duty."""

from abdi.duty.models.papers import CalendarFeed, FeedEvent, PayLine, PayList
from abdi.duty.models.rosters import CallOut, Coverage, Roster, Shift, ShiftPattern, Turn
from abdi.duty.models.swaps import Swap, Wish

__all__ = [
    "CalendarFeed",
    "CallOut",
    "Coverage",
    "FeedEvent",
    "PayLine",
    "PayList",
    "Roster",
    "Shift",
    "ShiftPattern",
    "Swap",
    "Turn",
    "Wish",
]
