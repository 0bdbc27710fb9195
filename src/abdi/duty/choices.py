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
