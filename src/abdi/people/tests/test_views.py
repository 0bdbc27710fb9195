"""Pages of the people floor."""

from __future__ import annotations

import pytest
from django.test import Client

from abdi.people import actions, second_factor
from abdi.people.models import Account, RoleGrant
from abdi.people.testing import PASSWORD, a_city, a_person, actor_for, an_account, an_actor
from abdi.platform.actions import Conflict, Refused
from abdi.platform.journal import Entry
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
NUMBER = "197902282006041003"


def enter(client: Client, login: str, password: str = PASSWORD, **more: str):
    return client.post("/masuk", {"login": login, "password": password, **more})


def test_a_person_enters_by_employee_number_with_spaces_or_by_e_mail():
    person = a_person(a_city().section, number=NUMBER)
    account = an_account(person)
    answer = enter(Client(), "19790228 200604 1 003")
    assert answer.status_code == 302
    assert answer["Location"] == "/beranda"
    assert enter(Client(), account.email.upper()).status_code == 302


def test_a_wrong_password_and_an_unknown_name_get_the_same_words():
    account = an_account(a_person(a_city().section))
    wrong = enter(Client(), account.login, "salah sama sekali")
    unknown = enter(Client(), "tidak-ada", "salah sama sekali")
    assert wrong.status_code == unknown.status_code == 422
    for answer in (wrong, unknown):
        assert "tidak cocok" in answer.content.decode()


def test_after_ten_wrong_tries_even_the_right_one_waits():
    account = an_account(a_person(a_city().section))
    client = Client()
    for _ in range(10):
        enter(client, account.login, "salah sama sekali")
    assert "Tunggu" in enter(client, account.login).content.decode()


def test_sign_in_goes_on_only_to_this_site():
    account = an_account(a_person(a_city().section))
    assert enter(Client(), account.login, next="https://jahat.test/")["Location"] == "/beranda"
    assert enter(Client(), account.login, next="/unit")["Location"] == "/unit"


def test_a_second_factor_is_asked_and_its_code_works_once():
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    account = an_account(a_person(a_city().section))
    actor = actor_for(account.person)
    secret = second_factor.new_secret()
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    actions.switch_second_factor_on(account, by=actor, secret=secret, code=code)
    client = Client()
    assert enter(client, account.login)["Location"] == "/masuk/kode"
    assert client.get("/unit").status_code == 302
    assert client.post("/masuk/kode", {"code": "000000"}).status_code == 422
    assert client.post("/masuk/kode", {"code": code}).status_code == 302
    assert client.get("/profil").status_code == 200
    other = Client()
    enter(other, account.login)
    assert other.post("/masuk/kode", {"code": code}).status_code == 422


def test_pages_without_sign_in_lead_to_sign_in():
    for path in ("/unit", "/pegawai", "/profil", "/atur/peran"):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/masuk?next=")


def test_colleagues_see_post_and_unit_but_no_record():
    city = a_city()
    mate = actor_for(city.second_crew)
    page = sign_in_as(mate).get(f"/pegawai/{city.crew.code}").content.decode()
    assert city.crew.name in page
    assert "NIP" not in page
    superior = sign_in_as(actor_for(city.head))
    assert "NIP" in superior.get(f"/pegawai/{city.crew.code}").content.decode()
    assert Entry.objects.filter(kind="people.ProfileRead", about=city.crew.ref).count() == 1


def test_the_directory_finds_by_part_of_a_name_in_one_query_more_than_the_frame():
    city = a_city()
    client = sign_in_as(actor_for(city.head))
    client.get("/pegawai")
    with counted_queries(at_most=4):
        page = client.get("/pegawai?q=bayu").content.decode()
    assert "Bayu Petugas" in page
    assert "Sari Petugas" not in page


def test_a_role_counts_only_after_a_second_person_confirms_it():
    city = a_city()
    first, second = an_actor("sysadmin"), an_actor("sysadmin")
    account = an_account(city.crew)
    grant = actions.grant_role(account, city.agency, by=first, role="duty_commander")
    assert "duty_commander" not in actor_for(city.crew).roles
    with pytest.raises(Conflict):
        actions.confirm_role(grant, by=first)
    actions.confirm_role(grant, by=second)
    assert "duty_commander" in actor_for(city.crew).roles


def test_nobody_gives_himself_a_role():
    city = a_city()
    officer = an_actor("agency_hr", city.agency)
    account = Account.objects.get(pk=officer.account_id)
    with pytest.raises(Refused):
        actions.grant_role(account, city.agency, by=officer, role="organiser")
    assert RoleGrant.objects.filter(account=account).count() == 1


def test_the_roles_page_asks_to_prove_oneself_before_a_role_is_given():
    client = sign_in_as(an_actor("sysadmin"), stepped_up=False)
    assert client.get("/atur/peran").status_code == 200
    answer = client.post("/atur/peran/beri", {"login": "x", "role": "organiser"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/masuk/ulang")
