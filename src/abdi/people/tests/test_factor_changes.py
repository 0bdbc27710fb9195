"""A new phone confirmed in person, factors reset by two: each step, each refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from abdi.people import actions, passkeys, queries, second_factor
from abdi.people.actors import actor_of
from abdi.people.choices import FactorState
from abdi.people.models import Account, ConsolePin, FactorChange
from abdi.people.queries import factor_changes
from abdi.people.testing import (
    PASSWORD,
    a_city,
    actor_for,
    an_account,
    an_actor,
    an_agency,
    an_institution,
)
from abdi.people.testing_consoles import a_card, a_console
from abdi.people.tests.test_own_account import a_code
from abdi.platform import clock
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.platform.notices.models import Notice
from abdi.platform.tenancy import within
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def officer(city):
    return an_actor("agency_hr", city.agency, unit=city.agency)


def with_factor(person):
    """The account of a person with an app switched on."""
    account = Account.objects.filter(person=person).first() or an_account(person)
    secret = second_factor.new_secret()
    assert second_factor.switch_on(account, secret, a_code(secret))
    return account


def asked(person):
    account = with_factor(person)
    return actions.ask_new_phone(account, by=actor_of(account.pk), reason="hilang di pasar")


def decided(row, by, *, granted=True, answer="Sudah bertemu", seen=1):
    return actions.decide_factor_change(row, by=by, granted=granted, answer=answer, seen=seen)


def at_the_code(account):
    """A client that has given the right password and owes the code."""
    door = Client()
    answer = door.post("/masuk", {"login": account.login, "password": PASSWORD})
    assert answer["Location"] == "/masuk/kode"
    return door


def form(row, **given):
    values = {"granted": "yes", "seen_in_person": "on", "answer": "Bertemu", "version": "1"}
    return {f"n{row.pk}-{name}": value for name, value in (values | given).items()}


def test_a_lost_phone_is_replaced_from_the_door_to_the_new_app(city, officer):
    account = with_factor(city.crew)
    door = at_the_code(account)
    page = door.post("/masuk/kode/ponsel", {"reason": "hilang di pasar"})
    assert officer.name in page.content.decode()
    row = FactorChange.objects.get()
    desk = sign_in_as(officer)
    assert "hilang di pasar" in desk.get("/ganti-ponsel").content.decode()
    assert [todo.url for todo in queries.to_do(officer, clock.now())] == ["/ganti-ponsel"]
    shown = desk.post(f"/ganti-ponsel/{row.pk}", form(row))
    code = shown.context_data["code"]
    assert "no-store" in shown["Cache-Control"]
    assert code.replace("-", "") not in str(FactorChange.objects.values().get())
    door = at_the_code(account)
    assert door.get("/profil").status_code == 302
    assert door.post("/masuk/kode", {"code": code})["Location"] == "/profil/kode"
    secret = door.get("/profil/kode").context_data["secret"]
    assert door.post("/profil/kode", {"code": a_code(secret)}).context_data["codes"]
    row.refresh_from_db()
    assert row.state == FactorState.DONE
    kinds = [
        "people.FactorChangeAsked", "people.FactorChangeDecided", "people.HandedCodeUsed",
        "people.SecondFactorChanged",
    ]  # fmt: skip
    entries = Entry.objects.filter(about=account.ref).order_by("id")
    assert list(entries.values_list("kind", flat=True)) == kinds
    assert Notice.objects.filter(receiver=account.ref).count() == 2
    assert Notice.objects.filter(receiver=officer.ref).count() == 1
    assert not any("pasar" in notice.body for notice in Notice.objects.all())


def test_confirming_ends_the_pins_at_duty_pcs_which_would_open_without_the_handed_code(
    city, officer
):
    row = asked(city.crew)
    console, _token = a_console(city.agency)
    a_card(actor_of(row.account_id), console)
    decided(row, officer)
    assert not ConsolePin.objects.filter(account_id=row.account_id).exists()


def test_confirming_ends_codes_passkeys_and_sessions(city, officer):
    row = asked(city.crew)
    secret = sign_in_as(actor_for(city.crew))
    assert secret.get("/profil").status_code == 200
    decided(row, officer)
    assert not second_factor.has_second_factor(row.account_id)
    assert passkeys.of_account(row.account_id) == []
    assert secret.get("/profil").status_code == 302


def test_the_password_alone_opens_nothing_until_a_new_factor_is_on(city, officer):
    row = asked(city.crew)
    code = decided(row, officer)
    at_the_code(row.account).post("/masuk/kode", {"code": code})
    door = at_the_code(row.account)
    assert door.post("/masuk/kode", {"code": code}).status_code == 422, "it opens once"


def test_the_code_lives_half_an_hour_and_opens_its_account_only(city, officer):
    row = asked(city.crew)
    code = decided(row, officer)
    other = with_factor(city.second_crew)
    assert at_the_code(other).post("/masuk/kode", {"code": code}).status_code == 422
    with clock.at(clock.now() + timedelta(minutes=31)), pytest.raises(Invalid):
        actions.use_handed_code(row.account, by=actor_of(row.account_id), code=code)
    actions.use_handed_code(row.account, by=actor_of(row.account_id), code=code.upper())


def test_a_refused_request_changes_nothing_and_says_why(city, officer):
    row = asked(city.crew)
    desk = sign_in_as(officer)
    assert desk.post(f"/ganti-ponsel/{row.pk}", form(row, granted="no", answer="Bukan ia"))
    assert second_factor.has_totp(row.account_id)
    assert "Bukan ia" in sign_in_as(actor_for(city.crew)).get("/profil/ponsel").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"seen_in_person": ""}, {"answer": ""}, {"granted": "perhaps"}, {"version": "x"}]
)
def test_a_form_that_says_too_little_confirms_nothing(city, officer, wrong):
    row = asked(city.crew)
    assert (
        sign_in_as(officer).post(f"/ganti-ponsel/{row.pk}", form(row, **wrong)).status_code == 422
    )
    assert second_factor.has_totp(row.account_id)


def test_the_officer_never_confirms_his_own(officer):
    row = asked(Account.objects.get(pk=officer.account_id).person)
    assert sign_in_as(officer).post(f"/ganti-ponsel/{row.pk}", form(row)).status_code == 404
    with pytest.raises(Refused):
        decided(row, officer)


def test_an_officer_of_another_agency_a_superior_and_an_administrator_confirm_nothing(city):
    row = asked(city.crew)
    elsewhere = an_actor("agency_hr", agency := an_agency(), unit=agency)
    for stranger in (elsewhere, actor_for(city.head), an_actor("sysadmin"), actor_for(city.crew)):
        with pytest.raises(Refused):
            decided(row, stranger)
    assert sign_in_as(elsewhere).post(f"/ganti-ponsel/{row.pk}", form(row)).status_code == 404
    assert sign_in_as(actor_for(city.head)).get("/ganti-ponsel").status_code == 403


def test_an_officer_of_another_institution_finds_nothing(city):
    row = asked(city.crew)
    with within(an_institution().pk):
        there = a_city()
        stranger = an_actor("agency_hr", there.agency, unit=there.agency)
        client = sign_in_as(stranger)
        with pytest.raises(Refused):
            decided(row, stranger)
    assert client.post(f"/ganti-ponsel/{row.pk}", form(row)).status_code in (403, 404, 302)
    assert second_factor.has_totp(row.account_id)


def test_an_answer_to_an_older_state_or_a_second_answer_is_a_conflict(city, officer):
    row = asked(city.crew)
    with pytest.raises(Conflict):
        decided(row, officer, seen=7)
    decided(row, officer)
    with pytest.raises(Conflict):
        decided(row, officer, seen=2)
    assert sign_in_as(officer).post(f"/ganti-ponsel/{row.pk}", form(row)).status_code == 404


def test_one_request_at_a_time_and_none_without_a_factor(city):
    row = asked(city.crew)
    with pytest.raises(Invalid):
        actions.ask_new_phone(row.account, by=actor_of(row.account_id), reason="lagi")
    plain = an_account(city.second_crew)
    with pytest.raises(Invalid):
        actions.ask_new_phone(plain, by=actor_of(plain.pk), reason="iseng")
    assert FactorChange.objects.count() == 1


def test_nobody_asks_for_another_and_only_the_owner_takes_back(city):
    row = asked(city.crew)
    mate = actor_for(city.second_crew)
    with pytest.raises(Refused):
        actions.ask_new_phone(row.account, by=mate, reason="x")
    assert sign_in_as(mate).post(f"/profil/ponsel/{row.pk}/batal").status_code == 404
    with pytest.raises(Refused):
        actions.withdraw_factor_change(row, by=mate)
    mine = sign_in_as(actor_for(city.crew))
    assert mine.post(f"/profil/ponsel/{row.pk}/batal")["Location"] == "/profil/ponsel"
    assert mine.post(f"/profil/ponsel/{row.pk}/batal").status_code == 409


def test_a_later_request_replaces_a_code_never_used(city, officer):
    row = asked(city.crew)
    old = decided(row, officer)
    again = actions.ask_new_phone(row.account, by=actor_of(row.account_id), reason="terlambat")
    decided(again, officer)
    with pytest.raises(Invalid):
        actions.use_handed_code(row.account, by=actor_of(row.account_id), code=old)
    assert factor_changes.owes_new_factor(row.account_id)


def test_confirming_asks_who_one_is_once_more(city, officer):
    row = asked(city.crew)
    client = sign_in_as(officer, stepped_up=False)
    answer = client.post(f"/ganti-ponsel/{row.pk}", form(row))
    assert answer["Location"].startswith("/masuk/ulang")
    for path in ("/atur/faktor", f"/atur/faktor/{row.pk}"):
        answer = sign_in_as(an_actor("sysadmin"), stepped_up=False).post(path, form(row))
        assert answer["Location"].startswith("/masuk/ulang")


def test_two_administrators_reset_a_factor_and_one_alone_does_not(city):
    account = with_factor(city.crew)
    first, second = an_actor("sysadmin"), an_actor("sysadmin")
    one, two = sign_in_as(first), sign_in_as(second)
    given = {"login": account.login, "reason": "tidak ada pengelola"}
    assert one.post("/atur/faktor", {**given, "login": "tidak-ada"}).status_code == 422
    assert one.post("/atur/faktor", given)["Location"] == "/atur/faktor"
    row = FactorChange.objects.get()
    assert one.post(f"/atur/faktor/{row.pk}", form(row)).status_code == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorChange.objects.filter(pk=row.pk).update(decided_by=row.asked_by)
    code = two.post(f"/atur/faktor/{row.pk}", form(row)).context_data["code"]
    answer = at_the_code(account).post("/masuk/kode", {"code": code})
    assert answer["Location"] == "/profil/kode"


def test_an_administrator_resets_not_his_own_factor_nor_confirms_it(city):
    first, second = an_actor("sysadmin"), an_actor("sysadmin")
    account = Account.objects.get(pk=first.account_id)
    secret = second_factor.new_secret()
    second_factor.switch_on(account, secret, a_code(secret))
    with pytest.raises(Refused):
        actions.ask_factor_reset(account, by=first, reason="x")
    row = actions.ask_factor_reset(account, by=second, reason="x")
    assert sign_in_as(first).post(f"/atur/faktor/{row.pk}", form(row)).status_code == 404
    with pytest.raises(Refused):
        decided(row, first)


def test_the_door_to_a_new_phone_opens_after_the_password_only(city):
    with_factor(city.crew)
    assert Client().post("/masuk/kode/ponsel", {"reason": "x"})["Location"] == "/masuk"
    assert FactorChange.objects.count() == 0


@pytest.mark.parametrize("text", ["\x00", "x" * 301, "", "   "])
def test_hostile_reasons_get_a_sentence(city, text):
    account = with_factor(city.crew)
    client = sign_in_as(actor_of(account.pk))
    assert client.post("/profil/ponsel", {"reason": text}).status_code == 422


def test_an_account_without_a_person_has_no_officer_to_ask(city):
    operator = an_actor("sysadmin")
    account = Account.objects.get(pk=operator.account_id)
    with pytest.raises(Refused):
        actions.ask_new_phone(account, by=operator, reason="x")
    assert sign_in_as(operator).post("/profil/ponsel", {"reason": "x"}).status_code == 403
