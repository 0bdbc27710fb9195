"""Passkeys: made, named, used and taken away, on the arithmetic of django-allauth and fido2.

A challenge stands in the session, lives five minutes and is good for one answer, right or wrong.
"""

from __future__ import annotations

import json
import time
from ipaddress import ip_address
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest

from abdi.people import second_factor
from abdi.people.models import Account
from abdi.platform.tenancy import institution_or_none

MOST: Final = 10
LARGEST: Final = 20_000
_ASKED: Final = "passkey_asked"
_SECONDS: Final = 300
_KIND: Final = Authenticator.Type.WEBAUTHN


def are_possible() -> bool:
    """Whether browsers make passkeys for this host: a name, not a number of the network."""
    try:
        ip_address(second_factor.host())
    except ValueError:
        return True
    return False


def of_account(account_id: int) -> list[Any]:
    """The passkeys of an account, the oldest first."""
    return list(Authenticator.objects.filter(user_id=account_id, type=_KIND).order_by("id"))


def ask_to_make(request: HttpRequest, account: Account) -> dict[str, Any]:
    """The challenge for a new passkey: one that names its owner and checks him on the device."""
    return _remembered(request, auth.begin_registration(account, passwordless=True))


def ask_to_prove(request: HttpRequest, account: Account | None = None) -> dict[str, Any]:
    """The challenge for one of the account's passkeys, or for whichever the device offers."""
    return _remembered(request, auth.begin_authentication(account))


def made(request: HttpRequest, answer: str) -> dict[str, Any] | None:
    """The new passkey that answers the challenge of this session; None where it does not."""
    given = _answered(request, answer)
    try:
        if given is None:
            return None
        auth.parse_registration_response(given)
        auth.complete_registration(given)
    except Exception:  # whatever libraries make of bytes from outside: it proves nothing
        return None
    finally:
        auth.clear_state()
    return given


def owner(request: HttpRequest, answer: str, account: Account | None = None) -> Account | None:
    """Whose passkey answers the challenge of this session; None where nobody's does.

    With an account it must be one of his. Only accounts of this institution count.
    """
    given = _answered(request, answer)
    try:
        if given is None:
            return None
        found = auth.extract_user_from_response(given) if account is None else account
        if not isinstance(found, Account) or found.institution_id != institution_or_none():
            return None
        auth.complete_authentication(found, given).record_usage()
    except Exception:  # see above
        return None
    finally:
        auth.clear_state()
    return found if found.is_active else None


def add(account: Account, name: str, credential: dict[str, Any]) -> Any:
    """Keep a new passkey under a name."""
    return auth.WebAuthn.add(account, name, credential).instance


def _remembered(request: HttpRequest, options: dict[str, Any]) -> dict[str, Any]:
    request.session[_ASKED] = time.time()
    return options


def _answered(request: HttpRequest, answer: str) -> dict[str, Any] | None:
    asked = request.session.pop(_ASKED, 0)
    if time.time() - asked > _SECONDS or not 0 < len(answer) <= LARGEST:
        return None
    try:
        given = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None
