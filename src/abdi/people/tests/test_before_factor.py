"""Whose role asks for a second factor and who has none: he sets one up before all else."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from abdi.people import actions, second_factor
from abdi.people.actors import actor_of
from abdi.people.choices import LineKind
from abdi.people.models import Account, Assignment
from abdi.people.rules import factor_owed
from abdi.people.testing import (
    PASSWORD,
    a_city,
    a_person,
    a_position,
    a_unit,
    actor_for,
    an_account,
    an_actor,
    an_institution,
)
from abdi.people.tests.test_own_account import a_code
from abdi.people.views.provider import VOUCHED
from abdi.platform.access import SYSTEM, law
from abdi.platform.before_factor import roles_asking, stays_open
from abdi.platform.route_check import routes
from abdi.platform.tenancy import Institution, current_institution_id, within
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
SET_UP = "/profil/kode"


@pytest.fixture(autouse=True)
def switched_on(settings):
    settings.ABDI_FACTOR_BY_ROLE = True


def give_factor(account: Account) -> None:
    secret = second_factor.new_secret()
    assert second_factor.switch_on(account, secret, a_code(secret))


def renewed(client: Client) -> Client:
    """A minute later: the session finds out anew who acts."""
    session = client.session
    session.pop("rights_at", None)
    session.save()
    return client


def account_of(actor) -> Account:
    return Account.objects.get(pk=actor.account_id)


# ------------------------------------------------------------------ the rule


@given(held=st.lists(st.sampled_from("abc")), asking=st.sets(st.sampled_from("abc")))
def test_one_factor_answers_every_role(held, asking):
    assert factor_owed(held, asking, has_factor=True) == ""
    owed = factor_owed(held, asking, has_factor=False)
    assert (owed == "") == (not set(held) & asking)
    assert owed == "" or owed in asking


def test_the_permission_file_says_which_roles_ask():
    asking = roles_asking()
    assert {"superior", "sysadmin", "agency_hr"} <= asking
    assert not {"citizen", "employee", "trainer"} & asking
    assert asking <= set(law().roles)


# ------------------------------------------------------------------ who is sent to set one up


def test_a_granted_role_leads_to_the_page_that_sets_a_factor_up_and_names_itself():
    client = sign_in_as(an_actor("sysadmin"))
    answer = client.get("/beranda")
    assert (answer.status_code, answer["Location"]) == (302, SET_UP)
    page = client.get(SET_UP)
    assert "Administrator sistem" in page.context_data["owed"]
    assert page.context_data["owed"] in page.content.decode()
    assert "/profil/passkey" in page.content.decode()
    assert "Administrator sistem" in client.get("/profil/passkey").content.decode()


def test_a_superior_follows_from_the_organisation_and_owes_one_too():
    client = sign_in_as(actor_for(a_city().head))
    assert client.get("/profil")["Location"] == SET_UP
    assert "Atasan langsung" in client.get(SET_UP).content.decode()


def test_an_acting_head_owes_one_from_the_day_he_acts():
    city = a_city()
    post = a_position(city.section, is_head=True)
    actions.end_placement(
        Assignment.objects.get(position=post), by=SYSTEM, end_on=date(2026, 2, 28)
    )
    client = sign_in_as(actor_for(city.crew))
    assert client.get("/profil").status_code == 200
    term = {"kind": "plt", "start_on": date(2026, 3, 2), "end_on": date(2026, 6, 1)}
    actions.appoint_acting(post, city.crew, by=an_actor("personnel_office"), decree="1", **term)
    assert renewed(client).get("/profil")["Location"] == SET_UP


def test_an_employee_without_such_a_role_owes_nothing():
    assert sign_in_as(actor_for(a_city().crew)).get("/profil").status_code == 200


def test_a_role_given_during_a_session_asks_as_soon_as_it_counts():
    account = an_account(a_person(a_city().section))
    client = sign_in_as(actor_of(account.pk))
    assert client.get("/profil").status_code == 200
    actions.grant_role(account, None, by=SYSTEM, role="executive")
    assert renewed(client).get("/profil")["Location"] == SET_UP


def test_a_factor_taken_away_during_a_session_is_asked_again():
    actor = an_actor("personnel_office")
    give_factor(account_of(actor))
    client = sign_in_as(actor)
    assert client.get("/profil").status_code == 200
    second_factor.switch_off(account_of(actor))
    assert renewed(client).get("/profil")["Location"] == SET_UP


def test_setting_the_app_up_opens_everything_at_once():
    client = sign_in_as(an_actor("sysadmin"))
    secret = client.get(SET_UP).context_data["secret"]
    assert client.post(SET_UP, {"code": a_code(secret)}).context_data["codes"]
    assert client.get("/profil/kode/lembar.pdf").status_code == 200
    assert client.get("/profil").status_code == 200


def test_the_password_alone_goes_no_further():
    account = an_account(None, (("sysadmin", None),))
    client = Client()
    client.post("/masuk", {"login": account.login, "password": PASSWORD, "next": "/atur"})
    assert client.get("/atur")["Location"] == SET_UP
    assert client.post("/profil/sandi", {"old": PASSWORD})["Location"] == SET_UP


# ------------------------------------------------------------------ how machines are answered


def test_the_api_answers_403_with_the_sentence():
    answer = sign_in_as(an_actor("sysadmin")).get("/api/v1/units")
    assert answer.status_code == 403
    assert "Administrator sistem" in answer.json()["error"]


def test_a_fragment_answers_403_with_the_sentence_and_the_place():
    answer = sign_in_as(an_actor("sysadmin")).get("/pegawai", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (403, SET_UP)
    assert "Administrator sistem" in answer.content.decode()


# ------------------------------------------------------------------ what stays open


def test_sign_out_help_language_and_health_stay_open():
    client = sign_in_as(an_actor("sysadmin"))
    assert client.get("/bantuan").status_code == 200
    assert client.post("/tampilan", {"lang": "en", "next": SET_UP})["Location"] == SET_UP
    assert client.get("/health/live").status_code == 200
    assert client.post("/keluar")["Location"] == "/"
    assert "Location" in client.get("/profil")
    assert client.get("/profil")["Location"].startswith("/masuk")


def test_nothing_else_is_declared_open():
    found = {pattern for pattern, view, _key in routes() if stays_open(view)}
    assert found == {
        "masuk", "masuk/kode", "masuk/kode/ponsel", "masuk/passkey", "masuk/passkey/tantangan",
        "masuk/sandi", "masuk/instansi", "masuk/instansi/kembali", "masuk/ulang", "keluar",
        "profil/kode", "profil/kode/cadangan", "profil/kode/lembar.pdf", "profil/passkey",
        "profil/passkey/tantangan", "profil/passkey/<int:pk>/nama", "profil/passkey/<int:pk>/hapus",
        "profil/akhiri-sesi", "tampilan", "luring", "bantuan",
        "konsol/daftar", "konsol/masuk", "konsol/masukan", "konsol/kunci",
    }  # fmt: skip


def test_a_page_costs_no_query_more_for_the_question(settings):
    actor = an_actor("personnel_office")
    give_factor(account_of(actor))
    client = sign_in_as(actor)
    client.get("/bantuan")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/bantuan").status_code == 200
    settings.ABDI_FACTOR_BY_ROLE = False
    with CaptureQueriesContext(connection) as unasked:
        client.get("/bantuan")
    assert [row["sql"] for row in asked if "authenticator" in row["sql"]] == []
    assert len(asked) == len(unasked)
    with CaptureQueriesContext(connection) as built:
        actor_of(actor.account_id)
    assert sum("authenticator" in row["sql"] for row in built) == 1, "with the account itself"


# ------------------------------------------------------------------ who is exempt


def test_the_demos_city_is_exempt_and_no_other(settings):
    settings.ABDI_FACTOR_EXEMPT = frozenset({settings.DEMO_CODE})
    client = sign_in_as(an_actor("sysadmin"))
    assert client.get("/profil")["Location"] == SET_UP, "a real city served by the demo's command"
    settings.ABDI_FACTOR_EXEMPT = frozenset(
        {Institution.objects.get(pk=current_institution_id()).code}
    )
    assert client.get("/profil").status_code == 200


def test_a_role_of_another_institution_asks_nothing_here_and_opens_nothing():
    with within(an_institution().pk):
        foreign = an_actor("sysadmin")
    client = sign_in_as(foreign)
    assert client.get("/profil")["Location"].startswith("/masuk")


def test_a_provider_vouches_where_the_operator_says_so_and_for_its_own_session_only(settings):
    actor = an_actor("sysadmin")
    client = sign_in_as(actor)
    session = client.session
    session[VOUCHED] = actor.account_id
    session.save()
    assert client.get("/profil")["Location"] == SET_UP
    settings.ABDI_OIDC_SECOND_FACTOR = "provider"
    assert client.get("/profil").status_code == 200
    assert sign_in_as(actor).get("/profil")["Location"] == SET_UP


def test_the_word_of_the_provider_holds_for_one_account(settings):
    settings.ABDI_OIDC_SECOND_FACTOR = "provider"
    mine, other = an_actor("sysadmin"), an_actor("sysadmin")
    client = sign_in_as(other)
    session = client.session
    session[VOUCHED] = mine.account_id
    session.save()
    assert client.get("/profil")["Location"] == SET_UP


# ------------------------------------------------------------------ the session keeps the actor


def test_a_session_keeps_where_an_appraiser_decides_and_no_more():
    city = a_city()
    rater = a_person(a_unit(city.agency), name="Penilai Lain")
    more = {"line": LineKind.APPRAISER, "start_on": date(2026, 1, 1), "reason": "SK 1"}
    actions.set_line(city.crew, rater, by=SYSTEM, **more)
    built = actor_for(rater)
    assert built.other_teams, "his team as an appraiser is another than the one he leads"
    client = sign_in_as(built)
    kept = client.get(SET_UP).wsgi_request.actor
    assert (kept.grants, kept.other_teams) == (built.grants, built.other_teams)
