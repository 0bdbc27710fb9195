"""Rules of insight: nine-box, professionalism index, shares for leaders."""

from abdi.insight.rules.figures import change, mean_hundredths, share
from abdi.insight.rules.ip_asn import (
    Course,
    Part,
    Record,
    Sanction,
    category,
    index,
    parts_from_record,
    window_begins,
)
from abdi.insight.rules.talent import box, performance_band, potential_band

__all__ = [
    "Course",
    "Part",
    "Record",
    "Sanction",
    "box",
    "category",
    "change",
    "index",
    "mean_hundredths",
    "parts_from_record",
    "performance_band",
    "potential_band",
    "share",
    "window_begins",
]
