"""The door of machines: key, language, limits; answers with a mark, refusals as problems."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from abdi.gateway import queries
from abdi.gateway.models import ApiKey
from abdi.platform import clock
from abdi.platform.access import Key, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import note_denial
from abdi.platform.ratelimit import TooMany, address_of, limit
from abdi.platform.text import BadInput

View = Callable[..., HttpResponse]
Render = Callable[..., HttpResponse]
PER_MINUTE = 600
WRONG_KEYS = 30
SECONDS = 60


class NoKey(Exception):
    """No key, or none that opens: 401."""


class WithSession(Exception):
    """A key came together with the cookie of a session: 400."""


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """An answer in the form of RFC 9457."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body |= {"detail": detail, **{name: value for name, value in more.items() if value}}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def door(
    view: View,
    cells: dict[str, tuple[str, str]],
    known: dict[str, Iterable[str]] | None = None,
    render: Render = problem,
) -> View:
    """A view that asks a key: `cells` names what each method needs, `known` its parameters."""

    @csrf_exempt
    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(language_of(request)):
            try:
                _enter(request, cells)
                _read_query(request, None if known is None else known.get(request.method or "", ()))
                answer = view(request, *args, **kwargs)
            except Exception as error:
                found = answer_to(request, error, render)
                if found is None:
                    raise
                answer = found
            return _finished(request, answer)

    run.abdi_key = Key(next(iter(cells.values())))  # type: ignore[attr-defined]
    return run


def language_of(request: HttpRequest) -> str:
    """The language asked for by Accept-Language, of those there are; else Indonesian."""
    names = dict(settings.LANGUAGES)
    wishes = []
    for place, part in enumerate(request.headers.get("Accept-Language", "")[:200].split(",")):
        word, _semicolon, weight = part.strip().partition(";q=")
        try:
            share = float(weight or 1)
        except ValueError:
            share = 0.0
        wishes.append((-share, place, word.split("-")[0].lower()))
    return next((word for _share, _place, word in sorted(wishes) if word in names), "id")


def _enter(request: HttpRequest, cells: dict[str, tuple[str, str]]) -> None:
    kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise NoKey
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        raise WithSession
    address = address_of(request)
    key = queries.key_of(token.strip())
    actor = queries.actor_by(key) if key else None
    if key is None or actor is None:
        limit(f"gateway.wrong|{address}", most=WRONG_KEYS, seconds=SECONDS)
        raise NoKey
    limit(f"gateway.key|{key.pk}", most=PER_MINUTE, seconds=SECONDS)
    _note_use(key)
    request.actor = actor  # type: ignore[attr-defined]
    cell = cells.get("GET" if request.method == "HEAD" else request.method or "")
    if cell is not None and not actor.holds(*cell):
        raise Refused("no_grant", resource=cell[0], act=cell[1])


def _note_use(key: ApiKey) -> None:
    """One line a day: a key that nobody uses can be ended."""
    today = clock.today()
    if key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)


def _read_query(request: HttpRequest, known: Iterable[str] | None) -> None:
    for name, values in request.GET.lists():
        if known is not None and name not in known:
            raise Invalid(_("There is no parameter of this name."), field=name[:60])
        if any("\x00" in value or len(value) > 1_000 for value in values):
            raise Invalid(_("This value cannot be read."), field=name[:60])


def answer_to(request: HttpRequest, error: Exception, render: Render) -> HttpResponse | None:
    """The answer for a refusal; None for what is our own mistake."""
    if isinstance(error, NoKey):
        answer = render(401, _("A valid key is needed: Authorization: Bearer …"))
        answer["WWW-Authenticate"] = 'Bearer realm="abdi"'
        return answer
    if isinstance(error, TooMany):
        answer = render(429, _("Too many requests."))
        answer["Retry-After"] = str(error.wait_seconds)
        return answer
    if isinstance(error, WithSession):
        return render(400, _("Send a key without the cookie of a session."))
    if isinstance(error, Refused):
        note_denial(request.actor, error.resource, error.act, error.reason)  # type: ignore[attr-defined]
        return render(403, _("This key may not do this."))
    if isinstance(error, Conflict):
        return render(409, error.message)
    if isinstance(error, Invalid | BadInput):
        return render(422, error.message, field=error.field)
    if isinstance(error, Http404):
        return render(404, _("There is nothing of this name here."))
    return None


def _finished(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Authorization", "Accept-Language"])
    if request.method not in ("GET", "HEAD") or answer.status_code != HTTPStatus.OK:
        return answer
    if "ETag" not in answer:
        answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    found = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return found or answer
