"""A breach of data: the clock, whom it touched, the notices."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import actions
from abdi.people.forms import BreachForm, BreachStepForm
from abdi.people.models import Breach
from abdi.people.permissions import may_handle_breach
from abdi.people.queries import own_data
from abdi.people.sign_in import find_account
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of


@guard("people.breach", "view")
@once
@require_http_methods(["GET", "POST"])
def breaches(request: Request) -> HttpResponse:
    """Breaches with their clocks, and the form that opens one."""
    handles = may_handle_breach(request.actor)
    form = BreachForm(request.POST or None) if handles else None
    if form is not None and form.is_valid():
        breach = _opened(request, form)
        if breach is not None:
            where = reverse("people:breach", args=[breach.pk])
            return done(request, where, _("Opened. Both notices are due within three days."))
    context = {"rows": list(own_data.breaches()[:50]), "form": form, "now": clock.now()}
    status = 422 if form is not None and form.is_bound else 200
    return page(request, "people/breaches.html", context, status=status)


def _opened(request: Request, form: BreachForm) -> Breach | None:
    given: dict[str, Any] = form.cleaned_data
    people: list[int] = []
    if given["login"]:
        account = find_account(given["login"])
        if account is None:
            form.add_error("login", _("Nobody has this number, e-mail or name."))
            return None
        if not (given["start_at"] and given["end_at"]):
            form.add_error("start_at", _("Say from when until when it was misused."))
            return None
        people = own_data.people_read_by(account.ref, given["start_at"], given["end_at"])
    try:
        return actions.open_breach(
            by=request.actor,
            title=given["title"],
            what_happened=given["what_happened"],
            what_data=given["what_data"],
            found_at=given["found_at"],
            people=people,
        )
    except Invalid as refusal:
        form.refuse({refusal.field or "title": str(refusal)})
        return None


def _page(request: Request, row: Breach, form: BreachStepForm | None = None) -> HttpResponse:
    context = {
        "row": row,
        "touched": page_of(own_data.touched_by(row), request),
        "people": own_data.touched_by(row).count(),
        "form": form or BreachStepForm(),
        "handles": row.closed_at is None and may_handle_breach(request.actor),
        "now": clock.now(),
    }
    status = 422 if form is not None else 200
    return page(request, "people/breach.html", context, status=status)


@guard("people.breach", "view")
def breach(request: Request, pk: int) -> HttpResponse:
    """One breach: what, whom, the two notices to copy, what is left to do."""
    return _page(request, get_object_or_404(own_data.breaches(), pk=pk))


@guard("people.breach", "update")
@once
@require_POST
def step(request: Request, pk: int) -> HttpResponse:
    """Note that a duty was met."""
    row = get_object_or_404(own_data.breaches(), pk=pk)
    form = BreachStepForm(request.POST)
    if form.is_valid():
        try:
            actions.note_breach_step(row, by=request.actor, **form.cleaned_data)
        except (Invalid, Conflict) as refusal:
            form.refuse({"handling": str(refusal)})
        else:
            return done(request, reverse("people:breach", args=[row.pk]), _("Noted."))
    return _page(request, row, form)
