"""Who left, and a last day that was noted wrongly taken back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from abdi.people import actions, queries
from abdi.people.forms import ReasonForm
from abdi.platform.access import Request, guard
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of


@guard("people.profile", "create")
@require_safe
def leavers(request: Request) -> HttpResponse:
    """Last days of the past year that still stand."""
    return _show(request, ReasonForm(), 0, 200)


def _show(request: Request, form: ReasonForm, wrong: int, status: int) -> HttpResponse:
    found = queries.leavings(request.actor)
    rows = page_of(found, request, total=found.count())
    context = {"rows": rows, "form": form, "wrong": wrong}
    return page(request, "people/leavers.html", context, status=status)


@guard("people.profile", "create")
@once
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take one back, with the reason."""
    row = get_object_or_404(queries.leavings(request.actor), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, form, pk, 422)
    reason = form.cleaned_data["reason"]
    person = actions.take_back_leaving(row, by=request.actor, reason=reason)
    words = _("Taken back: the posts go on and the account opens. Roles are given anew.")
    return done(request, reverse("people:person", args=[person.code]), words)
