"""A new phone: asked for by its owner, confirmed in person; factors reset by two administrators."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from abdi.people import actions, entering
from abdi.people.actors import actor_of
from abdi.people.forms import FactorAnswerForm, NewPhoneForm, ResetFactorForm
from abdi.people.models import Account, FactorChange
from abdi.people.permissions import agency_of_person
from abdi.people.queries import factor_changes as queries
from abdi.people.sign_in import find_account
from abdi.people.views.entry import SIGN_IN
from abdi.platform.access import Request, guard, own, public
from abdi.platform.actions import Invalid
from abdi.platform.before_factor import open_before_factor
from abdi.platform.pages import done, page
from abdi.platform.ratelimit import TooMany, count_try

MINE = "a page about oneself"
ROWS = 50


def _ask(request: Request, account: Account) -> tuple[NewPhoneForm, bool]:
    """The form of somebody who asks for a new phone, and whether the request is made now."""
    form = NewPhoneForm(request.POST or None)
    by = actor_of(account.pk)
    if not form.is_valid() or by is None:
        return form, False
    try:
        actions.ask_new_phone(account, by=by, reason=form.cleaned_data["reason"])
    except Invalid as refusal:
        form.refuse({refusal.field: refusal.message})
        return form, False
    return form, True


def _context(account: Account, form: NewPhoneForm) -> dict[str, Any]:
    officers = queries.hr_officers(agency_of_person(account.person_id or 0))
    names = [one.person.display_name for one in officers if one.person and one.pk != account.pk]
    return {"form": form, "change": queries.change_of(account), "officers": names}


@own(MINE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_phone(request: Request) -> HttpResponse:
    """Ask the HR officer to confirm a new phone, while still signed in."""
    account = entering.own_account(request)
    form, asked = _ask(request, account)
    if asked:
        return done(request, "/profil/ponsel", _("Asked. Go to the HR officer of your unit."))
    status = 422 if form.is_bound else 200
    return page(request, "people/new_phone.html", _context(account, form), status=status)


@own(MINE)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a request about my own account back."""
    rows = FactorChange.objects.filter(account_id=request.actor.account_id or 0)
    actions.withdraw_factor_change(get_object_or_404(rows, pk=pk), by=request.actor)
    return done(request, "/profil/ponsel", _("The request is taken back."))


@open_before_factor
@public(SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def lost_phone(request: Request) -> HttpResponse:
    """Ask after the password, where no code is at hand."""
    account = entering.awaiting(request)
    if account is None:
        return redirect("people:sign_in")
    if request.method == "POST":
        try:
            count_try(request, f"lost-phone:{account.pk}")
        except TooMany as problem:
            raise Invalid(entering.slow_down_text(problem)) from None
    form, asked = _ask(request, account)
    context = _context(account, form) | {"asked": asked}
    status = 422 if form.is_bound and not asked else 200
    return page(request, "people/lost_phone.html", context, status=status)


# ------------------------------------------------------------------ who decides


def _answer(
    request: Request, rows: QuerySet[FactorChange], pk: int, place: dict[str, str]
) -> HttpResponse:
    """Confirm or refuse one request and show the code once, or the form with what is wrong."""
    row = get_object_or_404(rows, pk=pk)
    form = FactorAnswerForm(request.POST, prefix=f"n{pk}")
    if form.is_valid():
        given = form.cleaned_data
        if given["granted"] == "yes" and not given["seen_in_person"]:
            form.add_error("seen_in_person", _("Confirm only who stands before you."))
        else:
            code = actions.decide_factor_change(
                row,
                by=request.actor,
                granted=given["granted"] == "yes",
                answer=given["answer"],
                seen=given["version"],
            )
            if given["granted"] != "yes":
                return done(request, place["place"], _("Refused. The person reads your reason."))
            shown = page(request, "people/handed_code.html", {"row": row, "code": code, **place})
            shown["Cache-Control"] = "no-store"
            return shown
    return page(request, "people/factor_changes.html", {"rows": [(row, form)], **place}, status=422)


def _forms(rows: QuerySet[FactorChange]) -> list[tuple[FactorChange, FactorAnswerForm]]:
    return [(row, FactorAnswerForm(prefix=f"n{row.pk}")) for row in rows[:ROWS]]


@guard("system.factor_change", "decide")
@require_safe
def phones(request: Request) -> HttpResponse:
    """New phones that wait for the HR officer."""
    rows = _forms(queries.phone_changes(request.actor))
    return page(request, "people/factor_changes.html", {"rows": rows, **_phones()})


@guard("system.factor_change", "decide")
@require_POST
def answer_phone(request: Request, pk: int) -> HttpResponse:
    """Confirm or refuse a new phone."""
    return _answer(request, queries.phone_changes(request.actor), pk, _phones())


def _phones() -> dict[str, str]:
    return {"place": "/ganti-ponsel", "answer": "people:answer_phone", "way": "in_person"}


def _resets() -> dict[str, str]:
    return {"place": "/atur/faktor", "answer": "people:answer_reset", "way": "two"}


@guard("system.account", "reset_mfa")
@require_http_methods(["GET", "HEAD", "POST"])
def resets(request: Request) -> HttpResponse:
    """Factors to take off by two administrators: what waits, and a form to ask."""
    if not entering.is_fresh(request):
        return entering.to_step_up("/atur/faktor")
    form = ResetFactorForm(request.POST or None)
    if form.is_valid() and _ask_reset(request, form):
        return done(request, "/atur/faktor", _("Asked. Another administrator confirms it."))
    rows = _forms(queries.factor_resets(request.actor))
    context = {"rows": rows, "ask": form, **_resets()}
    status = 422 if form.is_bound else 200
    return page(request, "people/factor_changes.html", context, status=status)


def _ask_reset(request: Request, form: ResetFactorForm) -> bool:
    account = find_account(form.cleaned_data["login"])
    if account is None:
        form.add_error("login", _("Nobody signs in by this."))
        return False
    try:
        actions.ask_factor_reset(account, by=request.actor, reason=form.cleaned_data["reason"])
    except Invalid as refusal:
        form.refuse({refusal.field: refusal.message})
        return False
    return True


@guard("system.account", "reset_mfa")
@require_POST
def answer_reset(request: Request, pk: int) -> HttpResponse:
    """Confirm or refuse what another administrator asked."""
    if not entering.is_fresh(request):
        return entering.to_step_up("/atur/faktor")
    return _answer(request, queries.factor_resets(request.actor), pk, _resets())
