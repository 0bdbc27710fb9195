"""TOTP and printed backup codes, on the tables and arithmetic of django-allauth."""

from __future__ import annotations

import base64
import hashlib

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import IntegrityError, transaction

from abdi.people.models import Account
from abdi.platform import clock
from abdi.platform.once import OnceKey


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of second factors encrypted with a key derived from the secret key."""

    def _box(self) -> Fernet:
        digest = hashlib.sha256(b"second factor " + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(digest))

    def encrypt(self, text: str) -> str:
        """The sealed text."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text as it was."""
        return self._box().decrypt(encrypted_text.encode()).decode()


def has_second_factor(account_id: int) -> bool:
    """Whether an account uses TOTP."""
    kind = Authenticator.Type.TOTP
    return bool(Authenticator.objects.filter(user_id=account_id, type=kind).exists())


def is_right_code(account: Account, code: str) -> bool:
    """Whether a TOTP or backup code is right; each works once only, in any browser."""
    code = "".join(code.split())[:16]
    rows = Authenticator.objects.filter(user=account)
    for row in rows:
        if row.type == Authenticator.Type.TOTP and TOTP(row).validate_code(code):
            return _first_use(account, code)
        if row.type == Authenticator.Type.RECOVERY_CODES and RecoveryCodes(row).validate_code(code):
            return True
    return False


def _first_use(account: Account, code: str) -> bool:
    step = int(clock.now().timestamp()) // 120
    try:
        with transaction.atomic():
            OnceKey.objects.create(key=f"totp:{account.pk}:{code}:{step}", at=clock.now())
    except IntegrityError:
        return False
    return True


def new_secret() -> str:
    """A fresh TOTP secret, base 32."""
    return str(generate_totp_secret())


def picture(account: Account, secret: str) -> str:
    """The QR picture of a secret as an SVG data address."""
    issuer = settings.MFA_TOTP_ISSUER
    address = f"otpauth://totp/{issuer}:{account.pk}?secret={secret}&issuer={issuer}"
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=2))


def switch_on(account: Account, secret: str, code: str) -> list[str] | None:
    """Switch TOTP on where the code proves that the app has the secret; returns backup codes."""
    if not validate_totp_code(secret, "".join(code.split())[:8]):
        return None
    Authenticator.objects.filter(user=account).delete()
    TOTP.activate(account, secret)
    return list(RecoveryCodes.activate(account).get_unused_codes())


def switch_off(account: Account) -> None:
    """Switch the second factor off."""
    Authenticator.objects.filter(user=account).delete()
