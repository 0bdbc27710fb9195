"""Builders for tests of culture: low quarters, coaching cases, clusters, groups at any step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from abdi.culture import actions, queries
from abdi.culture.actions import CauseGiven, PlanGiven, Start, StepGiven, TaskGiven
from abdi.culture.choices import CauseBranch, CauseCheck, CircleStep, StepState
from abdi.culture.models import Cause, Circle, Coaching, StepRecord, Task
from abdi.people.testing import a_person, actor_for, an_account, an_actor
from abdi.performance.choices import Rating
from abdi.performance.testing import an_evaluation, periods
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.journal import deliver_due
from abdi.reports.testing import ReportCity, a_report, a_report_city

if TYPE_CHECKING:
    from abdi.people.models import Person
    from abdi.reports.queries import Cluster

QUARTER_ENDS = (
    datetime(2026, 3, 30, 3, tzinfo=UTC),
    datetime(2026, 6, 29, 3, tzinfo=UTC),
    datetime(2026, 9, 29, 3, tzinfo=UTC),
)


def low_quarters(person: Person, superior: Person, count: int = 2) -> None:
    """So many quarters of 2026 in a row close below expectation, and the news is delivered."""
    for number in range(count):
        with clock.at(QUARTER_ENDS[number]):
            quarter = periods()[number]
            an_evaluation(person, superior, quarter, result=Rating.BELOW)
            deliver_due()


def a_proposal(person: Person, superior: Person) -> Coaching:
    """A case proposed from two low quarters."""
    low_quarters(person, superior)
    return Coaching.objects.get(person=person)


def a_plan(**more: object) -> PlanGiven:
    """A plan as both agreed on it."""
    values: dict[str, object] = {
        "goal": "Menutup laporan pada hari yang sama.",
        "check_on": clock.today() + timedelta(days=30),
        "help_text": "Ditemani rekan senior dua minggu.",
        **more,
    }
    return PlanGiven(**values)  # type: ignore[arg-type]


def a_coaching(person: Person, superior: Person) -> Coaching:
    """An open case."""
    return actions.start_coaching(person, by=actor_for(superior), plan=a_plan())


@dataclass(frozen=True)
class CircleCity:
    """The small city with reports, people for a group, and who may start and approve."""

    reports: ReportCity
    leader: Actor
    secretary: Actor
    facilitator: Actor
    starter: Actor
    approver: Actor

    @property
    def actors(self) -> tuple[Actor, Actor, Actor]:
        """The three who lead."""
        return self.leader, self.secretary, self.facilitator


def a_circle_city() -> CircleCity:
    """Everybody a group needs: crew, a facilitator by role, the agency's HR, the agency head."""
    where = a_report_city()
    city = where.city
    helper = a_person(city.agency, name="Sri Fasilitator")
    an_account(helper, (("facilitator", city.agency),))
    return CircleCity(
        where,
        actor_for(city.crew),
        actor_for(city.second_crew),
        actor_for(helper),
        an_actor("agency_hr", city.agency),
        actor_for(city.agency_head),
    )


def some_reports(count: int = 6, *, text: str = "Lampu mati, kabel dicuri", **told: Any) -> None:
    """Reports of one kind in one place."""
    for _ in range(count):
        a_report(text=text, area="Bantaran", **told)


def a_cluster(where: CircleCity, count: int = 6) -> Cluster:
    """A cluster that waits for a group."""
    some_reports(count, received_at=clock.now() - timedelta(hours=1))
    return queries.waiting_clusters(where.starter, clock.now())[0]


def a_start(where: CircleCity, cluster: Cluster, **more: object) -> Start:
    """Name and people of a group."""
    values: dict[str, object] = {
        "name": "Terang Terus",
        "cluster": cluster,
        "leader_id": where.leader.person_id,
        "secretary_id": where.secretary.person_id,
        "facilitator_id": where.facilitator.person_id,
        **more,
    }
    return Start(**values)  # type: ignore[arg-type]


def a_circle(where: CircleCity) -> Circle:
    """A group that has just begun."""
    unit = where.reports.city.section
    given = a_start(where, a_cluster(where))
    return actions.start_circle(unit, by=where.starter, given=given)


def a_cause(circle: Circle, text: str = "Kabel dicuri", words: str = "kabel, dicuri") -> Cause:
    """A possible cause."""
    given = CauseGiven(CauseBranch.PLACE, text, ("Tidak terkunci",), words)
    return actions.add_cause(circle, by=SYSTEM, given=given)


def a_task(circle: Circle, person_id: int, days: int = 14) -> Task:
    """A line of the plan."""
    given = TaskGiven("Pasang kotak terkunci", person_id, clock.today() + timedelta(days=days))
    return actions.add_task(circle, by=SYSTEM, given=given)


def _theme(where: CircleCity, circle: Circle) -> None:
    texts = {"statement": "Lampu di Bantaran mati berulang", "reason": "Warga takut melintas"}
    actions.save_step(circle, by=where.leader, step=circle.step, given=StepGiven(texts))


def _target(where: CircleCity, circle: Circle) -> None:
    day = clock.today() + timedelta(days=120)
    given = StepGiven({"situation": "Enam laporan"}, target_count=2, target_on=day)
    actions.save_step(circle, by=where.leader, step=circle.step, given=given)


def _causes(where: CircleCity, circle: Circle) -> None:
    a_cause(circle)
    a_cause(circle, "Lampu tua", "tua")


def _root_cause(where: CircleCity, circle: Circle) -> None:
    cause = Cause.objects.filter(circle=circle).earliest("id")
    actions.vote(cause, by=where.leader, is_for=True)
    actions.check_cause(
        cause, by=where.leader, check=CauseCheck.FITS, proof="6 dari 6 laporan", is_dominant=True
    )


def _plan(where: CircleCity, circle: Circle) -> None:
    a_task(circle, where.leader.person_id or 0)


def _execute(where: CircleCity, circle: Circle) -> None:
    for task in Task.objects.filter(circle=circle):
        actions.finish_task(task, by=where.leader)


def _evaluate(where: CircleCity, circle: Circle) -> None:
    given = StepGiven({"quality": "Lampu menyala kembali"})
    actions.save_step(circle, by=where.leader, step=circle.step, given=given)


def _standardise(where: CircleCity, circle: Circle) -> None:
    given = StepGiven(
        {"standard": "Kotak panel dikunci setiap selesai"},
        competency="M.5",
        audit_on=clock.today() + timedelta(days=180),
    )
    actions.save_step(circle, by=where.leader, step=circle.step, given=given)


WORK = {
    CircleStep.THEME: _theme,
    CircleStep.TARGET: _target,
    CircleStep.CAUSES: _causes,
    CircleStep.ROOT_CAUSE: _root_cause,
    CircleStep.PLAN: _plan,
    CircleStep.EXECUTE: _execute,
    CircleStep.EVALUATE: _evaluate,
    CircleStep.STANDARDISE: _standardise,
}


def fill_step(where: CircleCity, circle: Circle) -> Circle:
    """Write the page of the step at work, without sending it."""
    WORK[CircleStep(circle.step)](where, circle)
    return fresh(circle)


def pass_step(where: CircleCity, circle: Circle) -> Circle:
    """Write the step at work, send it, and approve it where it has to be."""
    step = circle.step
    fill_step(where, circle)
    page = actions.send_step(circle, by=where.leader, step=step)
    if page.state == StepState.WAITING:
        actions.approve_step(page, by=where.approver)
    return fresh(circle)


def fresh(circle: Circle) -> Circle:
    """The group as it is now."""
    return Circle.objects.get(pk=circle.pk)


def a_circle_at(where: CircleCity, step: CircleStep) -> Circle:
    """A group whose step at work is this one."""
    circle = a_circle(where)
    while circle.step != step:
        circle = pass_step(where, circle)
    return circle


def page_of_step(circle: Circle) -> StepRecord:
    """The page of the step at work."""
    return StepRecord.objects.get(circle=circle, step=circle.step)


def later(days: int) -> datetime:
    """A moment so many days after the clock of the test."""
    return clock.now() + timedelta(days=days)


def day(days: int) -> date:
    """A day so many days after today."""
    return clock.today() + timedelta(days=days)
