"""What waits for a person in training."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.pages.todo import ToDo
from abdi.training.choices import ClassState, SeatState
from abdi.training.models import Class, Enrolment
from abdi.training.queries.certificates import certificates_waiting, revocations_waiting

MOST_OFFERS = 20


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """Invitations and offers to answer; for organisers lists to close and certificates."""
    if actor.person_id is None:
        return []
    found = [_offer(row) for row in _offers(actor.person_id, at)]
    if actor.holds("training.certificate", "issue"):
        found += _of_organiser(actor, at)
    return found


def _offers(person_id: int, at: datetime) -> list[Enrolment]:
    rows = Enrolment.objects.filter(
        person_id=person_id,
        state=SeatState.INVITED,
        klass__state=ClassState.OPEN,
        klass__end_on__gte=clock.local(at).date(),
    )
    return list(rows.select_related("klass").order_by("queued_at")[:MOST_OFFERS])


def _offer(row: Enrolment) -> ToDo:
    title = _("A seat is free for you: %(title)s") if row.has_seat else _("Invited: %(title)s")
    return ToDo(
        icon="book",
        title=title % {"title": row.klass.title},
        reason=_("Take it, or leave it to somebody else."),
        url=reverse("training:class", args=[row.klass.code]),
        button=_("Answer"),
        due_at=row.offer_until,
        tone="violet",
    )


def _of_organiser(actor: Actor, at: datetime) -> list[ToDo]:
    found = []
    today = clock.local(at).date()
    over = Class.objects.filter(
        organiser_id=actor.person_id,
        state__in=[ClassState.OPEN, ClassState.RUNNING],
        end_on__lt=today,
    )
    for klass in over.order_by("end_on")[:MOST_OFFERS]:
        found.append(
            ToDo(
                icon="book",
                title=_("Decide who passed: %(title)s") % {"title": klass.title},
                reason=_("The class ended; hours and evidence wait for this."),
                url=reverse("training:results", args=[klass.code]),
                button=_("Decide"),
            )
        )
    papers = certificates_waiting(actor).count()
    asked = revocations_waiting(actor).count()
    if papers or asked:
        title = ngettext(
            "%(count)s certificate waits for you",
            "%(count)s certificates wait for you",
            papers + asked,
        ) % {"count": papers + asked}
        found.append(
            ToDo(
                icon="certificate",
                title=title,
                reason=_("Passed, but without a paper; or asked to be withdrawn."),
                url=reverse("training:certificates"),
                button=_("Look"),
            )
        )
    return found
