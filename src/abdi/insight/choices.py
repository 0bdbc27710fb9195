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
