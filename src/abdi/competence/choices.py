"""Names of competence: the nine competencies, states, sources, bands of the job person match."""

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


class StandardState(Choice):
    """Where the standard of a position stands."""

    DRAFT = "draft", N_("Not in force yet")
    IN_FORCE = "in_force", N_("In force")
    ENDED = "ended", N_("Replaced")


class AssessmentState(Choice):
    """How far the assessment of one person in one round is."""

    NOT_STARTED = "not_started", N_("Not started")
    PARTIAL = "partial", N_("Partly filled in")
    SENT = "sent", N_("Sent")
    IN_TALK = "in_talk", N_("To be talked over")
    AGREED = "agreed", N_("Waiting to be settled")
    SETTLED = "settled", N_("Settled")


class Source(Choice):
    """What a level rests on."""

    SELF = "self", N_("Own answer")
    SUPERIOR = "superior", N_("View of the superior")
    AGREED = "agreed", N_("Both agree")
    TALK = "talk", N_("Agreed in a talk")
    EVIDENCE = "evidence", N_("Evidence of work")


class EvidenceKind(Choice):
    """What a piece of evidence is."""

    CLASS = "class", N_("Class passed")
    REPORTS = "reports", N_("Citizens' reports solved")
    RATING = "rating", N_("Ratings by citizens")
    CIRCLE = "circle", N_("Work-culture group")
    COACHING = "coaching", N_("Coaching")
    OTHER = "other", N_("Other work")


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
