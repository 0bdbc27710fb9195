"""The form of a key, and what is kept of it."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import date, timedelta
from typing import Final

LONGEST_LIFE: Final = timedelta(days=366)
LOOKUP: Final = 10
SECRET: Final = 43
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
