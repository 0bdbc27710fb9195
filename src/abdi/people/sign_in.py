"""Sign-in by employee number or e-mail; same answer and time for unknown accounts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from abdi.people.models import Account
from abdi.platform.tenancy import institution_or_none


class NumberOrEmail(BaseBackend):
    """Finds the account by NIP (spaces allowed), e-mail or sign-in name of this institution."""

    def authenticate(
        self,
        request: HttpRequest | None,
        login: str | None = None,
        password: str | None = None,
        **more: Any,
    ) -> Account | None:
        """The account, or None; an unknown name costs the same time as a wrong password."""
        name = login or more.get("username") or more.get("email") or ""
        account = find_account(name)
        if account is None:
            make_password(password)
            return None
        if password and account.check_password(password) and account.is_active:
            return account
        return None

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session."""
        return Account.objects.filter(pk=user_id, is_active=True).first()


def find_account(name: str) -> Account | None:
    """The account of a NIP, e-mail or sign-in name within the current institution."""
    rows = Account.objects.filter(is_active=True)
    institution_id = institution_or_none()
    if institution_id is not None:
        rows = rows.filter(institution_id=institution_id)
    name = name.strip()
    if "@" in name:
        return rows.filter(email__iexact=name).first() or rows.filter(login=name).first()
    digits = name.replace(" ", "")
    if digits.isdigit():
        return rows.filter(person__employee_number=digits).first()
    return rows.filter(login=name).first()
