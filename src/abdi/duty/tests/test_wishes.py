"""Wishes: what contradicts what, the newer before the older, and the planner that reads them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions, queries, rules, saying
from abdi.duty.actions import Pattern
from abdi.duty.choices import WishKind
from abdi.duty.models import Shift, Turn, Wish
from abdi.duty.rules import Wishing
from abdi.duty.testing import a_coverage, a_crew, a_plan, a_turn, worked_out
from abdi.people.testing import a_city, actor_for
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry
from abdi.platform.testing import sign_in_as

WIB = ZoneInfo("Asia/Jakarta")
NEXT, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)
OFF, ON = WishKind.OFF, WishKind.ON
MORNING = Pattern("pagi", "P", time(6), time(14))
EVENING = Pattern("sore", "S", time(14), time(22))


@pytest.mark.parametrize(
    ("one", "other", "speaks_against"),
    [
        (Wishing(OFF), Wishing(ON), True),
        (Wishing(OFF), Wishing(ON, "P"), True),
        (Wishing(OFF, "P"), Wishing(ON, "P"), True),
        (Wishing(OFF, "S"), Wishing(ON, "P"), False),
        (Wishing(OFF, "S"), Wishing(ON), False),
        (Wishing(OFF), Wishing(OFF, "P"), False),
        (Wishing(ON), Wishing(ON), False),
    ],
)
def test_a_free_day_speaks_against_a_wanted_turn_of_it(one, other, speaks_against):
    assert rules.cannot_both_stand(one, other) is speaks_against
    assert rules.cannot_both_stand(other, one) is speaks_against


@pytest.fixture
def unit():
    """Four people for one morning and one evening a day: the head apart, everybody is free."""
    city = a_city()
    a_coverage(city.section, (MORNING, EVENING), round_the_clock=False)
    a_crew(city.section, 2)
    return city


def wished(person, kind, letter="", on=TUESDAY, **more):
    return actions.make_wish(person, by=actor_for(person), on=on, kind=kind, letter=letter, **more)


def standing(unit):
    return [(one.kind, one.letter) for one in Wish.objects.filter(withdrawn_at=None)]


@pytest.mark.django_db
def test_the_newer_wish_replaces_the_one_it_contradicts_and_the_journal_knows(unit):
    kept = wished(unit.crew, ON, "S")
    old = wished(unit.crew, ON, "P")
    new = wished(unit.crew, OFF, "P")
    assert sorted(standing(unit)) == [("off", "P"), ("on", "S")]
    assert queries.replaced_by(new) == [old]
    with clock.at(clock.now() + timedelta(hours=1)):
        last = wished(unit.crew, OFF)
    assert queries.replaced_by(last) == [kept]
    assert sorted(standing(unit)) == [("off", ""), ("off", "P")]
    gone = Entry.objects.filter(kind="duty.WishWithdrawn").order_by("id")
    assert [one.data["wish_id"] for one in gone] == [old.pk, kept.pk]
    with pytest.raises(Conflict, match="already"):
        wished(unit.crew, OFF)
    assert wished(unit.second_crew, ON, "P"), "wishes of others stay"


@pytest.mark.django_db
def test_a_wish_without_room_replaces_nothing(unit):
    for day in (3, 4):
        wished(unit.crew, OFF, on=date(2026, 3, day), strength=3)
    wished(unit.crew, ON, "P")
    with pytest.raises(Invalid):
        wished(unit.crew, OFF, strength=3)
    assert ("on", "P") in standing(unit)


@pytest.mark.django_db
def test_the_page_says_which_wish_was_replaced(unit):
    wished(unit.crew, ON, "P")
    client = sign_in_as(actor_for(unit.crew))
    form = {"on": "2026-03-10", "kind": "off", "letter": "", "strength": "1", "note": ""}
    page = client.post("/piket/saya/keinginan", form, follow=True).content.decode()
    assert "menggantikan keinginan Anda sebelumnya" in page
    assert standing(unit) == [("off", "")]


@pytest.mark.django_db
def test_the_month_planner_heeds_wishes_counts_them_and_says_so(unit):
    wished(unit.crew, OFF)
    wished(unit.second_crew, ON, "S")
    withdrawn = wished(unit.crew, ON, "P", on=date(2026, 3, 11))
    actions.withdraw_wish(withdrawn, by=actor_for(unit.crew))
    plan = worked_out(a_plan(unit.section, NEXT))
    assert plan.found["open"] == 0
    assert plan.found["wishes"] == [2, 2]
    assert "2 of 2 wishes are met." in saying.findings(plan)
    actions.apply_plan(plan, by=SYSTEM)
    tuesday = Shift.objects.filter(starts_at__date=TUESDAY)
    assert not tuesday.filter(person=unit.crew).exists()
    assert tuesday.get(letter="S").person_id == unit.second_crew.pk


@pytest.mark.django_db
def test_a_wish_that_cannot_be_met_is_counted_as_such(unit):
    for person in (unit.crew, unit.second_crew):
        wished(person, ON, "S")
    plan = worked_out(a_plan(unit.section, NEXT))
    assert plan.found["wishes"] == [1, 2]
    assert "1 of 2 wishes are met." in saying.findings(plan)


@pytest.mark.django_db
def test_the_reason_shows_a_wish_to_who_made_it_and_to_nobody_else(unit):
    wished(unit.second_crew, ON, "S")
    plan = worked_out(a_plan(unit.section, NEXT))
    actions.apply_plan(plan, by=SYSTEM)
    roster = Turn.objects.first().roster
    turn = a_turn(roster, datetime(2026, 3, 10, 15, tzinfo=WIB))
    found = queries.weighing_of(turn)
    mine = saying.lines_of(found, unit.second_crew.pk, unit.second_crew.pk)
    assert mine[0].against == "Stands this turn, you wished for duty"
    others = saying.lines_of(found, unit.second_crew.pk, unit.crew.pk)
    assert not any("wished" in one.against for one in others)
