"""Actions of training: allowed, refused, journal, conflict."""

from __future__ import annotations

import datetime as dt

import pytest

from abdi.competence import testing as competence
from abdi.competence.models import Evidence, Result
from abdi.people import actions as people_actions
from abdi.people.choices import TimeKind
from abdi.people.models import BusyTime, Person
from abdi.people.testing import a_city, actor_for, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry
from abdi.training import actions, queries
from abdi.training.jobs import classes_whose_seats_differ, release_unanswered_offers
from abdi.training.models import Certificate, Session
from abdi.training.testing import a_class, a_passed_class, an_enrolment, attended

pytestmark = pytest.mark.django_db
AFTER_CLASS = dt.datetime(2026, 3, 11, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def organiser(city):
    return an_actor("organiser", unit=city.agency)


def person_of(actor):
    return Person.objects.get(pk=actor.person_id)


def test_an_organiser_opens_a_class_with_its_sessions(organiser):
    klass = a_class(organiser, start_on=dt.date(2026, 3, 6), end_on=dt.date(2026, 3, 9))
    assert klass.organiser_id == organiser.person_id
    assert Session.objects.filter(klass=klass).count() == 2
    assert Entry.objects.get(kind="training.ClassOpened").data["class_id"] == klass.pk


def test_an_employee_opens_no_class(city):
    with pytest.raises(Refused):
        a_class(actor_for(city.crew))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"end_on": dt.date(2026, 3, 9)}, "end_on"),
        ({"competency": "X.1"}, "competency"),
        ({"end_time": dt.time(7, 0)}, "end_time"),
        ({"place": ""}, "place"),
        ({"end_on": dt.date(2028, 3, 9)}, "end_on"),
    ],
)
def test_a_class_that_cannot_be_is_refused_at_its_field(organiser, wrong, field):
    with pytest.raises(Invalid) as refusal:
        a_class(organiser, **wrong)
    assert refusal.value.field == field


def test_enrolling_takes_a_seat_and_the_time_of_the_person(city):
    klass = a_class()
    row = an_enrolment(klass, city.crew)
    klass.refresh_from_db()
    assert (row.state, row.has_seat, klass.taken) == ("enrolled", True, 1)
    assert BusyTime.objects.get(person=city.crew).kind == TimeKind.CLASS


def test_nobody_enrols_a_colleague_but_the_superior_may(city):
    klass = a_class()
    with pytest.raises(Refused):
        actions.enrol(klass, city.crew, by=actor_for(city.second_crew))
    assert actions.enrol(klass, city.crew, by=actor_for(city.head)).state == "enrolled"


def test_enrolling_twice_is_a_conflict_and_takes_one_seat(city):
    klass = a_class()
    an_enrolment(klass, city.crew)
    with pytest.raises(Conflict):
        an_enrolment(klass, city.crew)
    klass.refresh_from_db()
    assert klass.taken == 1


def test_a_full_class_puts_people_in_a_queue_in_order(city):
    klass = a_class(capacity=1)
    an_enrolment(klass, city.crew)
    first = an_enrolment(klass, city.second_crew)
    second = an_enrolment(klass, city.head)
    assert (first.state, queries.rank_in_queue(first)) == ("waiting", 1)
    assert queries.rank_in_queue(second) == 2
    klass.refresh_from_db()
    assert klass.taken == 1


def test_a_freed_seat_is_kept_for_the_first_who_waits(city):
    klass = a_class(capacity=1)
    seat = an_enrolment(klass, city.crew)
    waiting = an_enrolment(klass, city.second_crew)
    actions.cancel(seat, by=actor_for(city.crew))
    waiting.refresh_from_db()
    klass.refresh_from_db()
    assert (waiting.state, waiting.has_seat, klass.taken) == ("invited", True, 1)
    assert not BusyTime.objects.filter(person=city.crew).exists()
    actions.accept(waiting, by=actor_for(city.second_crew))
    waiting.refresh_from_db()
    klass.refresh_from_db()
    assert (waiting.state, klass.taken) == ("enrolled", 1)
    assert classes_whose_seats_differ() == 0


def test_an_offer_nobody_answers_goes_to_the_next(city):
    klass = a_class(capacity=1)
    seat = an_enrolment(klass, city.crew)
    first = an_enrolment(klass, city.second_crew)
    second = an_enrolment(klass, city.head)
    actions.cancel(seat, by=actor_for(city.crew))
    release_unanswered_offers()
    first.refresh_from_db()
    assert first.state == "invited"
    with clock.at(clock.now() + dt.timedelta(days=2, minutes=1)):
        release_unanswered_offers()
        release_unanswered_offers()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.has_seat) == ("cancelled", "invited", True)
    assert classes_whose_seats_differ() == 0


def test_only_the_person_himself_accepts_an_invitation(city, organiser):
    klass = a_class(organiser)
    row = actions.invite(klass, city.crew, by=organiser)
    with pytest.raises(Refused):
        actions.accept(row, by=actor_for(city.head))
    assert actions.accept(row, by=actor_for(city.crew)).state == "enrolled"
    with pytest.raises(Conflict):
        actions.accept(row, by=actor_for(city.crew))


def test_a_duty_shift_at_the_same_time_is_shown_before_a_seat_is_taken(city):
    klass = a_class()
    session = Session.objects.get(klass=klass)
    people_actions.take_time(
        city.crew,
        start=session.start_at,
        end=session.end_at,
        kind=TimeKind.SHIFT,
        about="duty.shift:1",
        by=SYSTEM,
    )
    with pytest.raises(Conflict):
        an_enrolment(klass, city.crew)
    assert len(queries.clashes(city.crew.pk, klass)) == 1
    row = actions.enrol(klass, city.crew, by=actor_for(city.crew), despite_clash=True)
    assert row.state == "enrolled"


def test_two_classes_at_one_time_are_refused(city):
    an_enrolment(a_class(), city.crew)
    with pytest.raises(Conflict):
        actions.enrol(a_class(), city.crew, by=actor_for(city.crew), despite_clash=True)


def test_somebody_else_at_the_door_takes_the_place_once(city, organiser):
    klass = a_class(organiser, capacity=1)
    row = an_enrolment(klass, city.crew)
    other = actions.replace(row, city.second_crew, by=organiser)
    row.refresh_from_db()
    klass.refresh_from_db()
    assert (row.state, row.replaced_by_id, other.state, klass.taken) == (
        "replaced",
        other.pk,
        "enrolled",
        1,
    )
    with pytest.raises(Conflict):
        actions.replace(row, city.head, by=organiser)


def test_who_was_not_there_cannot_pass(city, organiser):
    row = an_enrolment(a_class(organiser), city.crew)
    with pytest.raises(Conflict):
        actions.complete(row, by=organiser)


def test_passing_gives_evidence_but_never_a_level(city, organiser):
    competence.settled(city.crew)
    row = a_passed_class(a_class(organiser), city.crew)
    proof = Evidence.objects.get(person=city.crew)
    assert (proof.competency, proof.kind, proof.about) == ("M.3", "class", row.klass.ref)
    assert Result.objects.get(person=city.crew, competency="M.3").level == 1
    passed = Entry.objects.get(kind="training.ClassPassed")
    assert passed.data == {
        "class_id": row.klass_id,
        "person_id": city.crew.pk,
        "competency": "M.3",
        "level": 2,
        "hours": 8,
    }
    assert proof.cause_entry == passed.pk
    assert queries.hours_of(city.crew.pk, 2026) == 8
    assert queries.hours_of(city.crew.pk, 2025) == 0


def test_nobody_decides_about_himself(city, organiser):
    klass = a_class(organiser)
    row = attended(an_enrolment(klass, person_of(organiser)))
    with pytest.raises(Refused):
        actions.complete(row, by=organiser)
    with pytest.raises(Refused):
        actions.complete(row, by=an_actor("organiser", unit=city.agency))
    actions.complete(row, by=SYSTEM)
    with pytest.raises(Refused):
        actions.issue_certificate(row, by=organiser)


def test_a_wrong_presence_is_taken_back_with_a_reason(city, organiser):
    klass = a_class(organiser)
    row = an_enrolment(klass, city.crew)
    session = Session.objects.get(klass=klass)
    actions.mark_present(row, session, by=organiser)
    actions.mark_present(row, session, by=organiser)
    with pytest.raises(Invalid):
        actions.unmark_present(row, session, by=organiser, reason="salah")
    row = actions.unmark_present(row, session, by=organiser, reason="Salah orang di daftar")
    assert row.state == "enrolled"


def test_presence_needs_a_seat_and_a_session_of_this_class(city, organiser):
    klass = a_class(organiser, capacity=1)
    an_enrolment(klass, city.crew)
    waiting = an_enrolment(klass, city.second_crew)
    with pytest.raises(Conflict):
        actions.mark_present(waiting, Session.objects.get(klass=klass), by=organiser)


def test_closing_marks_absent_who_never_came_and_ends_the_queue(city, organiser):
    klass = a_class(organiser, capacity=2)
    came = an_enrolment(klass, city.crew)
    missed = an_enrolment(klass, city.head)
    waiting = an_enrolment(klass, city.second_crew)
    with pytest.raises(Conflict):
        actions.close_class(klass, by=organiser)
    with clock.at(AFTER_CLASS):
        attended(came)
        with pytest.raises(Invalid):
            actions.close_class(klass, by=organiser)
        actions.complete(came, by=organiser)
        klass = actions.close_class(klass, by=organiser)
    for row in (came, missed, waiting):
        row.refresh_from_db()
    assert (came.state, missed.state, waiting.state) == ("passed", "absent", "cancelled")
    assert klass.state == "closed"
    assert classes_whose_seats_differ() == 0


def test_cancelling_a_class_frees_everybodys_time(city, organiser):
    klass = a_class(organiser)
    an_enrolment(klass, city.crew)
    with pytest.raises(Invalid):
        actions.cancel_class(klass, by=organiser, reason="batal")
    klass = actions.cancel_class(klass, by=organiser, reason="Pengajar berhalangan hadir")
    assert (klass.state, klass.taken) == ("cancelled", 0)
    assert not BusyTime.objects.exists()
    with pytest.raises(Conflict):
        an_enrolment(klass, city.second_crew)


def test_certificates_are_numbered_without_holes(city, organiser):
    klass = a_class(organiser)
    rows = [a_passed_class(klass, person) for person in (city.crew, city.second_crew)]
    papers = [actions.issue_certificate(row, by=organiser) for row in rows]
    again = actions.issue_certificate(rows[0], by=organiser)
    assert [paper.number for paper in papers] == ["00001/PEL/2026", "00002/PEL/2026"]
    assert again.pk == papers[0].pk
    assert len(papers[0].code) == 26


def test_only_who_passed_gets_a_certificate_from_the_organiser_of_the_class(city, organiser):
    row = attended(an_enrolment(a_class(organiser), city.crew))
    with pytest.raises(Conflict):
        actions.issue_certificate(row, by=organiser)
    actions.complete(row, by=organiser)
    with pytest.raises(Refused):
        actions.issue_certificate(row, by=an_actor("organiser", unit=city.agency))


def test_a_certificate_is_withdrawn_by_two_organisers(city, organiser):
    row = a_passed_class(a_class(organiser), city.crew)
    paper = actions.issue_certificate(row, by=organiser)
    paper = actions.ask_revocation(paper, by=organiser, reason="Bukan orang yang hadir")
    assert Certificate.objects.get().state == "revoke_asked"
    with pytest.raises(Refused):
        actions.revoke(paper, by=organiser)
    second = an_actor("organiser", unit=city.agency)
    paper = actions.revoke(paper, by=second)
    assert (paper.state, paper.revoked_on) == ("revoked", dt.date(2026, 3, 2))
    with pytest.raises(Conflict):
        actions.revoke(paper, by=second)


def test_a_second_organiser_may_keep_a_certificate(city, organiser):
    paper = actions.issue_certificate(a_passed_class(a_class(organiser), city.crew), by=organiser)
    with pytest.raises(Invalid):
        actions.ask_revocation(paper, by=organiser, reason="salah")
    paper = actions.ask_revocation(paper, by=organiser, reason="Bukan orang yang hadir")
    second = an_actor("organiser", unit=city.agency)
    assert actions.refuse_revocation(paper, by=second).state == "valid"
