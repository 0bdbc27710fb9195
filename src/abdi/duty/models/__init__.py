"""Tables of duty."""

from abdi.duty.models.channels import AlertGateway, AlertWish, PushDevice, PushKey
from abdi.duty.models.oncall import Alert, AlertStep, ChainStep, Telling
from abdi.duty.models.papers import CalendarFeed, FeedEvent, PayLine, PayList
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
    "FeedEvent",
    "PayLine",
    "PayList",
    "PushDevice",
    "PushKey",
    "Roster",
    "Shift",
    "ShiftPattern",
    "Swap",
    "Telling",
    "Turn",
    "Wish",
]
