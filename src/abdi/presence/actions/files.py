"""Files of the city's systems: kept as a draft, applied all or nothing, put away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action, guard_version, lock
from abdi.platform.journal import record
from abdi.presence import applying, events
from abdi.presence.choices import FileKind, FileState, RowFate
from abdi.presence.models import CityFile, FileRow
from abdi.presence.permissions import bringing, may_bring, may_use_file, only_other_modules

if TYPE_CHECKING:
    from abdi.presence.reading import ReadFile

BATCH: Final = 1_000
DRAFT_DAYS: Final = timedelta(days=90)


@action(allowed=may_bring)
def take_file(
    kind: FileKind | str, *, by: Actor, name: str, read: ReadFile, fetched_at: datetime
) -> CityFile:
    """Keep a file that was read, with what each row would do. Nothing counts yet."""
    reach = bringing(by, kind)
    file = CityFile.objects.create(
        kind=str(kind),
        name=name[:120],
        sheet=read.sheet[:80],
        header_line=read.header_line,
        columns={"places": read.columns, "headings": read.headings},
        agency_id=None if reach.all else by.agency_id,
        fetched_at=fetched_at,
        made_by=by.ref,
        made_at=clock.now(),
    )
    rows = applying.judged(kind, read.rows)
    FileRow.objects.bulk_create(
        (
            FileRow(
                file=file,
                line=row.line,
                person_id=row.person_id,
                fate=fate,
                problem=str(row.problem or ""),
                values=row.values,
                cells=row.cells if fate == RowFate.PROBLEM else [],
            )
            for row, fate in rows
        ),
        batch_size=BATCH,
    )
    problems = sum(fate == RowFate.PROBLEM for _row, fate in rows)
    ready = sum(fate in applying.CHANGING for _row, fate in rows)
    fact = events.FileRead(file_id=file.pk, kind_code=str(kind), ready=ready, problems=problems)
    record(fact, by=by, about=file)
    return file


@action(allowed=may_use_file)
def apply_file(file: CityFile, *, by: Actor, seen: int | None = None) -> CityFile:
    """Let the ready rows count, all of them or none; rows that say nothing new change nothing.

    Raises Conflict where the file was applied or put away meanwhile.
    """
    row = lock(file)
    if row.state != FileState.DRAFT:
        raise Conflict(_("This file was applied or put away meanwhile."), current=row)
    guard_version(row, seen)
    ready = FileRow.objects.filter(file=row, fate__in=applying.CHANGING).order_by("line")
    row.changed_count = applying.apply_rows(row.kind, list(ready), by)
    row.state, row.applied_by, row.applied_at = FileState.APPLIED, by.ref, clock.now()
    row.save(update_fields=["changed_count", "state", "applied_by", "applied_at"])
    fact = events.FileApplied(file_id=row.pk, kind_code=row.kind, changed=row.changed_count)
    record(fact, by=by, about=row)
    return row


@action(allowed=may_use_file)
def discard_file(file: CityFile, *, by: Actor) -> CityFile:
    """Put a draft away; nothing of it counts. Raises Conflict where it was applied meanwhile."""
    row = lock(file)
    if row.state != FileState.DRAFT:
        raise Conflict(_("This file was applied or put away meanwhile."), current=row)
    row.state = FileState.DISCARDED
    row.save(update_fields=["state"])
    FileRow.objects.filter(file=row).delete()
    record(events.FileDiscarded(file_id=row.pk), by=by, about=row)
    return row


@action(allowed=only_other_modules)
def drop_old_files(files: Iterable[CityFile], *, by: Actor) -> int:
    """Put drafts away that nobody applied in 90 days; returns how many."""
    count = 0
    for file in files:
        discard_file(file, by=by)
        count += 1
    return count
