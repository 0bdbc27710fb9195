"""Rows for analysis: one for each person and competency, with the required level frozen."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

from abdi.competence.models import Result

MART_COLUMNS: Final = (
    "id",
    "institution_id",
    "person_id",
    "unit_id",
    "agency_id",
    "round_id",
    "competency",
    "level",
    "required",
    "missing",
    "set_at",
    "is_current",
)


def mart_rows() -> QuerySet[Result, tuple[Any, ...]]:
    """All levels ever settled, the columns of MART_COLUMNS."""
    return Result.objects.order_by("id").values_list(*MART_COLUMNS)
