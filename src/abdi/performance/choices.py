"""Names of performance: ratings, predicates, states of a plan."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class Rating(Choice):
    """How results or behaviour stand to what was expected."""

    ABOVE = "above", N_("Above expectation")
    MEETS = "meets", N_("Meets expectation")
    BELOW = "below", N_("Below expectation")


class Predicate(Choice):
    """What a period is called in the end, from worst to best."""

    SANGAT_KURANG = "sangat_kurang", N_("Very poor")
    KURANG = "kurang", N_("Poor (misconduct)")
    BUTUH_PERBAIKAN = "butuh_perbaikan", N_("Needs improvement")
    BAIK = "baik", N_("Good")
    SANGAT_BAIK = "sangat_baik", N_("Excellent")


class UnitAchievement(Choice):
    """Predicate of the unit itself."""

    ISTIMEWA = "istimewa", N_("Outstanding")
    BAIK = "baik", N_("Good")
    BUTUH_PERBAIKAN = "butuh_perbaikan", N_("Needs improvement")
    KURANG = "kurang", N_("Poor")
    SANGAT_KURANG = "sangat_kurang", N_("Very poor")


class PlanState(Choice):
    """Where a yearly plan stands."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Submitted")
    CLARIFIED = "clarified", N_("Clarified")
    AGREED = "agreed", N_("Agreed")
    REVISED = "revised", N_("Revised")
    CLOSED = "closed", N_("Closed")


class ResultKind(Choice):
    """Main results come from the unit's plan, additional ones from orders."""

    MAIN = "main", N_("Main")
    ADDITIONAL = "additional", N_("Additional")


class Aspect(Choice):
    """What an indicator measures."""

    QUANTITY = "kuantitas", N_("Quantity")
    QUALITY = "kualitas", N_("Quality")
    TIME = "waktu", N_("Time")
    COST = "biaya", N_("Cost")


class Value(Choice):
    """The seven BerAKHLAK values."""

    BER = "BER", N_("Service oriented")
    AKU = "AKU", N_("Accountable")
    KOM = "KOM", N_("Competent")
    HAR = "HAR", N_("Harmonious")
    LOY = "LOY", N_("Loyal")
    ADA = "ADA", N_("Adaptive")
    KOL = "KOL", N_("Collaborative")
