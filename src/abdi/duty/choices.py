"""Names of duty: states of a roster, kinds of shifts, states of a swap."""

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
    """Where a swap of shifts stands."""

    ASKED = "asked", N_("Asked")
    ACCEPTED = "accepted", N_("Accepted")
    REFUSED = "refused", N_("Refused")
    CONFIRMED = "confirmed", N_("Confirmed")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class Problem(Choice):
    """What speaks against a shift."""

    OVERLAP = "overlap", N_("Overlaps another shift")
    REST_TOO_SHORT = "rest_too_short", N_("Too little rest")
    TOO_LONG = "too_long", N_("Shift too long")
    TOO_MANY_NIGHTS = "too_many_nights", N_("Too many nights in a row")
    BUSY = "busy", N_("Busy elsewhere")


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
