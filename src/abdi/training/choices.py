"""Names of training: states of classes, seats, proposals and certificates."""

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
    """Where a person stands in a class."""

    INVITED = "invited", N_("Invited")
    ENROLLED = "enrolled", N_("Enrolled")
    WAITING = "waiting", N_("On the waiting list")
    ATTENDED = "attended", N_("Attended")
    PASSED = "passed", N_("Passed")
    NOT_PASSED = "not_passed", N_("Not passed")
    ABSENT = "absent", N_("Absent")
    CANCELLED = "cancelled", N_("Withdrawn")
    REPLACED = "replaced", N_("Replaced")


class ProposalState(Choice):
    """Where the proposal of a class stands."""

    PROPOSED = "proposed", N_("Proposed")
    OPENED = "opened", N_("Class opened")
    DISMISSED = "dismissed", N_("Set aside")


class NeedReason(Choice):
    """Why another part of the work asks for a class."""

    COACHING = "coaching", N_("Found in coaching")
    CIRCLE = "circle", N_("Found by a work-culture group")
    REPORTS = "reports", N_("Found in citizens' reports")
    REGULATION = "regulation", N_("New regulation")
    OTHER = "other", N_("Other reason")


class CertificateState(Choice):
    """Whether a certificate counts."""

    VALID = "valid", N_("Valid")
    REVOKE_ASKED = "revoke_asked", N_("Withdrawal asked for")
    REVOKED = "revoked", N_("Withdrawn")


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
