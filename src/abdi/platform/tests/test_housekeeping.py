from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from abdi.platform import clock, housekeeping
from abdi.platform.access import citizen
from abdi.platform.jobs import JOBS
from abdi.platform.ratelimit import Tally, TooMany, limit
from abdi.platform.text import BadText
from abdi.platform.web import ActorMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def answer_to(inside_institution, client):
    """What a visitor gets for a problem that a view raises."""

    def answer(problem, path="/"):
        request = RequestFactory().get(path)
        request.institution = inside_institution
        request.session = client.session
        request.actor = citizen(inside_institution.pk)
        return ActorMiddleware(lambda request: None).process_exception(request, problem)

    return answer


def test_the_platforms_jobs_are_known_to_the_worker():
    assert {"platform.send_notices", "platform.forget_what_expired"} <= set(JOBS)


def test_what_expired_is_dropped():
    limit("a", most=3, seconds=60)
    with clock.at(clock.now() + timedelta(days=5)):
        housekeeping.forget_what_expired()
    assert Tally.objects.count() == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself")
def test_sqlite_learns_how_its_rows_are_spread(inside_institution):
    housekeeping.count_rows_of_sqlite()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'platform_institution'")
        assert cursor.fetchone()[0] > 0


def test_an_empty_outbox_is_no_work():
    assert housekeeping.send_notices() is None


def test_too_many_tries_are_answered_with_the_time_to_wait(answer_to):
    answer = answer_to(TooMany(61))
    assert (answer.status_code, answer["Retry-After"]) == (429, "61")
    assert "Please wait 2 minutes." in answer.content.decode()


def test_bad_text_that_no_form_caught_is_no_crash(answer_to):
    answer = answer_to(BadText("Please write this on one line."), path="/api/v1/x")
    assert answer.status_code == 422
    assert b"one line" in answer.content
