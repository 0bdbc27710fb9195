"""Users and roles: told in plain words, given by one and confirmed by another, with an end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from abdi.people import actions, queries, role_words
from abdi.people.models import RoleGrant
from abdi.people.testing import (
    a_city,
    a_person,
    actor_for,
    an_account,
    an_actor,
    an_agency,
    an_institution,
)
from abdi.platform import clock
from abdi.platform.access import law
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.tenancy import within
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def officer(city):
    return an_actor("agency_hr", city.agency, unit=city.agency)


def test_every_word_of_the_permission_file_is_told():
    resources = law().raw["resources"]
    assert set(role_words.ROLES) == set(law().roles)
    assert set(role_words.THINGS) == set(resources)
    assert set(role_words.MODULES) == {name.split(".")[0] for name in resources}
    assert set(role_words.ACTS) == {act for row in resources.values() for act in row["grants"]}
    scopes = {
        s for row in resources.values() for held in row["grants"].values() for s in held.values()
    }
    assert set(role_words.SCOPES) == scopes
    assert set(role_words.CONDITIONS) == set(law().raw["conditions"])


def test_what_a_role_may_do_is_the_file_in_plain_words():
    with override("id"):
        powers = queries.powers_of("sysadmin")
    (grants,) = [p for p in powers["Sistem"] if p.thing == "pemegang peran"]
    ((acts, scope),) = grants.acts
    assert scope == "seluruh kota"
    assert "membuat (tidak untuk diri sendiri, dua orang, setelah membuktikan diri lagi)" in acts
    assert "mencabut" in acts


def test_each_role_has_a_page_with_who_holds_it_and_until_when(city):
    admin = an_actor("sysadmin")
    last = clock.today() + timedelta(days=30)
    account = an_account(city.crew)
    actions.grant_role(account, city.agency, by=admin, role="duty_commander", last_on=last)
    client = sign_in_as(admin)
    page = client.get("/atur/peran/duty_commander/isi").content.decode()
    assert city.crew.display_name in page
    assert city.agency.name in page
    assert "menunggu orang kedua" in page
    for role in law().roles:
        assert client.get(f"/atur/peran/{role}/isi").status_code == 200
    assert client.get("/atur/peran/tidak-ada/isi").status_code == 404


def test_a_role_counts_to_its_last_day(city):
    first, second = an_actor("sysadmin"), an_actor("sysadmin")
    last = clock.today() + timedelta(days=2)
    account = an_account(city.crew)
    row = actions.grant_role(account, city.agency, by=first, role="duty_commander", last_on=last)
    actions.confirm_role(row, by=second)
    assert row.last_on == last
    with clock.at(clock.now() + timedelta(days=2)):
        assert "duty_commander" in actor_for(city.crew).roles
    with clock.at(clock.now() + timedelta(days=3)):
        assert "duty_commander" not in actor_for(city.crew).roles


def test_a_last_day_that_is_over_and_a_role_ended_today_are_refused(city):
    admin, account = an_actor("sysadmin"), an_account(city.crew)
    day = clock.today() - timedelta(days=1)
    with pytest.raises(Invalid):
        actions.grant_role(account, city.agency, by=admin, role="trainer", last_on=day)
    row = actions.grant_role(account, city.agency, by=admin, role="trainer")
    actions.revoke_role(row, by=admin)
    with pytest.raises(Invalid):
        actions.grant_role(account, city.agency, by=admin, role="trainer")


@pytest.mark.parametrize("role", ["sysadmin", "personnel_office", "auditor"])
def test_an_officer_of_an_agency_gives_no_role_of_the_city(city, officer, role):
    account = an_account(city.crew)
    assert role not in queries.given_roles(officer)
    with pytest.raises(Refused):
        actions.grant_role(account, city.agency, by=officer, role=role)
    given = {"login": account.login, "role": role, "agency": city.agency.pk}
    assert sign_in_as(officer).post("/atur/peran/beri", given).status_code == 422
    row = actions.grant_role(account, city.agency, by=an_actor("sysadmin"), role=role)
    for act in (actions.confirm_role, actions.revoke_role):
        with pytest.raises(Refused):
            act(row, by=officer)
    assert not RoleGrant.objects.exclude(confirmed_by="").filter(account=account).exists()


def test_an_officer_gives_roles_in_his_agency_only(city, officer):
    account = an_account(city.crew)
    client = sign_in_as(officer)
    given = {"login": account.login, "role": "trainer", "agency": city.agency.pk}
    assert client.post("/atur/peran/beri", given)["Location"] == "/atur/peran"
    for agency in ("", an_agency().pk, 999_999, "x"):
        wrong = {**given, "agency": agency}
        assert client.post("/atur/peran/beri", wrong).status_code == 422
    assert RoleGrant.objects.filter(account=account).count() == 1
    with pytest.raises(Refused):
        actions.grant_role(account, None, by=officer, role="trainer")


def test_nobody_gives_himself_a_role_or_confirms_what_he_gave(city, officer):
    mine = RoleGrant.objects.get(account_id=officer.account_id).account
    with pytest.raises(Refused):
        actions.grant_role(mine, city.agency, by=officer, role="trainer")
    row = actions.grant_role(an_account(city.crew), city.agency, by=officer, role="trainer")
    with pytest.raises(Conflict):
        actions.confirm_role(row, by=officer)
    page = sign_in_as(officer).get("/atur/peran").content.decode()
    assert f"/atur/peran/{row.pk}/setujui" not in page
    mate = an_actor("agency_hr", city.agency, unit=city.agency)
    assert f"/atur/peran/{row.pk}/setujui" in sign_in_as(mate).get("/atur/peran").content.decode()


def test_a_form_sent_twice_gives_one_role(city, officer):
    account = an_account(city.crew)
    client = sign_in_as(officer)
    given = {"login": account.login, "role": "trainer", "agency": city.agency.pk}
    for _again in range(2):
        client.post("/atur/peran/beri", given)
    assert RoleGrant.objects.filter(account=account).count() == 1


def test_grants_of_another_institution_do_not_show(city):
    with within(an_institution().pk):
        there = an_account(a_person(), (("trainer", None),), login="orang-sana")
    page = sign_in_as(an_actor("sysadmin")).get("/atur/peran/trainer/isi").content.decode()
    assert there.login not in page


def test_the_page_asks_as_much_for_many_grants_as_for_few(city, officer):
    def asked():
        client = sign_in_as(officer)
        client.get("/atur/peran")
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get("/atur/peran")
        return len(found)

    an_account(city.crew, (("trainer", city.agency),))
    few = asked()
    for _number in range(8):
        an_account(a_person(), (("trainer", city.agency),))
    assert asked() <= few
