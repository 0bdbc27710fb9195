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


class CoachingOutcome(Choice):
    """How a coaching case ended."""

    REACHED = "reached", N_("Goal reached")
    PARTLY = "partly", N_("Partly reached")
    NOT_REACHED = "not_reached", N_("Not reached")
    OTHER_HELP = "other_help", N_("Other help is needed")


class CircleState(Choice):
    """Where a work-culture group stands."""

    RUNNING = "running", N_("Running")
    CLOSED = "closed", N_("Finished")
    STOPPED = "stopped", N_("Stopped")


class StepState(Choice):
    """Where one step of a group stands."""

    OPEN = "open", N_("Being worked on")
    WAITING = "waiting", N_("Waiting for approval")
    DONE = "done", N_("Done")


class CauseBranch(Choice):
    """The branches of a cause-and-effect outline."""

    PEOPLE = "people", N_("People")
    METHOD = "method", N_("Way of working")
    TOOLS = "tools", N_("Tools and vehicles")
    MATERIAL = "material", N_("Material")
    PLACE = "place", N_("Place and weather")
    MEASURE = "measure", N_("Data and control")


class CauseCheck(Choice):
    """What the data say of a cause."""

    UNTESTED = "untested", N_("Not checked yet")
    FITS = "fits", N_("Fits")
    UNCLEAR = "unclear", N_("No data yet")
    DOES_NOT_FIT = "does_not_fit", N_("Does not fit")


class Verdict(Choice):
    """What came of an improvement. Better than before is not yet the target."""

    REACHED = "reached", N_("Target reached")
    BETTER = "better", N_("Target missed, better than before")
    MISSED = "missed", N_("Target missed")
