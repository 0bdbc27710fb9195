"""Own data: what is kept, who looked, copies, requests with their clock, erasure, breaches."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils.translation import gettext, override

from abdi.people import actions, kept_words, rules
from abdi.people.choices import PrivacyAsk, PrivacyState
from abdi.people.models import Account, Assignment, Breach, BreachTouch, Person, PrivacyRequest
from abdi.people.queries import own_data
from abdi.people.testing import a_city, actor_for, an_account, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.platform.privacy import Privacy
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
REASON = "Sesuai akta yang dilampirkan."


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def officer(city):
    """The personnel officer of the agency."""
    return an_actor("agency_hr", city.agency)


def asks(city, **more):
    given = {"kind": PrivacyAsk.CORRECT, "field": "phone", "wanted": "+628123456789", **more}
    return actions.ask_privacy(city.crew, by=actor_for(city.crew), **given)


def test_every_table_about_a_person_has_its_words():
    known = {model._meta.label_lower for model in own_data.subject_models()} | {"people.person"}
    assert known - set(kept_words.KEPT) == set()


def test_every_declared_purpose_and_time_is_told_in_indonesian():
    told = {*kept_words.PURPOSES, *kept_words.TIMES}
    for model in apps.get_models():
        declared = getattr(model, "privacy", None)
        if isinstance(declared, Privacy):
            assert declared.purpose in told, model
            assert declared.keep in told, model
    with override("id"):
        assert [word for word in told if gettext(word) == word] == []


def test_the_page_shows_what_is_kept_and_who_opened_it_and_in_which_role(city, officer):
    sign_in_as(officer).get(f"/pegawai/{city.crew.code}")
    page = sign_in_as(actor_for(city.crew)).get("/profil/data").content.decode()
    assert "Jabatan yang Anda pegang" in page
    assert officer.name in page
    looks = own_data.looks_at(city.crew)
    assert [look.role for look in looks] == ["agency_hr"]


def test_two_looks_of_one_day_are_one_line(city, officer):
    client = sign_in_as(officer)
    client.get(f"/pegawai/{city.crew.code}")
    client.get(f"/pegawai/{city.crew.code}")
    assert len(own_data.looks_at(city.crew)) == 1


def test_the_copy_holds_own_rows_and_no_password_and_nobody_else(city):
    an_account(city.crew)
    answer = sign_in_as(actor_for(city.crew)).get("/profil/data.json")
    copy = json.loads(answer.content)
    tables = {one["table"]: one for one in copy["kept"]}
    assert tables["people.person"]["rows"][0]["name"] == city.crew.name
    assert "password" not in tables["people.account"]["rows"][0]
    assert city.head.name not in answer.content.decode()
    assert Entry.objects.filter(kind="people.OwnDataCopied").count() == 1


def test_the_copy_on_paper_is_a_pdf(city):
    answer = sign_in_as(actor_for(city.crew)).get("/profil/data.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_clock_of_a_request_runs_three_days(city):
    row = asks(city)
    assert row.due_at - row.asked_at == timedelta(hours=72)


def test_a_granted_correction_is_written_into_the_record(city, officer):
    row = actions.answer_privacy(asks(city), by=officer, granted=True, answer=REASON)
    city.crew.refresh_from_db()
    assert (row.state, city.crew.phone) == (PrivacyState.GRANTED, "+628123456789")


def test_a_refused_one_changes_nothing_and_needs_its_reason(city, officer):
    row = asks(city)
    with pytest.raises(Invalid):
        actions.answer_privacy(row, by=officer, granted=False, answer="  ")
    actions.answer_privacy(row, by=officer, granted=False, answer=REASON)
    city.crew.refresh_from_db()
    assert city.crew.phone != "+628123456789"


def test_a_request_is_answered_once(city, officer):
    row = asks(city)
    actions.answer_privacy(row, by=officer, granted=False, answer=REASON)
    with pytest.raises(Conflict):
        actions.answer_privacy(row, by=officer, granted=True, answer=REASON)


def test_the_same_request_waits_once(city):
    asks(city)
    with pytest.raises(Conflict):
        asks(city, wanted="+628990001111")


def test_nobody_answers_his_own_request_nor_that_of_another_agency(city):
    mine = an_actor("agency_hr", city.agency)
    person = Person.objects.get(pk=mine.person_id)
    own_row = actions.ask_privacy(person, by=mine, kind="object", words="Keberatan.")
    with pytest.raises(Refused):
        actions.answer_privacy(own_row, by=mine, granted=True, answer=REASON)
    stranger = an_actor("agency_hr", an_agency("Dinas Lain"))
    with pytest.raises(Refused):
        actions.answer_privacy(asks(city), by=stranger, granted=True, answer=REASON)


@pytest.mark.parametrize("wanted", ["31-12-1990", "kemarin", "1990-02-30", "💥"])
def test_a_day_that_is_none_is_refused_with_a_sentence(city, wanted):
    with pytest.raises(Invalid):
        asks(city, field="birth_on", wanted=wanted)


def test_erasure_of_somebody_in_service_is_refused_by_the_law(city, officer):
    row = asks(city, kind="erase", field="", wanted="", words="Hapus semua.")
    with pytest.raises(Invalid):
        actions.answer_privacy(row, by=officer, granted=True, answer=REASON)
    row.refresh_from_db()
    assert row.is_open


def test_erasure_of_a_leaver_takes_his_name_out_and_keeps_the_rows(city):
    account = an_account(city.crew)
    row = asks(city, kind="erase", field="", wanted="", words="Hapus semua.")
    office = an_actor("personnel_office", None, unit=city.agency)
    actions.end_service(city.crew, by=office, left_on=clock.today())
    session = sign_in_as(actor_for(city.crew))
    actions.answer_privacy(row, by=office, granted=True, answer=REASON)
    assert session.get("/profil/data").status_code == 302
    city.crew.refresh_from_db()
    account.refresh_from_db()
    assert city.crew.name == rules.ERASED_NAME
    assert (city.crew.employee_number, city.crew.birth_on, city.crew.phone) == (None, None, "")
    assert not account.is_active
    assert Entry.objects.filter(kind="people.PersonAnonymised").count() == 1
    assert own_data.kept_of(city.crew)[0].count == 1


def test_who_leaves_has_no_post_after_his_last_day(city, officer):
    actions.end_service(city.crew, by=officer, left_on=clock.today())
    city.crew.refresh_from_db()
    assert city.crew.left_on == clock.today()
    posts = Assignment.objects.filter(person=city.crew)
    assert {row.end_on for row in posts} == {clock.today()}
    assert Entry.objects.filter(kind="people.PersonLeft", about=city.crew.ref).count() == 1
    with pytest.raises(Conflict):
        actions.end_service(city.crew, by=officer, left_on=clock.today())


@pytest.mark.parametrize("days", [1, -20_000])
def test_a_last_day_ahead_or_before_the_post_is_refused_at_the_field(city, officer, days):
    day = clock.today() + timedelta(days=days)
    answer = sign_in_as(officer).post(f"/pegawai/{city.crew.code}/berhenti", {"left_on": day})
    assert answer.status_code == 422
    assert 'id="id_left_on-error"' in answer.content.decode()
    assert not Entry.objects.filter(kind="people.PersonLeft").exists()


def test_nobody_notes_his_own_last_day(city):
    own = an_actor("agency_hr", city.agency)
    with pytest.raises(Refused):
        actions.end_service(Person.objects.get(pk=own.person_id), by=own, left_on=clock.today())


def test_a_request_is_sent_and_answered_on_pages(city, officer):
    client = sign_in_as(actor_for(city.crew))
    bad = client.post("/profil/permintaan", {"kind": "correct", "field": "birth_on", "wanted": "x"})
    assert bad.status_code == 422
    good = client.post("/profil/permintaan", {"kind": "object", "words": "Saya keberatan."})
    assert good.status_code == 302
    row = PrivacyRequest.objects.get()
    desk = sign_in_as(officer)
    assert city.crew.name in desk.get("/permintaan-data").content.decode()
    assert desk.post(f"/permintaan-data/{row.pk}", {"granted": "no"}).status_code == 422
    answer = desk.post(f"/permintaan-data/{row.pk}", {"granted": "no", "answer": REASON})
    assert answer.status_code == 302
    assert REASON in client.get(f"/permintaan-data/{row.pk}").content.decode()
    again = desk.post(f"/permintaan-data/{row.pk}", {"granted": "no", "answer": REASON})
    assert again.status_code == 409


def test_requests_of_others_are_not_there_for_a_colleague(city):
    row = asks(city)
    assert sign_in_as(actor_for(city.head)).get(f"/permintaan-data/{row.pk}").status_code == 404


def test_the_register_is_open_and_names_every_table(client, city):
    page = client.get("/privasi").content.decode()
    assert "people.person" in page
    assert "reports.report" in page


def spied(city):
    """An account that opened two records this morning."""
    spy = an_actor("agency_hr", city.agency)
    client = sign_in_as(spy)
    client.get(f"/pegawai/{city.crew.code}")
    client.get(f"/pegawai/{city.head.code}")
    return Account.objects.get(pk=spy.account_id)


def test_whom_a_breach_touched_comes_from_the_journal(city):
    account = spied(city)
    office = an_actor("personnel_office", None, unit=city.agency)
    client = sign_in_as(office)
    hour = {"start_at": "2026-03-02T08:00", "end_at": "2026-03-02T12:00"}
    words = {"title": "Sandi bocor", "what_happened": "Sandi tertulis.", "what_data": "Profil"}
    found = {"found_at": "2026-03-02T08:30", "login": account.login}
    answer = client.post("/atur/kebocoran", {**words, **hour, **found})
    assert answer.status_code == 302, answer.content.decode()
    breach = Breach.objects.get()
    assert breach.due_at - breach.found_at == timedelta(hours=72)
    touched = set(BreachTouch.objects.values_list("person_id", flat=True))
    assert touched == {city.crew.pk, city.head.pk}
    assert city.crew.name in client.get(f"/atur/kebocoran/{breach.pk}").content.decode()


def test_a_breach_is_closed_only_after_both_notices(city):
    office = an_actor("personnel_office", None, unit=city.agency)
    breach = actions.open_breach(
        by=office, title="Sandi bocor", what_happened="x", what_data="y",
        found_at=clock.now(), people=[city.crew.pk],
    )  # fmt: skip
    client = sign_in_as(office)
    where = f"/atur/kebocoran/{breach.pk}/langkah"
    assert client.post(where, {"step": "close", "handling": "Sandi diganti."}).status_code == 422
    assert client.post(where, {"step": "people"}).status_code == 302
    assert client.post(where, {"step": "people"}).status_code == 422
    assert client.post(where, {"step": "body"}).status_code == 302
    assert client.post(where, {"step": "close"}).status_code == 422
    assert client.post(where, {"step": "close", "handling": "Sandi diganti."}).status_code == 302
    breach.refresh_from_db()
    assert breach.closed_at is not None


def test_an_officer_of_one_agency_does_not_see_breaches(officer):
    assert sign_in_as(officer).get("/atur/kebocoran").status_code == 403


def test_a_breach_found_tomorrow_is_refused(city):
    office = an_actor("personnel_office", None, unit=city.agency)
    with pytest.raises(Invalid):
        actions.open_breach(
            by=office, title="x", what_happened="x", what_data="y",
            found_at=clock.now() + timedelta(days=1), people=[],
        )  # fmt: skip


def test_rules_of_corrections():
    assert rules.corrected("birth_on", "1990-12-31") == date(1990, 12, 31)
    assert rules.corrected("name", "Siti") == "Siti"
    assert rules.due_of(clock.now(), {"erase": 24}, "erase") == clock.now() + timedelta(hours=24)
    with pytest.raises(ValueError, match="employee_number"):
        rules.corrected("employee_number", "1")
    assert rules.anonymous(("name", "phone", "birth_on"))["birth_on"] is None


def test_an_open_request_waits_on_the_officers_first_page(city, officer):
    asks(city)
    assert [one.url for one in own_data.to_do(officer, clock.now())] != []
    assert own_data.to_do(actor_for(city.head), clock.now()) == []


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("phone", "abc"),
        ("phone", "08"),
        ("email", "bukan surel"),
        ("education", "sarjana"),
        ("name", "   "),
        ("title_prefix", "x" * 61),
    ],
)
def test_a_correction_that_cannot_stand_in_the_record_is_refused_at_the_field(city, field, wanted):
    with pytest.raises(Invalid) as refusal:
        asks(city, field=field, wanted=wanted, words="Salah.")
    assert refusal.value.field == "wanted"


@pytest.mark.parametrize(
    ("field", "wanted", "kept"),
    [
        ("phone", "0812-3456-7890", "+6281234567890"),
        ("education", "s1", "S1"),
        ("title_prefix", "", ""),
        ("email", " rina@cendana.example ", "rina@cendana.example"),
    ],
)
def test_a_correction_is_kept_as_the_record_writes_it(field, wanted, kept):
    assert rules.corrected(field, wanted) == kept
