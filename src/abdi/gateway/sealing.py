"""Secrets of addresses of other programs, sealed by the platform for this purpose alone."""

from __future__ import annotations

from typing import Final

from abdi.platform import sealing

PURPOSE: Final = "gateway hook"


def seal(text: str) -> str:
    """The sealed text."""
    return sealing.seal(text, PURPOSE)


def unseal(sealed: str) -> str:
    """The text as it was; raises cryptography.fernet.InvalidToken after a change of the key."""
    return sealing.unseal(sealed, PURPOSE)
