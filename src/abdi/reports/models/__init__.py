"""Tables of citizens' reports."""

from abdi.reports.models.categories import Category
from abdi.reports.models.handover import Handover, HandoverRemark
from abdi.reports.models.promises import BrokenStep, ClassChange, ClockPause
from abdi.reports.models.reports import Report
from abdi.reports.models.trail import Message, Photo, ReporterContact, Reveal, StatusChange

__all__ = [
    "BrokenStep",
    "Category",
    "ClassChange",
    "ClockPause",
    "Handover",
    "HandoverRemark",
    "Message",
    "Photo",
    "Report",
    "ReporterContact",
    "Reveal",
    "StatusChange",
]
