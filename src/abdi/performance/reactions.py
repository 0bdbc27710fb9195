"""Results that arrive by themselves, and the load that stands beside an evaluation."""

from __future__ import annotations

from abdi.performance import actions, queries
from abdi.performance.choices import Measure
from abdi.platform.actions import SYSTEM
from abdi.platform.journal import Entry, reacts_to
from abdi.reports import events as reports
from abdi.training import events as training
from abdi.workload import events as workload

ONE = 100
"""One piece, in hundredths."""


@reacts_to(reports.ReportClosed)
def credit_closed_report(event: reports.ReportClosed, *, cause: Entry) -> None:
    """Who resolved a report gets it as a result: one piece, in time or not, in how many minutes."""
    if event.person_id is None:
        return
    values = {
        Measure.REPORTS_CLOSED: ONE,
        Measure.REPORTS_IN_TIME: int(event.in_time),
        Measure.REPORT_MINUTES: max(event.minutes, 0),
    }
    for measure, value in values.items():
        actions.add_result(
            event.person_id,
            indicator=measure,
            value=value,
            about=f"reports.report:{event.report_id}",
            by=SYSTEM,
            cause=cause,
            unit_id=event.unit_id,
        )


@reacts_to(reports.ReportRated)
def credit_rating(event: reports.ReportRated, *, cause: Entry) -> None:
    """The stars a reporter gave count for who resolved his report."""
    if event.person_id is None:
        return
    actions.add_result(
        event.person_id,
        indicator=Measure.REPORT_RATING,
        value=event.stars,
        about=f"reports.report:{event.report_id}",
        by=SYSTEM,
        cause=cause,
        unit_id=event.unit_id,
    )


@reacts_to(reports.ReportReopened)
def take_back_report(event: reports.ReportReopened, *, cause: Entry) -> None:
    """A report that is not done after all is no result; closing it again makes it one."""
    about = f"reports.report:{event.report_id}"
    if queries.has_results_before(about, cause.pk):
        actions.take_back(about, by=SYSTEM, cause=cause)


@reacts_to(training.ClassPassed)
def credit_class(event: training.ClassPassed, *, cause: Entry) -> None:
    """A class passed is one result; its hours are not."""
    actions.add_result(
        event.person_id,
        indicator=Measure.CLASSES_PASSED,
        value=ONE,
        about=f"training.class:{event.class_id}",
        by=SYSTEM,
        cause=cause,
    )


@reacts_to(workload.LoadChanged)
def note_load(event: workload.LoadChanged, *, cause: Entry) -> None:
    """Who evaluates sees what the unit carries now."""
    drafts = queries.drafts_of_unit(event.unit_id)
    if drafts.exclude(load_permyriad=event.load_permyriad).exists():
        actions.note_load(
            event.unit_id, by=SYSTEM, load_permyriad=event.load_permyriad, cause=cause
        )
