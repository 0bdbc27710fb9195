"""The worker: jobs when they are due, once each, again after a failure, and it stops when told."""

import threading
from datetime import timedelta

import pytest

from abdi.platform import clock
from abdi.platform.jobs import worker
from abdi.platform.jobs.declaring import JOBS, Declared
from abdi.platform.jobs.records import Schedule
from abdi.platform.tenancy import Institution, current_institution_id

pytestmark = pytest.mark.django_db
NAME = "platform.a_test_job"


@pytest.fixture
def ran(monkeypatch):
    """Where the only declared job notes the institutions it ran for."""
    found = []
    job = Declared(NAME, "every 5 minutes", lambda: found.append(current_institution_id()))
    monkeypatch.setattr(worker, "JOBS", {NAME: job})
    Schedule.objects.all().delete()
    return found


def later(minutes):
    return clock.at(clock.now() + timedelta(minutes=minutes))


def test_a_job_runs_when_it_is_due_in_every_institution_and_once(ran, inside_institution):
    other = Institution.objects.create(code="lain", name="Kota Lain")
    assert worker.run_due_jobs() == 0
    with later(6):
        assert worker.run_due_jobs() == 1
        assert worker.run_due_jobs() == 0
    assert ran == [inside_institution.pk, other.pk]


def test_a_job_named_runs_at_once(ran):
    assert worker.run_due_jobs(only=NAME) == 1
    assert len(ran) == 1


def test_a_job_another_worker_holds_is_left_to_it_until_its_lease_ends(ran):
    worker.ensure_schedule()
    Schedule.objects.update(leased_until=clock.now() + timedelta(minutes=10))
    with later(6):
        assert worker.run_due_jobs() == 0
    with later(11):
        assert worker.run_due_jobs() == 1


def test_a_job_that_fails_says_why_and_is_tried_again_after_a_pause(monkeypatch):
    def broken():
        raise ValueError("no paper")

    monkeypatch.setattr(worker, "JOBS", {NAME: Declared(NAME, "daily 02.00", broken)})
    Schedule.objects.all().delete()
    assert worker.run_due_jobs(only=NAME) == 1
    row = Schedule.objects.get(name=NAME)
    assert row.problem == "ValueError: no paper"
    assert (row.tries, row.leased_until) == (1, None)
    assert row.due_at == clock.now() + timedelta(seconds=2)
    Schedule.objects.update(tries=8)
    worker.run_due_jobs(only=NAME)
    row.refresh_from_db()
    assert row.tries == 0
    assert row.due_at > clock.now() + timedelta(hours=1)


def test_rows_of_jobs_that_are_gone_are_dropped(ran):
    Schedule.objects.create(name="platform.gone", due_at=clock.now())
    worker.ensure_schedule()
    assert list(Schedule.objects.values_list("name", flat=True)) == [NAME]


def test_the_worker_ends_once_nothing_is_left_or_when_it_is_told(monkeypatch):
    turns = iter([2, 1, 0])
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "turn", lambda: next(turns))
    worker.work(once=True)
    stop = threading.Event()

    def last_turn():
        stop.set()
        return 0

    monkeypatch.setattr(worker, "turn", last_turn)
    worker.work(stop)
    assert stop.is_set()


def test_a_turn_delivers_and_runs_jobs(ran):
    assert worker.turn() >= 0
    assert NAME not in JOBS
