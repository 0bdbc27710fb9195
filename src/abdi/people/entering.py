"""Signing in and out: the session, the second factor, the slow-down of wrong tries."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from abdi.people import second_factor
from abdi.people.models import Account
from abdi.people.passwords import is_expired
from abdi.people.queries.access import last_day_of_access
from abdi.people.queries.factor_changes import owes_new_factor
from abdi.platform import clock, consoles
from abdi.platform.access import STEP_UP_LIFE, Request
from abdi.platform.ratelimit import TooMany, count_try, forget_tries

PENDING = "awaits_code"
PENDING_SECONDS = 300
RENEWAL = "owes_password"
RowT = TypeVar("RowT")


def try_password(request: HttpRequest, name: str, password: str) -> Account | None:
    """The account of a name and password; raises TooMany after many wrong tries."""
    key = f"sign-in:{name.strip().lower()[:100]}"
    count_try(request, key)
    account = authenticate(request, login=name, password=password)
    if isinstance(account, Account):
        forget_tries(request, key)
        return account
    return None


def enter(request: HttpRequest, account: Account) -> None:
    """Open a fresh session for the account."""
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["seen"] = time.time()
    request.session["began"] = time.time()
    consoles.entered(request)


def step_in(request: HttpRequest, account: Account) -> None:
    """Open the session of somebody who proved himself at a duty PC by card or passkey and PIN.

    The session before ends at the server; nothing of it goes over, no fresh proof comes with it.
    """
    consoles.lock(request)
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["seen"] = time.time()
    consoles.entered(request, by_pin=True)


def ask_for_code(request: HttpRequest, account: Account) -> bool:
    """Whether a code must follow; remembers who has given the right password."""
    owes = second_factor.has_second_factor(account.pk) or owes_new_factor(account.pk)
    if not owes:
        return False
    request.session.cycle_key()
    request.session[PENDING] = [account.pk, time.time()]
    return True


def awaiting(request: HttpRequest) -> Account | None:
    """The account that has given its password and still owes the code."""
    kept = request.session.get(PENDING)
    if not kept or time.time() - kept[1] > PENDING_SECONDS:
        return None
    return Account.objects.filter(pk=kept[0], is_active=True).first()


def owes_password(request: HttpRequest, account: Account, place: str) -> bool:
    """Whether a new password must come first; remembers who has proved himself."""
    if not is_expired(account):
        return False
    request.session.cycle_key()
    request.session.pop(PENDING, None)
    request.session[RENEWAL] = [account.pk, time.time(), place]
    return True


def renewing(request: HttpRequest) -> tuple[Account, str] | None:
    """The account that owes a new password, and where it goes on; None where nobody does."""
    kept = request.session.get(RENEWAL)
    if not kept or time.time() - kept[1] > PENDING_SECONDS:
        return None
    rows = Account.objects.select_related("person")
    account = rows.filter(pk=kept[0], is_active=True).first()
    return (account, kept[2]) if account is not None else None


def own_account(request: Request) -> Account:
    """The account that is signed in; raises Account.DoesNotExist where there is none."""
    return Account.objects.select_related("person").get(pk=request.actor.account_id or 0)


def renew_rights(request: HttpRequest) -> None:
    """Let the next request find out anew who acts: his factors have changed."""
    request.session.pop("rights_at", None)


def leave(request: HttpRequest) -> None:
    """End the session."""
    logout(request)


def next_place(request: HttpRequest, default: str = "/beranda") -> str:
    """Where to go on: an address of this site only."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
        return asked
    return default


def slow_down_text(problem: TooMany) -> str:
    """What a person reads after many wrong tries."""
    minutes = max(1, problem.wait_seconds // 60)
    return _("Too many tries. Please wait %(minutes)s minutes, then try again.") % {
        "minutes": minutes
    }


def closed_text(account: Account) -> str:
    """Why somebody who proved himself still may not enter; empty where he may."""
    last = last_day_of_access(account)
    if last is None or last >= clock.today():
        return ""
    return _("Your access ended on %(day)s. The HR officer of your unit helps you.") % {
        "day": date_format(last, "j F Y")
    }


def is_fresh(request: Request) -> bool:
    """Whether who is signed in has proved himself within ten minutes."""
    seen = request.actor.stepped_up_at
    return seen is not None and clock.now() - seen <= STEP_UP_LIFE


def to_step_up(place: str) -> HttpResponse:
    """Ask who one is once more, then go on at a place."""
    return redirect(f"{reverse(settings.ABDI_STEP_UP_ROUTE)}?{urlencode({'next': place})}")


def or_404(rows: Iterable[RowT]) -> RowT:
    """The first of some rows; raises Http404 where there is none."""
    for row in rows:
        return row
    raise Http404
