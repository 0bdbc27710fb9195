"""Names of culture: steps of a work-culture group, coaching cases."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class CircleStep(Choice):
    """The eight steps of a work-culture group."""

    THEME = "theme", N_("Choose theme")
    TARGET = "target", N_("Set target")
    CAUSES = "causes", N_("Analyse causes")
    ROOT_CAUSE = "root_cause", N_("Confirm root causes")
    PLAN = "plan", N_("Plan countermeasures")
    EXECUTE = "execute", N_("Carry out")
    EVALUATE = "evaluate", N_("Check results")
    STANDARDISE = "standardise", N_("Standardise and plan next")


class CircleRole(Choice):
    """Roles in a work-culture group."""

    SPONSOR = "sponsor", N_("Sponsor")
    FACILITATOR = "facilitator", N_("Facilitator")
    LEADER = "leader", N_("Leader")
    SECRETARY = "secretary", N_("Secretary")
    MEMBER = "member", N_("Member")


class Dimension(Choice):
    """What a result changes (QCDSME)."""

    QUALITY = "quality", N_("Quality")
    COST = "cost", N_("Cost")
    DELIVERY = "delivery", N_("Delivery")
    SAFETY = "safety", N_("Safety")
    MORALE = "morale", N_("Morale")
    ENVIRONMENT = "environment", N_("Environment")


class CoachingKind(Choice):
    """Help with ability or help with behaviour."""

    GUIDANCE = "guidance", N_("Performance guidance")
    COUNSELLING = "counselling", N_("Performance counselling")


class CoachingState(Choice):
    """Where a coaching case stands."""

    PROPOSED = "proposed", N_("Proposed")
    OPEN = "open", N_("Open")
    DECLINED = "declined", N_("Declined")
    CLOSED = "closed", N_("Closed")
