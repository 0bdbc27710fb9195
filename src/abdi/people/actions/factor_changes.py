"""Second factors taken off by two persons: the one who asks, and another who knows him."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.people import events, second_factor
from abdi.people.actions.accounts import drop_sessions
from abdi.people.choices import FactorState, FactorWay
from abdi.people.models import Account, ConsolePin, FactorChange
from abdi.people.permissions import (
    agency_of_person,
    may_ask_new_phone,
    may_ask_reset,
    may_decide_factor,
)
from abdi.people.queries import factor_changes as queries
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.choices import N_
from abdi.platform.journal import record
from abdi.platform.notices.telling import tell

CODE_LIFE: Final = timedelta(minutes=30)
MAIL: Final = "people/mail/factor.txt"
ASKED: Final = N_("Somebody asks to take your second factor off")
DECIDED: Final = N_("Your request about the second factor is answered")
WAITS: Final = N_("A colleague asks you to confirm a new phone")


@action(allowed=may_ask_new_phone)
def ask_new_phone(account: Account, *, by: Actor, reason: str) -> FactorChange:
    """Ask the HR officer of one's unit to confirm a new phone in person.

    Raises Invalid where no factor is on, or a request waits already.
    """
    row = _ask(account, FactorWay.IN_PERSON, reason, by)
    officers = queries.hr_officers(agency_of_person(account.person_id or 0))
    for officer in officers:
        if officer.pk != account.pk:
            data = {"what": WAITS, "path": "/ganti-ponsel"}
            key = f"{row.ref}:{officer.pk}"
            tell(officer, _(WAITS), MAIL, data, about=row, by=by, key=key)
    return row


@action(allowed=may_ask_reset)
def ask_factor_reset(account: Account, *, by: Actor, reason: str) -> FactorChange:
    """Ask another administrator to take the factors off somebody's account.

    Raises Invalid where no factor is on, or a request waits already.
    """
    return _ask(account, FactorWay.TWO_PERSONS, reason, by)


def _ask(account: Account, way: FactorWay, reason: str, by: Actor) -> FactorChange:
    owes = queries.owes_new_factor(account.pk)
    if not owes and not second_factor.has_second_factor(account.pk):
        raise Invalid(_("This account has no second factor to take off."), field="reason")
    try:
        with transaction.atomic():
            row = FactorChange.objects.create(
                account=account, way=way, reason=reason, asked_by=by.ref, asked_at=clock.now()
            )
    except IntegrityError:
        raise Invalid(_("A request for this account waits already."), field="reason") from None
    fact = events.FactorChangeAsked(change_id=row.pk, account_id=account.pk, way=str(way))
    record(fact, by=by, about=account)
    data = {"what": ASKED, "path": "/profil/kode"}
    tell(account, _(ASKED), MAIL, data, about=row, by=by, key=f"{row.ref}:asked")
    return row


def _may_withdraw(by: Actor, row: FactorChange) -> bool:
    return by.account_id is not None and by.account_id == row.account_id


@action(allowed=_may_withdraw)
def withdraw_factor_change(row: FactorChange, *, by: Actor) -> None:
    """Take back a request about one's own account; raises Conflict once it is answered."""
    rows = FactorChange.objects.filter(pk=row.pk, state=FactorState.ASKED)
    if rows.update(state=FactorState.WITHDRAWN) != 1:
        raise Conflict(_("This request is answered already."))
    fact = events.FactorChangeWithdrawn(change_id=row.pk, account_id=row.account_id)
    record(fact, by=by, about=row.account)


@action(allowed=may_decide_factor)
def decide_factor_change(
    row: FactorChange, *, by: Actor, granted: bool, answer: str, seen: int
) -> str:
    """Confirm or refuse with a reason; confirmed, all factors go, sessions end, a code comes back.

    PINs at duty PCs go too. The code is handed over in person, opens the door once within half
    an hour, and is kept nowhere. Raises Conflict where it is answered or was changed, Invalid
    without a reason.
    """
    guard_version(row, seen)
    row = lock(row)
    if row.state != FactorState.ASKED:
        raise Conflict(_("This request is answered already."), current=row)
    if not answer:
        raise Invalid(_("Please write the reason."), field="answer")
    row.answer, row.decided_by, row.decided_at = answer, by.ref, clock.now()
    row.state = FactorState.CONFIRMED if granted else FactorState.REFUSED
    code = _take_off(row) if granted else ""
    row.save(update_fields=["state", "answer", "decided_by", "decided_at", "digest", "code_until"])
    fact = events.FactorChangeDecided(
        change_id=row.pk, account_id=row.account_id, is_confirmed=granted
    )
    record(fact, by=by, about=row.account)
    data = {"what": DECIDED, "path": "/profil/kode"}
    tell(row.account, _(DECIDED), MAIL, data, about=row, by=by, key=f"{row.ref}:decided")
    return second_factor.shown(code)


def _take_off(row: FactorChange) -> str:
    older = FactorChange.objects.filter(account_id=row.account_id, state__in=queries.OPENS_ONCE)
    older.update(state=FactorState.LAPSED)
    second_factor.switch_off(row.account)
    ConsolePin.objects.filter(account_id=row.account_id).delete()
    drop_sessions({row.account_id})
    code = second_factor.new_code()
    row.digest = second_factor.digest(row.account_id, code)
    row.code_until = clock.now() + CODE_LIFE
    return code


def _is_oneself(by: Actor, account: Account) -> bool:
    return by.account_id == account.pk


@action(allowed=_is_oneself)
def use_handed_code(account: Account, *, by: Actor, code: str) -> None:
    """Open the door once with the code that was handed over; raises Invalid where it does not."""
    digest = second_factor.digest(account.pk, code)
    rows = FactorChange.objects.filter(
        account_id=account.pk,
        state=FactorState.CONFIRMED,
        digest=digest,
        code_until__gte=clock.now(),
    )
    if rows.update(state=FactorState.USED) != 1:
        raise Invalid(_("This code is not right."), field="code")
    record(events.HandedCodeUsed(account_id=account.pk), by=by, about=account)


def note_new_factor(account: Account) -> None:
    """A new factor stands in the place of those taken off; called by the actions that set it."""
    rows = FactorChange.objects.filter(account_id=account.pk, state__in=queries.OPENS_ONCE)
    rows.update(state=FactorState.DONE)
