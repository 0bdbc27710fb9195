"""Deadlines: computed once, when a report is written, from figures and a calendar.

What works is told by a function from a day to yes or no; the institution's calendar is one.
Moments must be in the institution's zone, since a day begins and ends there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final

from abdi.platform.clocks import (
    Always,
    Hours,
    NeverWorks,
    Term,
    WholeDays,
    Works,
    add_working_days,
    after_days,
    terms_of_category,
)
from abdi.platform.formulas import named
from abdi.platform.inputs import BadInput, Day, ListOf, Moment, Text, one_of
from abdi.reports.choices import Clock, ReportClass, Step

Norms = Mapping[str, Any]

_FIRST_REST_DAY: Final = 5


def weekdays_without(holidays: Iterable[date]) -> Works:
    """A calendar of Monday to Friday without these days."""
    free = frozenset(holidays)
    return lambda day: day.weekday() < _FIRST_REST_DAY and day not in free


def hours_of(works: Works, zone: tzinfo | None = None) -> Mapping[str, Hours]:
    """The hours that clocks of reports count, by the names the norms use.

    A day begins and ends in `zone`; without one in that of the moment a count starts from.
    """
    return {Clock.ALWAYS: Always(), Clock.WORKING_DAYS: WholeDays(works, zone)}


def add_working_time(start: datetime, minutes: int, works: Works) -> datetime:
    """The moment after so many minutes, where a working day counts 24 hours and others none."""
    return WholeDays(works).add(start, timedelta(minutes=minutes))


@dataclass(frozen=True)
class ClassDeadlines:
    """Legal limits of a class: checked and passed on, answered."""

    verify_by: date
    answer_by: date


def class_deadlines(
    report_class: str, received: date, works: Works, norms: Norms
) -> ClassDeadlines:
    """Limits of a class in working days after the day of receipt. Source: PermenPANRB 62/2018.

    A report is never checked later than it must be answered (an emergency: the same day).
    """
    answer_days = norms["classes"][report_class]["answer_days"]
    verify_days = min(norms["verify_days"], answer_days)
    return ClassDeadlines(
        verify_by=add_working_days(received, verify_days, works),
        answer_by=add_working_days(received, answer_days, works),
    )


@dataclass(frozen=True)
class StepDue:
    """A promised step and the moment it is due."""

    step: Step
    due: datetime


def step_deadlines(
    category: str, received: datetime, works: Works, norms: Norms
) -> tuple[StepDue, ...]:
    """When each promised step of a category is due.

    A value of the category goes before that of its priority; a step with neither is left out.
    A moment without zone is taken as it stands, and so are the dues.
    """
    hours = hours_of(works)
    start = received if received.tzinfo else received.replace(tzinfo=UTC)
    return tuple(
        StepDue(Step(one.step), _due(one, start, hours).replace(tzinfo=received.tzinfo))
        for one in terms_of_category(category, norms)
    )


def _due(term: Term, start: datetime, hours: Mapping[str, Hours]) -> datetime:
    return hours[term.hours].add(start, timedelta(minutes=term.minutes))


def reply_open_until(resolved: date, *, sp4n: bool, works: Works, norms: Norms) -> date:
    """Last day on which the reporter may answer before a report closes by itself."""
    window = norms["reply_window"]["sp4n" if sp4n else "others"]
    if window["kind"] == Clock.WORKING_DAYS:
        return add_working_days(resolved, window["days"], works)
    return after_days(resolved, window["days"])


# ------------------------------------------------------------------ by name


@named(
    "deadline.due",
    inputs={
        "received": Moment(unit="moment of receipt in local time; its day counts for a class"),
        "class": one_of(ReportClass, optional=True, unit="either this"),
        "category": Text(optional=True, unit="or this: code of one of the categories"),
        "holidays": ListOf(
            item=Day(), optional=True, unit="days off besides Saturday and Sunday", default="none"
        ),
    },
    outputs={
        "verify_by": "day, for a class",
        "answer_by": "day, for a class",
        "steps": "step and moment it is due, for a category",
    },
    source="PermenPANRB 62/2018 (classes); hours of categories are our proposal",
    verified=False,
    example=(
        {"received": "2026-03-02T19:30:00+07:00", "category": "street_light_out"},
        {
            "steps": [
                {"step": "ack", "due": "2026-03-02T20:00:00+07:00"},
                {"step": "arrive", "due": "2026-03-02T21:30:00+07:00"},
                {"step": "resolve", "due": "2026-03-03T19:30:00+07:00"},
            ]
        },
    ),
    norms=("reports",),
)
def due_named(
    received: datetime,
    category: str | None,
    holidays: list[date] | None,
    *,
    norms: Mapping[str, Norms],
    today: date,
    **others: str | None,
) -> dict[str, Any]:
    """When a report must be checked, answered, attended to and solved."""
    report_class = others["class"]
    if (report_class is None) == (category is None):
        field = "class" if category is None else "category"
        raise BadInput("exactly one of class and category must be given", field)
    figures = norms["reports"]
    works = weekdays_without(holidays or ())
    try:
        if report_class is not None:
            found = class_deadlines(report_class, received.date(), works, figures)
            return {"verify_by": found.verify_by, "answer_by": found.answer_by}
        if category not in figures["categories"]:
            raise BadInput("is no category; the figures of reports list them all", "category")
        steps = step_deadlines(str(category), received, works, figures)
    except NeverWorks as never:
        raise BadInput(str(never), "holidays") from None
    return {"steps": [{"step": step.step.value, "due": step.due} for step in steps]}
