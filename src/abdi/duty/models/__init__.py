"""Tables of duty."""

from abdi.duty.models.rosters import CallOut, Coverage, Roster, Shift, ShiftPattern, Turn

__all__ = ["CallOut", "Coverage", "Roster", "Shift", "ShiftPattern", "Turn"]
