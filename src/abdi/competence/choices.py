"""Names of competence: the nine competencies, bands of the job person match."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class Competency(Choice):
    """Eight managerial competencies and one socio-cultural one."""

    M_1 = "M.1", N_("Integrity")
    M_2 = "M.2", N_("Collaboration")
    M_3 = "M.3", N_("Communication")
    M_4 = "M.4", N_("Results orientation")
    M_5 = "M.5", N_("Public service")
    M_6 = "M.6", N_("Developing self and others")
    M_7 = "M.7", N_("Managing change")
    M_8 = "M.8", N_("Decision making")
    SK_1 = "SK.1", N_("National cohesion")


class CompetencyType(Choice):
    """Kinds of competencies."""

    M = "M", N_("Managerial")
    SK = "SK", N_("Socio-cultural")
    T = "T", N_("Technical")


class AssessmentKind(Choice):
    """Who looked at a level."""

    SELF = "self", N_("Self-assessment")
    SUPERIOR = "superior", N_("View of the superior")
    ASSESSOR = "assessor", N_("Assessment centre")
    EVIDENCE = "evidence", N_("Evidence of work")


class AssessmentState(Choice):
    """Where an assessment stands."""

    NOT_STARTED = "not_started", N_("Not started")
    PARTIAL = "partial", N_("Partly filled in")
    SENT = "sent", N_("Sent")
    DISCUSSED = "discussed", N_("Discussed")
    SETTLED = "settled", N_("Settled")


class FillCategory(Choice):
    """Bands for filling a post."""

    MS = "MS", N_("Qualified")
    MMS = "MMS", N_("Marginally qualified")
    KMS = "KMS", N_("Not qualified")


class MappingCategory(Choice):
    """Bands for mapping."""

    OPTIMAL = "O", N_("Optimal")
    FAIRLY_OPTIMAL = "CO", N_("Fairly optimal")
    BELOW_OPTIMAL = "KO", N_("Below optimal")
