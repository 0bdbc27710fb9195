"""Reports of another system come in as history: many at once, each once, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import action, note_recorded
from abdi.platform.journal import PastFact, record_many, seal_new_entries
from abdi.platform.norms import norms
from abdi.platform.tenancy import Institution, current_institution_id
from abdi.reports import events, links, rules
from abdi.reports.actions.timing import promise_of
from abdi.reports.choices import Status
from abdi.reports.models import Category, Report, StatusChange
from abdi.reports.permissions import only_by_itself

if TYPE_CHECKING:
    from abdi.people.models import Service, Unit

CHUNK = 500


@dataclass(frozen=True)
class Owner:
    """Whose work a row was: the agency and its service."""

    unit: Unit
    service: Service | None = None


@dataclass(frozen=True)
class Loaded:
    """What one call did: new rows, rows known already, keys of known rows that read otherwise."""

    new: int
    known: int
    changed: tuple[str, ...]


def load_history(
    rows: Sequence[rules.PastReport], *, by: Actor, source: str, owners: Mapping[str, Owner]
) -> Loaded:
    """Take in past reports in transactions of 500 rows; a row that is there already is left alone.

    `source` names the other system, `owners` the units by the rows' agency. Safe to repeat, also
    after a run that was cut off: a key of a source is one report for ever.
    """
    new = known = 0
    changed: list[str] = []
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        there = _there(chunk, source)
        fresh = [row for row in chunk if _key_hash(source, row) not in there]
        known += len(chunk) - len(fresh)
        changed += [row.key for row in chunk if _reads_otherwise(row, source, there)]
        if fresh:
            new += load_rows(fresh, by=by, source=source, owners=owners)
    return Loaded(new, known, tuple(changed))


@action(allowed=only_by_itself)
def load_rows(
    rows: Sequence[rules.PastReport], *, by: Actor, source: str, owners: Mapping[str, Owner]
) -> int:
    """Write reports, their steps and one journal entry each in one transaction."""
    categories = {row.code: row for row in Category.objects.select_related("unit")}
    numbers = _fresh_numbers(len(rows))
    reports = [
        _report(row, source, owners[row.agency], categories[row.category], number)
        for row, number in zip(rows, numbers, strict=True)
    ]
    for report in reports:
        report.closed_by = by.ref if report.closed_at else ""
    Report.objects.bulk_create(reports)
    StatusChange.objects.bulk_create(_steps(reports, by))
    _enter(reports, by, source)
    return len(reports)


def _enter(reports: Sequence[Report], by: Actor, source: str) -> None:
    """One line of the journal for each report, at the moment it was loaded; nobody is told."""
    now = clock.now()
    facts = [PastFact(_fact(report, source), now, by.ref, report.ref) for report in reports]
    ids = record_many(facts)
    for entry in ids:
        note_recorded(entry)
    if connection.vendor == "sqlite":
        seal_new_entries(limit=len(facts), above=ids[0] - 1)


def client_key(source: str, key: str) -> str:
    """The key of one sending that a row of a source has for ever."""
    return f"past:{hashlib.sha256(f'{source}:{key}'.encode()).hexdigest()[:59]}"


def _key_hash(source: str, row: rules.PastReport) -> str:
    return links.hash_of(client_key(source, row.key))


def _content(row: rules.PastReport) -> str:
    """Tells whether a row that comes again reads as before."""
    words = [f"{name}={value}" for name, value in sorted(asdict(row).items())]
    return hashlib.sha256(f"past:{words!r}".encode()).hexdigest()


def _there(rows: Sequence[rules.PastReport], source: str) -> dict[str, str]:
    known = Report.objects.filter(key_hash__in=[_key_hash(source, row) for row in rows])
    return dict(known.values_list("key_hash", "input_hash"))


def _reads_otherwise(row: rules.PastReport, source: str, there: Mapping[str, str]) -> bool:
    return there.get(_key_hash(source, row), _content(row)) != _content(row)


def _fresh_numbers(count: int) -> list[str]:
    """So many numbers that no report has; a number drawn twice is drawn again."""
    region = Institution.objects.values_list("region_code", flat=True).get(
        pk=current_institution_id()
    )
    found: set[str] = set()
    while len(found) < count:
        drawn = {links.new_number(region) for _one in range(count - len(found))}
        taken = Report.objects.filter(number__in=drawn).values_list("number", flat=True)
        found |= drawn - set(taken)
    return sorted(found)


def _report(
    row: rules.PastReport, source: str, owner: Owner, category: Category, number: str
) -> Report:
    promise = promise_of(category, row.received_at)
    due_at = row.due_at or promise.due_at
    key = client_key(source, row.key)
    report = Report(
        number=number,
        token_hash=links.hash_of(links.token_of(key)),
        key_hash=links.hash_of(key),
        input_hash=_content(row),
        category=category,
        service=owner.service,
        unit=owner.unit,
        agency_id=owner.unit.agency_id or owner.unit.pk,
        priority=category.priority,
        channel=row.channel,
        text=row.text,
        place_text=row.place_text,
        area=row.area,
        lat_e6=row.lat_e6,
        lng_e6=row.lng_e6,
        cell=rules.cell_of(row.lat_e6, row.lng_e6),
        received_at=row.received_at,
        ack_due_at=min(promise.ack_due_at, due_at),
        due_at=due_at,
        remind_at=rules.remind_at(row.received_at, due_at, _remind_share(row.received_at)),
        is_confidential=category.is_confidential,
        is_protected=category.is_protected,
    )
    _ended(report, row) if row.closed_at else _still_open(report)
    return report


def _remind_share(received_at: datetime) -> int:
    return int(norms("reports", on=clock.local(received_at).date())["remind_before"])


def _ended(report: Report, row: rules.PastReport) -> None:
    """Closed, and judged by the rule that judges our own."""
    closed_at = row.closed_at or report.received_at
    report.status = Status.CLOSED
    report.outcome = row.outcome
    report.resolved_at = report.closed_at = closed_at
    report.minutes = rules.minutes_between(report.received_at, closed_at)
    report.in_time = rules.verdict(report.received_at, report.due_at, closed_at)
    report.broken_at = None if report.in_time else report.due_at


def _still_open(report: Report) -> None:
    """Open; what the clock would have done in the past counts as done, so nobody is alarmed."""
    now = clock.now()
    report.reminded_at = report.remind_at if report.remind_at <= now else None
    report.broken_at = report.due_at if report.due_at < now else None


def _steps(reports: Sequence[Report], by: Actor) -> list[StatusChange]:
    def step(report: Report, status: str, at: datetime) -> StatusChange:
        return StatusChange(
            report=report, status=status, at=at, by=by.ref, unit_id=report.unit_id, person=None
        )

    received = [step(report, Status.RECEIVED, report.received_at) for report in reports]
    return received + [
        step(report, Status.CLOSED, report.closed_at) for report in reports if report.closed_at
    ]


def _fact(report: Report, source: str) -> events.ReportLoaded:
    return events.ReportLoaded(
        report_id=report.pk,
        unit_id=report.unit_id,
        category=report.category.code,
        source=source,
        is_closed=report.closed_at is not None,
        in_time=report.in_time,
    )
