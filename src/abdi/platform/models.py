"""All tables of the platform floor, in one place for Django."""

from abdi.platform.holds import Hold
from abdi.platform.jobs.records import Schedule
from abdi.platform.journal.records import Delivery, Entry, Seal
from abdi.platform.norms.records import DatedNorm
from abdi.platform.notices.models import Notice, NoticeDelivery
from abdi.platform.once import OnceKey
from abdi.platform.ratelimit import Tally
from abdi.platform.tenancy import Institution

__all__ = [
    "DatedNorm",
    "Delivery",
    "Entry",
    "Hold",
    "Institution",
    "Notice",
    "NoticeDelivery",
    "OnceKey",
    "Schedule",
    "Seal",
    "Tally",
]
