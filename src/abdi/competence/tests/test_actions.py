"""Actions of competence: allowed, refused, journal, conflict."""

from __future__ import annotations

import datetime as dt

import pytest

from abdi.competence import actions, queries
from abdi.competence.models import Evidence, Result, SelfAnswer, Standard, Talk
from abdi.competence.testing import (
    a_round,
    a_sent_assessment,
    an_agreed_assessment,
    an_assessment,
    an_evidence,
    settled,
)
from abdi.people.testing import a_city, a_person, a_position, actor_for, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    a_round()
    return a_city()


def test_an_answer_is_kept_and_can_be_changed(city):
    row = an_assessment(city.crew)
    me = actor_for(city.crew)
    actions.answer(row, by=me, competency="M.1", level=1)
    actions.answer(row, by=me, competency="M.1", level=3, example="Menolak titipan.")
    kept = SelfAnswer.objects.get(assessment=row)
    assert (kept.level, kept.example) == (3, "Menolak titipan.")


def test_the_journal_never_holds_the_level_of_an_answer(city):
    an_assessment(city.crew, answered=1, level=4)
    entry = Entry.objects.get(kind="competence.SelfAnswered")
    assert set(entry.data) == {"assessment_id", "competency"}


def test_nobody_answers_for_somebody_else(city):
    row = an_assessment(city.crew)
    with pytest.raises(Refused):
        actions.answer(row, by=actor_for(city.second_crew), competency="M.1", level=2)
    with pytest.raises(Refused):
        actions.answer(row, by=actor_for(city.head), competency="M.1", level=2)


def test_a_superior_does_not_begin_the_assessment_of_his_people(city):
    with pytest.raises(Refused):
        actions.start_self_assessment(city.crew, by=actor_for(city.head))


def test_an_unknown_level_or_competency_is_refused(city):
    row = an_assessment(city.crew)
    me = actor_for(city.crew)
    for competency, level in [("M.1", 0), ("M.1", 6), ("X.9", 2)]:
        with pytest.raises(Invalid):
            actions.answer(row, by=me, competency=competency, level=level)


def test_beginning_twice_gives_the_same_assessment(city):
    assert an_assessment(city.crew).pk == an_assessment(city.crew).pk


def test_sending_needs_all_nine_answers(city):
    row = an_assessment(city.crew, answered=8)
    with pytest.raises(Invalid) as refusal:
        actions.send(row, by=actor_for(city.crew))
    assert refusal.value.field == "SK.1"


def test_after_sending_nothing_can_be_changed(city):
    row = a_sent_assessment(city.crew)
    assert row.superior_id == city.head.pk
    with pytest.raises(Conflict):
        actions.answer(row, by=actor_for(city.crew), competency="M.1", level=2)
    with pytest.raises(Conflict):
        actions.send(row, by=actor_for(city.crew))


def test_answers_end_with_the_round(city):
    row = an_assessment(city.crew)
    with clock.at(dt.datetime(2027, 1, 2, 3, 0, tzinfo=dt.UTC)), pytest.raises(Conflict):
        actions.answer(row, by=actor_for(city.crew), competency="M.1", level=2)


def test_without_an_open_round_nobody_can_begin():
    city = a_city()
    with pytest.raises(Conflict):
        actions.start_self_assessment(city.crew, by=actor_for(city.crew))


def test_a_person_without_position_cannot_begin(city):
    loose = a_person()
    with pytest.raises(Invalid):
        actions.start_self_assessment(loose, by=actor_for(loose))


def test_the_superior_answers_only_what_was_sent(city):
    row = an_assessment(city.crew, answered=9)
    with pytest.raises(Conflict):
        actions.superior_answer(row, by=actor_for(city.head), competency="M.1", level=2)


def test_only_the_direct_superior_answers(city):
    row = a_sent_assessment(city.crew)
    for other in (actor_for(city.agency_head), actor_for(city.crew), actor_for(city.second_crew)):
        with pytest.raises(Refused):
            actions.superior_answer(row, by=other, competency="M.1", level=2)


def test_answers_two_levels_apart_become_a_talk(city):
    row = an_agreed_assessment(city.crew, {"M.3": 4}, {"M.3": 2})
    assert row.state == "in_talk"
    assert Talk.objects.get(assessment=row).competency == "M.3"
    with pytest.raises(Conflict):
        actions.settle(row, by=SYSTEM)
    row = actions.discuss(row, by=actor_for(city.head), competency="M.3", level=3, note="Sepakat.")
    assert row.state == "agreed"
    results = {r.competency: r for r in actions.settle(row, by=SYSTEM)}
    assert (results["M.3"].level, results["M.3"].source) == (3, "talk")


def test_a_talk_is_written_down_once(city):
    row = an_agreed_assessment(city.crew, {"M.3": 4, "M.4": 5}, {"M.3": 2, "M.4": 2})
    actions.discuss(row, by=actor_for(city.head), competency="M.3", level=3)
    with pytest.raises(Conflict):
        actions.discuss(row, by=actor_for(city.head), competency="M.3", level=4)


def test_settling_freezes_the_standard_and_announces_gaps(city):
    settled(city.head, {"M.1": 2})
    gap = Result.objects.get(person=city.head, competency="M.3")
    assert (gap.level, gap.required, gap.missing) == (1, 2, 1)
    held = Result.objects.get(person=city.head, competency="M.1")
    assert (held.level, held.required, held.missing, held.source) == (2, 2, 0, "agreed")
    found = Entry.objects.filter(kind="competence.GapFound")
    assert {entry.data["competency"] for entry in found} == set(queries.CODES) - {"M.1"}


def test_only_the_personnel_office_settles_and_never_its_own(city):
    row = an_agreed_assessment(city.crew)
    with pytest.raises(Refused):
        actions.settle(row, by=actor_for(city.head))
    clerk = an_actor("personnel_office", unit=city.section)
    assert len(actions.settle(row, by=clerk)) == 9
    own = an_agreed_assessment(_person(clerk))
    with pytest.raises(Refused):
        actions.settle(own, by=clerk)


def _person(actor):
    from abdi.people.models import Person

    return Person.objects.get(pk=actor.person_id)


def test_settling_twice_is_a_conflict(city):
    row = an_agreed_assessment(city.crew)
    actions.settle(row, by=SYSTEM)
    with pytest.raises(Conflict):
        actions.settle(row, by=SYSTEM)


def test_evidence_never_changes_a_level(city):
    settled(city.head)
    an_evidence(city.head)
    an_evidence(city.head)
    assert Evidence.objects.count() == 1
    assert Result.objects.get(person=city.head, competency="M.3", is_current=True).level == 1


def test_a_person_confirms_a_level_on_new_evidence_and_the_gap_closes(city):
    settled(city.head)
    result = Result.objects.get(person=city.head, competency="M.3", is_current=True)
    clerk = an_actor("personnel_office", unit=city.section)
    proof = an_evidence(city.head)
    after = actions.confirm_level(result, by=clerk, level=2, evidence=proof)
    assert (after.level, after.missing, after.source) == (2, 0, "evidence")
    assert Result.objects.filter(person=city.head, competency="M.3").count() == 2
    closed = Entry.objects.get(kind="competence.GapClosed")
    assert closed.data["person_id"] == city.head.pk
    with pytest.raises(Conflict):
        actions.confirm_level(result, by=clerk, level=3, evidence=proof)


def test_evidence_must_be_new_and_speak_for_this_competency(city):
    old = an_evidence(city.head)
    with clock.at(dt.datetime(2026, 3, 3, 2, 0, tzinfo=dt.UTC)):
        settled(city.head)
        result = Result.objects.get(person=city.head, competency="M.3", is_current=True)
        for proof in (old, an_evidence(city.head, "M.4"), an_evidence(city.crew)):
            with pytest.raises(Invalid):
                actions.confirm_level(result, by=SYSTEM, level=2, evidence=proof)


def test_a_standard_counts_only_once_another_person_approved_it(city):
    place = a_position(city.section, title="Analis lampu", tier="JF_AHLI_PERTAMA")
    office = an_actor("organisation_office", unit=city.agency)
    boss = an_actor("executive", unit=city.agency)
    draft = actions.draft_standard(place, by=office, levels={"M.3": 4})
    assert queries.required_levels(place)["M.3"] == 2
    with pytest.raises(Invalid):
        actions.approve_standard(draft, by=boss)
    draft = actions.draft_standard(
        place,
        by=office,
        levels={"M.3": 4, "M.5": 3},
        decree_number="188.45/12/2026",
        decree_on=dt.date(2026, 2, 1),
    )
    actions.approve_standard(draft, by=boss, version=draft.version)
    view = queries.standard_of(place)
    assert (view.levels["M.3"], view.levels["M.5"], view.levels["M.1"]) == (4, 3, 2)
    assert not view.is_default
    with pytest.raises(Conflict):
        actions.approve_standard(draft, by=boss)


def test_nobody_approves_a_standard_he_wrote(city):
    place = a_position(city.section, title="Analis lampu")
    both = an_actor("organisation_office", unit=city.agency)
    from abdi.people.actions import grant_role
    from abdi.people.actors import actor_of
    from abdi.people.models import Account

    grant_role(Account.objects.get(pk=both.account_id), None, by=SYSTEM, role="executive")
    both = actor_of(both.account_id)
    draft = actions.draft_standard(place, by=both, levels={"M.3": 4})
    with pytest.raises(Refused):
        actions.approve_standard(draft, by=both)


def test_a_new_standard_ends_the_one_before(city):
    place = a_position(city.section, title="Analis lampu")
    for number, level in (("1", 2), ("2", 3)):
        draft = actions.draft_standard(
            place,
            by=SYSTEM,
            levels={"M.3": level},
            decree_number=number,
            decree_on=dt.date(2026, 2, 1),
        )
        actions.approve_standard(draft, by=SYSTEM, start_on=dt.date(2026, int(number), 10))
    assert queries.required_levels(place, dt.date(2026, 1, 20))["M.3"] == 2
    assert queries.required_levels(place, dt.date(2026, 2, 20))["M.3"] == 3
    assert sorted(Standard.objects.values_list("state", flat=True)) == ["ended", "in_force"]


def test_asking_for_a_missing_standard_twice_changes_nothing(city):
    place = a_position(city.section, title="Juru sapu", tier="non_asn")
    assert queries.standard_of(place).is_missing
    first = actions.ask_for_standard(place, by=actor_for(city.crew))
    assert actions.ask_for_standard(place, by=actor_for(city.second_crew)).pk == first.pk
