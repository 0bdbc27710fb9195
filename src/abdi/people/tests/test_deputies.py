"""Powers handed to a colleague for an absence: what, how long, never further, never silently."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.people import actions, events, rules
from abdi.people.actions.deputies import powers_of
from abdi.people.actors import actor_of
from abdi.people.choices import DeputyPower
from abdi.people.models import Account, Delegation, Person, RoleGrant
from abdi.people.testing import a_city, a_person, actor_for, an_account
from abdi.platform import clock
from abdi.platform.access import Where
from abdi.platform.actions import ACTIONS, Conflict, Invalid, Refused, action
from abdi.platform.journal import record
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def city():
    return a_city()


def hand_over(city, **more):
    today = clock.today()
    given = {
        "power": DeputyPower.DUTY,
        "start_on": today,
        "end_on": today + 6 * DAY,
        "reason": "cuti tahunan",
        **more,
    }
    return actions.hand_over(city.head, by=city.commander, **given)


def test_a_power_counts_from_its_first_day_to_its_last_and_ends_by_itself(city):
    where = Where(agency_id=city.agency.pk)
    assert not actor_for(city.head).may("duty.roster", "publish", where)
    hand_over(city, start_on=clock.today() + DAY)
    expected = {0: False, 1: True, 6: True, 7: False}
    for days, may in expected.items():
        with clock.at(clock.now() + days * DAY):
            assert actor_for(city.head).may("duty.roster", "publish", where) is may


def test_only_the_power_that_is_named_goes_over_and_only_where_the_giver_has_it(city):
    hand_over(city)
    deputy = actor_for(city.head)
    here, elsewhere = Where(agency_id=city.agency.pk), Where(agency_id=city.agency.pk + 999)
    assert deputy.may("duty.swap", "approve", here)
    assert not deputy.may("duty.swap", "approve", elsewhere)
    assert not deputy.may("reports.dispatch", "create", here)
    assert not deputy.may("reports.closing", "confirm", here)
    assert not deputy.may("system.break_glass", "open", here)
    assert "duty_commander" not in deputy.roles


def test_a_power_handed_over_is_never_handed_on(city):
    hand_over(city)
    deputy = actor_for(city.head)
    assert powers_of(deputy) == []
    with pytest.raises(Refused):
        actions.hand_over(
            city.crew,
            by=deputy,
            power=DeputyPower.DUTY,
            start_on=clock.today(),
            end_on=clock.today(),
            reason="cuti",
        )


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [(-1, 3, "start_on"), (5, 4, "end_on"), (0, 90, "end_on"), (0, 400, "end_on")],
)
def test_days_in_the_past_in_wrong_order_or_too_many_are_refused(city, start, end, field):
    today = clock.today()
    with pytest.raises(Invalid) as refused:
        hand_over(city, start_on=today + start * DAY, end_on=today + end * DAY)
    assert refused.value.field == field
    assert hand_over(city, end_on=today + 89 * DAY).pk


def test_a_power_one_does_not_hold_and_days_that_are_taken_are_refused(city):
    hand_over(city)
    with pytest.raises(Conflict):
        hand_over(city)
    with pytest.raises(Refused):
        actions.hand_over(
            city.head, by=actor_for(city.crew), power="duty", start_on=clock.today(),
            end_on=clock.today(), reason="cuti",
        )  # fmt: skip
    type(city.head).objects.filter(pk=city.head.pk).update(left_on=clock.today())
    city.head.refresh_from_db()
    with pytest.raises(Invalid):
        hand_over(city, power="dispatch")


def test_it_ends_with_the_role_of_the_giver_or_when_it_is_taken_back(city):
    where = Where(agency_id=city.agency.pk)
    row = hand_over(city)
    actions.take_back(row, by=actor_for(city.head))
    assert not actor_for(city.head).may("duty.roster", "publish", where)
    with pytest.raises(Conflict):
        actions.take_back(row, by=city.commander)
    with pytest.raises(Refused):
        actions.take_back(row, by=actor_for(city.crew))
    hand_over(city)
    assert actor_for(city.head).may("duty.roster", "publish", where)
    RoleGrant.objects.filter(account_id=city.commander.account_id).update(end_on=clock.today())
    assert not actor_for(city.head).may("duty.roster", "publish", where)


@pytest.fixture
def publish():
    def may(by, person: Person):
        return by.may("duty.roster", "publish", Where(agency_id=by.agency_id))

    @action(allowed=may)
    def publish_for_the_test(person: Person, *, by):
        return record(events.PersonAnonymised(person_id=person.pk), by=by, about=person)

    yield publish_for_the_test
    for name in [name for name in ACTIONS if name.endswith("publish_for_the_test")]:
        del ACTIONS[name]


def test_the_journal_says_on_whose_behalf_and_only_where_the_power_was_needed(city, publish):
    hand_over(city)
    entry = publish(city.crew, by=actor_for(city.head))
    assert entry.data["on_behalf_of"] == f"people.person:{city.commander.person_id}"
    assert entry.by == f"people.account:{actor_for(city.head).account_id}"
    assert "on_behalf_of" not in publish(city.crew, by=city.commander).data


def test_rights_cost_no_query_more_for_who_stands_in_for_nobody(city):
    account = an_account(a_person(city.section))
    with counted_queries(at_most=20) as asked:
        actor_of(account.pk)
    mine = 'SELECT "people_delegation"'
    assert not [query for query in asked.captured_queries if query["sql"].startswith(mine)]


def test_both_see_it_on_their_profile_and_the_page_hands_over_and_takes_back(city):
    giver = sign_in_as(city.commander)
    deputy = actor_for(city.head)
    login = Account.objects.get(pk=deputy.account_id).email
    today = clock.today()
    given = {
        "power": "duty",
        "login": login,
        "start_on": today.isoformat(),
        "end_on": (today + 3 * DAY).isoformat(),
        "reason": "cuti tahunan",
    }
    assert giver.get("/profil/wakil").status_code == 200
    for wrong in ({"login": "tidak@ada.test"}, {"end_on": "2031-01-01"}, {"reason": ""}):
        assert giver.post("/profil/wakil", {**given, **wrong}).status_code == 422
    assert giver.post("/profil/wakil", given)["Location"] == "/profil/wakil"
    assert giver.post("/profil/wakil", given).status_code == 422
    for client in (giver, sign_in_as(deputy)):
        assert "cuti tahunan" in client.get("/profil").content.decode()
    stranger = sign_in_as(actor_for(city.crew))
    row = Delegation.objects.get()
    assert stranger.post(f"/profil/wakil/{row.pk}/akhiri").status_code == 404
    assert giver.post(f"/profil/wakil/{row.pk}/akhiri")["Location"] == "/profil/wakil"
    assert "cuti tahunan" not in giver.get("/profil").content.decode()


def test_ninety_days_are_allowed_and_one_more_is_not():
    first = clock.today()
    assert rules.deputy_problem(first, first + 89 * DAY, first, 90) == ""
    assert rules.deputy_problem(first, first + 90 * DAY, first, 90) == "too_long"


def test_the_powers_cover_duty_and_dispatch_and_nothing_beside():
    assert rules.handles("duty", "duty.swap")
    assert rules.handles("dispatch", "reports.dispatch")
    assert not rules.handles("duty", "reports.dispatch")
    assert not rules.handles("dispatch", "reports.report")
