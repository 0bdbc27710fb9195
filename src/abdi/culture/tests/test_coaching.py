"""Coaching: proposed from a pattern only, decided by the superior, read by the two."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import gettext

from abdi.culture import actions, queries
from abdi.culture.choices import CoachingOutcome, CoachingState
from abdi.culture.models import Coaching, CoachingSession
from abdi.culture.testing import (
    QUARTER_ENDS,
    a_coaching,
    a_plan,
    a_proposal,
    low_quarters,
)
from abdi.people.queries import own_data
from abdi.people.testing import a_city, a_person, actor_for, an_actor
from abdi.performance import events as performance_events
from abdi.performance.models import Evaluation
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.platform.tenancy import Institution, within
from abdi.platform.testing import counted_queries, sign_in_as
from abdi.training.models import Need

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


# ------------------------------------------------------------------ the proposal


def test_one_low_quarter_proposes_nothing(city):
    low_quarters(city.crew, city.head, 1)
    assert Entry.objects.filter(kind=performance_events.ResultLow.kind).exists()
    assert not Coaching.objects.exists()


def test_two_low_quarters_propose_to_the_superior_with_what_it_stands_on(city):
    row = a_proposal(city.crew, city.head)
    assert (row.state, row.coach, row.low_count) == (CoachingState.PROPOSED, city.head, 2)
    assert [line["quarter"] for line in row.basis] == [2, 1]
    assert all(line["ref"].startswith("performance.evaluation:") for line in row.basis)
    entry = Entry.objects.get(kind="culture.CoachingProposed")
    assert entry.cause.kind == "performance.ResultLow"


def test_a_third_low_quarter_adds_no_second_proposal(city):
    low_quarters(city.crew, city.head, 3)
    assert Coaching.objects.count() == 1


def test_quarters_that_load_explains_propose_nothing(city):
    low_quarters(city.crew, city.head, 1)
    Evaluation.objects.update(load_permyriad=14_500)
    with clock.at(QUARTER_ENDS[1]):
        assert queries.basis_of(city.crew.pk, clock.today()) is None


def test_results_before_the_last_case_do_not_count_again(city):
    row = a_proposal(city.crew, city.head)
    with clock.at(QUARTER_ENDS[1] + timedelta(days=2)):
        by = actor_for(city.head)
        row = actions.open_coaching(row, by=by, plan=a_plan())
        actions.close_coaching(row, by=by, outcome=CoachingOutcome.REACHED)
        assert queries.basis_of(city.crew.pk, clock.today()) is None


def test_nobody_presses_a_proposal(city):
    with pytest.raises(Refused):
        actions.propose_coaching(
            city.crew, by=actor_for(city.head), coach=city.head, basis=None, cause=None
        )


# ------------------------------------------------------------------ the decision


def test_the_superior_opens_with_a_plan(city):
    row = a_proposal(city.crew, city.head)
    row = actions.open_coaching(row, by=actor_for(city.head), plan=a_plan(), seen=row.version)
    assert (row.state, row.check_on) == (CoachingState.OPEN, clock.today() + timedelta(days=30))
    assert Entry.objects.filter(kind="culture.CoachingOpened", about=row.ref).exists()


def test_not_now_needs_a_reason(city):
    row = a_proposal(city.crew, city.head)
    by = actor_for(city.head)
    with pytest.raises(Invalid):
        actions.decline_coaching(row, by=by, reason="")
    row = actions.decline_coaching(row, by=by, reason="Sedang cuti sakit.")
    assert (row.state, row.reason) == (CoachingState.DECLINED, "Sedang cuti sakit.")


def test_what_was_decided_is_decided(city):
    row = a_proposal(city.crew, city.head)
    by = actor_for(city.head)
    actions.decline_coaching(row, by=by, reason="Belum perlu.")
    with pytest.raises(Conflict):
        actions.open_coaching(row, by=by, plan=a_plan())


def test_a_stale_version_is_refused(city):
    row = a_proposal(city.crew, city.head)
    with pytest.raises(Conflict):
        actions.open_coaching(row, by=actor_for(city.head), plan=a_plan(), seen=7)


@pytest.mark.parametrize("change", [{"goal": ""}, {"check_on": None}])
def test_a_plan_has_a_goal_and_a_coming_day(city, change):
    if "check_on" in change:
        change = {"check_on": clock.today() - timedelta(days=1)}
    with pytest.raises(Invalid):
        actions.start_coaching(city.crew, by=actor_for(city.head), plan=a_plan(**change))


def test_only_the_superior_decides(city):
    row = a_proposal(city.crew, city.head)
    others = [
        actor_for(city.crew),
        actor_for(city.second_crew),
        actor_for(city.agency_head),
        an_actor("agency_hr", city.agency),
        an_actor("personnel_office"),
    ]
    for by in others:
        with pytest.raises(Refused):
            actions.open_coaching(row, by=by, plan=a_plan())


def test_a_superior_starts_a_case_without_a_proposal_but_not_twice(city):
    row = a_coaching(city.crew, city.head)
    assert row.state == CoachingState.OPEN
    with pytest.raises(Conflict):
        a_coaching(city.crew, city.head)
    with pytest.raises(Refused):
        actions.start_coaching(city.head, by=actor_for(city.head), plan=a_plan())


# ------------------------------------------------------------------ the work


def test_talks_are_noted_and_the_plan_changes(city):
    row = a_coaching(city.crew, city.head)
    by = actor_for(city.head)
    actions.add_session(row, by=by, on=clock.today(), note="Jadwal malam terlalu padat.")
    actions.change_plan(row, by=by, plan=a_plan(goal="Dua laporan sehari."))
    row.refresh_from_db()
    assert row.goal == "Dua laporan sehari."
    assert [one.note for one in queries.sessions_of(row)] == ["Jadwal malam terlalu padat."]


def test_a_talk_of_tomorrow_or_without_words_is_refused(city):
    row = a_coaching(city.crew, city.head)
    by = actor_for(city.head)
    with pytest.raises(Invalid):
        actions.add_session(row, by=by, on=clock.today() + timedelta(days=1), note="Besok")
    with pytest.raises(Invalid):
        actions.add_session(row, by=by, on=clock.today(), note="")
    with pytest.raises(Refused):
        actions.add_session(row, by=actor_for(city.crew), on=clock.today(), note="Saya")
    assert not CoachingSession.objects.exists()


def test_a_case_ends_with_an_outcome_and_may_ask_for_a_class_of_the_unit(city):
    row = a_coaching(city.crew, city.head)
    by = actor_for(city.head)
    with pytest.raises(Invalid):
        actions.close_coaching(row, by=by, outcome="bogus")
    row = actions.close_coaching(row, by=by, outcome=CoachingOutcome.PARTLY, competency="M.3")
    need = Need.objects.get()
    assert (row.state, need.unit_id, need.competency) == (
        CoachingState.CLOSED,
        city.section.pk,
        "M.3",
    )
    assert str(row.pk) not in need.about.split(":")
    with pytest.raises(Conflict):
        actions.change_plan(row, by=by, plan=a_plan())


# ------------------------------------------------------------------ who reads


def test_a_case_is_read_by_the_two_and_nobody_else(city):
    row = a_coaching(city.crew, city.head)
    readers = {
        "coach": actor_for(city.head),
        "person": actor_for(city.crew),
    }
    others = [
        actor_for(city.second_crew),
        actor_for(city.agency_head),
        an_actor("agency_hr", city.agency),
        an_actor("personnel_office"),
        an_actor("inspectorate"),
        an_actor("sysadmin"),
        an_actor("executive"),
    ]
    for by in readers.values():
        assert queries.visible_coaching(by).get() == row
        actions.note_reading(row, by=by)
    for by in others:
        assert not queries.visible_coaching(by).exists()
        with pytest.raises(Refused):
            actions.note_reading(row, by=by)
    assert Entry.objects.filter(kind="culture.CoachingRead").count() == 2
    (look,) = own_data.looks_at(city.crew)
    assert look.what == gettext("your coaching case")


def test_the_person_sees_nothing_before_it_was_decided(city):
    row = a_proposal(city.crew, city.head)
    person = actor_for(city.crew)
    assert not queries.visible_coaching(person).exists()
    assert queries.my_cases(person) == []
    with pytest.raises(Refused):
        actions.note_reading(row, by=person)
    actions.decline_coaching(row, by=actor_for(city.head), reason="Beban sudah dibagi ulang.")
    assert queries.my_cases(person) == [row]


def test_a_new_superior_finds_proposals_but_not_the_notes_of_the_last_one(city):
    a_coaching(city.second_crew, city.head)
    proposal = a_proposal(city.crew, city.head)
    from abdi.people.models import Assignment

    Assignment.objects.filter(person=city.head).update(end_on=clock.today() - timedelta(days=1))
    above = actor_for(city.agency_head)
    assert list(queries.visible_coaching(above)) == [proposal]
    assert queries.cases_i_lead(above) == [proposal]


def test_another_institution_sees_nothing(city):
    a_coaching(city.crew, city.head)
    by = actor_for(city.head)
    with within(Institution.objects.create(code="lain", name="Kota Lain").pk):
        assert not queries.visible_coaching(by).exists()


def test_a_case_is_no_row_for_analysis(city):
    a_coaching(city.crew, city.head)
    assert list(queries.mart_rows()) == []


def test_to_do_brings_proposals_and_days_that_are_near(city):
    proposal = a_proposal(city.crew, city.head)
    other = a_person(city.section, name="Tono Petugas")
    near = actions.start_coaching(
        other,
        by=actor_for(city.head),
        plan=a_plan(check_on=clock.today() + timedelta(days=5)),
    )
    by = actor_for(city.head)
    with counted_queries(at_most=5):
        found = queries.to_do(by, clock.now())
    assert {todo.url for todo in found} == {
        f"/tim/pembinaan/{proposal.pk}",
        f"/tim/pembinaan/{near.pk}",
    }
    assert queries.to_do(actor_for(city.crew), clock.now()) == []
    assert queries.to_do(SYSTEM, clock.now()) == []


def test_the_coached_person_is_told_of_his_plan_and_of_the_day_near(city):
    row = a_coaching(city.crew, city.head)
    [todo] = queries.to_do(actor_for(city.crew), clock.now())
    assert todo.url == f"/tim/pembinaan/{row.pk}"
    assert todo.title == "Read your coaching plan with Hendra Kepala"
    with clock.at(clock.now() + timedelta(days=9)):
        assert queries.to_do(actor_for(city.crew), clock.now()) == []
    with clock.at(clock.now() + timedelta(days=25)):
        [todo] = queries.to_do(actor_for(city.crew), clock.now())
        assert todo.title == "Look together at the plan: Hendra Kepala"
        assert "day you agreed on" in todo.reason


def test_whoever_has_cases_finds_them_in_the_menu(city):
    for person in (city.crew, city.head):
        page = sign_in_as(actor_for(person)).get("/pembinaan").content.decode()
        assert 'href="/pembinaan"' in page
