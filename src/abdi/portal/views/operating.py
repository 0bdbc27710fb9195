"""Operators' pages: is everything running, what is parked, what was done."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.people import actions as people_actions
from abdi.platform.access import Request, guard
from abdi.platform.checks import reconcile
from abdi.platform.clock import now
from abdi.platform.jobs import Schedule
from abdi.platform.journal import Delivery, Entry, pending_age_seconds
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_number

PER_PAGE = 50
KINDS = 60


@guard("system.journal", "view")
def health(request: Request) -> HttpResponse:
    """Deliveries that wait or are parked, jobs with their last outcome, broken promises."""
    parked = list(Delivery.objects.filter(state="parked").select_related("entry")[:PER_PAGE])
    schedule = list(Schedule.objects.order_by("name"))
    broken = reconcile()
    context = {
        "parked": parked,
        "waiting_seconds": pending_age_seconds(),
        "schedule": schedule,
        "late": [row for row in schedule if row.problem],
        "broken": sorted(broken.items()),
        "now": now(),
        "may_retry": request.actor.holds("system.journal", "retry"),
    }
    return page(request, "portal/health.html", context)


@guard("system.journal", "retry")
@require_POST
def retry(request: Request, pk: int) -> HttpResponse:
    """Put a parked delivery back into the queue."""
    row = Delivery.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    people_actions.retry_delivery(row, by=request.actor)
    return done(request, "/kesehatan", _("It is in the queue again."))


@guard("system.audit_log", "view")
def audit(request: Request) -> HttpResponse:
    """The journal, newest first: when, who, what, about which row; ids and codes only."""
    number = page_number(request.GET.get("hal", "1"))
    kind = request.GET.get("jenis", "")[:80]
    rows = Entry.objects.order_by("-id")
    if kind:
        rows = rows.filter(kind=kind)
    start = (number - 1) * PER_PAGE
    found = list(rows[start : start + PER_PAGE + 1])
    context = {
        "rows": found[:PER_PAGE],
        "more": len(found) > PER_PAGE,
        "number": number,
        "kind": kind,
    }
    return page(request, "portal/audit.html", context)
