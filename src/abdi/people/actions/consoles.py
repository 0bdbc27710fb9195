"""Duty PCs: made, enrolled and revoked; PINs and cards set; somebody steps in."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from abdi.people import console_secrets, events
from abdi.people.actions.factors import is_oneself
from abdi.people.models import Account, Console, ConsolePin, StaffCard, Unit
from abdi.people.permissions import may_enrol, only_other_modules
from abdi.people.rules import pins
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action
from abdi.platform.journal import record

CODE_LIFE: Final = timedelta(minutes=30)


@action(allowed=may_enrol)
def make_console(
    unit: Unit, *, by: Actor, name: str, is_city_wide: bool, reason: str
) -> tuple[Console, str]:
    """Note a PC of a unit's room; returns it with the code to type there, kept nowhere.

    The code works once, for half an hour.
    """
    code = console_secrets.new_code()
    row = Console.objects.create(
        unit=unit,
        name=name,
        is_city_wide=is_city_wide,
        reason=reason,
        made_by=by.ref,
        made_at=clock.now(),
        code_digest=console_secrets.code_digest(code),
        code_until=clock.now() + CODE_LIFE,
    )
    record(events.ConsoleMade(console_id=row.pk, reason=reason), by=by, about=row)
    return row, console_secrets.shown(code)


@action(allowed=only_other_modules)
def enrol_console(*, by: Actor, code: str) -> str:
    """Make the PC where a code was typed the console; returns the proof its browser keeps.

    Raises Invalid for a wrong, used or late code.
    """
    token = console_secrets.new_token()
    digest = console_secrets.code_digest(code)
    now = clock.now()
    row = Console.objects.filter(code_digest=digest, revoked_at__isnull=True).first()
    rows = Console.objects.filter(
        pk=row.pk if row else 0, code_digest=digest, code_until__gt=now, revoked_at__isnull=True
    )
    fresh = {"token_digest": console_secrets.token_digest(token), "enrolled_at": now}
    if row is None or rows.update(code_digest="", code_until=None, **fresh) != 1:
        raise Invalid(_("This code is not right, or its half hour is over."), field="code")
    record(events.ConsoleEnrolled(console_id=row.pk), by=by, about=row)
    return token


@action(allowed=may_enrol)
def revoke_console(console: Console, *, by: Actor, reason: str) -> None:
    """Take a machine out at once: its cookie, its code and all its PINs open nothing any more.

    Raises Conflict where it was revoked before.
    """
    rows = Console.objects.filter(pk=console.pk, revoked_at__isnull=True)
    none = {"code_digest": "", "code_until": None, "token_digest": ""}
    if rows.update(revoked_at=clock.now(), revoked_by=by.ref, **none) != 1:
        raise Conflict(_("This PC was taken out before."), current=console)
    ConsolePin.objects.filter(console=console).delete()
    record(events.ConsoleRevoked(console_id=console.pk, reason=reason), by=by, about=console)


@action(allowed=is_oneself)
def set_console_pin(account: Account, *, by: Actor, console_id: int, pin: str) -> None:
    """Set one's PIN for one console; a dead one lives again. Raises Invalid for an easy one."""
    if not pins.is_pin(pin):
        raise Invalid(_("A PIN has six digits."), field="pin")
    if pins.is_easy_pin(pin):
        raise Invalid(_("This PIN is among the first that anybody tries."), field="pin")
    digest = console_secrets.pin_digest(console_id, account.pk, pin)
    ConsolePin.objects.update_or_create(
        console_id=console_id,
        account=account,
        defaults={"digest": digest, "wrong_tries": 0, "set_at": clock.now()},
    )
    fact = events.ConsolePinSet(account_id=account.pk, console_id=console_id)
    record(fact, by=by, about=account)


@action(allowed=is_oneself)
def keep_card(account: Account, *, by: Actor, number: str) -> None:
    """Keep the card somebody holds at the reader; it replaces the one before.

    Raises Invalid for what is no number of a card, or another person's card.
    """
    found = pins.card_number(number)
    if not found:
        raise Invalid(_("The reader gave no number. Hold the card there again."), field="card")
    digest = console_secrets.card_digest(account.institution_id, found)
    try:
        with transaction.atomic():
            StaffCard.objects.update_or_create(
                account=account, defaults={"digest": digest, "kept_at": clock.now()}
            )
    except IntegrityError:
        raise Invalid(_("This card cannot be used. Ask the administrator."), field="card") from None
    record(events.StaffCardKept(account_id=account.pk), by=by, about=account)


@action(allowed=is_oneself)
def remove_card(account: Account, *, by: Actor) -> None:
    """Take one's card away, for example where it is lost. Raises Conflict where there is none."""
    if not StaffCard.objects.filter(account=account).delete()[0]:
        raise Conflict(_("No card is kept for you."))
    record(events.StaffCardRemoved(account_id=account.pk), by=by, about=account)


@action(allowed=is_oneself)
def try_pin(account: Account, *, by: Actor, console_id: int, pin: str) -> bool:
    """Whether a PIN lets somebody in who showed his card or passkey; wrong tries count.

    The try is taken before the look, in one conditional statement, so that many at once are five.
    """
    row = ConsolePin.objects.filter(console_id=console_id, account=account).first()
    rows = ConsolePin.objects.filter(pk=row.pk if row else 0)
    living = rows.filter(wrong_tries__lt=pins.TRIES)
    if row is None or living.update(wrong_tries=F("wrong_tries") + 1) != 1:
        console_secrets.burn(pin)
        return _refused(account, by, console_id, left=0)
    row.refresh_from_db()
    if not console_secrets.pin_fits(console_id, account.pk, pin, row.digest):
        return _refused(account, by, console_id, left=pins.TRIES - row.wrong_tries)
    rows.update(wrong_tries=0)
    record(events.SteppedIn(account_id=account.pk, console_id=console_id), by=by, about=account)
    return True


def _refused(account: Account, by: Actor, console_id: int, *, left: int) -> bool:
    fact = events.ConsolePinRefused(account_id=account.pk, console_id=console_id, left=left)
    record(fact, by=by, about=account)
    return False
