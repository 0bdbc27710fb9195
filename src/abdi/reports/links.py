"""The secret link of a reporter: 128 bits. Of it and of the key it is made from stands a hash."""

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


def hash_of(secret: str) -> str:
    """What is stored of a token, and of the key of a sending, which with the program's own secret
    gives the token."""
    return hashlib.sha256(secret.encode("utf-8", "backslashreplace")).hexdigest()
