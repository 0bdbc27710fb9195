"""Slowing down: so many tries per key and window, counted in the database for all processes.

Never a lasting lock that an attacker could trigger for somebody else: the window passes by itself,
and a right answer forgets the tries.
"""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F
from django.http import HttpRequest

from abdi.platform import clock
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned


class TooMany(Exception):
    """Too many tries; `wait_seconds` until the next one counts."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"too many tries, wait {wait_seconds} s")
        self.wait_seconds = wait_seconds


class Tally(Owned):
    """How often a key was tried in one window; the key is hashed."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    privacy = Privacy("internal", purpose="slow down abuse", basis="product rule", keep="1 day")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "key", "window"], name="tally_once")
        ]
        indexes = [models.Index(fields=["window"], name="tally_window")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"


def address_of(request: HttpRequest) -> str:
    """The client's address; forwarded ones count only from the configured number of proxies."""
    hops = settings.ABDI_TRUSTED_PROXIES
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part
    ]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return str(request.META.get("REMOTE_ADDR", ""))


def limit(key: str, *, most: int, seconds: int) -> None:
    """Count one try of `key`; raises TooMany from the try after `most` within a window on."""
    now = int(clock.now().timestamp())
    window = now // seconds
    digest = hashlib.sha256(f"{key}|{seconds}|{settings.SECRET_KEY}".encode()).hexdigest()
    row, _made = Tally.objects.get_or_create(key=digest, window=window)
    Tally.objects.filter(pk=row.pk).update(count=F("count") + 1)
    if row.count + 1 > most:
        raise TooMany((window + 1) * seconds - now)


def count_try(request: HttpRequest, key: str) -> None:
    """One try to prove who one is: 10 per name in 15 minutes, 100 per address in an hour."""
    limit(f"name:{key}", most=10, seconds=900)
    limit(f"address:{address_of(request)}", most=100, seconds=3600)


def forget_tries(request: HttpRequest, key: str) -> None:
    """A right answer forgets the wrong tries of that name."""
    digest = hashlib.sha256(f"name:{key}|900|{settings.SECRET_KEY}".encode()).hexdigest()
    Tally.objects.filter(key=digest).delete()
