"""Codes, cookies, cards and PINs of duty PCs: how they are made and what is kept of them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

CODE_LENGTH: Final = 12
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code() -> str:
    """Twelve signs, some fifty-nine bits, typed once on the PC."""
    return "".join(secrets.choice(_ALPHABET) for _sign in range(CODE_LENGTH))


def shown(code: str) -> str:
    """A code in threes of four, as it is read out."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def new_token() -> str:
    """What the PC proves itself with from then on: 256 bits."""
    return secrets.token_urlsafe(32)


def code_digest(code: str) -> str:
    """What is kept of a code as it was typed: case, blanks and dashes do not count."""
    return _keyed("console code", "".join(code.split()).replace("-", "").upper()[:40])


def token_digest(token: str) -> str:
    """What is kept of the cookie."""
    return _keyed("console token", token)


def card_digest(institution_id: int, number: str) -> str:
    """What is kept of a card's number: few numbers exist, so the key of ours is the pepper."""
    return _keyed("staff card", f"{institution_id}:{number}")


def pin_digest(console_id: int, account_id: int, pin: str) -> str:
    """What is kept of a PIN: Argon2id over a keyed hash, so a stolen table cannot be tried out."""
    return make_password(_pin(console_id, account_id, pin))


def pin_fits(console_id: int, account_id: int, pin: str, digest: str) -> bool:
    """Whether a PIN is the one of this person at this console."""
    return check_password(_pin(console_id, account_id, pin), digest)


def burn(pin: str) -> None:
    """Take the time of a look at a PIN: unknown cards and dead PINs answer no sooner."""
    make_password(_pin(0, 0, pin))


def _pin(console_id: int, account_id: int, pin: str) -> str:
    return _keyed("console pin", f"{console_id}:{account_id}:{pin}")


def _keyed(what: str, text: str) -> str:
    key = f"{what} {settings.SECRET_KEY}".encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
