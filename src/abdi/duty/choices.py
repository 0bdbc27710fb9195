"""Names of duty: states of a roster and a plan, kinds of shifts, states of a swap."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class RosterState(Choice):
    """Where a week's roster stands; only a published one puts people on duty."""

    DRAFT = "draft", N_("Draft")
    PUBLISHED = "published", N_("In force")


class ShiftKind(Choice):
    """How a person stands by."""

    ON_SITE = "on_site", N_("On site")
    ON_CALL = "on_call", N_("On call")
    STANDBY = "standby", N_("Standby at home")


class SwapState(Choice):
    """Where a swap of turns stands."""

    OPEN = "open", N_("Waits for an answer")
    AGREED = "agreed", N_("Both agreed, the commander decides")
    DONE = "done", N_("Done")
    REFUSED = "refused", N_("Refused")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    LAPSED = "lapsed", N_("Lapsed")


class SwapKind(Choice):
    """How a swap came about."""

    ASKED = "asked", N_("Asked")
    TAKEN_NOW = "taken_now", N_("Taken over at once")
    BY_HEAD = "by_head", N_("Arranged by the commander")


class LapseCause(Choice):
    """Why a swap ended by itself."""

    MOVED = "moved", N_("The turn was moved or given to somebody else in the meantime.")
    GONE = "gone", N_("One of the two no longer works here.")
    UNANSWERED = "unanswered", N_("Nobody answered in time.")
    UNDECIDED = "undecided", N_("The commander did not decide before the turn began.")


class WishKind(Choice):
    """What a person wishes for a day."""

    OFF = "off", N_("Rather free")
    ON = "on", N_("Rather on duty")


class Problem(Choice):
    """What speaks against a shift."""

    OVERLAP = "overlap", N_("Overlaps another shift")
    REST_TOO_SHORT = "rest_too_short", N_("Too little rest")
    TOO_LONG = "too_long", N_("Shift too long")
    TOO_MANY_NIGHTS = "too_many_nights", N_("Too many nights in a row")
    BUSY = "busy", N_("Busy elsewhere")
    TOO_MANY_DAYS = "too_many_days", N_("Too many days in a row")
    NO_DAY_OFF = "no_day_off", N_("No day off after a night")
    DAY_ONLY = "day_only", N_("No nights")
    OVER_HOURS = "over_hours", N_("More hours than a week allows")


# ------------------------------------------------------------------ on call


class Severity(Choice):
    """How urgent what happened is; the same letters as the priority of a report."""

    P1 = "P1", N_("Emergency")
    P2 = "P2", N_("Urgent")
    P3 = "P3", N_("Soon")
    P4 = "P4", N_("Scheduled")


class Whom(Choice):
    """Whom a step of the chain calls."""

    ASSIGNED = "assigned", N_("Who was given it")
    ON_DUTY = "on_duty", N_("On duty by the roster")
    STANDBY = "standby", N_("Standby at home")
    COMMANDER = "commander", N_("Duty commander")
    HEAD = "head", N_("Head of the unit, or who acts for him")
    ROLE = "role", N_("Everybody with a role")
    PERSON = "person", N_("A named person")
    CONTROL_ROOM = "control_room", N_("Control room")


class Hours(Choice):
    """When a step of the chain counts."""

    ALWAYS = "always", N_("At any time")
    OFFICE = "office", N_("Office hours")
    OUTSIDE = "outside", N_("Outside office hours")
    NIGHT = "night", N_("At night")
    HOLIDAY = "holiday", N_("Days off")


class AlertState(Choice):
    """Where a call stands."""

    OPEN = "open", N_("Nobody has answered yet")
    ACKNOWLEDGED = "acknowledged", N_("Somebody is on it")
    ENDED = "ended", N_("Over")


class EndReason(Choice):
    """Why a call is over."""

    ACCEPTED = "accepted", N_("The job was accepted")
    DECLINED = "declined", N_("The job was given back; the desk chooses anew")
    REASSIGNED = "reassigned", N_("It was given to somebody else")
    DONE = "done", N_("The report is solved or closed")


class SkipReason(Choice):
    """Why a step of the chain was passed over at once."""

    NOBODY = "nobody", N_("nobody there at this time")
    ON_LEAVE = "on_leave", N_("on leave")
    TOLD_BEFORE = "told_before", N_("was called by an earlier step")
    NO_WAY = "no_way", N_("no account and no number to reach them by")


class AlertChannel(Choice):
    """How a person is reached."""

    PROGRAM = "program", N_("In Abdi")
    EMAIL = "email", N_("E-mail")
    PUSH = "push", N_("Ring on the phone")
    WHATSAPP = "whatsapp", N_("WhatsApp")
    SMS = "sms", N_("Text message")

    @classmethod
    def outside(cls) -> list[AlertChannel]:
        """Channels that leave the program, in the order they are tried unless a person says."""
        return [cls.PUSH, cls.WHATSAPP, cls.SMS, cls.EMAIL]


class TellingState(Choice):
    """Where one message of a call stands."""

    WAITING = "waiting", N_("Waiting to leave")
    SENDING = "sending", N_("Being sent")
    SENT = "sent", N_("Sent, no receipt yet")
    DELIVERED = "delivered", N_("Arrived on the device")
    READ = "read", N_("Read by the person")
    FAILED = "failed", N_("Could not be delivered")
    DROPPED = "dropped", N_("Not sent: answered before")

    @classmethod
    def open_ones(cls) -> list[TellingState]:
        """States that still lead to a try."""
        return [cls.WAITING, cls.SENDING]

    @classmethod
    def proven(cls) -> list[TellingState]:
        """States that prove the message arrived."""
        return [cls.DELIVERED, cls.READ]


class AckVia(Choice):
    """How somebody said that he is on it."""

    PAGE = "page", N_("on the page of the call")
    LINK = "link", N_("by the link of the message")
    JOB = "job", N_("by taking the job")


class FeedKind(Choice):
    """What an event of a calendar feed is; what it is about stays in the program."""

    SHIFT = "shift", N_("Duty turn")
    STANDBY = "standby", N_("Standby at home")
    CLASS = "class", N_("Class")
    MEETING = "meeting", N_("Meeting")
    LEAVE = "leave", N_("Leave")


class StoodState(Choice):
    """What presence says of a turn."""

    STOOD = "stood", N_("Stood")
    MISSED = "missed", N_("Did not stand")
    UNKNOWN = "unknown", N_("Cannot tell")


class PlanKind(Choice):
    """What the program was asked to work out."""

    MONTH = "month", N_("Lay out weeks")
    REPAIR = "repair", N_("Fill with the fewest changes")


class PlanState(Choice):
    """Where a plan stands; only an applied one has changed rosters."""

    WAITING = "waiting", N_("Waiting")
    RUNNING = "running", N_("Being worked out")
    DONE = "done", N_("Ready to be looked at")
    FAILED = "failed", N_("Could not be worked out")
    APPLIED = "applied", N_("Applied")
    DROPPED = "dropped", N_("Put away")


class ChangeKind(Choice):
    """What happened to a person in a roster that is in force."""

    GIVEN = "given", N_("Got this turn")
    TAKEN = "taken", N_("No longer has this turn")
