"""Names of rights: which, and where each stands."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class RightKind(Choice):
    """What the rules give by themselves."""

    RAISE = "raise", N_("Periodic raise")
    PROMOTION = "promotion", N_("Promotion in rank")
    MEDAL = "medal", N_("Long-service medal")
    PENSION = "pension", N_("Pension file")


class RightState(Choice):
    """Where a right stands; nobody has to ask for it."""

    DUE = "due", N_("Falls due")
    DRAFTED = "drafted", N_("Letter drafted")
    GIVEN = "given", N_("Given")
    SET_ASIDE = "set_aside", N_("Set aside")


class Look(Choice):
    """What a person has to look at before the right is given; never a decision by itself."""

    DISCIPLINE = "discipline", N_("There is a discipline note: read its decree first")
    PERFORMANCE = "performance", N_("Performance of the last year has to be good or better")
