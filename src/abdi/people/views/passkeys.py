"""Passkeys: on the profile made, named and taken away; at the door used to come in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import actions, entering, passkeys
from abdi.people.entering import own_account
from abdi.people.forms import PasskeyForm, PasskeyNameForm
from abdi.people.models import Account
from abdi.people.views.backup import codes_page
from abdi.people.views.entry import SIGN_IN, let_in
from abdi.platform import clock
from abdi.platform.access import Request, own, public
from abdi.platform.before_factor import open_before_factor, owed_text
from abdi.platform.pages import done, page
from abdi.platform.ratelimit import TooMany, address_of, give_back, limit

MINE = "a page about oneself"
PLACE = "/profil/passkey"
HOUR = 3600
WRONG_AN_HOUR = 100
ASKED_AN_HOUR = 3_000
"""By address: an office of a thousand people stands behind one."""


@open_before_factor
@own(MINE)
@require_http_methods(["GET", "HEAD", "POST"])
def my_passkeys(request: Request) -> HttpResponse:
    """My passkeys by their names; POST keeps the one that the device just made."""
    if request.method == "POST" and not entering.is_fresh(request):
        return entering.to_step_up(PLACE)
    account = own_account(request)
    form = PasskeyForm(request.POST or None)
    if form.is_valid():
        credential = passkeys.made(request, form.cleaned_data["credential"])
        if credential is not None:
            name = form.cleaned_data["name"]
            codes = actions.add_passkey(account, by=request.actor, name=name, credential=credential)
            entering.renew_rights(request)
            if codes:
                return codes_page(request, account, codes)
            return done(request, PLACE, _("The passkey opens your account from now on."))
        form.add_error(None, _("Your device did not prove the new passkey. Please try again."))
    context = {
        "form": form,
        "rows": passkeys.of_account(account.pk),
        "possible": passkeys.are_possible(),
        "fresh": entering.is_fresh(request),
        "owed": owed_text(request.actor),
    }
    status = 422 if form.is_bound else 200
    return page(request, "people/passkeys.html", context, status=status)


@open_before_factor
@own(MINE)
@require_POST
def challenge_to_make(request: Request) -> HttpResponse:
    """What the device must answer to make a passkey."""
    if not entering.is_fresh(request) or not passkeys.are_possible():
        return JsonResponse({}, status=403)
    return JsonResponse(passkeys.ask_to_make(request, own_account(request)))


def _one(request: Request, pk: int) -> tuple[Account, Any]:
    account = own_account(request)
    return account, entering.or_404(row for row in passkeys.of_account(account.pk) if row.pk == pk)


@open_before_factor
@own(MINE)
@require_POST
def rename(request: Request, pk: int) -> HttpResponse:
    """Give a passkey of mine another name."""
    account, row = _one(request, pk)
    form = PasskeyNameForm(request.POST)
    if not form.is_valid():
        return done(request, PLACE, " ".join(map(str, form.errors["name"])))
    actions.rename_passkey(account, row, by=request.actor, name=form.cleaned_data["name"])
    return done(request, PLACE, _("The passkey has its new name."))


@open_before_factor
@own(MINE)
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a passkey of mine away."""
    account, row = _one(request, pk)
    if not entering.is_fresh(request):
        return entering.to_step_up(PLACE)
    actions.remove_passkey(account, row, by=request.actor)
    entering.renew_rights(request)
    return done(request, PLACE, _("The passkey opens nothing any more."))


# ------------------------------------------------------------------ at the door


@open_before_factor
@public(SIGN_IN)
@require_POST
def challenge(request: Request) -> HttpResponse:
    """What the device must answer to come in, or to prove himself once more."""
    limit(f"people.passkey-asked|{address_of(request)}", most=ASKED_AN_HOUR, seconds=HOUR)
    account = entering.awaiting(request)
    if account is None and request.actor.is_signed_in:
        account = own_account(request)
    return JsonResponse(passkeys.ask_to_prove(request, account))


@open_before_factor
@public(SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request) -> HttpResponse:
    """Come in by a passkey alone: it is a thing one has, opened by what one knows or is."""
    if request.method != "POST":
        return redirect("people:sign_in")
    account, problem = _proved(request)
    if account is not None:
        problem = entering.closed_text(account)
    if account is None or problem:
        return page(request, "people/passkey_refused.html", {"problem": problem}, status=422)
    answer = let_in(request, account, entering.next_place(request))
    request.session["stepped_up"] = clock.now().timestamp()
    return answer


def _proved(request: Request) -> tuple[Account | None, str]:
    tries = f"people.passkey|{address_of(request)}"
    try:
        limit(tries, most=WRONG_AN_HOUR, seconds=HOUR)
    except TooMany as problem:
        return None, entering.slow_down_text(problem)
    account = passkeys.owner(request, request.POST.get("credential", ""))
    if account is None:
        return None, _("This passkey opens nothing here. Sign in with your password.")
    give_back(tries, seconds=HOUR)
    return account, ""
