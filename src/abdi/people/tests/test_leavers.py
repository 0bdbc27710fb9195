"""Who leaves loses access: at once in the request, within minutes in the database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from abdi.people import jobs, rules
from abdi.people.actors import actor_of
from abdi.people.models import Account, Assignment, RoleGrant
from abdi.people.testing import (
    PASSWORD,
    START,
    a_city,
    a_person,
    a_position,
    actor_for,
    an_account,
    an_actor,
    seat,
)
from abdi.platform import clock
from abdi.platform.jobs import JOBS
from abdi.platform.journal import Entry
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def crew():
    return a_city().crew


def _leave(person, how):
    last = clock.today()
    if how == "left":
        type(person).objects.filter(pk=person.pk).update(left_on=last)
    elif how == "account_ended":
        Account.objects.filter(person=person).update(ends_on=last)
    else:
        Assignment.objects.filter(person=person).update(end_on=last)


@pytest.mark.parametrize("how", ["left", "account_ended", "posts_ended"])
def test_a_leaver_works_on_his_last_day_and_is_out_right_after_it(crew, how):
    account = an_account(crew, (("field_officer", None),))
    _leave(crew, how)
    evening = clock.now().replace(hour=16, minute=59, second=50)  # 23.59.50 in Jakarta
    with clock.at(evening):
        client = sign_in_as(actor_for(crew))
        assert client.get("/profil").status_code == 200
        assert jobs.close_accounts_of_leavers() == 0
    with clock.at(evening + timedelta(seconds=20)):
        assert client.get("/profil")["Location"].startswith("/masuk")
        assert actor_of(account.pk) is None
        assert jobs.open_accounts_of_people_who_left() == 1
        assert jobs.close_accounts_of_leavers() == 1
        assert jobs.close_accounts_of_leavers() == 0
    account.refresh_from_db()
    assert not account.is_active
    assert Entry.objects.get(kind="people.AccountClosed").data["reason"] == how
    assert RoleGrant.objects.get(account=account).end_on == clock.today() + DAY


def test_the_job_ends_sessions_of_leavers_only_and_runs_within_five_minutes(crew):
    other = sign_in_as(actor_for(a_person(a_city().section)))
    gone = sign_in_as(actor_for(crew))
    _leave(crew, "left")
    before = Session.objects.count()
    with clock.at(clock.now() + DAY):
        jobs.close_accounts_of_leavers()
    assert Session.objects.count() == before - 1
    assert other.get("/profil").status_code == 200
    assert gone.get("/profil").status_code == 302
    rhythm = JOBS["people.close_accounts_of_leavers"]
    assert rhythm.next_after(clock.now(), clock.zone()) - clock.now() < timedelta(minutes=5)


def test_without_the_end_in_the_session_the_page_would_open_until_rights_are_read_again(
    crew, monkeypatch
):
    """The control of the first test: with the guard off the old session still opens the page."""
    from abdi.platform import access

    monkeypatch.setattr(access.Actor, "is_over", lambda actor, on: False)
    _leave(crew, "left")
    client = sign_in_as(actor_for(crew))
    assert client.get("/profil").status_code == 200
    with clock.at(clock.now() + DAY):
        assert client.get("/profil").status_code == 200


def test_who_never_had_a_post_or_has_the_next_one_keeps_access():
    city = a_city()
    operator = an_actor("sysadmin")
    mover = a_person(city.section)
    account = an_account(mover)
    _leave(mover, "posts_ended")
    seat(mover, a_position(city.section, title="Lain"), start_on=clock.today() + 30 * DAY)
    with clock.at(clock.now() + DAY):
        assert jobs.close_accounts_of_leavers() == 0
        assert actor_of(operator.account_id) is not None
        assert actor_of(account.pk) is not None


def test_a_right_password_after_the_last_day_is_answered_with_the_day(crew):
    account = an_account(crew)
    _leave(crew, "left")
    with clock.at(clock.now() + DAY):
        answer = Client().post("/masuk", {"login": account.login, "password": PASSWORD})
        wrong = Client().post("/masuk", {"login": account.login, "password": "salah sekali ini"})
    assert answer.status_code == wrong.status_code == 422
    assert "2 Maret 2026" in answer.content.decode()
    assert "2 Maret 2026" not in wrong.content.decode()


def test_the_check_costs_no_query_where_the_post_has_no_end(crew):
    account = an_account(crew)
    actor_of(account.pk)
    from abdi.people.queries.access import last_day_of_access

    row = Account.objects.select_related("person").get(pk=account.pk)
    post = Assignment.objects.get(person=crew)
    with counted_queries(at_most=0):
        assert last_day_of_access(row, post) is None


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        ([], None),
        ([None, START], None),
        ([START, START + DAY], START + DAY),
    ],
)
def test_the_last_day_of_posts(ends, last):
    assert rules.last_day_of_posts(ends) == last
    assert rules.last_day(last, date(2030, 1, 1)) in (last, date(2030, 1, 1))
