"""The duty PC of the demo city: a code that enrols it, two dispatchers with card and PIN."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from abdi.people import console_secrets, events
from abdi.people.demo.city import DemoCity
from abdi.people.demo.units import START
from abdi.people.models import Console, ConsolePin, RoleGrant, StaffCard
from abdi.platform import clock
from abdi.platform.journal import PastFact, record_many

ROOM: Final = "diskominfo-set"
CODE: Final = "PKTC-NDNA-2026"
PIN: Final = "402815"
CARDS: Final = ("KARTU1001", "KARTU1002")
"""Invented cards of an invented city, for a keyboard in the place of a reader."""
CODE_LIFE: Final = timedelta(days=365)


def desk_of(city: DemoCity) -> tuple[int, int]:
    """The two people who share the desk: the dispatcher, and one who relieves him."""
    first = city.logins["dispatcher"]
    second = next(one for one in city.people_of(ROOM) if one not in city.logins.values())
    return first, second


def build(city: DemoCity) -> None:
    """One PC that waits for its code, and who may step in there."""
    desk, now = desk_of(city), clock.now()
    accounts = [city.accounts[person_id] for person_id in desk]
    RoleGrant.objects.create(
        account_id=accounts[1],
        role="dispatcher",
        start_on=START,
        granted_by="system",
        confirmed_by="system",
    )
    console = Console.objects.create(
        unit=city.units[ROOM],
        name="PC ruang kendali",
        is_city_wide=True,
        reason="PC bersama ruang kendali 112",
        made_by="system",
        made_at=now,
        code_digest=console_secrets.code_digest(CODE),
        code_until=now + CODE_LIFE,
    )
    for account_id, number in zip(accounts, CARDS, strict=True):
        digest = console_secrets.card_digest(city.institution.pk, number)
        StaffCard.objects.create(account_id=account_id, digest=digest, kept_at=now)
        pin = console_secrets.pin_digest(console.pk, account_id, PIN)
        ConsolePin.objects.create(console=console, account_id=account_id, digest=pin, set_at=now)
    made = events.ConsoleMade(console_id=console.pk, reason=console.reason)
    record_many([PastFact(made, now, "system", console.ref)])
