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


class Source(Choice):
    """Where the figure of a target comes from."""

    REPORTS = "reports", N_("Citizens' reports")
    SATISFACTION = "satisfaction", N_("Satisfaction")
    TRAINING = "training", N_("Training")
    MANUAL = "manual", N_("Entered by hand")


class Measure(Choice):
    """What is counted for a target. Hours are never a measure: results count, not time spent."""

    REPORTS_CLOSED = "reports_closed", N_("Reports closed")
    REPORTS_IN_TIME = "reports_in_time", N_("Share of reports closed in time")
    REPORT_MINUTES = "report_minutes", N_("Minutes until a report is closed, on average")
    REPORT_RATING = "report_rating", N_("Rating by citizens, on average")
    CLASSES_PASSED = "classes_passed", N_("Classes passed")
    MANUAL = "manual", N_("Own figure")


class Way(Choice):
    """How single results become the figure of a target."""

    SUM = "sum", N_("Added up")
    SHARE = "share", N_("Share in per cent")
    MEAN = "mean", N_("Average")


class Better(Choice):
    """Which way is good."""

    HIGHER = "higher", N_("More is better")
    LOWER = "lower", N_("Less is better")


class FeedbackKind(Choice):
    """What a piece of feedback is about."""

    RESULT = "result", N_("Result")
    BEHAVIOUR = "behaviour", N_("Behaviour")


class EvaluationState(Choice):
    """Where an evaluation stands."""

    DRAFT = "draft", N_("Draft")
    FINAL = "final", N_("Final")


class ObjectionState(Choice):
    """Where an objection stands."""

    OPEN = "open", N_("Waiting for the decision")
    KEPT = "kept", N_("The evaluation stays")
    CHANGED = "changed", N_("The evaluation was changed")
