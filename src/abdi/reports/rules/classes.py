"""Classes of SP4N: which one a report has, and until when it is checked and answered.

Days are working days after the day of receipt; the last one ends when the office closes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from abdi.platform.calendar import WorkCalendar
from abdi.reports.choices import Priority, ReportClass
from abdi.reports.rules.deadlines import class_deadlines

Norms = Mapping[str, Any]


@dataclass(frozen=True)
class ClassDues:
    """By when a report is checked and passed on, and answered; none for an emergency."""

    verify: datetime | None
    answer: datetime | None


def class_of(category: str, priority: str, norms: Norms) -> ReportClass:
    """The class a kind of report has before anybody looks at it.

    The figure of the category goes first; what is urgent beyond all days is an emergency.
    """
    own = norms["categories"].get(category, {}).get("sp4n_class")
    if own is not None:
        return ReportClass(own)
    return ReportClass.EMERGENCY if priority == Priority.P1 else ReportClass.COMPLAINT_NORMAL


def class_dues(
    report_class: str, received: datetime, office: WorkCalendar, norms: Norms
) -> ClassDues:
    """The two moments of a class, in the zone of the office. Source: PermenPANRB 62/2018.

    An emergency has none: it follows the minutes of its priority. Raises KeyError for a class the
    figures do not know.
    """
    if report_class == ReportClass.EMERGENCY:
        return ClassDues(None, None)
    day = received.astimezone(office.zone).date()
    limits = class_deadlines(report_class, day, office.is_working_day, norms)
    return ClassDues(closing(limits.verify_by, office), closing(limits.answer_by, office))


def closing(day: date, office: WorkCalendar) -> datetime:
    """When the office closes on a working day; midnight where it names no hours for it."""
    spans = office.spans(day)
    if spans:
        return spans[-1][1]
    return datetime.combine(day + timedelta(days=1), time(), office.zone)
