"""The pages of settings: what is in force, how a figure is set, who may see what."""

from datetime import date, timedelta

import pytest

from abdi.people.testing import an_actor, an_agency
from abdi.platform import clock
from abdi.platform.norms import entering, norms
from abdi.platform.norms.records import DatedNorm
from abdi.platform.tenancy import Institution, within
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
TOMORROW = date(2026, 3, 3)
GIVEN = {
    "value": "5",
    "since": "2026-03-03",
    "source": "Perwal 12/2026",
    "reason": "our own decree says so",
}
FORM = "/atur/norma/reports/verify_days/ubah"
HOSTILE = (
    "<script>alert(1)</script>",
    "'; DROP TABLE platform_datednorm; --",
    "{{ 7*7 }}",
    "\u202e 5",
    "=1+1",
    "a" * 5000,
    "\x00",
    "٥",
)


def a_figure(by, path="verify_days", module="reports", **more):
    given = {
        "value": "5",
        "since": TOMORROW,
        "source": "Perwal <b>12</b>",
        "reason": "as decreed 1",
    }
    return entering.enter_norm(module, path, by=by, **{**given, **more})


def test_the_first_page_shows_each_reader_what_he_may_open():
    operator = sign_in_as(an_actor("sysadmin")).get("/atur").content.decode()
    assert "/atur/norma" in operator
    assert "/atur/peran" in operator
    employee = sign_in_as(an_actor("employee")).get("/atur").content.decode()
    assert "/atur/norma" in employee
    assert "/atur/peran" not in employee


def test_a_stranger_is_asked_to_sign_in(client):
    for path in ("/atur", "/atur/norma", "/atur/norma/reports", FORM):
        assert client.get(path)["Location"].startswith("/masuk")


def test_the_administrator_reads_all_modules_and_an_employee_those_of_his_cell():
    assert sign_in_as(an_actor("sysadmin")).get("/atur/norma/reports").status_code == 200
    client = sign_in_as(an_actor("employee"))
    assert client.get("/atur/norma").status_code == 200
    assert client.get("/atur/norma/workload").status_code == 200
    assert client.get("/atur/norma/reports").status_code == 404
    assert client.get("/atur/norma/reports/verify_days").status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_norm_of_every_module_has_a_page(language):
    from abdi.platform.norms import reading, rows_of

    client = sign_in_as(an_actor("sysadmin"))
    client.cookies["django_language"] = language
    for module in reading.modules():
        assert client.get(f"/atur/norma/{module}").status_code == 200
        for name in rows_of(module):
            assert client.get(f"/atur/norma/{module}/{name}").status_code == 200, (module, name)


def test_a_large_norm_is_opened_branch_by_branch():
    client = sign_in_as(an_actor("sysadmin"))
    whole = client.get("/atur/norma/reports/categories").content.decode()
    assert "?bagian=street_light_out" in whole
    branch = client.get("/atur/norma/reports/categories?bagian=street_light_out")
    assert "ubah?bagian=street_light_out%3Apriority" in branch.content.decode()
    assert client.get("/atur/norma/reports/categories?bagian=nowhere").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/atur/norma/nowhere",
        "/atur/norma/platform",
        "/atur/norma/reports/nothing",
        "/atur/norma/reports/nothing/ubah",
        "/atur/norma/reports/routing/ubah",
        "/atur/norma/reports/priorities/ubah?bagian=P9:ack_minutes",
        "/atur/norma/reports/states/ubah?bagian=0:x",
    ],
)
def test_what_is_not_there_answers_404(path):
    assert sign_in_as(an_actor("sysadmin")).get(path).status_code == 404


def test_a_figure_is_set_by_the_form_and_stands_in_the_history():
    client = sign_in_as(an_actor("sysadmin"))
    assert client.get(FORM).status_code == 200
    answer = client.post(FORM, GIVEN)
    assert answer["Location"] == "/atur/norma/reports/verify_days"
    assert norms("reports", on=TOMORROW)["verify_days"] == 5
    page = client.get("/atur/norma/reports/verify_days").content.decode()
    assert "Perwal 12/2026" in page
    assert "3 Mar 2026" in page
    then = client.get("/atur/norma/reports/verify_days?pada=2026-03-03").content.decode()
    assert "Angka sendiri" in then
    assert "3 Mar 2026" in client.get("/atur/norma/reports").content.decode()


def test_the_pages_show_the_figures_of_any_day():
    a_figure(an_actor("sysadmin"))
    client = sign_in_as(an_actor("sysadmin"))
    with clock.at(clock.now() + timedelta(days=40)):
        client = sign_in_as(an_actor("sysadmin"))
        now = client.get("/atur/norma/reports").content.decode()
        before = client.get("/atur/norma/reports?pada=2026-03-01").content.decode()
        assert client.get("/atur/norma/reports?pada=x'--").status_code == 200
    assert now.count("Angka sendiri") == before.count("Angka sendiri") + 1


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["value", "since", "until", "source", "reason"])
def test_hostile_text_gets_a_sentence_and_never_a_fault(field, text):
    client = sign_in_as(an_actor("sysadmin"))
    answer = client.post(FORM, {**GIVEN, field: text})
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        answer = client.get("/atur/norma/reports/verify_days")
    assert "<script>alert" not in answer.content.decode()
    assert client.get("/atur/norma/reports/verify_days", {"bagian": text}).status_code == 404
    assert client.get("/atur/norma/reports", {"pada": text}).status_code == 200


def test_what_was_typed_stays_in_the_form():
    answer = sign_in_as(an_actor("sysadmin")).post(FORM, {**GIVEN, "value": "lima"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="lima"' in page
    assert "Perwal 12/2026" in page


def test_the_same_day_twice_is_told_at_the_day():
    client = sign_in_as(an_actor("sysadmin"))
    client.post(FORM, GIVEN)
    answer = client.post(FORM, {**GIVEN, "value": "6"})
    assert answer.status_code == 422
    assert DatedNorm.objects.count() == 1


@pytest.mark.parametrize("path", ["day_kind", "reply_window", "approved_steps"])
def test_words_are_chosen_and_not_typed(path):
    client = sign_in_as(an_actor("sysadmin"))
    if path == "reply_window":
        page = client.get("/atur/norma/reports/reply_window/ubah?bagian=sp4n:kind").content.decode()
        assert 'value="calendar_days"' in page
    elif path == "approved_steps":
        page = client.get("/atur/norma/culture/approved_steps/ubah").content.decode()
        assert "<textarea" in page
    else:
        assert client.get("/atur/norma/reports/day_kind/ubah").status_code == 404


def test_who_may_not_set_figures_is_refused():
    for role in ("employee", "auditor", "executive"):
        client = sign_in_as(an_actor(role))
        assert client.get(FORM).status_code in (403, 404)
        assert client.post(FORM, GIVEN).status_code in (403, 404)
    office = sign_in_as(an_actor("organisation_office"))
    assert office.post(FORM, GIVEN).status_code == 404
    agency_hr = sign_in_as(an_actor("agency_hr", an_agency()))
    assert agency_hr.get("/atur/norma/workload/effective_minutes/ubah").status_code == 404
    assert not DatedNorm.objects.exists()


def test_setting_a_figure_asks_for_a_fresh_proof():
    client = sign_in_as(an_actor("sysadmin"), stepped_up=False)
    assert client.get(FORM)["Location"].startswith("/masuk/ulang")
    assert client.post(FORM, GIVEN)["Location"].startswith("/masuk/ulang")
    assert not DatedNorm.objects.exists()


def test_the_office_enters_and_the_leader_approves():
    office = sign_in_as(an_actor("organisation_office"))
    leader = sign_in_as(an_actor("executive"))
    address = "/atur/norma/workload/effective_minutes"
    office.post(f"{address}/ubah", {**GIVEN, "value": "72000"})
    row = DatedNorm.objects.get()
    assert f"{row.pk}/setujui" not in office.get(address).content.decode()
    assert f"{row.pk}/setujui" in leader.get(address).content.decode()
    assert office.post(f"/atur/norma/{row.pk}/setujui").status_code == 403
    assert leader.post(f"/atur/norma/{row.pk}/setujui")["Location"] == address
    assert leader.post(f"/atur/norma/{row.pk}/setujui").status_code == 409
    assert norms("workload", on=TOMORROW)["effective_minutes"] == 72_000


def test_a_figure_is_withdrawn_with_a_reason():
    operator = an_actor("sysadmin")
    row = a_figure(operator)
    client = sign_in_as(operator)
    address = f"/atur/norma/{row.pk}/tarik"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "no"}).status_code == 422
    page = client.post(address, {"reason": "typed by mistake"}, follow=True).content.decode()
    assert "Ditarik kembali" in page
    assert norms("reports", on=TOMORROW)["verify_days"] == 3
    assert client.post(address, {"reason": "typed by mistake"}).status_code == 409


def test_a_figure_of_another_institution_does_not_exist():
    with within(Institution.objects.create(code="lain", name="Kota Lain").pk):
        row = a_figure(an_actor("sysadmin"))
    client = sign_in_as(an_actor("sysadmin"))
    assert (
        client.post(f"/atur/norma/{row.pk}/tarik", {"reason": "not mine at all"}).status_code == 404
    )
    leader = sign_in_as(an_actor("executive"))
    assert leader.post(f"/atur/norma/{row.pk}/setujui").status_code == 404
    page = client.get("/atur/norma/reports/verify_days").content.decode()
    assert "&lt;b&gt;12" not in page


def test_names_and_sources_are_shown_as_text():
    a_figure(an_actor("sysadmin"))
    page = sign_in_as(an_actor("sysadmin")).get("/atur/norma/reports/verify_days").content.decode()
    assert "&lt;b&gt;12&lt;/b&gt;" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_ask_the_same_number_of_queries_for_one_and_for_many(count):
    operator = an_actor("sysadmin")
    for day in range(count):
        a_figure(operator, since=TOMORROW + timedelta(days=day), value=str(5 + day))
    client = sign_in_as(operator)
    client.get("/atur/norma")
    for path in ("/atur/norma", "/atur/norma/reports", "/atur/norma/reports/verify_days"):
        with counted_queries(at_most=3):
            assert client.get(path).status_code == 200
