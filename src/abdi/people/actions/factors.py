"""Second factors of one's own account: the app's code, passkeys, backup codes."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from abdi.people import events, passkeys, second_factor
from abdi.people.actions.factor_changes import note_new_factor
from abdi.people.models import Account
from abdi.platform.access import Actor
from abdi.platform.actions import Invalid, action, lock
from abdi.platform.choices import N_
from abdi.platform.journal import record
from abdi.platform.notices.telling import tell

USED: Final = N_("A backup code was used")


def is_oneself(by: Actor, account: Account, *_more: object) -> bool:
    """Whether somebody acts on his own account."""
    return by.account_id == account.pk


@action(allowed=is_oneself)
def switch_second_factor_on(account: Account, *, by: Actor, secret: str, code: str) -> list[str]:
    """Switch TOTP on and return the backup codes, shown once; raises Invalid for a wrong code."""
    codes = second_factor.switch_on(account, secret, code)
    if codes is None:
        raise Invalid(_("This code is not right. Wait for the next one."), field="code")
    note_new_factor(account)
    fact = events.SecondFactorChanged(account_id=account.pk, is_on=True)
    record(fact, by=by, about=account)
    return codes


@action(allowed=is_oneself)
def renew_backup_codes(account: Account, *, by: Actor) -> list[str]:
    """Ten new backup codes; those printed before are void. Raises Invalid without a factor."""
    if not second_factor.has_second_factor(account.pk):
        raise Invalid(_("Backup codes stand in for a second factor; switch one on first."))
    codes = second_factor.renew_codes(account)
    record(events.BackupCodesRenewed(account_id=account.pk), by=by, about=account)
    return codes


@action(allowed=is_oneself)
def use_backup_code(account: Account, *, by: Actor, code: str) -> int:
    """Use a printed code up, tell its owner, and return how many are left.

    Raises Invalid where it opens nothing.
    """
    left = second_factor.use_backup_code(account, code)
    if left is None:
        raise Invalid(_("This code is not right."), field="code")
    entry = record(events.BackupCodeUsed(account_id=account.pk, left=left), by=by, about=account)
    data = {"left": left, "path": "/profil/kode"}
    key = f"backup code:{entry.pk}"
    tell(account, _(USED), "people/mail/backup_code.txt", data, about=account, by=by, key=key)
    return left


@action(allowed=is_oneself)
def add_passkey(account: Account, *, by: Actor, name: str, credential: dict[str, Any]) -> list[str]:
    """Keep a passkey that was just proved; returns backup codes where there were none.

    Raises Invalid beyond ten passkeys.
    """
    held = passkeys.of_account(lock(account).pk)
    if len(held) >= passkeys.MOST:
        raise Invalid(_("Ten passkeys are enough; take one away first."), field="name")
    row = passkeys.add(account, name, credential)
    note_new_factor(account)
    record(events.PasskeyAdded(account_id=account.pk, passkey_id=row.pk), by=by, about=account)
    return [] if second_factor.codes_left(account.pk) else second_factor.renew_codes(account)


@action(allowed=is_oneself)
def rename_passkey(account: Account, passkey: Any, *, by: Actor, name: str) -> None:
    """Give one's passkey another name."""
    passkey.data = {**passkey.data, "name": name}
    passkey.save(update_fields=["data"])
    fact = events.PasskeyRenamed(account_id=account.pk, passkey_id=passkey.pk)
    record(fact, by=by, about=account)


@action(allowed=is_oneself)
def remove_passkey(account: Account, passkey: Any, *, by: Actor) -> None:
    """Take one's passkey away; with the last factor the backup codes go too."""
    fact = events.PasskeyRemoved(account_id=account.pk, passkey_id=passkey.pk)
    record(fact, by=by, about=account)
    passkey.delete()
    second_factor.forget_codes(account)
