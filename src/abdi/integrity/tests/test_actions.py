"""Signing, asking, answering, publishing: allowed, refused, in conflict, at the same moment."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from abdi.integrity import actions, queries
from abdi.integrity.choices import AdviceKind, AdviceState
from abdi.integrity.models import Advice, AdvicePattern, Pledge
from abdi.integrity.testing import a_pledge, a_question, an_answer, an_officer, words_of_today
from abdi.people.queries import own_data
from abdi.people.testing import a_city, a_person, actor_for, an_actor
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.platform.notices.models import Notice
from abdi.platform.tenancy import within

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


def test_a_person_signs_once_and_gets_the_first_signature_back(city):
    first = a_pledge(city.crew)
    again = a_pledge(city.crew)
    assert first == again
    assert Pledge.objects.count() == 1
    assert (first.year, first.unit_id, first.text_version) == (
        2026,
        city.section.pk,
        words_of_today(),
    )


def test_signing_announces_person_unit_and_year(city):
    row = a_pledge(city.crew)
    entry = Entry.objects.filter(kind="integrity.PledgeSigned").latest("id")
    assert entry.data == {
        "pledge_id": row.pk,
        "person_id": city.crew.pk,
        "unit_id": city.section.pk,
        "year": 2026,
    }


def test_nobody_signs_for_another(city):
    with pytest.raises(Refused):
        actions.sign_pledge(city.crew, by=actor_for(city.head), text_version=words_of_today())


def test_a_text_that_changed_is_read_again_before_it_is_signed(city):
    with pytest.raises(Conflict):
        actions.sign_pledge(city.crew, by=actor_for(city.crew), text_version="ikrar-0")


def test_who_holds_no_post_has_nothing_to_sign():
    person = a_person(a_city().section)
    from abdi.people.models import Assignment

    actor = actor_for(person)
    Assignment.objects.filter(person=person).delete()
    with pytest.raises(Invalid):
        actions.sign_pledge(person, by=actor, text_version=words_of_today())


def test_a_question_has_a_day_until_which_it_is_answered(city):
    row = a_question(city.crew)
    assert row.state == AdviceState.ASKED
    assert row.due_on.isoformat() == "2026-03-05"
    with pytest.raises(Refused):
        actions.ask(city.crew, by=actor_for(city.head), kind=AdviceKind.OTHER, question="Boleh?")


@pytest.mark.parametrize(("kind", "text"), [("bogus", "Boleh?"), (AdviceKind.OTHER, "")])
def test_an_empty_question_or_an_unknown_kind_is_refused(city, kind, text):
    with pytest.raises(Invalid):
        actions.ask(city.crew, by=actor_for(city.crew), kind=kind, question=text)


def test_an_officer_answers_on_record_and_the_asker_is_told(city):
    officer = an_officer()
    row = an_answer(a_question(city.crew), officer)
    assert (row.state, row.answered_by_id) == (AdviceState.ANSWERED, officer.person_id)
    notice = Notice.objects.get(about=row.ref)
    assert "foto" not in notice.subject.lower() + notice.body.lower()
    assert Entry.objects.filter(kind="integrity.AdviceAnswered", about=row.ref).exists()


def test_nobody_but_an_officer_answers_and_no_officer_his_own_question(city):
    row = a_question(city.crew)
    with pytest.raises(Refused):
        an_answer(row, actor_for(city.head))
    officer = an_officer()
    from abdi.people.models import Person

    own = a_question(Person.objects.get(pk=officer.person_id))
    with pytest.raises(Refused):
        an_answer(own, actor_for(own.person))


def test_the_second_answer_meets_a_conflict(city):
    row = a_question(city.crew)
    an_answer(row, an_officer())
    with pytest.raises(Conflict):
        an_answer(row, an_officer())
    with pytest.raises(Invalid):
        an_answer(a_question(city.crew), an_officer(), text="")


def test_a_stale_version_is_refused(city):
    row = a_question(city.crew)
    with pytest.raises(Conflict):
        actions.answer(row, by=an_officer(), text="Boleh.", seen=row.version + 4)


def test_reading_is_noted_and_the_first_look_of_the_asker_is_kept(city):
    row = an_answer(a_question(city.crew), an_officer())
    actions.note_reading(row, by=an_officer())
    row.refresh_from_db()
    assert row.read_at is None
    actions.note_reading(row, by=actor_for(city.crew))
    row.refresh_from_db()
    assert row.read_at is not None
    assert Entry.objects.filter(kind="integrity.AdviceRead").count() == 2
    assert len(own_data.looks_at(city.crew)) == 1
    with pytest.raises(Refused):
        actions.note_reading(row, by=actor_for(city.head))


def test_an_answer_for_all_needs_five_different_people(city):
    officer = an_officer()
    for _ in range(5):
        a_question(city.crew)
    with pytest.raises(Conflict):
        actions.publish_pattern(by=officer, kind=AdviceKind.PHOTO, text="Boleh.")
    for _ in range(4):
        a_question(a_person(city.section))
    row = actions.publish_pattern(by=officer, kind=AdviceKind.PHOTO, text="Boleh.")
    assert row.based_on_count == 5
    actions.publish_pattern(by=officer, kind=AdviceKind.PHOTO, text="Boleh, tanpa isyarat.")
    assert AdvicePattern.objects.get().text == "Boleh, tanpa isyarat."


def test_only_officers_publish_and_only_a_text_about_something(city):
    with pytest.raises(Refused):
        actions.publish_pattern(by=actor_for(city.head), kind=AdviceKind.PHOTO, text="Boleh.")
    for kind, text in (("bogus", "Boleh."), (AdviceKind.PHOTO, "")):
        with pytest.raises(Invalid):
            actions.publish_pattern(by=an_actor("integrity_officer"), kind=kind, text=text)


# ------------------------------------------------------------------ at the same moment


def at_once(institution_id, acts):
    """Run all acts at the same time, each on its own connection; gives back what they raised."""
    gate, raised = threading.Barrier(len(acts)), []

    def run(act):
        try:
            with within(institution_id):
                gate.wait(10)
                act()
        except Conflict as problem:
            raised.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


@pytest.mark.django_db(transaction=True)
def test_signing_four_times_at_once_makes_one_signature(inside_institution):
    crew = a_city().crew
    actor = actor_for(crew)
    sign = lambda: actions.sign_pledge(crew, by=actor, text_version=words_of_today())  # noqa: E731
    assert at_once(inside_institution.pk, [sign] * 4) == []
    assert Pledge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_give_one_answer(inside_institution):
    row = a_question(a_city().crew)
    officers = [an_officer(), an_officer()]
    raised = at_once(
        inside_institution.pk,
        [
            lambda one=one: an_answer(Advice.objects.get(pk=row.pk), one, f"oleh {one.person_id}")
            for one in officers
        ],
    )
    assert len(raised) == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_the_second_answer_overwrites_the_first(
    inside_institution, monkeypatch
):
    row = a_question(a_city().crew)
    officers = [an_officer(), an_officer()]
    copies = [Advice.objects.get(pk=row.pk) for _ in officers]
    monkeypatch.setattr(actions, "lock", lambda one: one)
    raised = at_once(
        inside_institution.pk,
        [
            lambda one=one, copy=copy: an_answer(copy, one)
            for one, copy in zip(officers, copies, strict=True)
        ],
    )
    assert raised == []
    assert queries.visible_advice(officers[0]).get(pk=row.pk).version == 3
