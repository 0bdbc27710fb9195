"""Many wrong PINs at one moment are looked at five times. The control shows it can be more."""

from __future__ import annotations

from threading import Barrier

import pytest

from abdi.people import actions, console_secrets
from abdi.people.models import Account, ConsolePin
from abdi.people.rules.pins import TRIES
from abdi.people.testing import a_city, actor_for
from abdi.people.testing_consoles import PIN, a_card, a_console
from abdi.platform.testing.races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = 8


@pytest.fixture
def at_pc(monkeypatch):
    """Somebody with a PIN at a console, and a list that grows with each look at a PIN."""
    city = a_city()
    console, _token = a_console(city.agency)
    by = actor_for(city.crew)
    a_card(by, console, pin=PIN)
    looks = []
    real = console_secrets.pin_fits

    def counted(*given):
        looks.append(given)
        return real(*given)

    monkeypatch.setattr(console_secrets, "pin_fits", counted)
    return Account.objects.get(pk=by.account_id), by, console, looks


def test_eight_wrong_pins_at_once_are_five_looks(at_pc):
    account, by, console, looks = at_pc

    def typed(number):
        pin = f"90{number}123"
        return actions.try_pin(account, by=by, console_id=console.pk, pin=pin)

    assert not any(all_at_once(typed, range(TYPED)))
    assert len(looks) == TRIES
    assert not actions.try_pin(account, by=by, console_id=console.pk, pin=PIN), "it is dead"


def test_control_who_counts_after_the_look_looks_eight_times(at_pc):
    account, _by, console, looks = at_pc
    looked = Barrier(TYPED)

    def unguarded(number):
        row = ConsolePin.objects.get(console=console, account=account)
        looked.wait(timeout=20)
        if row.wrong_tries < TRIES:
            pin = f"90{number}123"
            console_secrets.pin_fits(console.pk, account.pk, pin, row.digest)

    all_at_once(unguarded, range(TYPED))
    assert len(looks) == TYPED
