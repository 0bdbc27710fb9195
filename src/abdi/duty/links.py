"""Signed links of a call: answering by one tap, and the receipt of a device. Nothing is stored.

A link names one message. What it opens is bound to the state of the call, so it works once: when
somebody has answered, it only says who.
"""

from __future__ import annotations

from typing import Final

from django.core import signing

LIFE_SECONDS: Final = 30 * 60
ANSWER: Final = "duty answer"
RECEIPT: Final = "duty receipt"


def token_of(telling_id: int, purpose: str = ANSWER) -> str:
    """The signed token of a message for one purpose."""
    return signing.dumps(telling_id, salt=purpose)


def telling_of(token: str, purpose: str = ANSWER) -> int | None:
    """The message a token names; None where it is forged, for another purpose, or too old."""
    try:
        found = signing.loads(token, salt=purpose, max_age=LIFE_SECONDS)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None
