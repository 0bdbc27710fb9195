"""Names of the survey: the nine elements, weights, grades."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class Element(Choice):
    """The nine elements in the order of the articles; forms ask facilities before complaints."""

    REQUIREMENTS = "requirements", N_("Requirements")
    PROCEDURE = "procedure", N_("System and procedure")
    TIME = "time", N_("Completion time")
    COST = "cost", N_("Cost")
    PRODUCT = "product", N_("Product conformity")
    COMPETENCE = "competence", N_("Staff competence")
    CONDUCT = "conduct", N_("Staff conduct")
    COMPLAINTS = "complaints", N_("Complaint handling")
    FACILITIES = "facilities", N_("Facilities")


class Weight(Choice):
    """Weight of an element: the exact ninth, or the ninth cut as printed."""

    EXACT = "exact", N_("Exact ninth")
    TWO_DECIMALS = "0.11", N_("0.11 as printed")
    THREE_DECIMALS = "0.111", N_("0.111")


class Grade(Choice):
    """Grade of the index or of one element."""

    A = "A", N_("Very good")
    B = "B", N_("Good")
    C = "C", N_("Less good")
    D = "D", N_("Not good")
