"""Idempotency: a form sent twice acts once (SECURITY_GUIDE 3)."""

from __future__ import annotations

import functools
import hashlib
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.actions import Invalid
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned

FIELD = "_once"
LIFE = timedelta(days=7)
View = TypeVar("View", bound=Callable[..., HttpResponse])


class OnceKey(Owned):
    """A key that was used, with the answer given; lives seven days."""

    key = models.CharField(max_length=120)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=500, blank=True)
    body = models.BinaryField(default=b"")
    at = models.DateTimeField(db_index=True)

    privacy = Privacy("internal", purpose="act once", basis="product rule", keep="7 days")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "key"], name="once_key")]

    def __str__(self) -> str:
        return self.key


class _NotKept(Exception):
    """Carries an answer out of a transaction that is rolled back."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


def once_field() -> SafeString:
    """The hidden field with a fresh key."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid.uuid4().hex)


def once(view: View) -> View:
    """Run a POST view once per key: same key and body, the first answer; other body, 422.

    The key and the change commit together. Answers of 400 and above are not kept.
    """

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = f"{view.__module__.split('.')[1]}.{view.__name__}"
        return run_once(request, name, lambda: view(request, *args, **kwargs))

    return run  # type: ignore[return-value]


def run_once(request: HttpRequest, name: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Run `act` once per key of the request, in one transaction with the key.

    For views that read files first, so that no file is parsed inside the transaction.
    """
    given = request.headers.get("Idempotency-Key") or request.POST.get(FIELD, "")
    if request.method != "POST" or not 8 <= len(given) <= 64:
        return act()
    key, body_hash = f"{name}:{given}"[:120], _hash(request)
    known = _known(key, body_hash)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            row = OnceKey.objects.create(key=key, body_hash=body_hash, at=clock.now())
            answer = act()
            _keep(row, answer)
            return answer
    except _NotKept as not_kept:
        return not_kept.answer
    except IntegrityError:
        known = _known(key, body_hash)
        if known is None:
            raise
        return known


def _keep(row: OnceKey, answer: HttpResponse) -> None:
    if hasattr(answer, "render") and not getattr(answer, "is_rendered", True):
        answer.render()
    if answer.status_code >= 400:
        raise _NotKept(answer)
    row.status = answer.status_code
    row.location = answer.headers.get("Location", "")[:500]
    row.body = answer.content if answer.status_code == 200 and len(answer.content) < 60_000 else b""
    row.save(update_fields=["status", "location", "body"])


def _known(key: str, body_hash: str) -> HttpResponse | None:
    row = OnceKey.objects.filter(key=key, at__gte=clock.now() - LIFE).first()
    if row is None:
        return None
    if row.body_hash != body_hash:
        raise Invalid(_("This form was already sent with other entries. Please reload the page."))
    answer = HttpResponse(bytes(row.body), status=row.status)
    if row.location:
        answer.headers["Location"] = row.location
    return answer


def _hash(request: HttpRequest) -> str:
    parts = sorted(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    )
    files = sorted(
        (name, file.name, file.size) for name, found in request.FILES.lists() for file in found
    )
    return hashlib.sha256(
        repr((request.path, parts, files)).encode("utf-8", "backslashreplace")
    ).hexdigest()


def forget_old_keys() -> int:
    """Drop keys older than seven days; returns how many."""
    return OnceKey.objects.filter(at__lt=clock.now() - LIFE).delete()[0]
