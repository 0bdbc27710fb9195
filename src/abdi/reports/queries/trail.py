"""What belongs to one report. Each is one query, whatever its length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from abdi.people import queries as people
from abdi.platform.journal import Entry
from abdi.reports import events
from abdi.reports.choices import PhotoKind, Status
from abdi.reports.models import (
    BrokenStep,
    ClassChange,
    ClockPause,
    Message,
    Photo,
    Report,
    ReporterContact,
    Reveal,
    StatusChange,
)

WITHOUT_STEP: tuple[Any, ...] = (
    events.ReportCategorised,
    events.ReportAccepted,
    events.ReportClassed,
    events.ReportMerged,
    events.ReportSplit,
    events.HideProposed,
    events.ReportHidden,
)
"""What changes a report without bringing it into another state."""


@dataclass(frozen=True)
class NewestChange:
    """Who changed a report last, and to what."""

    by: str
    name: str
    status: str
    is_step: bool


def steps_of(report: Report) -> list[StatusChange]:
    """The history, oldest first, with unit and person."""
    return list(
        StatusChange.objects.filter(report=report).select_related("unit", "person").order_by("id")
    )


def class_changes_of(report: Report) -> list[ClassChange]:
    """The classes of SP4N a report had before, the oldest first, with who changed them."""
    rows = ClassChange.objects.filter(report=report).select_related("person")
    return list(rows.order_by("id"))


def is_class_chosen(report: Report) -> bool:
    """Whether somebody of the desk set the class himself."""
    return ClassChange.objects.filter(report=report).exclude(reason="").exists()


def newest_change(report: Report) -> NewestChange | None:
    """The newest step or change of a report, with the name of who made it. Three queries."""
    step = StatusChange.objects.filter(report=report).order_by("-id").first()
    kinds = [one.kind for one in WITHOUT_STEP]
    told = Entry.objects.filter(about=report.ref, kind__in=kinds).order_by("-id").first()
    if step is None and told is None:
        return None
    is_step = told is None or (step is not None and step.at > told.at)
    by = step.by if step is not None and is_step else told.by if told is not None else ""
    person = people.person_behind(by)
    name = person.display_name if person else ""
    return NewestChange(by.partition(":")[0], name, report.status, is_step)


def pauses_of(report: Report) -> list[ClockPause]:
    """When and why its clock stood still, oldest first, with who stopped it."""
    return list(ClockPause.objects.filter(report=report).select_related("person").order_by("id"))


def broken_steps_of(report: Report) -> list[BrokenStep]:
    """The promised steps that broke, in the order in which it was seen."""
    return list(BrokenStep.objects.filter(report=report).order_by("id"))


def photos_of(report: Report) -> list[Photo]:
    """The photos, oldest first."""
    return list(Photo.objects.filter(report=report).order_by("id"))


def of_this_round(report: Report, photos: Iterable[Photo]) -> list[Photo]:
    """Those that count now: the reporter's, and the crew's since the report was opened again."""
    if not report.reopened_count:
        return list(photos)
    again = StatusChange.objects.filter(report=report, status=Status.REOPENED).order_by("-id")
    since = again.values_list("at", flat=True).first()
    return [
        photo
        for photo in photos
        if photo.kind == PhotoKind.CITIZEN or since is None or photo.taken_at >= since
    ]


def photo_of(report: Report, photo_id: int) -> Photo | None:
    """One photo of a report."""
    return Photo.objects.filter(report=report, pk=photo_id).first()


def messages_of(report: Report) -> list[Message]:
    """The messages, oldest first."""
    return list(Message.objects.filter(report=report).order_by("id"))


def reveals_of(report: Report) -> list[Reveal]:
    """Who saw a field of the reporter's contact, for the reporter himself."""
    return list(Reveal.objects.filter(report=report).select_related("person").order_by("id"))


def contact_exists(report: Report) -> bool:
    """Whether the reporter left a way to reach him; never which."""
    return ReporterContact.objects.filter(report=report).exists()
