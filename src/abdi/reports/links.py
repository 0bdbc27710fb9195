"""The secret link of a reporter: 128 bits, of which only a hash is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

from abdi.reports import rules


def new_number(region_code: str) -> str:
    """A random number such as CD-7K4-219; it says nothing about when or how many."""
    return rules.report_number(region_code, secrets.randbelow)


def new_key() -> str:
    """A fresh key of one sending: 128 random bits."""
    return secrets.token_hex(16)


def token_of(client_key: str) -> str:
    """The token that belongs to a sending.

    The same key gives the same token, so a form sent twice leads to the same page although the
    token itself is stored nowhere.
    """
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"reports:{client_key}".encode(), "sha256")
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower()


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "backslashreplace")).hexdigest()
