"""Accounts that another program brings, changes and switches off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.people import events
from abdi.people.models import Account
from abdi.platform import clock
from abdi.platform.access import Actor, Where
from abdi.platform.actions import Conflict, Refused, action
from abdi.platform.journal import record
from abdi.platform.tenancy import current_institution_id


def may_bring(by: Actor) -> bool:
    """May this actor make accounts that have no person."""
    return by.may("system.provisioning", "create", Where())


def may_change(by: Actor, account: Account) -> bool:
    """May this actor change an account; never his own."""
    own = by.account_id is not None and by.account_id == account.pk
    return not own and (may_bring(by) or may_switch_off(by, account))


def may_switch_off(by: Actor, account: Account) -> bool:
    """May this actor switch an account off; never his own."""
    where = Where(person_id=account.person_id)
    own = by.account_id is not None and by.account_id == account.pk
    return not own and by.may("system.account", "disable", where)


@action(allowed=may_bring)
def bring_account(*, by: Actor, login: str, email: str = "", is_active: bool = True) -> Account:
    """Make an account without person, password or role; raises Conflict for a name in use."""
    account = Account(
        institution_id=current_institution_id(), login=login, email=email, is_active=is_active
    )
    account.set_unusable_password()
    _save(account)
    _note(account, "login email is_active", by)
    return account


@action(allowed=may_change)
def change_account(
    account: Account, *, by: Actor, login: str, email: str, is_active: bool
) -> Account:
    """Change what a program brought; an account of a person can only be switched off.

    Raises Refused for more, Conflict for a name in use.
    """
    wanted = {"login": login, "email": email, "is_active": is_active}
    changed = [name for name, value in wanted.items() if getattr(account, name) != value]
    only_off = changed == ["is_active"] and not is_active
    if only_off and not may_switch_off(by, account):
        raise Refused("not_allowed", resource="system.account", act="disable")
    if not only_off and changed and (account.person_id is not None or not may_bring(by)):
        raise Refused("not_allowed", resource="system.provisioning", act="create")
    for name, value in wanted.items():
        setattr(account, name, value)
    _save(account)
    _note(account, " ".join(changed), by)
    return account


@action(allowed=may_switch_off)
def end_account(account: Account, *, by: Actor) -> None:
    """End an account that has no person, for good; raises Refused for a person's."""
    if account.person_id is not None:
        raise Refused("has_person", resource="system.account", act="disable")
    account.is_active, account.ends_on = False, clock.today() - timedelta(days=1)
    account.save(update_fields=["is_active", "ends_on"])
    _note(account, "is_active ends_on", by)


def may_see(by: Actor, _ids: Collection[int] = ()) -> bool:
    """May this actor see accounts."""
    return by.may("system.account", "view", Where())


@action(allowed=may_see)
def note_accounts_read(ids: Collection[int], *, by: Actor) -> None:
    """One line for a part of the list: whose accounts a program was shown."""
    record(events.AccountsRead(account_ids=" ".join(map(str, ids))), by=by, about="people.account")


def _save(account: Account) -> None:
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise Conflict(_("Another account has this sign-in name.")) from None


def _note(account: Account, changed: str, by: Actor) -> None:
    fact = events.AccountProvisioned(
        account_id=account.pk, changed=changed, is_active=account.is_active
    )
    record(fact, by=by, about=account)
