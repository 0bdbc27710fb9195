"""Secrets that must be read again, kept under a key derived from that of the installation."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def _box(purpose: str) -> Fernet:
    digest = hashlib.sha256(f"{purpose} ".encode() + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def seal(text: str, purpose: str) -> str:
    """The sealed text; what is sealed for one purpose does not open for another."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The text as it was; raises cryptography.fernet.InvalidToken after a change of the key."""
    return _box(purpose).decrypt(sealed.encode()).decode()
