"""Results by reaction, evaluations, what they announce, objections."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from abdi.people.testing import a_city, actor_for, an_actor
from abdi.performance import actions, queries
from abdi.performance.choices import Measure, Rating
from abdi.performance.models import BehaviourRating, Evaluation, Result
from abdi.performance.testing import (
    a_cause,
    a_plan,
    a_result,
    a_target,
    an_evaluation,
    periods,
)
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry
from abdi.platform.tenancy import within

pytestmark = pytest.mark.django_db
END_OF_MARCH = datetime(2026, 3, 30, 3, 0, tzinfo=UTC)


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def quarter():
    with clock.at(END_OF_MARCH):
        yield periods()[0]


def kinds():
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))


def test_one_cause_credits_one_result(city):
    cause = a_cause()
    for _ in range(2):
        actions.add_result(
            city.crew.pk,
            indicator=Measure.REPORTS_IN_TIME,
            value=1,
            about="reports.report:1",
            by=SYSTEM,
            cause=cause,
        )
    assert Result.objects.get().unit_id == city.section.pk
    assert kinds().count("performance.ResultAdded") == 1


def test_a_report_closed_again_counts_once(city):
    a_result(city.crew, Measure.REPORTS_IN_TIME, 0, about="reports.report:1")
    a_result(city.crew, Measure.REPORTS_IN_TIME, 1, about="reports.report:1")
    assert list(Result.objects.filter(is_taken_back=False).values_list("value", flat=True)) == [1]


def test_a_report_opened_again_no_longer_counts(city):
    a_result(city.crew, Measure.REPORTS_CLOSED, 100, about="reports.report:1")
    rated = a_result(city.crew, Measure.REPORT_RATING, 5, about="reports.report:1")
    actions.take_back("reports.report:1", by=SYSTEM, cause=a_cause())
    assert list(Result.objects.filter(is_taken_back=False)) == [rated]


def test_hours_are_no_result(city):
    with pytest.raises(Invalid):
        a_result(city.crew, "hours", 8)


def test_figures_are_shares_averages_and_sums(city):
    plan = a_plan(city.crew)
    a_target(plan, measure=Measure.REPORTS_IN_TIME, figure=9_000)
    a_target(plan, measure=Measure.REPORT_MINUTES, figure=24_000)
    manual = a_target(plan, figure=500_000)
    for value in (1, 1, 1, 0):
        a_result(city.crew, Measure.REPORTS_IN_TIME, value)
    for minutes in (200, 220):
        a_result(city.crew, Measure.REPORT_MINUTES, minutes)
    actions.note_progress(manual, by=actor_for(city.crew), amount=231_000, note="Kel. Pandan")
    found = queries.person_figures(city.crew.pk, 2026, date(2026, 3, 2)).figures
    assert [(figure.actual, figure.rating) for figure in found] == [
        (7_500, Rating.BELOW),
        (21_000, Rating.ABOVE),
        (231_000, Rating.ABOVE),
    ]


def test_a_heads_figure_is_that_of_his_unit(city):
    a_target(a_plan(city.head), measure=Measure.REPORTS_IN_TIME, figure=9_000, is_of_unit=True)
    a_result(city.crew, Measure.REPORTS_IN_TIME, 1)
    a_result(city.second_crew, Measure.REPORTS_IN_TIME, 0)
    (figure,) = queries.person_figures(city.head.pk, 2026, date(2026, 3, 2)).figures
    assert (figure.actual, figure.count) == (5_000, 2)


def test_a_level_without_any_result_is_not_judged(city):
    a_target(a_plan(city.crew), measure=Measure.REPORT_MINUTES, figure=24_000)
    (figure,) = queries.person_figures(city.crew.pk, 2026, date(2026, 3, 2)).figures
    assert (figure.actual, figure.share, figure.rating) == (None, None, "")


def test_progress_is_entered_by_its_owner_where_it_does_not_collect_itself(city):
    plan = a_plan(city.crew)
    manual, automatic = a_target(plan), a_target(plan, measure=Measure.REPORTS_CLOSED)
    with pytest.raises(Refused):
        actions.note_progress(manual, by=actor_for(city.second_crew), amount=1, note="")
    with pytest.raises(Invalid):
        actions.note_progress(automatic, by=actor_for(city.crew), amount=1, note="")


def test_feedback_comes_from_the_superior_not_from_a_stranger(city):
    row = actions.give_feedback(city.crew, by=actor_for(city.head), text="Coba pekan ini.")
    assert row.author_id == city.head.pk
    with pytest.raises(Refused):
        actions.give_feedback(city.crew, by=actor_for(city.second_crew), text="Halo")


def test_a_quarter_is_evaluated_only_while_it_is_open(city):
    period = periods()[0]
    with pytest.raises(Conflict):
        an_evaluation(city.crew, city.head, period)


def test_nobody_evaluates_himself_or_somebody_elses_team(city, quarter):
    for appraiser in (city.crew, city.agency_head, city.second_crew):
        with pytest.raises(Refused):
            an_evaluation(city.crew, appraiser, quarter)


def test_a_rating_against_the_figures_needs_a_reason(city, quarter):
    a_target(a_plan(city.crew), measure=Measure.REPORTS_IN_TIME, figure=9_000)
    a_result(city.crew, Measure.REPORTS_IN_TIME, 0)
    with pytest.raises(Invalid) as refusal:
        an_evaluation(city.crew, city.head, quarter, result=Rating.MEETS, result_reason="")
    assert refusal.value.field == "result_reason"
    row = an_evaluation(city.crew, city.head, quarter, result=Rating.BELOW, result_reason="")
    assert row.proposed == Rating.BELOW
    assert row.inputs[0]["actual"] == 0


def test_a_behaviour_that_is_not_simply_met_needs_an_example(city, quarter):
    with pytest.raises(Invalid) as refusal:
        an_evaluation(city.crew, city.head, quarter, behaviours={"BER": (Rating.BELOW, "")})
    assert refusal.value.field == "example_BER"
    row = an_evaluation(
        city.crew, city.head, quarter, behaviours={"BER": (Rating.ABOVE, "Menelepon balik")}
    )
    assert BehaviourRating.objects.filter(evaluation=row).count() == 7
    assert row.behaviour_rating == Rating.MEETS


def test_a_low_close_is_announced_with_its_predicate(city, quarter):
    row = an_evaluation(city.crew, city.head, quarter, result=Rating.BELOW)
    assert row.predicate == "butuh_perbaikan"
    low = Entry.objects.get(kind="performance.ResultLow")
    assert low.data == {
        "person_id": city.crew.pk,
        "unit_id": city.section.pk,
        "period_id": quarter.pk,
        "predicate": "butuh_perbaikan",
    }
    assert [found.predicate for found in queries.low_results(city.crew.pk, date(2026, 1, 1))] == [
        "butuh_perbaikan"
    ]


def test_a_talk_in_place_of_a_low_rating_announces_nothing_low(city, quarter):
    row = an_evaluation(
        city.crew, city.head, quarter, result=Rating.BELOW, dialog_note="Sepakat menata jadwal."
    )
    assert row.predicate == ""
    assert "performance.ResultLow" not in kinds()
    with pytest.raises(Invalid):
        an_evaluation(city.second_crew, city.head, quarter, dialog_note="Tidak perlu")


def test_an_excellent_close_is_announced(city, quarter):
    four = {value: (Rating.ABOVE, "Contoh") for value in ("BER", "AKU", "KOM", "HAR")}
    an_evaluation(city.crew, city.head, quarter, result=Rating.ABOVE, behaviours=four)
    assert "performance.ResultHigh" in kinds()


def test_a_final_evaluation_stays_and_a_stale_draft_shows_both(city, quarter):
    row = an_evaluation(city.crew, city.head, quarter, final=False)
    head = actor_for(city.head)
    inputs = {"result_rating": Rating.MEETS, "behaviours": {}, "result_reason": "x"}
    actions.save_evaluation(city.crew, quarter, by=head, seen=row.version, **inputs)
    with pytest.raises(Conflict):
        actions.save_evaluation(city.crew, quarter, by=head, seen=row.version, **inputs)
    now = Evaluation.objects.get()
    actions.finalise_evaluation(now, by=head, seen=now.version)
    with pytest.raises(Conflict):
        actions.finalise_evaluation(now, by=head, seen=now.version + 1)
    with pytest.raises(Conflict):
        actions.save_evaluation(city.crew, quarter, by=head, seen=3, **inputs)


def test_a_person_reads_his_evaluation_when_it_is_final(city, quarter):
    row = an_evaluation(city.crew, city.head, quarter, final=False)
    me, head = actor_for(city.crew), actor_for(city.head)
    assert not queries.visible_evaluations(me).exists()
    actions.finalise_evaluation(row, by=head, seen=row.version)
    assert queries.visible_evaluations(me).get() == row
    assert not queries.visible_evaluations(actor_for(city.second_crew)).exists()
    assert queries.evaluations_of_unit(city.agency.pk, quarter).get() == row


def test_an_objection_goes_to_the_appraisers_superior(city, quarter):
    row = an_evaluation(city.crew, city.head, quarter, result=Rating.BELOW)
    with pytest.raises(Refused):
        actions.object_to(row, by=actor_for(city.head), reason="Bukan saya")
    objection = actions.object_to(row, by=actor_for(city.crew), reason="Tiang diganti pihak lain")
    assert objection.decider_id == city.agency_head.pk
    with pytest.raises(Conflict):
        actions.object_to(row, by=actor_for(city.crew), reason="Lagi")
    for wrong in (city.head, city.crew):
        with pytest.raises(Refused):
            actions.decide_objection(objection, by=actor_for(wrong), seen=1, decision="Tidak")
    above = actor_for(city.agency_head)
    assert queries.objections_to_decide(above).get() == objection
    actions.decide_objection(
        objection, by=above, seen=1, decision="Angka benar", result_rating=Rating.MEETS
    )
    assert Evaluation.objects.get().predicate == "baik"
    assert queries.low_results(city.crew.pk, date(2026, 1, 1)) == []
    with pytest.raises(Conflict):
        actions.decide_objection(objection, by=above, seen=2, decision="Lagi")


def test_an_objection_after_fourteen_days_is_too_late(city, quarter):
    row = an_evaluation(city.crew, city.head, quarter)
    me = actor_for(city.crew)
    with clock.at(datetime(2026, 4, 13, 18, 0, tzinfo=UTC)), pytest.raises(Conflict):
        actions.object_to(row, by=me, reason="Terlambat")
    with clock.at(datetime(2026, 4, 13, 16, 0, tzinfo=UTC)):
        assert actions.object_to(row, by=me, reason="Hari keempat belas")


def test_the_load_of_the_unit_stands_beside_open_evaluations(city, quarter):
    an_evaluation(city.crew, city.head, quarter, final=False)
    actions.note_load(city.section.pk, by=SYSTEM, load_permyriad=14_400, cause=a_cause())
    assert Evaluation.objects.get().load_permyriad == 14_400


def test_evaluations_of_another_institution_do_not_exist(city, quarter):
    from abdi.people.testing import an_institution

    an_evaluation(city.crew, city.head, quarter)
    office = an_actor("personnel_office")
    with within(an_institution().pk):
        assert not queries.visible_evaluations(office).exists()
