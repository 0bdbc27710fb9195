"""From gaps and needs to proposals and classes."""

from __future__ import annotations

import datetime as dt

import pytest

from abdi.competence import testing as competence
from abdi.competence.models import Result
from abdi.people.testing import a_city, a_person, actor_for, an_actor, an_agency
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import deliver_due
from abdi.training import actions, queries
from abdi.training.models import Candidate, Class, Enrolment, Need, Proposal
from abdi.training.testing import a_class, an_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def organiser(city):
    return an_actor("organiser", unit=city.agency)


def test_a_gap_found_proposes_one_class_for_all_who_lack_it(city):
    for person in (city.crew, city.second_crew):
        _lack_communication(person)
    deliver_due()
    proposal = Proposal.objects.get(competency="M.3")
    assert (proposal.agency_id, proposal.level) == (city.agency.pk, 3)
    assert Candidate.objects.filter(proposal=proposal).count() == 2


def _lack_communication(person):
    from abdi.competence import actions as competence_actions
    from abdi.people.queries import position_of

    draft = competence_actions.draft_standard(
        position_of(person.pk),
        by=SYSTEM,
        levels={"M.3": 3},
        decree_number="1",
        decree_on=dt.date(2026, 1, 2),
    )
    competence_actions.approve_standard(draft, by=SYSTEM)
    return competence.settled(person)


def test_gap_found_again_in_the_next_round_counts_the_person_once(city):
    _lack_communication(city.crew)
    deliver_due()
    actions.propose(city.agency, city.crew, by=SYSTEM, competency="M.3", level=3, held=2)
    candidate = Candidate.objects.get()
    assert candidate.held == 2


def test_gap_closed_takes_the_person_out_of_the_proposal(city):
    from abdi.competence import actions as competence_actions

    _lack_communication(city.crew)
    deliver_due()
    result = Result.objects.get(person=city.crew, competency="M.3", is_current=True)
    proof = competence.an_evidence(city.crew)
    competence_actions.confirm_level(result, by=SYSTEM, level=3, evidence=proof)
    deliver_due()
    assert Candidate.objects.get().closed_at is not None
    assert queries.ranked_proposals(an_actor("organiser", unit=city.agency)) == []


def test_a_class_answers_its_proposal_once_and_the_needs_of_its_agency(city, organiser):
    actions.suggest_need(
        unit=city.section,
        competency="M.3",
        reason_code="circle",
        about="culture.circle:1",
        by=SYSTEM,
    )
    elsewhere = an_agency()
    actions.suggest_need(
        unit=elsewhere, competency="M.3", reason_code="circle", about="x:1", by=SYSTEM
    )
    proposal = actions.propose(city.agency, city.crew, by=SYSTEM, competency="M.3", level=2, held=1)
    klass = a_class(organiser, proposal=proposal)
    proposal.refresh_from_db()
    assert proposal.state == "opened"
    assert Need.objects.get(unit=city.section).answered_by_id == klass.pk
    assert Need.objects.get(unit=elsewhere).answered_by_id is None
    with pytest.raises(Conflict):
        a_class(organiser, proposal=proposal)
    assert Class.objects.count() == 1


def test_a_need_suggested_twice_is_one(city):
    for _ in range(2):
        actions.suggest_need(
            unit=city.section, competency="M.3", reason_code="circle", about="x:1", by=SYSTEM
        )
    assert Need.objects.count() == 1
    with pytest.raises(Invalid):
        actions.suggest_need(
            unit=city.section, competency="?", reason_code="circle", about="x:1", by=SYSTEM
        )


def test_proposals_are_ranked_by_what_they_close_for_their_money(city, organiser):
    cheap = actions.propose(city.agency, city.crew, by=SYSTEM, competency="M.3", level=2, held=1)
    dear = actions.propose(city.agency, city.crew, by=SYSTEM, competency="M.5", level=2, held=1)
    actions.cost_proposal(dear, by=organiser, hours=8, cost_rupiah=9_000_000)
    actions.cost_proposal(cheap, by=organiser, hours=8, cost_rupiah=1_000_000)
    lines = queries.ranked_proposals(organiser)
    assert [line.proposal.pk for line in lines] == [cheap.pk, dear.pk]


def test_a_proposal_is_set_aside_with_a_reason_and_once(city, organiser):
    row = actions.propose(city.agency, city.crew, by=SYSTEM, competency="M.3", level=2, held=1)
    with pytest.raises(Invalid):
        actions.dismiss_proposal(row, by=organiser, reason="nanti")
    actions.dismiss_proposal(row, by=organiser, reason="Sudah dilatih tahun lalu")
    with pytest.raises(Conflict):
        actions.dismiss_proposal(row, by=organiser, reason="Sudah dilatih tahun lalu")
    with pytest.raises(Refused):
        actions.cost_proposal(row, by=actor_for(city.crew), hours=1, cost_rupiah=1)


def test_a_stale_version_of_a_proposal_is_a_conflict(city, organiser):
    row = actions.propose(city.agency, city.crew, by=SYSTEM, competency="M.3", level=2, held=1)
    actions.cost_proposal(row, by=organiser, hours=8, cost_rupiah=1, version=1)
    with pytest.raises(Conflict):
        actions.cost_proposal(row, by=organiser, hours=8, cost_rupiah=2, version=1)


def test_a_person_who_withdrew_may_come_back(city):
    klass = a_class()
    row = an_enrolment(klass, city.crew)
    actions.cancel(row, by=actor_for(city.crew))
    again = an_enrolment(klass, city.crew)
    assert (again.pk, again.state) == (row.pk, "enrolled")
    assert Enrolment.objects.count() == 1


def test_a_loose_person_without_agency_can_be_taught(city, organiser):
    loose = a_person()
    klass = a_class(organiser)
    assert actions.enrol(klass, loose, by=organiser).agency_id is None
