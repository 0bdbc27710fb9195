"""Duty PCs: the administrator's list, the enrolling, the door, the lock, one's own PIN and card."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import actions, console_secrets, entering, passkeys
from abdi.people.actors import actor_of
from abdi.people.console_forms import (
    CardForm,
    EnrolForm,
    MachineForm,
    PinForm,
    ReasonOfSettings,
    StepInForm,
)
from abdi.people.models import Account, Console
from abdi.people.queries import consoles as queries
from abdi.platform import consoles
from abdi.platform.access import SYSTEM, Request, guard, own, public
from abdi.platform.actions import Invalid
from abdi.platform.before_factor import open_before_factor
from abdi.platform.consoles import Machine, on_console
from abdi.platform.headers import personal
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.ratelimit import TooMany, count_try, forget_tries

BOARD = "/papan"
LIST = "/atur/konsol"
MINE = "a page about oneself"
DOOR = "the door of a duty PC; only an enrolled machine gets past it"
SHOWN = 100


# ------------------------------------------------------------------ the administrator


@guard("system.settings", "update")
@once
@require_http_methods(["GET", "HEAD", "POST"])
def machines(request: Request) -> HttpResponse:
    """All duty PCs; POST notes a new one and shows the code to type there, this once."""
    form = MachineForm(request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        row, code = actions.make_console(given.pop("unit"), by=request.actor, **given)
        answer = page(request, "people/console_code.html", {"row": row, "code": code})
        answer["Cache-Control"] = "no-store"
        return answer
    rows = list(queries.consoles()[:SHOWN])
    context = {"form": form, "rows": rows, **_counts(rows)}
    return page(request, "people/consoles.html", context, status=422 if form.is_bound else 200)


def _counts(rows: list[Console]) -> dict[str, int]:
    """How many are in use, and how many still wait for their code."""
    here = [row for row in rows if not row.revoked_at]
    used = sum(bool(row.token_digest) for row in here)
    return {"used": used, "waiting": len(here) - used}


@guard("system.settings", "update")
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: Request, pk: int) -> HttpResponse:
    """Take a machine out at once, with the reason."""
    row = get_object_or_404(queries.consoles(), pk=pk)
    form = ReasonOfSettings(request.POST or None)
    if form.is_valid():
        actions.revoke_console(row, by=request.actor, reason=form.cleaned_data["reason"])
        return done(request, LIST, _("Taken out. This PC opens nothing any more."))
    context = {"form": form, "row": row}
    status = 422 if form.is_bound else 200
    return page(request, "people/console_revoke.html", context, status=status)


# ------------------------------------------------------------------ the machine


@open_before_factor
@personal
@public("a PC becomes a console by a code that an administrator reads out")
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: Request) -> HttpResponse:
    """Type the code on the PC that is to be the console."""
    form = EnrolForm(request.POST or None)
    if form.is_valid():
        token, problem = _enrolled(request, form.cleaned_data["code"])
        if token:
            answer = redirect(BOARD)
            consoles.keep_cookie(answer, token)
            return answer
        form.add_error("code", problem)
    status = 422 if form.is_bound else 200
    return page(request, "people/console_enrol.html", {"form": form}, status=status)


def _enrolled(request: Request, code: str) -> tuple[str, str]:
    try:
        count_try(request, "console-code")
        token = actions.enrol_console(by=SYSTEM, code=code)
    except TooMany as problem:
        return "", entering.slow_down_text(problem)
    except Invalid as refusal:
        return "", refusal.message
    forget_tries(request, "console-code")
    return token, ""


# ------------------------------------------------------------------ the door


@on_console
@open_before_factor
@personal
@public(DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def step_in(request: Request) -> HttpResponse:
    """Card or passkey, and the PIN of this PC: the session before ends, a new one begins."""
    machine = consoles.machine_of(request)
    if machine is None:
        return redirect("people:sign_in")
    form = StepInForm(request.POST or None)
    if form.is_valid():
        account, problem = _proved(request, machine, form.cleaned_data)
        if account is not None:
            return _go_in(request, account)
        form.add_error(None, problem)
    status = 422 if form.is_bound else 200
    return page(request, "people/step_in.html", _door(request, machine, form), status=status)


def _door(request: Request, machine: Machine, form: StepInForm) -> dict[str, Any]:
    """What the door shows: who stands by the roster, and who was chosen of them."""
    standing = consoles.standing(machine)
    asked = request.POST.get("person") or request.GET.get("siapa") or ""
    chosen = next((one for one in standing if str(one.person_id) == asked), None)
    return {
        "form": form,
        "machine": machine,
        "standing": standing,
        "chosen": chosen,
        "next": entering.next_place(request, ""),
        "passkeys": passkeys.are_possible(),
    }


def _proved(
    request: Request, machine: Machine, given: dict[str, Any]
) -> tuple[Account | None, str]:
    """Who shows a card or passkey with his PIN; one answer and time for all that is wrong."""
    key = f"console:{machine.id}"
    try:
        count_try(request, key)
    except TooMany as problem:
        return None, entering.slow_down_text(problem)
    account = _named(request, given)
    by = actor_of(account.pk) if account is not None else None
    if account is None or by is None:
        console_secrets.burn(given["pin"])
    elif actions.try_pin(account, by=by, console_id=machine.id, pin=given["pin"]):
        forget_tries(request, key)
        return account, ""
    return None, _(
        "Card or passkey and PIN do not fit together on this PC. After five wrong tries only the "
        "whole sign-in helps; there you set a new PIN."
    )


def _named(request: Request, given: dict[str, Any]) -> Account | None:
    if given["credential"]:
        account = passkeys.owner(request, given["credential"])
    else:
        account = queries.owner_of_card(given["card"])
    other = given["person"] and account is not None and account.person_id != given["person"]
    return None if other else account


def _go_in(request: Request, account: Account) -> HttpResponse:
    by = actor_of(account.pk)
    at_desk = by is not None and by.holds("reports.dispatch", "create")
    place = entering.next_place(request, "/antrean" if at_desk else "/beranda")
    entering.step_in(request, account)
    answer = redirect(place)
    consoles.keep_cookie(answer, consoles.token_of(request))
    return answer


@on_console
@open_before_factor
@public(DOOR)
@require_POST
def lock(request: Request) -> HttpResponse:
    """Leave the PC to the next one: the session ends, the board stays."""
    if consoles.machine_of(request) is None:
        raise Http404
    consoles.lock(request)
    return redirect(BOARD)


@open_before_factor
@own("a page of somebody who is stepped in says that he types")
@require_POST
def console_input(request: Request) -> HttpResponse:
    """Somebody typed or tapped; that the request came is all it says."""
    return HttpResponse(status=204)


# ------------------------------------------------------------------ one's own PIN and card


@own(MINE)
@require_http_methods(["GET", "HEAD", "POST"])
def my_pin(request: Request) -> HttpResponse:
    """Set one's PIN for this PC and keep one's card, after the whole sign-in here."""
    machine, account = consoles.machine_of(request), entering.own_account(request)
    opens = machine is not None and consoles.is_full_sign_in(request)
    pin, card = _pin_forms(request)
    if machine is not None and opens and request.method == "POST":
        said = _kept(request, account, machine, pin, card)
        if said:
            return done(request, "/profil/konsol", said)
    context = {
        "machine": machine,
        "opens": opens,
        "pin_form": pin,
        "card_form": card,
        "pin": queries.pin_of(machine.id, account.pk) if machine else None,
        "has_card": queries.has_card(account.pk),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "people/console_pin.html", context, status=status)


def _pin_forms(request: Request) -> tuple[PinForm, CardForm]:
    is_pin, is_card = "pin" in request.POST, "card" in request.POST
    return PinForm(request.POST if is_pin else None), CardForm(request.POST if is_card else None)


def _kept(
    request: Request, account: Account, machine: Machine, pin: PinForm, card: CardForm
) -> str:
    """What was done, in words; empty where the forms say what is wrong."""
    by = request.actor
    try:
        if pin.is_valid():
            given = pin.cleaned_data["pin"]
            actions.set_console_pin(account, by=by, console_id=machine.id, pin=given)
            return _("Your PIN counts on this PC from now on.")
        if card.is_valid():
            actions.keep_card(account, by=by, number=card.cleaned_data["card"])
            return _("Your card is kept.")
        if "take_away" in request.POST:
            actions.remove_card(account, by=by)
            return _("Your card names nobody any more.")
    except Invalid as refusal:
        (card if refusal.field == "card" else pin).add_error(refusal.field, refusal.message)
    return ""
