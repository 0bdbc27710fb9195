"""What a person does with his own account, and roles given and taken on their page."""

from __future__ import annotations

import pytest
from django.test import Client

from abdi.people.models import Account, RoleGrant
from abdi.people.testing import PASSWORD, a_city, a_person, actor_for, an_account, an_actor
from abdi.platform.tenancy import Institution, within
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
NEW = "kopi-hangat-di-beranda-7"


def a_code(secret):
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def person():
    return a_person(a_city().section)


def test_the_second_factor_is_switched_on_with_a_right_code_only(person):
    client = sign_in_as(actor_for(person))
    page = client.get("/profil/kode")
    secret = page.context_data["secret"]
    assert secret in page.content.decode()
    assert client.post("/profil/kode", {"code": "000000"}).status_code in (200, 422)
    answer = client.post("/profil/kode", {"code": a_code(secret)})
    assert answer.status_code == 200
    assert len(answer.context_data["codes"]) >= 8


def test_a_password_is_changed_by_who_knows_the_old_one(person):
    account = an_account(person)
    client, elsewhere = Client(), Client()
    for one in (client, elsewhere):
        one.post("/masuk", {"login": account.login, "password": PASSWORD})
        assert one.get("/profil/sandi").status_code == 200
    wrong = client.post("/profil/sandi", {"old": "salah sama sekali", "new": NEW})
    weak = client.post("/profil/sandi", {"old": PASSWORD, "new": "kopi"})
    assert (wrong.status_code, weak.status_code) == (422, 422)
    assert client.post("/profil/sandi", {"old": PASSWORD, "new": NEW})["Location"] == "/profil"
    assert Account.objects.get(pk=account.pk).check_password(NEW)
    assert client.get("/profil").status_code == 200
    assert elsewhere.get("/profil").status_code == 302


def test_ending_all_sessions_ends_this_one(person):
    client = sign_in_as(actor_for(person))
    assert client.post("/profil/akhiri-sesi")["Location"] == "/masuk"
    assert client.get("/profil").status_code == 302


def test_proving_oneself_again_asks_the_password_and_counts_tries(person):
    client = sign_in_as(actor_for(person), stepped_up=False)
    assert client.get("/masuk/ulang?next=/profil").status_code == 200
    wrong = client.post("/masuk/ulang", {"password": "salah sama sekali", "next": "/profil"})
    assert wrong.status_code == 422
    right = client.post("/masuk/ulang", {"password": PASSWORD, "next": "/profil"})
    assert right["Location"] == "/profil"
    outside = client.post("/masuk/ulang", {"password": PASSWORD, "next": "https://jahat.test/"})
    assert outside["Location"] == "/beranda"
    for _again in range(12):
        slow = client.post("/masuk/ulang", {"password": "salah sama sekali"})
    assert "Tunggu" in slow.content.decode()


def test_a_role_is_given_by_one_and_confirmed_by_another_on_the_page():
    city = a_city()
    account = an_account(city.crew)
    first, second = (sign_in_as(an_actor("sysadmin")) for _who in range(2))
    given = {"login": account.login, "role": "duty_commander", "agency": city.agency.pk}
    unknown = first.post("/atur/peran/beri", {**given, "login": "tidak-ada"})
    assert unknown.status_code == 422
    assert first.post("/atur/peran/beri", given)["Location"] == "/atur/peran"
    grant = RoleGrant.objects.get(account=account, role="duty_commander")
    assert first.post(f"/atur/peran/{grant.pk}/setujui").status_code == 409
    assert second.post(f"/atur/peran/{grant.pk}/setujui")["Location"] == "/atur/peran"
    assert "duty_commander" in actor_for(city.crew).roles
    assert second.post(f"/atur/peran/{grant.pk}/akhiri")["Location"] == "/atur/peran"
    assert "duty_commander" not in actor_for(city.crew).roles


def test_a_role_of_another_institution_does_not_exist():
    with within(Institution.objects.create(code="lain", name="Kota Lain").pk):
        city = a_city()
        grant = RoleGrant.objects.filter(agency=city.agency).first() or RoleGrant.objects.first()
        number = grant.pk if grant else 999_999
    client = sign_in_as(an_actor("sysadmin"))
    assert client.post(f"/atur/peran/{number}/setujui").status_code == 404
    assert client.post(f"/atur/peran/{number}/akhiri").status_code == 404


@pytest.mark.parametrize("number", ["2", "x", "-1", "99999999", "٣"])
def test_any_page_number_of_the_directory_answers(person, number):
    assert sign_in_as(actor_for(person)).get(f"/pegawai?hal={number}").status_code == 200


def test_a_unit_shows_its_seats_and_an_unknown_one_does_not_exist():
    city = a_city()
    client = sign_in_as(actor_for(city.head))
    assert client.get(f"/unit/{city.agency.code}").status_code == 200
    assert client.get("/unit").status_code == 200
    assert client.get("/unit/tidak-ada").status_code == 404


def test_the_profile_asks_nothing_twice(person):
    client = sign_in_as(actor_for(person))
    client.get("/profil")
    # six of them find the superior; the session, the account and seven parts ask once each
    with counted_queries(at_most=14):
        assert client.get("/profil").status_code == 200


@pytest.mark.parametrize("place", ["/masuk", "/masuk/ulang", "/profil/sandi"])
def test_no_page_shows_a_password_again_that_was_typed(person, place):
    client = Client() if place == "/masuk" else sign_in_as(actor_for(person))
    typed = "salah-sama-sekali-3187"
    given = {"login": "siapa", "password": typed, "old": typed, "new": typed}
    answer = client.post(place, given)
    assert answer.status_code == 422
    assert 'type="password"' in answer.content.decode()
    assert typed not in answer.content.decode()


def test_after_twelve_hours_somebody_signs_in_again_however_busy_he_was(person):
    account, client = an_account(person), Client()
    given = {"login": account.login, "password": PASSWORD}
    client.post("/masuk", given)

    def age(seconds):
        session = client.session
        session["began"] -= seconds
        session.save()
        return client.get("/profil").status_code

    assert age(12 * 3600 - 60) == 200
    assert age(60) == 302
    client.post("/masuk", given)
    assert client.get("/profil").status_code == 200
