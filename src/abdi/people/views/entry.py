"""Sign in, second factor, step up, sign out."""

from __future__ import annotations

from contextlib import suppress

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import actions, entering, oidc, passkeys, second_factor
from abdi.people.actors import actor_of
from abdi.people.forms import CodeForm, NewPasswordForm, SignInForm, StepUpForm
from abdi.people.models import Account
from abdi.platform import clock, consoles
from abdi.platform.access import Request, own, public
from abdi.platform.actions import Invalid
from abdi.platform.before_factor import open_before_factor
from abdi.platform.pages import page
from abdi.platform.ratelimit import TooMany, count_try, forget_tries

SIGN_IN = "sign-in has to be open to everybody"


@open_before_factor
@public(SIGN_IN)
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Employee number or e-mail, and password."""
    if request.actor.is_signed_in and request.method == "GET":
        return redirect(entering.next_place(request))
    form = SignInForm(request.POST or None)
    status = 200
    if form.is_valid():
        account, problem = _checked(request, **form.cleaned_data)
        problem = problem if account is None else entering.closed_text(account)
        if account is not None and not problem:
            return _after_password(request, account)
        form.add_error(None, problem)
    if form.is_bound:
        status = 422
    return page(request, "people/sign_in.html", _context(request, form), status=status)


def _checked(request: Request, login: str, password: str) -> tuple[Account | None, str]:
    try:
        account = entering.try_password(request, login, password)
    except TooMany as problem:
        return None, entering.slow_down_text(problem)
    return account, _("These do not fit together. Check the number or e-mail and the password.")


def _after_password(request: Request, account: Account) -> HttpResponse:
    if entering.ask_for_code(request, account):
        request.session["next"] = entering.next_place(request)
        return redirect("people:code")
    return let_in(request, account, entering.next_place(request))


def let_in(request: Request, account: Account, place: str) -> HttpResponse:
    """Open the session and go on, or ask for a new password first."""
    if entering.owes_password(request, account, place):
        return redirect("people:renew_password")
    entering.enter(request, account)
    return redirect(place)


@open_before_factor
@public(SIGN_IN)
@require_http_methods(["GET", "POST"])
def renew_password(request: Request) -> HttpResponse:
    """A new password where the institution asks for one after some days; then the session opens."""
    owed = entering.renewing(request)
    if owed is None:
        return redirect("people:sign_in")
    account, place = owed
    form = NewPasswordForm(request.POST or None)
    by = actor_of(account.pk)
    if form.is_valid() and by is not None and _accepts_new(form, account):
        actions.change_password(account, by=by, password=form.cleaned_data["new"])
        entering.enter(request, account)
        return redirect(place)
    status = 422 if form.is_bound else 200
    return page(request, "people/renew_password.html", {"form": form}, status=status)


def _accepts_new(form: NewPasswordForm, account: Account) -> bool:
    given = form.cleaned_data["new"]
    if account.check_password(given):
        form.add_error("new", _("This is the password you have; choose another."))
        return False
    try:
        validate_password(given, account)
    except ValidationError as problem:
        form.add_error("new", " ".join(problem.messages))
        return False
    return True


@open_before_factor
@public(SIGN_IN)
@require_http_methods(["GET", "POST"])
def code(request: Request) -> HttpResponse:
    """The second factor after a right password."""
    account = entering.awaiting(request)
    if account is None:
        return redirect("people:sign_in")
    by_passkey = request.POST.get("credential", "")
    form = CodeForm(
        {"code": "passkey"} if by_passkey else request.POST or None, unseen=_is_shared(request)
    )
    if form.is_valid():
        given = {**form.cleaned_data, "credential": by_passkey}
        problem = _second_problem(request, account, given)
        if not problem:
            place = request.session.get("next", "/beranda")
            if not second_factor.has_second_factor(account.pk):
                place = "/profil/kode"
            answer = let_in(request, account, place)
            request.session["stepped_up"] = clock.now().timestamp()
            return answer
        form.add_error("code", problem)
    status = 422 if form.is_bound else 200
    context = _context(request, form) | _by_what(account)
    return page(request, "people/code.html", context, status=status)


def _by_what(account: Account) -> dict[str, bool]:
    """What stands on the page: a button for passkeys where the account has some."""
    return {"has_passkey": passkeys.are_possible() and bool(passkeys.of_account(account.pk))}


def _is_shared(request: Request) -> bool:
    """Whether others sit at this machine too: a duty PC."""
    return consoles.machine_of(request) is not None


def _second_problem(request: Request, account: Account, given: dict[str, str]) -> str:
    """What is wrong with a passkey, or else with a code; empty where it is right."""
    if not given.get("credential"):
        return _code_problem(request, account, given["code"])
    key = f"code:{account.pk}"
    try:
        count_try(request, key)
    except TooMany as problem:
        return entering.slow_down_text(problem)
    if passkeys.owner(request, given["credential"], account) is None:
        return _("Your device did not prove this passkey. Use a code, or try again.")
    forget_tries(request, key)
    return ""


def _opens(account: Account, given: str) -> bool:
    """Whether this code is of the app, of the printed sheet, or was handed over just now."""
    by = actor_of(account.pk)
    if by is None:
        return False
    if second_factor.is_app_code(account, given):
        return True
    for use in (actions.use_backup_code, actions.use_handed_code):
        with suppress(Invalid):
            use(account, by=by, code=given)
            return True
    return False


def _code_problem(request: Request, account: Account, given: str) -> str:
    key = f"code:{account.pk}"
    try:
        count_try(request, key)
    except TooMany as problem:
        return entering.slow_down_text(problem)
    if not _opens(account, given):
        return _("This code is not right. Wait for the next one, or use a backup code.")
    forget_tries(request, key)
    return ""


@open_before_factor
@own("everybody proves himself again before a delicate act")
@require_http_methods(["GET", "POST"])
def step_up(request: Request) -> HttpResponse:
    """Prove oneself again: the code where a second factor is on, else the password."""
    account = entering.own_account(request)
    by_code = second_factor.has_second_factor(account.pk)
    by_passkey = request.POST.get("credential", "")
    form: CodeForm | StepUpForm
    if by_passkey:
        form = CodeForm({"code": "passkey"})
    elif by_code:
        form = CodeForm(request.POST or None, unseen=_is_shared(request))
    else:
        form = StepUpForm(request.POST or None)
    if form.is_valid():
        given = {**form.cleaned_data, "credential": by_passkey}
        problem = _step_up_problem(request, account, given)
        if not problem:
            request.session["stepped_up"] = clock.now().timestamp()
            return redirect(entering.next_place(request))
        form.add_error(next(iter(form.fields)), problem)
    status = 422 if form.is_bound else 200
    context = _context(request, form) | _by_what(account)
    return page(request, "people/step_up.html", context, status=status)


def _step_up_problem(request: Request, account: Account, given: dict[str, str]) -> str:
    if "code" in given:
        return _second_problem(request, account, given)
    try:
        count_try(request, f"step-up:{account.pk}")
    except TooMany as problem:
        return entering.slow_down_text(problem)
    if account.check_password(given["password"]):
        forget_tries(request, f"step-up:{account.pk}")
        return ""
    return _("This password is not right.")


@open_before_factor
@own("everybody may leave")
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session."""
    entering.leave(request)
    return redirect("/")


def _context(request: Request, form: object) -> dict[str, object]:
    return {
        "form": form,
        "next": entering.next_place(request),
        "provider": oidc.is_offered(),
        "passkeys": passkeys.are_possible(),
        "ended": bool(request.GET.get("berakhir")) or hasattr(request, "session_ended"),
    }
