"""Who stands in for me: hand over, see, take back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import actions
from abdi.people.actions.deputies import powers_of
from abdi.people.choices import DeputyPower
from abdi.people.models import Delegation
from abdi.people.queries.access import delegations_of
from abdi.people.sign_in import find_account
from abdi.platform.access import Request, own
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.forms import CleanForm, DayField, OneOfField, TextField
from abdi.platform.labels import pairs
from abdi.platform.once import once
from abdi.platform.pages import done, page

MINE = "one hands over only what is one's own"


class DeputyForm(CleanForm):
    """Which power goes to whom, from when to when, and why."""

    power = OneOfField(label=gettext_lazy("Power"), choices=pairs(DeputyPower))
    login = TextField(label=gettext_lazy("Employee number (NIP) or e-mail of the colleague"))
    start_on = DayField(label=gettext_lazy("First day"))
    end_on = DayField(label=gettext_lazy("Last day"))
    reason = TextField(label=gettext_lazy("Reason of the absence"), limit=300)


@own(MINE)
@once
@require_http_methods(["GET", "POST"])
def deputies(request: Request) -> HttpResponse:
    """The powers I handed over and was handed, and the form to hand one over."""
    form = DeputyForm(request.POST or None)
    if form.is_valid() and _handed_over(request, form):
        return done(request, "/profil/wakil", _("Handed over. It ends by itself."))
    status = 422 if form.is_bound else 200
    return page(request, "people/deputies.html", _context(request, form), status=status)


def _context(request: Request, form: DeputyForm) -> dict[str, Any]:
    return {
        "form": form,
        "powers": powers_of(request.actor),
        "rows": list(delegations_of(request.actor.person_id)),
        "me": request.actor.person_id,
    }


def _handed_over(request: Request, form: DeputyForm) -> bool:
    given = dict(form.cleaned_data)
    account = find_account(given.pop("login"))
    if account is None or account.person is None or account.person_id == request.actor.person_id:
        form.add_error("login", _("No colleague has this number or e-mail."))
        return False
    try:
        actions.hand_over(account.person, by=request.actor, **given)
    except Invalid as problem:
        form.add_error(problem.field or None, problem.message)
    except Conflict as problem:
        form.add_error(None, problem.message)
    return form.is_valid()


@own(MINE)
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """End a power handed over."""
    row: Delegation = get_object_or_404(delegations_of(request.actor.person_id), pk=pk)
    actions.take_back(row, by=request.actor)
    return done(request, "/profil/wakil", _("It has ended."))
