"""Names of training: forms, states of a class and of a seat."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class ClassState(Choice):
    """Where a class stands."""

    PLANNED = "planned", N_("Planned")
    OPEN = "open", N_("Open")
    SELECTED = "selected", N_("Participants chosen")
    RUNNING = "running", N_("Running")
    EVALUATION = "evaluation", N_("Evaluation")
    CLOSED = "closed", N_("Closed")
    CANCELLED = "cancelled", N_("Cancelled")


class SeatState(Choice):
    """Where a place in a class stands."""

    PROPOSED = "proposed", N_("Proposed")
    ENROLLED = "enrolled", N_("Enrolled")
    WAITING = "waiting", N_("On the waiting list")
    ATTENDED = "attended", N_("Attended")
    PASSED = "passed", N_("Passed")
    NOT_PASSED = "not_passed", N_("Not passed")
    ABSENT = "absent", N_("Absent")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class HoursWarning(Choice):
    """What the year of hours says."""

    BELOW_MINIMUM = "below_minimum", N_("Below the minimum")
    ABOVE_MAXIMUM = "above_maximum", N_("Above the maximum")


class CourseKind(Choice):
    """Kind of a course on record."""

    LEADERSHIP = "leadership", N_("Leadership training")
    FUNCTIONAL = "functional", N_("Functional training")
    TECHNICAL = "technical", N_("Technical training")
    SEMINAR = "seminar", N_("Seminar")
