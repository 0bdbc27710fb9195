"""Groups: started from a cluster, eight steps, approvals, what follows at the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.competence.models import Evidence
from abdi.culture import actions, queries
from abdi.culture.actions import CauseGiven, MeetingGiven, StepGiven, TaskGiven
from abdi.culture.choices import (
    CauseBranch,
    CauseCheck,
    CircleRole,
    CircleState,
    CircleStep,
    StepState,
    Verdict,
)
from abdi.culture.models import Cause, CauseVote, Circle, StepRecord, Task
from abdi.culture.testing import (
    a_cause,
    a_circle,
    a_circle_at,
    a_circle_city,
    a_cluster,
    a_start,
    a_task,
    day,
    fill_step,
    fresh,
    later,
    page_of_step,
    pass_step,
    some_reports,
)
from abdi.people import queries as people
from abdi.people.testing import a_person, actor_for, an_actor
from abdi.platform import clock
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.training.models import Need

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return a_circle_city()


# ------------------------------------------------------------------ the start


def test_a_group_begins_with_the_figures_of_its_cluster(where):
    circle = a_circle(where)
    assert (circle.category, circle.area, circle.report_count) == (
        "street_light_out",
        "Bantaran",
        6,
    )
    assert len(circle.report_ids) == 6
    assert {row.role for row in circle.members.all()} == {
        CircleRole.LEADER,
        CircleRole.SECRETARY,
        CircleRole.FACILITATOR,
    }
    assert Entry.objects.filter(kind="culture.CircleStarted", about=circle.ref).exists()


def test_only_who_may_start_a_group_starts_one(where):
    given = a_start(where, a_cluster(where))
    for by in (where.leader, where.approver, an_actor("executive")):
        with pytest.raises(Refused):
            actions.start_circle(where.reports.city.section, by=by, given=given)


def test_a_theme_has_one_group_at_a_time(where):
    cluster = a_cluster(where)
    unit = where.reports.city.section
    circle = actions.start_circle(unit, by=where.starter, given=a_start(where, cluster))
    with pytest.raises(Conflict):
        actions.start_circle(unit, by=where.starter, given=a_start(where, cluster))
    assert queries.waiting_clusters(where.starter, clock.now()) == []
    actions.stop_circle(circle, by=where.starter, reason="Anggota pindah tugas")
    again = actions.start_circle(unit, by=where.starter, given=a_start(where, cluster))
    assert again.pk != circle.pk


def test_three_roles_are_three_people_and_the_group_is_not_too_large(where):
    cluster = a_cluster(where)
    unit = where.reports.city.section
    crowd = tuple(a_person(unit).pk for _ in range(8))
    for change in (
        {"secretary_id": where.leader.person_id},
        {"member_ids": crowd},
        {"name": ""},
    ):
        with pytest.raises(Invalid):
            actions.start_circle(unit, by=where.starter, given=a_start(where, cluster, **change))


def test_stopping_needs_a_reason_and_happens_once(where):
    circle = a_circle(where)
    with pytest.raises(Invalid):
        actions.stop_circle(circle, by=where.starter, reason="")
    actions.stop_circle(circle, by=where.starter, reason="Tema diambil alih dinas")
    with pytest.raises(Conflict):
        actions.stop_circle(circle, by=where.starter, reason="Lagi")
    with pytest.raises(Conflict):
        fill_step(where, fresh(circle))


# ------------------------------------------------------------------ the steps


def test_a_step_is_sent_only_when_it_is_whole(where):
    circle = a_circle(where)
    with pytest.raises(Invalid):
        actions.send_step(circle, by=where.leader, step=CircleStep.THEME)
    fill_step(where, circle)
    page = actions.send_step(circle, by=where.leader, step=CircleStep.THEME)
    assert page.state == StepState.WAITING
    assert page.figures["reports"] >= 0


def test_who_sends_never_approves_and_members_do_not_either(where):
    circle = fill_step(where, a_circle(where))
    page = actions.send_step(circle, by=where.leader, step=circle.step)
    for by in (where.leader, where.secretary, where.facilitator, where.starter):
        with pytest.raises(Refused):
            actions.approve_step(page, by=by)
    actions.approve_step(page, by=where.approver)
    assert fresh(circle).step == CircleStep.TARGET
    with pytest.raises(Conflict):
        actions.approve_step(page, by=where.approver)


def test_a_superior_who_sent_a_step_does_not_approve_it(where):
    cluster = a_cluster(where)
    head = actor_for(where.reports.city.head)
    given = a_start(where, cluster, leader_id=head.person_id)
    circle = actions.start_circle(where.reports.city.section, by=where.starter, given=given)
    texts = StepGiven({"statement": "Tema"})
    actions.save_step(circle, by=head, step=circle.step, given=texts)
    page = actions.send_step(circle, by=head, step=circle.step)
    with pytest.raises(Refused):
        actions.approve_step(page, by=head)


def test_a_step_given_back_is_open_again_with_the_note(where):
    circle = fill_step(where, a_circle(where))
    page = actions.send_step(circle, by=where.leader, step=circle.step)
    with pytest.raises(Conflict):
        fill_step(where, circle)
    with pytest.raises(Invalid):
        actions.return_step(page, by=where.approver, note="")
    page = actions.return_step(page, by=where.approver, note="Tambahkan jumlah warga")
    assert (page.state, page.returned_note) == (StepState.OPEN, "Tambahkan jumlah warga")
    actions.send_step(circle, by=where.secretary, step=circle.step)


def test_plain_members_write_but_do_not_send(where):
    member = a_person(where.reports.city.section)
    given = a_start(where, a_cluster(where), member_ids=(member.pk,))
    circle = actions.start_circle(where.reports.city.section, by=where.starter, given=given)
    by = actor_for(member)
    actions.save_step(circle, by=by, step=circle.step, given=StepGiven({"statement": "Tema"}))
    with pytest.raises(Refused):
        actions.send_step(circle, by=by, step=circle.step)
    stranger = actor_for(a_person(where.reports.city.section))
    with pytest.raises(Refused):
        actions.save_step(circle, by=stranger, step=circle.step, given=StepGiven())


def test_a_page_keeps_only_its_own_answers_and_a_stale_one_is_refused(where):
    circle = a_circle(where)
    given = StepGiven({"statement": "Tema", "standard": "bukan di sini"}, target_count=9)
    page = actions.save_step(circle, by=where.leader, step=circle.step, given=given, seen=1)
    assert set(page.texts) == {"statement", "reason"}
    assert fresh(circle).target_count is None
    actions.save_step(circle, by=where.leader, step=circle.step, given=given, seen=1)
    with pytest.raises(Conflict):
        actions.save_step(circle, by=where.secretary, step=circle.step, given=given, seen=1)
    with pytest.raises(Conflict):
        actions.save_step(circle, by=where.leader, step=CircleStep.TARGET, given=given)


def test_days_of_target_and_audit_lie_ahead(where):
    circle = a_circle_at(where, CircleStep.TARGET)
    with pytest.raises(Invalid):
        actions.save_step(
            circle,
            by=where.leader,
            step=circle.step,
            given=StepGiven(target_count=1, target_on=clock.today()),
        )


# ------------------------------------------------------------------ causes, votes, tasks


def test_a_cause_stands_once_and_only_while_causes_are_gathered(where):
    with pytest.raises(Conflict):
        a_cause(a_circle(where))
    circle = pass_step(where, pass_step(where, Circle.objects.get()))
    a_cause(circle)
    with pytest.raises(Conflict):
        a_cause(circle)
    for given in (CauseGiven("bogus", "x"), CauseGiven(CauseBranch.TOOLS, "")):
        with pytest.raises(Invalid):
            actions.add_cause(circle, by=where.leader, given=given)
    actions.drop_cause(Cause.objects.get(), by=where.leader)
    assert not Cause.objects.exists()


def test_causes_are_counted_in_the_words_of_citizens(where):
    circle = a_circle_at(where, CircleStep.CAUSES)
    a_cause(circle)
    a_cause(circle, "Lampu tua", "tua, usang")
    a_cause(circle, "Tanpa kata", "")
    lines = {line.cause.text: line.reports for line in queries.causes_of(circle)}
    assert lines == {"Kabel dicuri": 6, "Lampu tua": 0, "Tanpa kata": None}


def test_each_member_has_one_voice_for_a_cause_and_may_take_it_back(where):
    circle = a_circle_at(where, CircleStep.ROOT_CAUSE)
    cause = Cause.objects.earliest("id")
    for _ in range(2):
        actions.vote(cause, by=where.leader, is_for=True)
    actions.vote(cause, by=where.secretary, is_for=True)
    (line, _other) = queries.causes_of(circle, where.leader)
    assert (line.votes, line.is_mine) == (2, True)
    actions.vote(cause, by=where.leader, is_for=False)
    assert CauseVote.objects.get().person_id == where.secretary.person_id
    with pytest.raises(Refused):
        actions.vote(cause, by=where.approver, is_for=True)


def test_what_fits_says_how_that_was_seen(where):
    circle = a_circle_at(where, CircleStep.ROOT_CAUSE)
    cause = Cause.objects.earliest("id")
    for check, proof in ((CauseCheck.FITS, ""), ("bogus", "x")):
        with pytest.raises(Invalid):
            actions.check_cause(cause, by=where.leader, check=check, proof=proof)
    actions.check_cause(cause, by=where.leader, check=CauseCheck.UNCLEAR, is_dominant=True)
    with pytest.raises(Invalid):
        actions.send_step(circle, by=where.leader, step=circle.step)


def test_a_task_belongs_to_a_member_and_to_a_coming_day(where):
    circle = a_circle_at(where, CircleStep.PLAN)
    me = where.leader.person_id
    wrong = [
        TaskGiven("", me, day(3)),
        TaskGiven("Pasang", where.approver.person_id, day(3)),
        TaskGiven("Pasang", me, day(-1)),
        TaskGiven("Pasang", me, day(3), cause_id=999_999),
    ]
    for given in wrong:
        with pytest.raises(Invalid):
            actions.add_task(circle, by=where.leader, given=given)
    task = a_task(circle, me)
    with pytest.raises(Conflict):
        actions.finish_task(task, by=where.leader)
    actions.drop_task(task, by=where.leader)
    assert not Task.objects.exists()


def test_a_task_is_finished_by_whose_it_is_or_who_leads(where):
    circle = a_circle_at(where, CircleStep.EXECUTE)
    task = Task.objects.get()
    with pytest.raises(Refused):
        actions.finish_task(task, by=where.approver)
    actions.finish_task(task, by=where.secretary, note="Terpasang 4 kotak")
    with pytest.raises(Conflict):
        actions.finish_task(task, by=where.leader)
    assert queries.facts_of(circle).tasks_open == 0


# ------------------------------------------------------------------ results and the end


def through_the_work(where):
    """A group whose work is done, and its reports before it."""
    some_reports(1, received_at=later(-200))
    some_reports(12, received_at=later(-20))
    return a_circle_at(where, CircleStep.EVALUATE)


def test_results_need_enough_days_after_the_work(where):
    circle = through_the_work(where)
    fill_step(where, circle)
    with clock.at(later(5)), pytest.raises(Invalid):
        actions.send_step(circle, by=where.leader, step=circle.step)


def test_before_and_after_are_equal_stretches_of_live_reports(where):
    circle = through_the_work(where)
    with clock.at(later(31)):
        some_reports(3, received_at=clock.now() - timedelta(days=10))
        effect = queries.effect_of(circle, clock.today())
        assert (effect.spans.days, effect.before, effect.after) == (30, 12, 3)
        assert (effect.target, effect.verdict) == (2, Verdict.BETTER)
        fill_step(where, circle)
        page = actions.send_step(circle, by=where.leader, step=circle.step)
    assert page.figures["verdict"] == "better"
    assert fresh(circle).verdict == Verdict.BETTER


def test_a_target_met_reads_as_reached_and_none_as_missed(where):
    circle = through_the_work(where)
    with clock.at(later(31)):
        assert queries.effect_of(circle, clock.today()).verdict == Verdict.REACHED
        some_reports(20, received_at=clock.now() - timedelta(days=10))
        assert queries.effect_of(circle, clock.today()).verdict == Verdict.MISSED


def test_the_last_approval_closes_the_group_asks_for_a_class_and_keeps_evidence(where):
    circle = through_the_work(where)
    with clock.at(later(31)):
        circle = pass_step(where, circle)
        circle = pass_step(where, circle)
    assert (circle.state, circle.verdict) == (CircleState.CLOSED, Verdict.REACHED)
    need = Need.objects.get()
    assert (need.unit, need.competency, need.about) == (circle.unit, "M.5", circle.ref)
    assert Evidence.objects.filter(about=circle.ref, kind="circle").count() == 3
    closed = Entry.objects.get(kind="culture.CircleClosed")
    assert closed.data["verdict"] == "reached"
    assert StepRecord.objects.filter(circle=circle, state=StepState.DONE).count() == 8


# ------------------------------------------------------------------ meetings


def test_a_meeting_takes_the_time_of_who_comes(where):
    circle = a_circle(where)
    ids = (where.leader.person_id, where.secretary.person_id)
    given = MeetingGiven(later(1), 60, "Tema", decisions="Lanjut", attendee_ids=ids)
    meeting = actions.hold_meeting(circle, by=where.facilitator, given=given)
    assert people.is_busy(ids[0], given.start_at, meeting.end_at)
    assert queries.meetings_of(circle) == [meeting]
    with pytest.raises(Conflict):
        actions.hold_meeting(circle, by=where.facilitator, given=given)


def test_minutes_are_written_by_the_facilitator_about_the_group_only(where):
    circle = a_circle(where)
    mine = (where.leader.person_id,)
    with pytest.raises(Refused):
        actions.hold_meeting(
            circle, by=where.leader, given=MeetingGiven(later(1), 60, "Tema", attendee_ids=mine)
        )
    for given in (
        MeetingGiven(later(1), 60, "Tema", attendee_ids=(*mine, where.approver.person_id)),
        MeetingGiven(later(1), 60, "Tema"),
        MeetingGiven(later(1), 0, "Tema", attendee_ids=mine),
    ):
        with pytest.raises(Invalid):
            actions.hold_meeting(circle, by=where.facilitator, given=given)
    assert page_of_step(circle).step == CircleStep.THEME
