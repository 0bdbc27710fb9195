"""Dated acts on units: prepare, look at who is touched, approve."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import actions, queries
from abdi.people.act_forms import ACT_FORMS
from abdi.people.models import Act
from abdi.people.permissions import may_approve_act, may_cancel_act, may_prepare_act
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid, Refused
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of


@guard("people.placement", "create")
def acts(request: Request) -> HttpResponse:
    """Changes of the organisation: those that wait, those that count, newest first."""
    rows = page_of(queries.visible_acts(request.actor), request)
    waiting = queries.waiting_acts(request.actor).count()
    return page(request, "people/acts.html", {"rows": rows, "waiting": waiting})


@guard("people.placement", "create")
@once
@require_http_methods(["GET", "POST"])
def prepare(request: Request, code: str, way: str) -> HttpResponse:
    """Write a change of one unit down; it waits for a second person."""
    unit = get_object_or_404(queries.visible_units(request.actor), code=code)
    if way not in ACT_FORMS:
        raise Http404
    if not may_prepare_act(request.actor, unit):
        raise Refused("scope", resource="people.placement", act="create")
    form = ACT_FORMS[way](request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            act = actions.prepare_act(unit, by=request.actor, given=form.given())
        except Invalid as refusal:
            form.refuse({refusal.field: refusal.message})
        else:
            place = reverse("people:act", args=[act.pk])
            return done(request, place, _("Written down. A second person has to approve it."))
    context = {"unit": unit, "way": way, "form": form}
    return page(request, "people/act_form.html", context, status=422 if form.errors else 200)


@guard("people.placement", "create")
def act_page(request: Request, pk: int) -> HttpResponse:
    """One change: what it does, who is touched, who prepared and who approved it."""
    act = _act(request, pk)
    waits = act.state == "draft"
    touched = queries.touched_by(act) if waits else []
    moved = queries.line_changes(act) if waits else []
    context = {
        "act": act,
        "touched": touched,
        "moved": moved,
        "without": sum(row.has_none for row in moved),
        "homeless": sum(not row.unit_after for row in touched),
        "goes": list(act.parts.select_related("unit", "position", "service")),
        "approves": may_approve_act(request.actor, act),
        "cancels": may_cancel_act(request.actor, act),
    }
    return page(request, "people/act.html", context)


@guard("people.placement", "approve")
@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve a change; from its day on the organisation is so."""
    actions.approve_act(_act(request, pk), by=request.actor, seen=_seen(request))
    place = reverse("people:act", args=[pk])
    return done(request, place, _("Approved. From its first day the organisation is so."))


@guard("people.placement", "create")
@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Take back a change that waits."""
    actions.cancel_act(_act(request, pk), by=request.actor, seen=_seen(request))
    return done(request, reverse("people:acts"), _("Taken back. Nothing has changed."))


def _seen(request: Request) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _act(request: Request, pk: int) -> Act:
    act: Act = get_object_or_404(queries.visible_acts(request.actor), pk=pk)
    return act
