"""Tables of duty."""

from abdi.duty.models.channels import AlertGateway, AlertWish, PushDevice, PushKey
from abdi.duty.models.oncall import Alert, AlertStep, ChainStep, Telling
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
    "Alert",
    "AlertGateway",
    "AlertStep",
    "AlertWish",
    "CalendarFeed",
    "CallOut",
    "ChainStep",
    "Coverage",
    "DayOnly",
    "FeedEvent",
    "PatternNeed",
    "PayLine",
    "PayList",
    "Plan",
    "Platoon",
    "PlatoonMember",
    "PushDevice",
    "PushKey",
    "Roster",
    "Shift",
    "ShiftChange",
    "ShiftPattern",
    "Swap",
    "Telling",
    "Turn",
    "Wish",
]
