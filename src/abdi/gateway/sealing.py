"""Secrets that must be read again, kept under a key derived from that of the installation."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def _box() -> Fernet:
    digest = hashlib.sha256(b"gateway hook " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def seal(text: str) -> str:
    """The sealed text."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text as it was; raises cryptography.fernet.InvalidToken after a change of the key."""
    return _box().decrypt(sealed.encode()).decode()
