"""What waits for a person in presence."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.labels import label
from abdi.platform.pages.todo import ToDo
from abdi.presence.choices import FileState, LeaveKind
from abdi.presence.models import Leave
from abdi.presence.permissions import may_bring
from abdi.presence.queries.files import visible_files
from abdi.presence.queries.leaves import waiting_for
from abdi.presence.queries.presence import open_objections

MOST = 20
SOON = timedelta(days=7)


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """Requests to decide, objections to answer, files to apply, own leave that begins soon."""
    if actor.person_id is None:
        return []
    found = []
    if actor.holds("people.leave", "decide"):
        found += [_request(row) for row in waiting_for(actor)[:MOST]]
    if actor.holds("people.presence", "correct"):
        found += _objections(actor)
    if may_bring(actor, "presence") or may_bring(actor, "leave"):
        found += _files(actor)
    return found + _own(actor.person_id, at)


def _request(row: Leave) -> ToDo:
    kind = label(row.kind, LeaveKind)
    return ToDo(
        icon="leave",
        title=_("%(name)s asks for %(kind)s") % {"name": row.person.name, "kind": kind.lower()},
        reason=_("%(first)s to %(last)s, %(days)s days.")
        % {
            "first": f"{row.first_on:%d-%m-%Y}",
            "last": f"{row.last_on:%d-%m-%Y}",
            "days": row.days,
        },
        url=reverse("presence:leave", args=[row.pk]),
        button=_("Decide"),
        due_at=datetime.combine(row.first_on, time(), tzinfo=clock.zone()),
        tone="amber",
    )


def _objections(actor: Actor) -> list[ToDo]:
    count = open_objections(actor).count()
    if not count:
        return []
    title = ngettext("%(n)s day is contested", "%(n)s days are contested", count) % {"n": count}
    return [
        ToDo(
            icon="clock",
            title=title,
            reason=_("The person says it was otherwise. Correct it, or say why it stays."),
            url=reverse("presence:presence") + "#sanggahan",
            button=_("Answer"),
            tone="amber",
        )
    ]


def _files(actor: Actor) -> list[ToDo]:
    count = visible_files(actor).filter(state=FileState.DRAFT).count()
    if not count:
        return []
    title = ngettext(
        "%(n)s file is read but not applied", "%(n)s files are read but not applied", count
    )
    return [
        ToDo(
            icon="file-import",
            title=title % {"n": count},
            reason=_("Nothing in it counts before somebody applies it."),
            url=reverse("presence:files"),
            button=_("View"),
            tone="blue",
        )
    ]


def _own(person_id: int, at: datetime) -> list[ToDo]:
    today = clock.local(at).date()
    rows = Leave.objects.approved().filter(
        person_id=person_id, first_on__gte=today, first_on__lte=today + SOON
    )
    return [
        ToDo(
            icon="leave",
            title=_("Your leave begins on %(day)s") % {"day": f"{row.first_on:%d-%m-%Y}"},
            reason=_("Hand over what cannot wait."),
            url=reverse("presence:calendar"),
            button=_("View"),
            due_at=datetime.combine(row.first_on, time(), tzinfo=clock.zone()),
            tone="blue",
        )
        for row in rows.order_by("first_on")[:1]
    ]
