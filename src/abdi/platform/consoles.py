"""A shared duty PC: an enrolled machine, its session of nobody, the lock after a minute.

The machine proves itself by a cookie. While nobody is stepped in it holds a console session: no
person, no role, the board and nothing else. A person's session replaces it and ends after a minute
without input. Who the machine is and when a shift ends is asked of higher floors by the settings.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils.module_loading import import_string

from abdi.platform import clock
from abdi.platform.access import Actor

View = TypeVar("View", bound=Callable[..., HttpResponse])
COOKIE: Final = "konsol"
LONGEST: Final = timedelta(hours=12)
"""No session at a console lives longer, whatever the roster says."""
MACHINE, UNTIL, INPUT, BY_PIN = "console", "console_until", "console_input", "console_by_pin"
COOKIE_SECONDS: Final = 400 * 24 * 3600
"""As long as browsers keep a cookie at most; each stepping in begins it anew."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Machine:
    """An enrolled PC; `agency_id` None where its room works for the whole institution."""

    id: int
    institution_id: int
    name: str
    unit_id: int
    agency_id: int | None


@dataclass(frozen=True)
class Standing:
    """Somebody of the room's roster at this moment."""

    person_id: int
    name: str
    ends_at: datetime


def on_console(view: View) -> View:
    """Declare that a page is open to a console where nobody has stepped in."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    run.abdi_on_console = True  # type: ignore[attr-defined]
    return run  # type: ignore[return-value]


def opens_on_console(view: Any) -> bool:
    """Whether a page is open to a console where nobody has stepped in."""
    return getattr(view, "abdi_on_console", False) is True


# ------------------------------------------------------------------ the machine


def cookie_name() -> str:
    """The name of the machine's cookie."""
    return COOKIE if settings.ABDI_PLAIN_HTTP else f"__Host-{COOKIE}"


def keep_cookie(response: HttpResponse, token: str) -> None:
    """Leave the machine's proof in its browser."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=COOKIE_SECONDS,
        secure=not settings.ABDI_PLAIN_HTTP,
        httponly=True,
        samesite="Lax",
    )


def token_of(request: HttpRequest) -> str:
    """What the browser proves itself with; empty where it is no console."""
    given = request.COOKIES.get(cookie_name(), "")
    return given if _TOKEN.fullmatch(given) else ""


def machine_of(request: HttpRequest) -> Machine | None:
    """The enrolled PC a request comes from; None for others. A query only where there is a cookie.

    A machine that was revoked is none from the next request on.
    """
    kept: list[Machine | None] | None = getattr(request, "_abdi_machine", None)
    if kept is None:
        token = token_of(request)
        found = import_string(settings.ABDI_CONSOLE_FINDER)(token) if token else None
        kept = request._abdi_machine = [found]  # type: ignore[attr-defined]
    return kept[0]


def standing(machine: Machine) -> list[Standing]:
    """Who stands in the machine's room now, by the roster."""
    found: list[Standing] = import_string(settings.ABDI_ROOM_ROSTER)(machine.unit_id, clock.now())
    return found


def until(machine: Machine) -> datetime:
    """When a session opened now ends: with the shift that runs, after twelve hours at most."""
    latest = clock.now() + LONGEST
    return min([latest, *(one.ends_at for one in standing(machine))])


# ------------------------------------------------------------------ its sessions


def nobody_at(request: HttpRequest) -> Actor | None:
    """The actor of a console where nobody has stepped in; None where somebody acts, or elsewhere.

    Locks a person's session that had no input for a minute, is over, or was opened elsewhere.
    """
    machine, session = machine_of(request), request.session
    if machine is None:
        if MACHINE in session:  # taken along to another machine, or this one was revoked
            lock(request)
        return None
    if SESSION_KEY in session:
        if not _is_over(request, machine):
            _note_input(request)
            return None
        lock(request)
        request.console_locked = True  # type: ignore[attr-defined]
    return _open(request, machine)


def lock(request: HttpRequest) -> None:
    """End the session at the server; forms of its pages are void with it."""
    request.session.flush()
    rotate_token(request)


def entered(request: HttpRequest, *, by_pin: bool = False) -> None:
    """A person's session was opened; at a console it is bound to it and ends with it."""
    machine = machine_of(request)
    if machine is None:
        return
    _bind(request, machine, clock.now() + LONGEST)
    if by_pin:
        request.session[BY_PIN] = True
    else:
        request.session.pop(BY_PIN, None)


def is_full_sign_in(request: HttpRequest) -> bool:
    """Whether the person at this console came by the whole sign-in, not by his PIN."""
    return machine_of(request) is not None and not is_by_pin(request)


def is_by_pin(request: HttpRequest) -> bool:
    """Whether this session was opened by a PIN, which proves less than a password."""
    return bool(request.session.get(BY_PIN))


def lock_words(request: HttpRequest) -> dict[str, str]:
    """What a page at a console carries for its script: lock, addresses, whose drafts are whose."""
    account_id = getattr(getattr(request, "actor", None), "account_id", None)
    if account_id is None:
        return {"data-whose": ""}
    key = f"whose drafts {settings.SECRET_KEY}".encode()
    return {
        "data-whose": hmac.new(key, str(account_id).encode(), hashlib.sha256).hexdigest()[:16],
        "data-lock": str(settings.ABDI_CONSOLE_LOCK_SECONDS),
        "data-lock-url": reverse("people:lock"),
        "data-input-url": reverse("people:console_input"),
    }


def _is_over(request: HttpRequest, machine: Machine) -> bool:
    """Whether a person's session has to end here; one from before the enrolling is bound now."""
    session, now = request.session, clock.now().timestamp()
    if MACHINE not in session:
        _bind(request, machine, clock.now() + LONGEST)
    if session[MACHINE] != machine.id or now >= session[UNTIL]:
        return True
    return bool(now - session[INPUT] >= settings.ABDI_CONSOLE_LOCK_SECONDS)


def _bind(request: HttpRequest, machine: Machine, ends: datetime) -> None:
    request.session[MACHINE] = machine.id
    request.session[UNTIL] = ends.timestamp()
    request.session[INPUT] = clock.now().timestamp()


def _note_input(request: HttpRequest) -> None:
    """Pages and pings are input, what a page asks by itself is not; a write a second at most."""
    now = clock.now().timestamp()
    polls = request.headers.get("X-Poll") == "1"
    if not polls and now - request.session[INPUT] >= 1:
        request.session[INPUT] = now


def _open(request: HttpRequest, machine: Machine) -> Actor:
    """The console's own session, a new one where the last is over."""
    session, now = request.session, clock.now().timestamp()
    if session.get(MACHINE) != machine.id or now >= session.get(UNTIL, 0):
        session.flush()
        _bind(request, machine, until(machine))
    return Actor(
        kind="console",
        institution_id=machine.institution_id,
        name=machine.name,
        agency_id=machine.agency_id,
        unit_id=machine.unit_id,
        console_id=machine.id,
    )
