"""TOTP, passkeys and printed backup codes, on the tables and arithmetic of django-allauth."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import segno
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from abdi.people.models import Account
from abdi.platform import clock
from abdi.platform.once import OnceKey

ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
CODES: Final = 10
CODE_LENGTH: Final = 10
FEW: Final = 3
"""So many backup codes left, and the profile asks to print new ones."""
_FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_BACKUP: Final = Authenticator.Type.RECOVERY_CODES


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

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom passkeys are made: the configured host, never that of the request."""
        return {"id": host(), "name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """What a person's own device keeps and shows of the account."""
        name = user.person.display_name if user.person else user.login
        handle = user_pk_to_url_str(user).encode()
        return {"id": handle, "display_name": name, "name": user.login}


def host() -> str:
    """The host of this installation."""
    return urlsplit(settings.ABDI_PUBLIC_URL).hostname or "localhost"


def has_one() -> Exists:
    """Whether an account has a second factor, as a column of a query over accounts."""
    return Exists(Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=_FACTORS))


def has_second_factor(account_id: int) -> bool:
    """Whether an account uses TOTP, or a passkey."""
    rows = Authenticator.objects.filter(user_id=account_id, type__in=_FACTORS)
    return bool(rows.exists())


def has_totp(account_id: int) -> bool:
    """Whether an account uses codes of an app."""
    kind = Authenticator.Type.TOTP
    return bool(Authenticator.objects.filter(user_id=account_id, type=kind).exists())


@dataclass(frozen=True)
class Factors:
    """What an account signs in with beside its password; `codes_left` None: never printed."""

    has_totp: bool
    passkeys: int
    codes_left: int | None


def with_factors(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """These accounts with what `factors_in` tells of them, in the same query."""
    own = Authenticator.objects.filter(user_id=OuterRef("pk"))
    keys = own.filter(type=Authenticator.Type.WEBAUTHN).order_by().values("user_id")
    return accounts.annotate(
        factor_app=Exists(own.filter(type=Authenticator.Type.TOTP)),
        factor_keys=Subquery(keys.annotate(count=Count("pk")).values("count")),
        factor_codes=Subquery(own.filter(type=_BACKUP).values("data")[:1]),
    )


def factors_in(account: Any) -> Factors:
    """The app, passkeys and backup codes of an account of `with_factors`."""
    codes = account.factor_codes
    return Factors(
        has_totp=account.factor_app,
        passkeys=account.factor_keys or 0,
        codes_left=len(codes.get("digests", ())) if codes is not None else None,
    )


def is_app_code(account: Account, code: str) -> bool:
    """Whether a code of an app is right; each works once only, in any browser."""
    code = "".join(code.split())[:16]
    row = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    return row is not None and TOTP(row).validate_code(code) and _first_use(account, code)


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
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=2, light="#fff"))


def switch_on(account: Account, secret: str, code: str) -> list[str] | None:
    """Switch TOTP on where the code proves that the app has the secret; returns backup codes."""
    if not validate_totp_code(secret, "".join(code.split())[:8]):
        return None
    Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(account, secret)
    return renew_codes(account)


def switch_off(account: Account) -> None:
    """Switch every second factor off."""
    Authenticator.objects.filter(user=account).delete()


# ------------------------------------------------------------------ backup codes


def renew_codes(account: Account) -> list[str]:
    """Ten new backup codes, kept as keyed hashes; those printed before are void."""
    codes = [new_code() for _code in range(CODES)]
    Authenticator.objects.filter(user=account, type=_BACKUP).delete()
    digests = [digest(account.pk, code) for code in codes]
    Authenticator.objects.create(user=account, type=_BACKUP, data={"digests": digests})
    return [shown(code) for code in codes]


def codes_left(account_id: int) -> int | None:
    """How many backup codes still work; None where none were ever printed."""
    row = Authenticator.objects.filter(user_id=account_id, type=_BACKUP).first()
    return len(row.data.get("digests", ())) if row is not None else None


def forget_codes(account: Account) -> None:
    """Backup codes without a factor they stand in for open nothing and go."""
    if not has_second_factor(account.pk):
        Authenticator.objects.filter(user=account, type=_BACKUP).delete()


def shown(code: str) -> str:
    """A code in two halves, as it is printed."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}"


def new_code() -> str:
    """Ten signs, some fifty bits."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH))


def digest(account_id: int, code: str) -> str:
    """What is kept of a code: a hash with a key of ours, of one account."""
    key = b"backup code " + settings.SECRET_KEY.encode()
    plain = "".join(code.split()).replace("-", "").lower()[: CODE_LENGTH + 1]
    return hmac.new(key, f"{account_id}:{plain}".encode(), hashlib.sha256).hexdigest()


def use_backup_code(account: Account, code: str) -> int | None:
    """Use a backup code up, in one browser; how many are left, or None where it opens nothing."""
    wanted = digest(account.pk, code)
    with transaction.atomic():
        rows = Authenticator.objects.filter(user=account, type=_BACKUP)
        row = rows.select_for_update().first()
        kept = list(row.data.get("digests", ())) if row is not None else []
        left = [known for known in kept if not hmac.compare_digest(known, wanted)]
        if row is None or len(left) == len(kept):
            return None
        row.data = {"digests": left}
        row.save(update_fields=["data"])
    return len(left)
