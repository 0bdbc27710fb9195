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
