"""Rows for analysis: one for each person and class."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

from abdi.training.models import Enrolment

MART_COLUMNS: Final = (
    "id",
    "institution_id",
    "person_id",
    "agency_id",
    "klass_id",
    "klass__competency",
    "klass__level",
    "klass__hours",
    "klass__cost_rupiah",
    "klass__start_on",
    "klass__end_on",
    "state",
    "decided_at",
)


def mart_rows() -> QuerySet[Enrolment, tuple[Any, ...]]:
    """All seats ever, the columns of MART_COLUMNS."""
    return Enrolment.objects.order_by("id").values_list(*MART_COLUMNS)
