"""Certificates: issued, printed, withdrawn; and the page where everybody may check one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.people import queries as people
from abdi.platform.access import Request, guard, public
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.formats import date_plain, date_span
from abdi.platform.pages.tables import page_of
from abdi.platform.pdf import compile_pdf, qr_svg
from abdi.training import actions, queries
from abdi.training.forms import ReasonForm
from abdi.training.models import Certificate
from abdi.training.permissions import may_revoke

MOST_AT_ONCE = 60


@guard("training.certificate", "view")
def certificates(request: Request) -> HttpResponse:
    """Certificates I may see; for organisers also those that wait."""
    issues = request.actor.holds("training.certificate", "issue")
    found = page_of(queries.visible_certificates(request.actor), request)
    context = {
        "page": found,
        "waiting": list(queries.certificates_waiting(request.actor)[:MOST_AT_ONCE])
        if issues
        else [],
        "asked": list(queries.revocations_waiting(request.actor)[:20]) if issues else [],
        "issues": issues,
        "revocable": {row.pk for row in found.rows if may_revoke(request.actor, row)},
    }
    return page(request, "training/certificates.html", context)


@guard("training.certificate", "issue")
@require_POST
@once
def issue(request: Request) -> HttpResponse:
    """Issue the chosen certificates, each with its own number and entry."""
    chosen = {pk for pk in request.POST.getlist("id") if pk.isascii() and pk.isdigit()}
    rows = [
        row
        for row in queries.certificates_waiting(request.actor)[:MOST_AT_ONCE]
        if str(row.pk) in chosen
    ]
    for row in rows:
        actions.issue_certificate(row, by=request.actor)
    words = ngettext("%(count)s certificate issued.", "%(count)s certificates issued.", len(rows))
    return done(request, reverse("training:certificates"), words % {"count": len(rows)})


@guard("training.certificate", "view")
def paper(request: Request, pk: int) -> HttpResponse:
    """The certificate as PDF."""
    found = _visible(request, pk)
    made = compile_pdf("certificate.typ", _data(found))
    name = f"sertifikat-{found.pk}.pdf"
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _data(found: Certificate) -> dict[str, Any]:
    klass = found.enrolment.klass
    address = check_address(found)
    signer = found.issued_by
    post = people.position_of(signer.pk) if signer else None
    days = date_span(found.start_on, found.end_on)
    return {
        "number": found.number,
        "name": found.holder,
        "staff_number": found.enrolment.person.employee_number or "",
        "body": _("has passed the class held %(days)s") % {"days": days},
        "title": found.title,
        "hours": found.hours,
        "details": [[_("Goal"), klass.goal], [_("Place"), klass.place or _("online")]],
        "letterhead": {"institution": found.institution.name},
        "signer": {
            "place_and_date": date_plain(found.issued_on),
            "title": post.title if post else "",
            "name": signer.display_name if signer else "",
        },
        "qr": qr_svg(address),
        "verify_url": address,
    }


def check_address(found: Certificate) -> str:
    """The full address of the public check page."""
    place = reverse("training:check", args=[found.code])
    return f"{settings.ABDI_PUBLIC_URL.rstrip('/')}{place}"


@guard("training.certificate", "revoke")
@require_POST
@once
def ask_revocation(request: Request, pk: int) -> HttpResponse:
    """Ask to withdraw a certificate."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid(form.problems[0].message, field="reason")
    actions.ask_revocation(
        _visible(request, pk), by=request.actor, reason=form.cleaned_data["reason"]
    )
    words = _("Asked. It counts until a second organiser agrees.")
    return done(request, reverse("training:certificates"), words)


@guard("training.certificate", "revoke")
@require_POST
@once
def decide_revocation(request: Request, pk: int) -> HttpResponse:
    """Agree to a withdrawal somebody else asked for, or keep the certificate."""
    found = queries.revocations_waiting(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    if request.POST.get("agree") == "1":
        actions.revoke(found, by=request.actor)
        words = _("The certificate is withdrawn; its check page says so.")
    else:
        actions.refuse_revocation(found, by=request.actor)
        words = _("The certificate stays valid.")
    return done(request, reverse("training:certificates"), words)


@public("whoever holds a certificate in hand may ask whether it counts")
@guard("training.certificate", "verify")
def check(request: Request, code: str) -> HttpResponse:
    """Does this certificate count? The same answer for every unknown code."""
    found = queries.certificate_by_code(code) if len(code) <= 32 else None
    status = 200 if found else 404
    answer = page(request, "training/check.html", {"found": found}, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _visible(request: Request, pk: int) -> Certificate:
    found = (
        queries.visible_certificates(request.actor)
        .select_related("issued_by")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found
