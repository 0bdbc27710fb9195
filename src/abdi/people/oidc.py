"""Sign-in at the institution's own provider: OpenID Connect, code flow with PKCE, state and nonce.

The provider is named by the operator (ABDI_OIDC_ISSUER, _CLIENT, _SECRET). Nobody is made here:
who proves himself there and has no account gets a sentence.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import urllib.request
from collections.abc import Mapping
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from abdi.people.models import Account
from abdi.platform import clock
from abdi.platform.outgoing import NotSent, Outgoing
from abdi.platform.tenancy import current_institution_id

ALGORITHMS: Final = ["RS256", "PS256", "ES256"]
LEEWAY_SECONDS: Final = 60
TRIP_SECONDS: Final = 600
LARGEST: Final = 200_000


class NotProved(Exception):
    """The provider did not prove who this is; the text is for the person."""


def is_offered() -> bool:
    """Whether the operator named a provider."""
    return bool(settings.ABDI_OIDC_ISSUER and settings.ABDI_OIDC_CLIENT)


def start(callback: str) -> tuple[str, dict[str, Any]]:
    """The provider's address to send a person to, and what his session keeps until he returns.

    Raises NotProved where the provider does not answer.
    """
    verifier = secrets.token_urlsafe(48)
    kept = {
        "state": secrets.token_urlsafe(24),
        "nonce": secrets.token_urlsafe(24),
        "verifier": verifier,
        "until": clock.now().timestamp() + TRIP_SECONDS,
    }
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": settings.ABDI_OIDC_CLIENT,
        "redirect_uri": callback,
        "scope": "openid email",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{_described()['authorization_endpoint']}?{urlencode(asked)}", kept


def finish(kept: Mapping[str, Any] | None, given: Mapping[str, str], callback: str) -> Account:
    """The account of who comes back from the provider.

    Raises NotProved for a return that is old, foreign, refused, badly signed or of nobody here.
    """
    if kept is None or clock.now().timestamp() > kept["until"]:
        raise NotProved(_("This sign-in took too long or began elsewhere. Start again."))
    if not secrets.compare_digest(kept["state"].encode(), given.get("state", "").encode()):
        raise NotProved(_("This sign-in took too long or began elsewhere. Start again."))
    if not given.get("code"):
        raise NotProved(_("Your institution's sign-in refused. Try again, or use your password."))
    claims = _claims(_tokens(given["code"], kept["verifier"], callback), kept["nonce"])
    return _account(claims)


def _account(claims: Mapping[str, Any]) -> Account:
    """By subject; else by verified e-mail, which then keeps the subject."""
    subject = f"{claims['iss']}#{claims['sub']}"[:250]
    rows = Account.objects.filter(institution_id=current_institution_id(), is_active=True)
    known = rows.filter(oidc_subject=subject).first()
    if known is not None:
        return known
    email = str(claims.get("email", ""))
    if not email or claims.get("email_verified") is not True:
        raise NotProved(_("The provider has not verified your e-mail address."))
    found = list(rows.filter(email__iexact=email)[:2])
    if len(found) != 1 or found[0].oidc_subject:
        raise NotProved(_("You have no account here yet. The HR officer of your unit opens it."))
    rows.filter(pk=found[0].pk, oidc_subject="").update(oidc_subject=subject)
    return found[0]


def _claims(token: str, nonce: str) -> dict[str, Any]:
    try:
        keys = KeySet.import_key_set(_fetch(_described()["jwks_uri"]))  # type: ignore[arg-type]
        claims: dict[str, Any] = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            now=int(clock.now().timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": settings.ABDI_OIDC_ISSUER},
            aud={"essential": True, "value": settings.ABDI_OIDC_CLIENT},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
    except (JoseError, ValueError, KeyError) as problem:
        raise NotProved(_("The provider's answer could not be checked. Start again.")) from problem
    return claims


def _tokens(code: str, verifier: str, callback: str) -> str:
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback,
        "client_id": settings.ABDI_OIDC_CLIENT,
        "client_secret": settings.ABDI_OIDC_SECRET,
        "code_verifier": verifier,
    }
    answer = _fetch(_described()["token_endpoint"], urlencode(asked).encode())
    return str(answer.get("id_token", ""))


def _described() -> dict[str, Any]:
    found = _fetch(settings.ABDI_OIDC_ISSUER.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != settings.ABDI_OIDC_ISSUER:
        raise NotProved(_("The provider's answer could not be checked. Start again."))
    return found


def _fetch(url: str, body: bytes = b"") -> dict[str, Any]:
    try:
        status, text = _sent(url, body)
        found = json.loads(text) if status == 200 else None
    except (NotSent, OSError, ValueError) as problem:
        raise NotProved(_unreachable()) from problem
    if not isinstance(found, dict):
        raise NotProved(_unreachable())
    return found


def _sent(url: str, body: bytes) -> tuple[int, bytes]:
    """One request: https to the host the operator named; plain http on this machine in demos."""
    parts = urlsplit(url)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    method = "POST" if body else "GET"
    if parts.scheme == "http" and settings.ABDI_PLAIN_HTTP and parts.hostname == "127.0.0.1":
        asked = urllib.request.Request(url, body or None, headers)  # noqa: S310 - loopback only
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310
                return answer.status, answer.read(LARGEST)
        except HTTPError as refused:
            with refused:
                return refused.code, b""
    line = Outgoing(allowed=lambda _address: True, ports=frozenset({parts.port or 443}))
    found = line.request(method, url, body=body, headers=headers)
    return found.status, found.body


def _unreachable() -> str:
    return _("Your institution's sign-in does not answer. Use your password, or try again later.")
