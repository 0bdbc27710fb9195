"""Builders for tests: an enrolled duty PC, and people who step in there by card and PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client

from abdi.people import actions
from abdi.people.models import Account, Console
from abdi.people.testing import PASSWORD
from abdi.platform import consoles
from abdi.platform.access import SYSTEM, Actor

if TYPE_CHECKING:
    from abdi.people.models import Unit

PIN, OTHER_PIN = "402815", "730164"


def a_console(unit: Unit, *, city_wide: bool = False) -> tuple[Console, str]:
    """An enrolled PC and what its browser keeps."""
    row, code = actions.make_console(
        unit, by=SYSTEM, name="PC ruang kendali", is_city_wide=city_wide, reason="uji coba ruang"
    )
    token = actions.enrol_console(by=SYSTEM, code=code)
    row.refresh_from_db()
    return row, token


def at_console(token: str) -> Client:
    """A browser of that PC."""
    client = Client()
    client.cookies[consoles.cookie_name()] = token
    return client


def a_card(actor: Actor, console: Console, *, pin: str = PIN) -> str:
    """The number of a card that was kept for somebody, with a PIN set at the console."""
    account = Account.objects.get(pk=actor.account_id or 0)
    number = f"CARD{account.pk:06}"
    actions.keep_card(account, by=actor, number=number)
    actions.set_console_pin(account, by=actor, console_id=console.pk, pin=pin)
    return number


def sign_in_whole(client: Client, actor: Actor) -> None:
    """Number or name and password, at this browser."""
    account = Account.objects.get(pk=actor.account_id or 0)
    client.post("/masuk", {"login": account.login, "password": PASSWORD})
