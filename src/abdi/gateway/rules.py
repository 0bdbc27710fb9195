"""The form of a key and what is kept of it; which addresses may be told of changes, and when."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

LONGEST_LIFE: Final = timedelta(days=366)
LOOKUP: Final = 10
SECRET: Final = 43
KAIT: Final = "kait_"
TEST: Final = "test"
MAX_TRIES: Final = 8
BREAKS_AFTER: Final = 5
_USUAL_PORT: Final = 443
_PAUSE: Final = timedelta(minutes=5)
_LONGEST_PAUSE: Final = timedelta(hours=1)
_TOKEN: Final = re.compile(r"abdi_([a-z2-9]{10})_([A-Za-z0-9_-]{43})")


def token_of(lookup: str, secret: str) -> str:
    """A key as it is shown once."""
    return f"abdi_{lookup}_{secret}"


def parts_of(token: str) -> tuple[str, str] | None:
    """The part a key is found by and its secret part; None where it has not the form of one."""
    found = _TOKEN.fullmatch(token)
    return (found[1], found[2]) if found else None


def digest_of(secret: str) -> str:
    """What is kept of the secret part: 256 drawn bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_secret_of(secret: str, digest: str) -> bool:
    """Whether a secret belongs to a digest, in the same time for right and wrong ones."""
    return hmac.compare_digest(digest_of(secret), digest)


def has_ended(expires_on: date, today: date) -> bool:
    """A key works up to and on its last day."""
    return today > expires_on


def host_of(address: str) -> str | None:
    """The host of an https address that may be asked; None for any other address."""
    try:
        parts = urlsplit(address)
        port = parts.port or _USUAL_PORT
    except ValueError:
        return None
    plain = address.isascii() and address.isprintable() and " " not in address
    alone = parts.username is None and parts.password is None and not parts.fragment
    if parts.scheme != "https" or port != _USUAL_PORT or not plain or not alone:
        return None
    return parts.hostname or None


def is_number(host: str) -> bool:
    """Whether a host is written as an address of the network, not as a name."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def key_of(hook_id: int, entry_id: int) -> str:
    """What a receiver knows one delivery by, however often it is sent."""
    return f"{hook_id}-{entry_id}"


def seconds_before_try(tries: int) -> int:
    """How long to wait after so many tries, before chance is added: 30 s, 1, 2, 4 … 60 minutes."""
    return min(15 << tries, 3600)


def paused_until(failures: int, at: datetime) -> datetime | None:
    """Until when an address is left alone after so many failures in a row; None: go on."""
    if failures < BREAKS_AFTER:
        return None
    return at + min(_PAUSE * (1 << min(failures - BREAKS_AFTER, 8)), _LONGEST_PAUSE)
