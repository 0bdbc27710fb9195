"""Results of the demo city: credited from closed and rated reports and from classes passed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from abdi.people.demo import DemoCity
from abdi.performance.choices import Measure
from abdi.performance.models import Result
from abdi.performance.reactions import ONE
from abdi.platform import clock
from abdi.platform.db.bulk import insert_many
from abdi.platform.journal import Entry
from abdi.reports import events as reports
from abdi.training import events as training

COLUMNS: Final = (
    "institution", "person", "unit", "measure", "value", "about", "note", "at", "on", "cause_id",
    "is_taken_back",
)  # fmt: skip
Credit = tuple[int | None, int | None, str, list[tuple[str, int]]]


def build(city: DemoCity) -> None:
    """One row for each entry of the journal that credits somebody."""
    insert_many(Result, COLUMNS, _rows(city))


def _rows(city: DemoCity) -> Iterator[tuple[Any, ...]]:
    kinds: list[Any] = [reports.ReportClosed, reports.ReportRated, training.ClassPassed]
    entries = Entry.objects.filter(kind__in=[kind.kind for kind in kinds]).order_by("id")
    for entry in entries.iterator(chunk_size=2_000):
        person_id, unit_id, about, values = _credit(city, entry.kind, entry.data)
        if person_id is None:
            continue
        on = clock.local(entry.at).date()
        for measure, value in values:
            yield (
                city.institution.pk, person_id, unit_id, measure, value, about, "", entry.at,
                on.isoformat(), entry.pk, False,
            )  # fmt: skip


def _credit(city: DemoCity, kind: str, data: dict[str, Any]) -> Credit:
    """Person, unit, what about, and the values: as the reactions of this module credit them."""
    person_id = data["person_id"]
    if kind == "training.ClassPassed":
        about = f"training.class:{data['class_id']}"
        unit_id = city.seats[person_id].unit_id
        return person_id, unit_id, about, [(Measure.CLASSES_PASSED.value, ONE)]
    about = f"reports.report:{data['report_id']}"
    if kind == "reports.ReportRated":
        values = [(Measure.REPORT_RATING.value, data["stars"])]
        return person_id, data["unit_id"], about, values
    values = [
        (Measure.REPORTS_CLOSED.value, ONE),
        (Measure.REPORTS_IN_TIME.value, int(data["in_time"])),
        (Measure.REPORT_MINUTES.value, max(data["minutes"], 0)),
    ]
    return person_id, data["unit_id"], about, values
