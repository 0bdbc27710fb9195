"""What a key can be allowed, and what other programs can be told of."""

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


class HookTopic(Choice):
    """What an address of another program is told of."""

    PEOPLE = "people_placed", N_("People got, changed or left a post")
    UNITS = "units_changed", N_("Units were made, changed or moved")
    POSITIONS = "positions_changed", N_("Positions were moved, or how many people they need")
    ACCOUNTS = "accounts_ended", N_("Accounts ended")


class HookState(Choice):
    """Where the delivery to such an address stands."""

    WAITING = "waiting", N_("Waiting")
    SENDING = "sending", N_("Being sent")
    SENT = "sent", N_("Arrived")
    PARKED = "parked", N_("Given up after eight tries")
    DROPPED = "dropped", N_("Not sent: switched off")

    @classmethod
    def open_ones(cls) -> list[HookState]:
        """States that still lead to a try."""
        return [cls.WAITING, cls.SENDING]


PROBLEMS = {
    "no connection": N_("nobody answers there"),
    "too slow": N_("too slow"),
    "broken line": N_("the line broke, or the certificate is not right"),
    "unknown host": N_("this name is unknown"),
    "this host is not on the open internet": N_("not on the open internet"),
    "this port is not listed": N_("this port may not be asked"),
    "the answer is too large": N_("the answer is too large"),
    "the answer ends too early": N_("the answer ends too early"),
    "the secret cannot be read": N_("the secret cannot be read any more; register it anew"),
}
"""What went wrong on the way, by the words of platform.outgoing."""
