"""How often something may be tried: by device, address or account, in a sliding window.

    @public("citizens report without an account")
    @limited("reports.intake", device="5 per 10 minutes", address="60 per hour")
    def report_form(request): ...

Counted in the database for all processes. Keys are stored as keyed hashes. Never a lasting lock:
refused tries do not count, the window slides on, and a right answer gives its try back.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ClassVar, Final, Self, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.db.texts import prepared_cursor
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager, current_institution_id

View = TypeVar("View", bound=Callable[..., HttpResponse])

DEVICE_COOKIE: Final = "perangkat"
LONGEST_WINDOW: Final = 86_400
_DEVICE: Final = re.compile(r"[0-9a-f]{32}")
_YEAR_SECONDS: Final = 31_536_000
_RATE: Final = re.compile(r"(\d{1,5}) per (?:(\d{1,4}) )?(second|minute|hour|day)s?")
_SECONDS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_IPV6_NET: Final = 64


class TooMany(Exception):
    """Too many tries: 429; `wait_seconds` until the next one may count."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"too many tries, wait {wait_seconds} s")
        self.wait_seconds = wait_seconds

    @property
    def message(self) -> str:
        """A sentence for the person who tries."""
        minutes = -(-self.wait_seconds // 60)
        return _("Too many tries. Please wait %(minutes)d minutes.") % {"minutes": minutes}


class Tally(Owned):
    """How often a key was tried in one window; the key is hashed, the window named by its start."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    privacy = Privacy("internal", purpose="slow down abuse", basis="product rule", keep="2 days")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "key", "window"], name="tally_once")
        ]
        indexes = [models.Index(fields=["window"], name="tally_window")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"


STILL = (
    '(COALESCE((SELECT t."count" FROM platform_tally t WHERE t.institution_id = %s'
    ' AND t."key" = %s AND t."window" = %s), 0) * %s + %s) / %s'
)
"""Tries of the window before that still count: its count × seconds left / seconds, rounded up."""
COUNT_ONE = (
    'INSERT INTO platform_tally (institution_id, "key", "window", "count")'
    " SELECT CAST(%s AS bigint), CAST(%s AS varchar(64)), CAST(%s AS bigint), 1"
    f" WHERE %s > {STILL}"
    ' ON CONFLICT (institution_id, "key", "window")'
    ' DO UPDATE SET "count" = platform_tally."count" + 1'
    f' WHERE platform_tally."count" < %s - {STILL}'
)


@dataclass(frozen=True)
class Rate:
    """So many times in so many seconds."""

    most: int
    seconds: int

    @classmethod
    def of(cls, words: str) -> Rate:
        """A rate in words: "5 per 10 minutes", "60 per hour". Raises ValueError."""
        found = _RATE.fullmatch(words)
        rate = cls(int(found[1]), int(found[2] or 1) * _SECONDS[found[3]]) if found else None
        if rate is None or not rate.most or not 0 < rate.seconds <= LONGEST_WINDOW:
            raise ValueError(f"no rate: {words!r}")
        return rate


def limit(key: str, *, most: int, seconds: int) -> None:
    """Count one try of `key`; raises TooMany, and counts nothing, after `most` within the window.

    The window slides: of the one before, the share that still lies inside counts too.
    """
    start, inside = _window(seconds)
    if not _count(_digest(key, seconds), start, inside, most=most, seconds=seconds):
        raise TooMany(seconds - inside)


def give_back(key: str, *, seconds: int) -> None:
    """Take back one try of `key`: it was a right one."""
    start, _inside = _window(seconds)
    rows = Tally.objects.filter(key=_digest(key, seconds), window=start, count__gt=0)
    rows.update(count=F("count") - 1)


def count_try(request: HttpRequest, key: str) -> None:
    """One try to prove who one is.

    10 per name and address in 15 minutes, so that nobody locks another out from elsewhere; 100 per
    name in 15 minutes against many addresses; 100 per address in an hour.
    """
    for name, most, seconds in _tries(request, key):
        limit(name, most=most, seconds=seconds)


def forget_tries(request: HttpRequest, key: str) -> None:
    """A right answer forgets the wrong tries of that name from here, and its own try elsewhere."""
    (own, _most, seconds), *others = _tries(request, key)
    Tally.objects.filter(key=_digest(own, seconds)).delete()
    for name, _most, span in others:
        give_back(name, seconds=span)


def limited(what: str, *, reading: bool = False, **rates: str) -> Callable[[View], View]:
    """Limit a view by `device`, `address` or `account`, each a rate in words.

    Only writing requests count unless `reading` is set. Raises ValueError for unknown words.
    """
    if unknown := set(rates) - set(_WHO):
        raise ValueError(f"nobody is called {', '.join(sorted(unknown))}")
    known = {name: Rate.of(words) for name, words in rates.items()}

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            if reading or request.method not in _READING:
                for name, rate in known.items():
                    if who := _WHO[name](request):
                        limit(f"{what}|{name}|{who}", most=rate.most, seconds=rate.seconds)
            return view(request, *args, **options)

        return counted  # type: ignore[return-value]

    return decorate


def address_of(request: HttpRequest) -> str:
    """The client's address; for IPv6 its network, since one house has many of them.

    Forwarded addresses count only from the configured number of trusted proxies.
    """
    hops = settings.ABDI_TRUSTED_PROXIES
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    forwarded = [part.strip() for part in forwarded if part.strip()]
    trusted = hops and len(forwarded) >= hops
    address = forwarded[-hops] if trusted else str(request.META.get("REMOTE_ADDR", ""))
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found), _IPV6_NET), strict=False))


def device_of(request: HttpRequest) -> str:
    """The mark of this browser, or an empty text where it has none."""
    mark = request.COOKIES.get(_cookie_name(), "")
    return mark if _DEVICE.fullmatch(mark) else ""


def remember_device(request: HttpRequest, response: HttpResponse) -> None:
    """Give a browser without a mark a random one; it says nothing about the person."""
    if device_of(request):
        return
    response.set_cookie(
        _cookie_name(),
        secrets.token_hex(16),
        max_age=_YEAR_SECONDS,
        secure=not settings.ABDI_PLAIN_HTTP,
        httponly=True,
        samesite="Lax",
    )


def forget_old_tallies() -> int:
    """Drop the counts of windows that nothing reaches any more; returns how many."""
    oldest = int(clock.now().timestamp()) - 2 * LONGEST_WINDOW
    return Tally.objects.filter(window__lt=oldest).delete()[0]


def _account_of(request: HttpRequest) -> str:
    account_id = getattr(getattr(request, "actor", None), "account_id", None)
    return "" if account_id is None else str(account_id)


_WHO: Final[dict[str, Callable[[HttpRequest], str]]] = {
    "device": device_of,
    "address": address_of,
    "account": _account_of,
}


def _tries(request: HttpRequest, key: str) -> list[tuple[str, int, int]]:
    address = address_of(request)
    return [
        (f"name:{key}|{address}", 10, 900),
        (f"name:{key}", 100, 900),
        (f"address:{address}", 100, 3600),
    ]


def _cookie_name() -> str:
    return DEVICE_COOKIE if settings.ABDI_PLAIN_HTTP else f"__Host-{DEVICE_COOKIE}"


def _window(seconds: int) -> tuple[int, int]:
    """Start of the present window, and how many seconds of it have passed."""
    now = int(clock.now().timestamp())
    return now - now % seconds, now % seconds


def _count(digest: str, start: int, inside: int, *, most: int, seconds: int) -> bool:
    """Add one where fewer than `most` are counted; one statement, so no race oversells.

    It takes its turn among the writers, also where nothing else is written.
    """
    own = current_institution_id()
    still = [own, digest, start - seconds, seconds - inside, seconds - 1, seconds]
    values = [own, digest, start, most, *still, most, *still]
    with transaction.atomic(savepoint=False), prepared_cursor() as cursor:
        cursor.execute(COUNT_ONE, values)
        return bool(cursor.rowcount == 1)


def _digest(key: str, seconds: int) -> str:
    text = f"{current_institution_id()}|{seconds}|{key}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
