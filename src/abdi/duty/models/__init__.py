"""Tables of duty."""

from abdi.duty.models.rosters import CallOut, Coverage, Roster, Shift, ShiftPattern, Turn
from abdi.duty.models.swaps import Swap, Wish

__all__ = ["CallOut", "Coverage", "Roster", "Shift", "ShiftPattern", "Swap", "Turn", "Wish"]
