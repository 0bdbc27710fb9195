"""Tables of duty."""

from abdi.duty.models.channels import AlertGateway, AlertWish, PushDevice, PushKey
from abdi.duty.models.oncall import Alert, AlertStep, ChainStep, Telling
from abdi.duty.models.rosters import CallOut, Coverage, Roster, Shift, ShiftPattern, Turn

__all__ = [
    "Alert",
    "AlertGateway",
    "AlertStep",
    "AlertWish",
    "CallOut",
    "ChainStep",
    "Coverage",
    "PushDevice",
    "PushKey",
    "Roster",
    "Shift",
    "ShiftPattern",
    "Telling",
    "Turn",
]
