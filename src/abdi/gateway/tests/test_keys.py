"""Keys: shown once, kept as a hash, never more than their maker, ended by time, person or act."""

from datetime import timedelta

import pytest

from abdi.gateway import actions, queries, rules
from abdi.gateway.models import ApiKey
from abdi.gateway.testing import a_keeper, a_key, a_program
from abdi.people.testing import a_city, an_actor, an_institution
from abdi.platform import clock
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.platform.tenancy import within
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
FORM = {"name": "SIMPEG", "reason": "sinkron", "scopes": "people.directory.view", "days": "30"}


def test_the_secret_part_is_compared_with_its_hash():
    assert rules.is_secret_of("a" * 43, rules.digest_of("a" * 43))
    assert not rules.is_secret_of("b" * 43, rules.digest_of("a" * 43))


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def keeper(city):
    return a_keeper(city.section)


def test_of_a_key_only_a_hash_is_kept(keeper):
    key, token = a_key(keeper)
    assert token.startswith(f"abdi_{key.lookup}_")
    secret = token.rpartition(f"{key.lookup}_")[2]
    assert secret not in str(ApiKey.objects.values().get(pk=key.pk))
    assert queries.key_of(token) == key


def test_making_and_ending_a_key_stand_in_the_journal(keeper):
    key, _token = a_key(keeper)
    actions.revoke_key(key, by=keeper)
    kinds = list(Entry.objects.filter(about=key.ref).values_list("kind", flat=True))
    assert kinds == ["gateway.KeyMade", "gateway.KeyRevoked"]


@pytest.mark.parametrize("text", ["", "abdi_x_y", "abdi_" + "a" * 10 + "_" + "b" * 43, "ş" * 200])
def test_another_text_opens_nothing(keeper, text):
    a_key(keeper)
    assert queries.key_of(text) is None


def test_a_wrong_secret_of_a_right_key_opens_nothing(keeper):
    key, _token = a_key(keeper)
    assert queries.key_of(rules.token_of(key.lookup, "A" * 43)) is None


def test_a_key_holds_no_more_than_its_scopes(keeper):
    key, _token = a_key(keeper, "people.directory.view")
    actor = queries.actor_by(key)
    assert actor.holds("people.directory", "view")
    assert not actor.holds("people.placement", "view")
    assert not actor.reach("people.placement", "view").all
    assert not actor.holds("system.api_key", "create")


def test_a_key_holds_no_more_than_its_maker_today(keeper, monkeypatch):
    key, _token = a_key(keeper)
    ApiKey.objects.filter(pk=key.pk).update(scopes="people.directory.view system.backup.restore")
    key.refresh_from_db()
    assert queries.actor_by(key).holds("system.backup", "restore")  # a sysadmin holds it
    ApiKey.objects.filter(pk=key.pk).update(scopes="people.profile.create")
    key.refresh_from_db()
    assert not queries.actor_by(key).holds("people.profile", "create")


def test_nobody_hands_out_what_he_does_not_hold(city):
    operator = an_actor("sysadmin")
    assert {scope.value.split(".")[0] for scope in queries.offered(operator)} == {"system"}
    with pytest.raises(Invalid):
        a_key(operator, "people.directory.view")


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_key_lives_a_year_at_most(keeper, days):
    with pytest.raises(Invalid):
        a_key(keeper, days=days)


def test_two_keys_of_one_name_are_refused_until_the_first_has_ended(keeper):
    key, _token = a_key(keeper)
    with pytest.raises(Invalid):
        a_key(keeper)
    actions.revoke_key(key, by=keeper)
    assert a_key(keeper)


def test_a_key_is_ended_once(keeper):
    key, _token = a_key(keeper)
    actions.revoke_key(key, by=keeper)
    with pytest.raises(Conflict):
        actions.revoke_key(key, by=keeper)


def test_only_an_administrator_makes_keys(city):
    with pytest.raises(Refused):
        a_key(an_actor("personnel_office"), "people.directory.view")


def test_the_last_day_counts_and_the_next_does_not(keeper):
    _key, token = a_key(keeper, days=10)
    with clock.at(clock.now() + timedelta(days=10)):
        assert queries.key_of(token) is not None
    with clock.at(clock.now() + timedelta(days=11)):
        assert queries.key_of(token) is None


def test_a_key_ends_with_the_account_of_its_maker(keeper):
    key, token = a_key(keeper)
    account = key.account
    account.is_active = False
    account.save(update_fields=["is_active"])
    assert a_program(token).get("/api/v1/people").status_code == 401


def test_a_key_of_another_institution_opens_nothing(keeper):
    _key, token = a_key(keeper)
    with within(an_institution().pk):
        assert queries.key_of(token) is None


def test_the_page_shows_a_key_once(keeper):
    client = sign_in_as(keeper)
    shown = client.post("/atur/integrasi/kunci", FORM)
    token = next(word for word in shown.content.decode().split() if word.count("abdi_"))
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    later = client.get("/atur/integrasi").content.decode()
    assert "SIMPEG" in later
    assert "abdi_" not in later
    assert token


def test_the_same_form_twice_makes_one_key(keeper):
    client = sign_in_as(keeper)
    client.post("/atur/integrasi/kunci", FORM)
    assert client.post("/atur/integrasi/kunci", FORM).status_code == 422
    assert ApiKey.objects.count() == 1


def test_a_form_with_nothing_chosen_says_so(keeper):
    answer = sign_in_as(keeper).post("/atur/integrasi/kunci", {"name": "x"})
    assert answer.status_code == 422
    assert ApiKey.objects.count() == 0


def test_a_key_is_ended_from_the_page(keeper):
    key, token = a_key(keeper)
    client = sign_in_as(keeper)
    assert client.post(f"/atur/integrasi/kunci/{key.pk}/akhiri").status_code == 302
    assert a_program(token).get("/api/v1/people").status_code == 401


def test_making_a_key_asks_who_one_is_once_more(keeper):
    client = sign_in_as(keeper, stepped_up=False)
    answer = client.post("/atur/integrasi/kunci", FORM)
    assert answer["Location"].startswith("/masuk/ulang")
    assert ApiKey.objects.count() == 0


def test_an_operator_without_a_post_hands_out_no_data_of_people(city):
    page = sign_in_as(an_actor("sysadmin")).get("/atur/integrasi")
    assert page.status_code == 200
    assert 'value="system.account.view"' in page.content.decode()
    assert 'value="people.directory.view"' not in page.content.decode()
