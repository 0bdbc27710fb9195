"""Certificates, and the one question everybody may ask: does this one count?"""

from __future__ import annotations

from django.db.models import QuerySet

from abdi.platform.access import Actor
from abdi.training.choices import CertificateState, SeatState
from abdi.training.models import Certificate, Enrolment
from abdi.training.queries.seats import reached

RELATED = ("enrolment__klass", "enrolment__person", "institution")


def certificate_by_code(code: str) -> Certificate | None:
    """A certificate by the code on it."""
    return Certificate.objects.select_related(*RELATED).filter(code=code).first()


def certificate_of(enrolment: Enrolment) -> Certificate | None:
    """The certificate of a seat."""
    return Certificate.objects.filter(enrolment=enrolment).first()


def visible_certificates(actor: Actor) -> QuerySet[Certificate]:
    """Certificates this actor may see, newest first."""
    reach = actor.reach("training.certificate", "view")
    return (
        Certificate.objects.filter(reached(reach, actor, "enrolment__"))
        .select_related(*RELATED)
        .order_by("-issued_on", "-id")
    )


def certificates_waiting(actor: Actor) -> QuerySet[Enrolment]:
    """Seats that are passed and have no certificate yet, where this actor may issue."""
    reach = actor.reach("training.certificate", "issue")
    done = Certificate.objects.filter(enrolment_id__isnull=False).values("enrolment_id")
    return (
        Enrolment.objects.filter(reached(reach, actor), state=SeatState.PASSED)
        .exclude(id__in=done)
        .exclude(person_id=actor.person_id or 0)
        .select_related("klass", "person")
        .order_by("klass_id", "person__name")
    )


def revocations_waiting(actor: Actor) -> QuerySet[Certificate]:
    """Withdrawals another organiser asked for."""
    return (
        Certificate.objects.filter(state=CertificateState.REVOKE_ASKED)
        .exclude(revoke_asked_by_id=actor.person_id or 0)
        .select_related(*RELATED)
        .order_by("id")
    )
