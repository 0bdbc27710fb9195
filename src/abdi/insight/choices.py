"""Names of insight: axes of the nine-box."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class PerformanceBand(Choice):
    """Vertical axis of the nine-box."""

    BELOW = "below", N_("Below expectation")
    MEETS = "meets", N_("Meets expectation")
    ABOVE = "above", N_("Above expectation")


class PotentialBand(Choice):
    """Horizontal axis of the nine-box."""

    LOW = "low", N_("Low")
    MEDIUM = "medium", N_("Medium")
    HIGH = "high", N_("High")


class Scope(Choice):
    """What a figure is about."""

    CITY = "city", N_("City")
    UNIT = "unit", N_("Unit")
    SERVICE = "service", N_("Service")


class Step(Choice):
    """Link of the chain, from result to cause."""

    RESULT = "result", N_("Result")
    PROCESS = "process", N_("Process")
    WORKLOAD = "workload", N_("Workload")
    COMPETENCE = "competence", N_("Competence")
    TRAINING = "training", N_("Training")
    PERFORMANCE = "performance", N_("Performance")
    INTEGRITY = "integrity", N_("Integrity")


class Kind(Choice):
    """How the number of a figure is written."""

    PERMYRIAD = "permyriad", N_("Share")
    HUNDREDTHS = "hundredths", N_("Value")
