"""Names of workload: where a volume comes from, which need is the larger."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class VolumeSource(Choice):
    """Where the yearly volume of a task comes from."""

    TYPED = "typed", N_("Typed in")
    REPORTS = "reports", N_("Citizens' reports")


class Binding(Choice):
    """Which need of a post counts: that of its tasks or that of its hours to be manned."""

    LOAD = "load", N_("Tasks")
    COVER = "cover", N_("Hours to be manned")


class SkillLevel(Choice):
    """How well a person knows a task."""

    LEARNS = "learns", N_("learns it")
    CAN = "can", N_("can do it")
    TEACHES = "teaches", N_("can teach it")
