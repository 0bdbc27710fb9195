"""Certificates: numbered without holes, withdrawn only by two organisers."""

from __future__ import annotations

from typing import Final

from django.db.models import F
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import record
from abdi.training import events
from abdi.training.choices import CertificateState, SeatState
from abdi.training.models import Certificate, Enrolment, Series
from abdi.training.permissions import may_confirm_revoke, may_issue, may_revoke

REASON_LEAST: Final = 10


@action(allowed=may_issue)
def issue_certificate(enrolment: Enrolment, *, by: Actor) -> Certificate:
    """Give the certificate of a class passed its number; the same twice gives the same paper.

    Raises Conflict where the person has not passed.
    """
    row = lock(enrolment)
    if row.state != SeatState.PASSED:
        raise Conflict(_("Only who passed gets a certificate."))
    paper = Certificate.objects.filter(enrolment=row).first()
    if paper is None:
        klass = row.klass
        paper = Certificate.objects.create(
            enrolment=row,
            number=_next_number(),
            holder=row.person.display_name,
            title=klass.title,
            hours=klass.hours,
            start_on=klass.start_on,
            end_on=klass.end_on,
            issued_on=clock.today(),
            issued_by_id=by.person_id,
        )
    fact = events.CertificateIssued(certificate_id=paper.pk, person_id=row.person_id)
    record(fact, by=by, about=paper)
    return paper


def _next_number() -> str:
    year = clock.today().year
    series, _made = Series.objects.get_or_create(year=year)
    Series.objects.filter(pk=series.pk).update(last=F("last") + 1)
    series.refresh_from_db()
    return f"{series.last:05d}/PEL/{year}"


@action(allowed=may_revoke)
def ask_revocation(certificate: Certificate, *, by: Actor, reason: str) -> Certificate:
    """Ask to withdraw a certificate; it counts until a second organiser agrees."""
    row = lock(certificate)
    if row.state != CertificateState.VALID:
        raise Conflict(_("This certificate is withdrawn, or somebody asked for that already."))
    if len(reason.strip()) < REASON_LEAST:
        raise Invalid(_("Please give a reason of at least ten characters."), field="reason")
    row.state = CertificateState.REVOKE_ASKED
    row.reason = reason
    row.revoke_asked_by_id = by.person_id
    row.save(update_fields=["state", "reason", "revoke_asked_by"])
    record(events.RevocationAsked(certificate_id=row.pk), by=by, about=row)
    return row


@action(allowed=may_confirm_revoke)
def revoke(certificate: Certificate, *, by: Actor) -> Certificate:
    """Withdraw a certificate as the second organiser; its check page says so from now on."""
    row = _asked(certificate)
    row.state = CertificateState.REVOKED
    row.revoked_on = clock.today()
    row.save(update_fields=["state", "revoked_on"])
    fact = events.CertificateRevoked(certificate_id=row.pk, person_id=row.enrolment.person_id)
    record(fact, by=by, about=row)
    return row


@action(allowed=may_confirm_revoke)
def refuse_revocation(certificate: Certificate, *, by: Actor) -> Certificate:
    """Keep a certificate valid as the second organiser."""
    row = _asked(certificate)
    row.state = CertificateState.VALID
    row.revoke_asked_by = None
    row.save(update_fields=["state", "revoke_asked_by"])
    record(events.RevocationRefused(certificate_id=row.pk), by=by, about=row)
    return row


def _asked(certificate: Certificate) -> Certificate:
    row = lock(certificate)
    if row.state != CertificateState.REVOKE_ASKED:
        raise Conflict(_("Nobody asks to withdraw this certificate now."))
    return row
