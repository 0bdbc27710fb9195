"""Tables of presence and leave."""

from abdi.presence.models.days import AbsenceCount, Dispensation, Objection, PresenceDay
from abdi.presence.models.files import CityFile, FileRow
from abdi.presence.models.leaves import BalanceStatement, Leave, LeaveStep

__all__ = [
    "AbsenceCount",
    "BalanceStatement",
    "CityFile",
    "Dispensation",
    "FileRow",
    "Leave",
    "LeaveStep",
    "Objection",
    "PresenceDay",
]
