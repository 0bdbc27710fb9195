"""Tables of imports."""

from abdi.imports.models.drafts import DraftRow, ImportDraft
from abdi.imports.models.exports import ListExport
from abdi.imports.models.orders import ApplyOrder
from abdi.imports.models.runs import ImportChange, ImportRun
from abdi.imports.models.sources import SourceColumns

__all__ = [
    "ApplyOrder",
    "DraftRow",
    "ImportChange",
    "ImportDraft",
    "ImportRun",
    "ListExport",
    "SourceColumns",
]
