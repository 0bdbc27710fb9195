"""Swaps in the ledger: who took how many turns from others."""

from __future__ import annotations

from datetime import date

import pytest

from abdi.duty import actions
from abdi.duty.queries.ledger import ledger
from abdi.duty.tests.test_swaps import Squad
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 8)


@pytest.fixture
def squad(inside_institution):
    return Squad()


def taken(squad):
    found = ledger(squad.unit.pk, FIRST, LAST)
    return [found[one.pk].taken_over for one in (squad.dedi, squad.bayu, squad.eko, squad.tono)]


def handed(squad, giver, taker, wanted=None):
    actions.arrange_swap(
        squad.shift(giver), taker, by=squad.commander, wanted=wanted, reason="Sakit gigi"
    )


def test_a_turn_taken_over_counts_for_who_took_it(squad):
    assert taken(squad) == [0, 0, 0, 0]
    squad.agreed()
    assert taken(squad) == [0, 0, 0, 0], "not before it is done"
    handed(squad, squad.eko, squad.tono)
    assert taken(squad) == [0, 0, 0, 1]
    page = sign_in_as(squad.commander).get(f"/piket/neraca?unit={squad.unit.pk}")
    assert "Diambil alih" in page.content.decode()


def test_an_exchange_counts_for_both_and_outside_its_week_for_nobody(squad):
    actions.approve_swap(squad.agreed(), by=squad.commander)
    assert taken(squad) == [1, 1, 0, 0]
    later = ledger(squad.unit.pk, date(2026, 3, 9), date(2026, 3, 15))
    assert all(line.taken_over == 0 for line in later.values())


def test_a_turn_that_came_back_or_went_on_counts_for_who_stands_it(squad):
    handed(squad, squad.dedi, squad.tono)
    handed(squad, squad.tono, squad.dedi)
    assert taken(squad) == [0, 0, 0, 0]
    handed(squad, squad.eko, squad.tono)
    actions.remove_shift(squad.shift(squad.tono), by=squad.commander, reason="Sakit gigi")
    assert taken(squad) == [0, 0, 0, 0], "a turn that is taken off is nobody's"
