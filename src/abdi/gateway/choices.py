"""What a key can be allowed."""

from __future__ import annotations

from abdi.platform.choices import N_, Choice


class Scope(Choice):
    """One resource and act that some address of the interface asks for."""

    DIRECTORY = "people.directory.view", N_("Read people: name, titles, post and unit")
    PLACEMENT = "people.placement.view", N_("Read units and positions")

    ACCOUNTS = "system.account.view", N_("Read accounts and roles (SCIM)")
    ACCOUNTS_MADE = (
        "system.provisioning.create",
        N_("Make and change accounts without a person (SCIM)"),
    )
    ACCOUNTS_ENDED = "system.account.disable", N_("Switch accounts off (SCIM)")

    @property
    def cell(self) -> tuple[str, str]:
        """The resource and the act."""
        resource, _dot, act = self.value.rpartition(".")
        return resource, act
