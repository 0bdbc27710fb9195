"""Middleware: institution, language, actor; and one place where refusals become answers."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseRedirect,
    JsonResponse,
)
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import is_valid_path
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from abdi.platform import clock, consoles
from abdi.platform.access import Actor, Refused, citizen, to_sign_in
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.actor_text import frozen, thawed
from abdi.platform.before_factor import is_asked, owed_text, stays_open, to_set_up
from abdi.platform.pages import page
from abdi.platform.ratelimit import TooMany
from abdi.platform.tenancy import Institution, within
from abdi.platform.text import BadInput
from abdi.platform.too_big import has_an_answer

Handler = Callable[[HttpRequest], HttpResponse]
RIGHTS_LIFE_SECONDS = 60
IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3600
"""However busy somebody is: so long after he proved himself he does it again."""
MACHINES = ("/api/", "/scim/")
log = structlog.get_logger()
_hosts: dict[str, tuple[float, Institution | None]] = {}


def institution_of(host: str) -> Institution | None:
    """The institution a host name belongs to; the only one where just one is installed."""
    kept = _hosts.get(host)
    if kept and time.monotonic() - kept[0] < RIGHTS_LIFE_SECONDS and kept[1] is not None:
        return kept[1]
    rows = list(Institution.objects.order_by("id")[:200])
    named = [row for row in rows if row.host and row.host == host]
    found = named[0] if named else (rows[0] if len(rows) == 1 else None)
    if found is None and rows:
        found = next((row for row in rows if not row.host), rows[0])
    _hosts[host] = (time.monotonic(), found)
    return found


def forget_hosts() -> None:
    """Drop what is remembered about host names (tests, after a change)."""
    _hosts.clear()


class InstitutionMiddleware:
    """Sets the institution of the request by its host."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run the rest for the institution of this host."""
        if request.path.startswith(("/health/", "/static/")):
            return self.get_response(request)
        host = request.get_host()
        found = institution_of(host.rpartition(":")[0] or host)
        if found is None:
            text = "No institution is set up yet: run `abdi demo`, or `abdi load institution`."
            return HttpResponse(text, status=503, content_type="text/plain")
        request.institution = found  # type: ignore[attr-defined]
        with within(found.pk):
            return self.get_response(request)


class CsrfMiddleware(CsrfViewMiddleware):
    """Django's check, which also knows pages that send no referrer.

    From such a page a browser names the origin of a form `null`, and says beside it
    `Sec-Fetch-Site: same-origin`, which no script and no other site can write. The token is asked
    as always.
    """

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, more: Any
    ) -> HttpResponseForbidden | None:
        """Django's check; a form too big to be read goes on, empty, where the view answers it."""
        try:
            return super().process_view(request, view, args, more)
        except RequestDataTooBig:
            if not has_an_answer(view):
                raise
            request._mark_post_parse_error()  # type: ignore[attr-defined]
            request.is_too_big = True  # type: ignore[attr-defined]
            return None

    def _origin_verified(self, request: HttpRequest) -> bool:
        own = request.headers.get("Sec-Fetch-Site") == "same-origin"
        if request.headers.get("Origin") == "null" and own:
            return True
        return bool(super()._origin_verified(request))  # type: ignore[misc]


class LanguageMiddleware:
    """Indonesian for everybody; only the reader's own choice changes it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the language of the page from the reader's cookie."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "id")
        language = chosen if chosen in dict(settings.LANGUAGES) else "id"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return self.get_response(request)


class ActorMiddleware:
    """Puts `request.actor` in place and turns refusals into 403, 409 and 422."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.build = import_string(settings.ABDI_ACTOR_BUILDER)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who acts, then run the view."""
        if hasattr(request, "institution"):
            request.actor = self._actor(request)  # type: ignore[attr-defined]
        return _or_page_above(request, self.get_response(request))

    def _actor(self, request: HttpRequest) -> Actor:
        nobody = consoles.nobody_at(request)
        if nobody is not None:
            return nobody
        session = request.session
        institution_id = request.institution.pk  # type: ignore[attr-defined]
        account_id = session.get("_auth_user_id")
        if account_id is None:
            return citizen(institution_id)
        now = time.time()
        if now - session.get("seen", now) > IDLE_SECONDS or _is_too_old(request):
            logout(request)
            request.session_ended = True  # type: ignore[attr-defined]
            return citizen(institution_id)
        is_old = now - session.get("rights_at", 0) > RIGHTS_LIFE_SECONDS
        if is_old or not isinstance(session.get("actor"), str):
            if not self._refresh(request, int(account_id), institution_id, now):
                logout(request)
                return citizen(institution_id)
        elif now - session.get("seen", 0) > RIGHTS_LIFE_SECONDS and not _is_polling(request):
            session["seen"] = now
        actor = thawed(session["actor"], session.get("stepped_up"))
        if actor.is_over(clock.today()):
            logout(request)
            return citizen(institution_id)
        owes_nothing = actor.owes_factor and not is_asked(request, int(account_id))
        return replace(actor, owes_factor="") if owes_nothing else actor

    def process_view(
        self, request: HttpRequest, view: Any, _args: object, _more: object
    ) -> HttpResponse | None:
        """Who owes the second factor of a role gets to the pages that set one up only.

        A console where nobody has stepped in opens the board and the ways to step in.
        """
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None or stays_open(view):
            return None
        if actor.console_id is not None:
            return None if consoles.opens_on_console(view) else _nobody_there(request)
        if not actor.owes_factor:
            return None
        if request.path.startswith(MACHINES):
            return refusal(request, 403, owed_text(actor))
        return to_set_up(request)

    def _refresh(
        self, request: HttpRequest, account_id: int, institution_id: int, now: float
    ) -> bool:
        built: Actor | None = self.build(account_id)
        if built is None or built.institution_id != institution_id:
            return False
        request.session["actor"] = frozen(built)
        request.session["rights_at"] = now
        request.session.setdefault("began", now)
        if not _is_polling(request) or "seen" not in request.session:
            request.session["seen"] = now
        return True

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """One place where Refused, Conflict and Invalid become answers."""
        if isinstance(problem, Refused) and request.actor.console_id is not None:  # type: ignore[attr-defined]
            return _nobody_there(request)
        if isinstance(problem, Refused):
            _note_denial(request, problem)
            return refusal(request, 403, _("This page is not for your role."))
        if isinstance(problem, Conflict):
            return refusal(request, 409, problem.message, current=problem.current)
        if isinstance(problem, Invalid | BadInput):
            return refusal(request, 422, problem.message, field=problem.field)
        if isinstance(problem, TooMany):
            return _slow_down(request, problem)
        if isinstance(problem, Http404 | PermissionDenied):
            return None
        if not settings.ABDI_HIDE_ERRORS:
            return None
        reference = secrets.token_hex(4).upper()
        log.exception("request failed", reference=reference, route=_route(request))
        return refusal(request, 500, "", reference=reference)


def _or_page_above(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """An address that only takes forms, opened like a page: on to the page it belongs to.

    People land there after a refused form, by the address bar, the history or the language switch.
    """
    actor = getattr(request, "actor", None)
    by_hand = request.method == "GET" and actor is not None and actor.is_signed_in
    if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not by_hand:
        return answer
    above = request.path.rpartition("/")[0]
    if request.path.startswith(MACHINES) or not is_valid_path(above):
        return answer
    return HttpResponseRedirect(above)


def refusal(request: HttpRequest, status: int, message: str, **more: object) -> HttpResponse:
    """The answer for a refused request: a page for people, JSON for machines."""
    if request.path.startswith("/api/"):
        body = {"error": message, "reference": more.get("reference")}
        if more.get("field"):
            body["field"] = more["field"]
        return JsonResponse(body, status=status)
    context = {"message": message, "reference": "", "current": None, "field": "", **more}
    answer = page(request, f"errors/{status}.html", context, status=status)
    return answer.render() if hasattr(answer, "render") else answer


def _slow_down(request: HttpRequest, problem: TooMany) -> HttpResponse:
    answer = refusal(request, 429, problem.message)
    answer["Retry-After"] = str(problem.wait_seconds)
    return answer


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: ask to reload, lose nothing.

    At a duty PC it is one that was opened by somebody who has left, or before the lock.
    """
    if hasattr(request, "institution") and consoles.machine_of(request) is not None:
        return refusal(request, 403, _left_behind())
    return refusal(request, 403, _("This form is too old. Reload the page and send it again."))


def _left_behind() -> str:
    return _(
        "This form was opened before the screen was locked or somebody else stepped in. Nothing "
        "was sent. What was written is kept as the draft of who wrote it."
    )


def _nobody_there(request: HttpRequest) -> HttpResponse:
    """Nobody has stepped in at this console: on to the board's door; 401 for all but pages."""
    if request.method in ("GET", "HEAD") and not request.path.startswith(MACHINES):
        return to_sign_in(request)
    if getattr(request, "htmx", False):
        return to_sign_in(request)
    return refusal(request, 401, _left_behind())


def _note_denial(request: HttpRequest, problem: Refused) -> None:
    from abdi.platform.journal import note_denial

    note_denial(request.actor, problem.resource, problem.act, problem.reason)  # type: ignore[attr-defined]


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else "?"


def _is_too_old(request: HttpRequest) -> bool:
    """Whether the absolute end of a session is past; saving it prolongs its row, not this."""
    now = time.time()
    return bool(now - request.session.get("began", now) >= LONGEST_SECONDS)


def _is_polling(request: HttpRequest) -> bool:
    return request.headers.get("X-Poll") == "1"
