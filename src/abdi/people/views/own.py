"""My profile: what is kept about me, my roles, my second factor, my sessions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import actions, entering, queries, second_factor
from abdi.people.entering import own_account
from abdi.people.forms import CodeForm, PasswordChangeForm
from abdi.people.models import Account, Person
from abdi.people.passwords import HouseRules
from abdi.people.queries.access import delegations_of
from abdi.people.views.backup import codes_page
from abdi.platform import consoles
from abdi.platform.access import Request, law, own
from abdi.platform.before_factor import open_before_factor, owed_text
from abdi.platform.pages import done, page

MINE = "a page about oneself"


@own(MINE)
def profile(request: Request) -> HttpResponse:
    """What the program keeps about me."""
    return page(
        request, "people/profile.html", _profile_context(queries.own_profile(request.actor))
    )


def _profile_context(account: Any) -> dict[str, Any]:
    person: Person | None = account.person
    record = queries.record_of(person.pk) if person else None
    factors = second_factor.factors_in(account)
    return {
        "account": account,
        "person": person,
        "assignments": record.history if record else [],
        "superior": record.superior_told(account.told_superior_id) if record else None,
        "teams": queries.teams_of(person.pk) if person else [],
        "skills": queries.skills_of(person.pk) if person else [],
        "grants": list(queries.grants_of(account.pk)),
        "roles": law().roles,
        "rows": list(delegations_of(account.person_id)) if person else [],
        "has_totp": factors.has_totp,
        "passkeys": factors.passkeys,
        "codes_left": factors.codes_left,
        "few": second_factor.FEW,
    }


@open_before_factor
@own(MINE)
@require_http_methods(["GET", "POST"])
def second_factor_page(request: Request) -> HttpResponse:
    """Switch the second factor on: scan, prove, print the backup codes."""
    account = own_account(request)
    has_proof = second_factor.has_second_factor(account.pk) or consoles.is_by_pin(request)
    if has_proof and not entering.is_fresh(request):
        return entering.to_step_up("/profil/kode")
    if request.method == "GET" or "second_factor_secret" not in request.session:
        request.session["second_factor_secret"] = second_factor.new_secret()
    secret = request.session["second_factor_secret"]
    form = CodeForm(request.POST or None)
    context = {
        "form": form,
        "secret": secret,
        "picture": second_factor.picture(account, secret),
        "has_totp": second_factor.has_totp(account.pk),
        "codes_left": second_factor.codes_left(account.pk),
        "owed": owed_text(request.actor),
    }
    if form.is_valid():
        codes = actions.switch_second_factor_on(
            account, by=request.actor, secret=secret, code=form.cleaned_data["code"]
        )
        del request.session["second_factor_secret"]
        entering.renew_rights(request)
        return codes_page(request, account, codes)
    return page(request, "people/second_factor.html", context, status=422 if form.is_bound else 200)


@own(MINE)
@require_http_methods(["GET", "POST"])
def password(request: Request) -> HttpResponse:
    """Change the password; all other sessions end."""
    account = own_account(request)
    form = PasswordChangeForm(request.POST or None)
    if form.is_valid() and _accepts(form, account):
        actions.change_password(account, by=request.actor, password=form.cleaned_data["new"])
        actions.end_sessions(account, by=request.actor)
        request.session.cycle_key()
        request.session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        return done(request, "/profil", _("Your password is changed."))
    context = {"form": form, "rules": HouseRules().get_help_text()}
    return page(request, "people/password.html", context, status=422 if form.is_bound else 200)


def _accepts(form: PasswordChangeForm, account: Account) -> bool:
    if not account.check_password(form.cleaned_data["old"]):
        form.add_error("old", _("This password is not right."))
        return False
    try:
        validate_password(form.cleaned_data["new"], account)
    except ValidationError as problem:
        form.add_error("new", " ".join(problem.messages))
        return False
    return True


@open_before_factor
@own(MINE)
@require_POST
def end_sessions(request: Request) -> HttpResponse:
    """End all sessions of mine, this one included."""
    actions.end_sessions(own_account(request), by=request.actor)
    from django.contrib.auth import logout

    logout(request)
    return redirect("people:sign_in")
