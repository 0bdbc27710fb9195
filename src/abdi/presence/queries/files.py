"""Files of the city's systems: what waits, what applying would do, what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from abdi.platform.access import Actor
from abdi.presence.choices import FileKind, RowFate
from abdi.presence.models import CityFile, FileRow
from abdi.presence.permissions import bringing


@dataclass(frozen=True)
class Fates:
    """How many rows of a file are new, correct something, are known, older, or unreadable."""

    new: int = 0
    corrects: int = 0
    same: int = 0
    older: int = 0
    problem: int = 0

    @property
    def ready(self) -> int:
        """Rows that would change something."""
        return self.new + self.corrects


def visible_files(actor: Actor) -> QuerySet[CityFile]:
    """Files this actor may see, newest first: the city's office all, an agency its own."""
    rows = CityFile.objects.none()
    for kind in FileKind:
        reach = bringing(actor, kind)
        mine = CityFile.objects.filter(kind=kind)
        if reach.all:
            rows = rows | mine
        elif reach.agency_ids:
            rows = rows | mine.filter(agency_id__in=reach.agency_ids)
    return rows.order_by("-made_at", "-id")


def fates_of(file: CityFile) -> Fates:
    """What applying would do, or did; one query."""
    rows = FileRow.objects.filter(file=file).values_list("fate").annotate(n=Count("id"))
    return Fates(**dict(rows.order_by()))


def problem_rows(file: CityFile) -> QuerySet[FileRow]:
    """Rows that cannot be taken over, in the order of the file."""
    return FileRow.objects.filter(file=file, fate=RowFate.PROBLEM).order_by("line")
