"""Names of presence and leave: what a day was, kinds of leave, where a request stands."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class DayStatus(Choice):
    """What a day of a person was, as the attendance system says it."""

    PRESENT = "present", N_("Present")
    LATE = "late", N_("Late")
    EARLY_LEAVE = "early_leave", N_("Left early")
    DUTY_OUTSIDE = "duty_outside", N_("Duty outside")
    LEAVE = "leave", N_("On leave")
    SICK = "sick", N_("Sick")
    PERMITTED = "permitted", N_("Permitted")
    DISPENSATION = "dispensation", N_("Dispensation")
    OFF_DAY = "off_day", N_("Day off")
    ABSENT = "absent_without_reason", N_("Absent without a reason")


class LeaveKind(Choice):
    """Kinds of leave, PP 11/2017 and PP 49/2018."""

    ANNUAL = "annual", N_("Annual leave")
    LONG = "long", N_("Long leave")
    SICK = "sick", N_("Sick leave")
    MATERNITY = "maternity", N_("Maternity leave")
    IMPORTANT_REASON = "important_reason", N_("Leave for an important reason")
    JOINT = "joint", N_("Joint leave")
    UNPAID = "unpaid", N_("Unpaid leave (CLTN)")


class LeaveState(Choice):
    """Where a leave stands; only an approved one blocks a roster."""

    REQUESTED = "requested", N_("Requested")
    APPROVED = "approved", N_("Approved")
    POSTPONED = "postponed", N_("Postponed")
    REFUSED = "refused", N_("Refused")
    CANCELLED = "cancelled", N_("Cancelled")


class FileKind(Choice):
    """What a city's file tells."""

    PRESENCE = "presence", N_("Presence")
    LEAVE = "leave", N_("Leave")


class FileState(Choice):
    """A file is read first; nothing counts before somebody applies it."""

    DRAFT = "draft", N_("Not applied yet")
    APPLIED = "applied", N_("Applied")
    DISCARDED = "discarded", N_("Discarded")


class RowFate(Choice):
    """What applying a row does."""

    NEW = "new", N_("New")
    CORRECTS = "corrects", N_("Corrects what was known")
    SAME = "same", N_("Known already")
    OLDER = "older", N_("Older than what is known")
    PROBLEM = "problem", N_("Cannot be read")


class RowProblem(Choice):
    """Why a row cannot be taken over."""

    NUMBER_MISSING = "number_missing", N_("There is no employee number in this row.")
    NUMBER_SCIENTIFIC = (
        "number_scientific",
        N_("Excel has rounded this employee number. Format the column as text and export again."),
    )
    PERSON_UNKNOWN = "person_unknown", N_("Nobody here has this employee or worker number.")
    PERSON_OUTSIDE = "person_outside", N_("This person works for another agency.")
    DAY_UNREADABLE = "day_unreadable", N_("This date cannot be read. Write it as 17-08-2026.")
    DAY_AHEAD = "day_ahead", N_("This day has not come yet.")
    DAYS_TURNED = "days_turned", N_("The last day lies before the first.")
    TOO_LONG = "too_long", N_("This leave is longer than three years.")
    STATUS_UNKNOWN = "status_unknown", N_("This status is not known.")
    KIND_UNKNOWN = "kind_unknown", N_("This kind of leave is not known.")
    KIND_NOT_HIS = "kind_not_his", N_("This employment has no such leave.")
    TIME_UNREADABLE = "time_unreadable", N_("This time cannot be read. Write it as 07:30.")
    NUMBER_OUTSIDE = "number_outside", N_("This number is no whole number of days or minutes.")
    TWICE = "twice", N_("This row says something else than an earlier row of the same file.")


class ObjectionState(Choice):
    """Where an objection to a day stands."""

    OPEN = "open", N_("Waiting for an answer")
    CORRECTED = "corrected", N_("Corrected")
    KEPT = "kept", N_("Left as it is")
