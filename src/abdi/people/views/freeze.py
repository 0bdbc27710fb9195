"""The freeze of placements around an election: windows, and the Minister's consents."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import actions, queries
from abdi.people.act_forms import ConsentForm, FreezeForm, WithdrawFreezeForm
from abdi.people.models import FreezeWindow
from abdi.platform import clock, files
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page


@guard("people.placement", "approve")
@once
@require_http_methods(["GET", "POST"])
def freezes(request: Request) -> HttpResponse:
    """Every freeze, the one of today first of all; the form that enters one."""
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            window = actions.set_freeze(by=request.actor, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse({refusal.field: refusal.message})
        else:
            place = reverse("people:freeze", args=[window.pk])
            return done(request, place, _("Entered. Placements are stopped on these days."))
    context = {
        "rows": list(queries.freeze_windows()[:50]),
        "now": queries.freeze_on(clock.today()),
        "form": form,
    }
    return page(request, "people/freezes.html", context, status=422 if form.errors else 200)


@guard("people.placement", "approve")
def freeze(request: Request, pk: int) -> HttpResponse:
    """One freeze: its days, the consents, the form for the next letter."""
    return _show(request, _window(pk))


@guard("people.placement", "approve")
@once
@require_POST
def consent(request: Request, pk: int) -> HttpResponse:
    """Keep the Minister's letter and whom it names."""
    window, form = _window(pk), ConsentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, window, form)
    given = dict(form.cleaned_data)
    try:
        data = files.check_pdf(given.pop("file").read())
    except files.BadDocument as refusal:
        form.add_error("file", str(refusal.message))
        return _show(request, window, form)
    stored = files.store(data)
    try:
        actions.enter_consent(window, by=request.actor, file=stored, **given)
    except (Invalid, Conflict) as refused:
        files.remove(stored.key)
        form.refuse({getattr(refused, "field", "") or "number": str(refused)})
        return _show(request, window, form)
    place = reverse("people:freeze", args=[pk])
    return done(request, place, _("Kept. These people may be placed now."))


@guard("people.placement", "approve")
@once
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back a freeze that was entered wrongly."""
    window, form = _window(pk), WithdrawFreezeForm(request.POST)
    if form.is_valid():
        actions.withdraw_freeze(window, by=request.actor, **form.cleaned_data)
        return done(request, reverse("people:freezes"), _("Withdrawn. It stays on record."))
    return _show(request, window, leave=form)


@guard("people.placement", "approve")
def consent_file(request: Request, pk: int) -> HttpResponse:
    """The Minister's letter as it was brought."""
    row = get_object_or_404(queries.consent_files(), pk=pk)
    name = f"persetujuan-{row.number}.pdf"
    return cast(HttpResponse, files.file_response(row.file_key, kind="pdf", name=name))


def _window(pk: int) -> FreezeWindow:
    row: FreezeWindow = get_object_or_404(queries.freeze_windows(), pk=pk)
    return row


def _show(
    request: Request,
    window: FreezeWindow,
    form: ConsentForm | None = None,
    leave: WithdrawFreezeForm | None = None,
) -> HttpResponse:
    context = {
        "window": window,
        "form": form or ConsentForm(),
        "leave": leave or WithdrawFreezeForm(),
    }
    status = 422 if form is not None or leave is not None else 200
    return page(request, "people/freeze.html", context, status=status)
