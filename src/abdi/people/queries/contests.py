"""Notices that a superior is wrong, and what waits on the people floor."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.people.choices import ContestState
from abdi.people.models import Assignment, Contest
from abdi.people.queries.changes import waiting_acts
from abdi.people.queries.factor_changes import phone_changes
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.pages.todo import ToDo


def open_contest(person_id: int) -> Contest | None:
    """The newest notice of a person, answered or not."""
    rows = Contest.objects.filter(person_id=person_id).select_related("proposed", "shown")
    return rows.order_by("-made_at", "-id").first()


def visible_contests(actor: Actor) -> QuerySet[Contest]:
    """Notices this actor may decide: those of his agency, or of the city."""
    reach = actor.reach("people.privacy_request", "decide")
    rows = Contest.objects.select_related("person", "shown", "proposed").order_by("made_at", "id")
    if reach.all:
        return rows
    seat = Assignment.objects.on(clock.today()).filter(
        person_id=OuterRef("person_id"), kind="definite"
    )
    rows = rows.annotate(agency=Subquery(seat.values("position__unit__agency_id")[:1]))
    return rows.filter(agency__in=reach.agency_ids)


def contests_for(actor: Actor) -> QuerySet[Contest]:
    """Notices that wait for this actor; not his own."""
    rows = visible_contests(actor).filter(state=ContestState.OPEN)
    return rows.exclude(person_id=actor.person_id or 0)


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """Notices about a superior, new phones, changes to approve; three queries."""
    found = []
    if not actor.reach("people.privacy_request", "decide").nothing:
        names = list(contests_for(actor).values_list("person__name", flat=True)[:51])
        if names:
            title = ngettext(
                "One person says his superior is wrong",
                "%(num)s people say their superior is wrong",
                len(names),
            ) % {"num": len(names)}
            reason = ", ".join(names[:3])
            found.append(ToDo("users", title, reason, "/unit/atasan", _("Answer"), tone="amber"))
    if not actor.reach("system.factor_change", "decide").nothing:
        waiting = list(phone_changes(actor).values_list("account__person__name", flat=True)[:51])
        if waiting:
            title = ngettext(
                "One colleague has a new phone",
                "%(num)s colleagues have a new phone",
                len(waiting),
            ) % {"num": len(waiting)}
            reason = ", ".join(waiting[:3])
            found.append(ToDo("key", title, reason, "/ganti-ponsel", _("Confirm in person")))
    if not actor.reach("people.placement", "approve").nothing:
        acts = list(waiting_acts(actor)[:51])
        if acts:
            title = ngettext(
                "One change of the organisation waits for your approval",
                "%(num)s changes of the organisation wait for your approval",
                len(acts),
            ) % {"num": len(acts)}
            reason = ", ".join(act.unit.name for act in acts[:3])
            found.append(ToDo("org", title, reason, "/unit/perubahan", _("Open")))
    return found
