"""The book draws the escalations of the shift by itself: calls, steps that broke, what waits."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from abdi.duty import actions as duty
from abdi.duty import jobs
from abdi.duty.choices import EndReason
from abdi.duty.testing import a_call, a_shift
from abdi.people.testing import a_person, actor_for, an_account, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing import sign_in_as
from abdi.reports import actions
from abdi.reports import handover_paper as paper
from abdi.reports.choices import Cause, Step
from abdi.reports.models import BrokenStep
from abdi.reports.queries import handover
from abdi.reports.testing import a_report, a_report_city

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def desk():
    found = a_report_city()
    leaving = an_actor("dispatcher", person=a_person(found.city.agency, name="Dewi Pulang"))
    a_shift(found.crew, found.city.section)
    an_account(found.city.head)
    return SimpleNamespace(city=found.city, crew=found.crew, leaving=leaving)


def raised(desk, n):
    return a_call(desk.city.section, key=f"call-{n}", about=f"x.y:{n}")


def told_by(desk, since):
    return handover.content_of(desk.leaving, since, clock.now())


def test_calls_of_the_shift_stand_there_with_their_steps_and_how_they_ended(desk):
    with clock.at(clock.now() - 30 * HOUR):
        duty.end_alerts(raised(desk, 1).about, by=SYSTEM, why=EndReason.DONE)
        raised(desk, 2)
    answered, over = raised(desk, 3), raised(desk, 4)
    duty.acknowledge(answered, by=actor_for(desk.crew))
    duty.end_alerts(over.about, by=SYSTEM, why=EndReason.DONE)
    since = clock.now() - HOUR
    with clock.at(clock.now() + timedelta(seconds=301)):
        jobs.go_on_with_calls()
        content = told_by(desk, since)
    assert [(row[4], row[5], row[-1]) for row in content["calls"]] == [
        (2, 2, "runs"),
        (1, 0, "answered"),
        (1, 0, "over"),
    ]
    assert (content["calls_total"], content["calls_open"]) == (3, 1)
    said = paper.sections_of(content, "", "")[3]
    assert said["heading"] == "3 calls of this shift, 1 without an answer"
    assert "Lampu jalan padam" in said["rows"][0]
    assert said["rows"][1][-1].startswith(f"{desk.crew.display_name} since")


def test_a_step_that_broke_in_the_shift_stands_there_once_and_with_its_cause(desk):
    report = a_report()
    now = clock.now()
    for step, at in ((Step.ACK, now), (Step.ARRIVE, now - 2 * HOUR)):
        BrokenStep.objects.create(
            report=report, step=step, due_at=at, minutes=30, cause=Cause.NOT_SEEN, noted_at=at
        )
    content = told_by(desk, now - HOUR)
    assert [(row[0], row[2], row[4]) for row in content["broken"]] == [
        (report.number, "ack", "not_seen")
    ]
    rows = paper.sections_of(content, "", "")[4]["rows"]
    assert rows[0][-1] == "nobody had looked at it"


def test_the_draft_shows_them_and_what_is_signed_keeps_them(desk):
    raised(desk, 1)
    client = sign_in_as(desk.leaving)
    assert (
        "1 panggilan pada giliran ini, 1 belum dijawab"
        in client.get("/serah-terima").content.decode()
    )
    row = actions.leave_shift(desk.city.agency, by=desk.leaving, words="Tenang")
    assert row.is_intact
    duty.end_alerts("x.y:1", by=SYSTEM, why=EndReason.DONE)
    assert row.content["calls_open"] == 1
    assert "1 belum dijawab" in client.get(f"/serah-terima/{row.pk}").content.decode()


def test_a_book_of_before_has_no_such_sections(desk):
    content = told_by(desk, clock.now() - HOUR)
    old = {key: content[key] for key in content if not key.startswith(("calls", "broken"))}
    assert len(paper.sections_of(content, "", "")) == len(paper.sections_of(old, "", "")) + 2
