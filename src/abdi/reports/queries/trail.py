"""What belongs to one report. Each is one query, whatever its length."""

from __future__ import annotations

from abdi.reports.models import Message, Photo, Report, ReporterContact, Reveal, StatusChange


def steps_of(report: Report) -> list[StatusChange]:
    """The history, oldest first, with unit and person."""
    return list(
        StatusChange.objects.filter(report=report).select_related("unit", "person").order_by("id")
    )


def photos_of(report: Report) -> list[Photo]:
    """The photos, oldest first."""
    return list(Photo.objects.filter(report=report).order_by("id"))


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
