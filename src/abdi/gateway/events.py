"""What the gateway announces."""

from __future__ import annotations

from abdi.platform.events import event


@event
class KeyMade:
    """A key was made for an account; `scopes` are resource.act pairs with blanks between."""

    key_id: int
    account_id: int
    scopes: str


@event
class KeyRevoked:
    """A key opens nothing any more."""

    key_id: int
    account_id: int


@event
class ExternalIdSet:
    """Another program gave an account its own name."""

    account_id: int


@event
class HookMade:
    """Another program is told of changes; `topics` has blanks between."""

    hook_id: int
    topics: str


@event
class HookSwitched:
    """An address of another program was switched on or off."""

    hook_id: int
    is_on: bool


@event
class HookSecretRenewed:
    """An address of another program got a new secret; the one before signs nothing any more."""

    hook_id: int


@event
class HookTried:
    """A test was sent to an address of another program."""

    hook_id: int


@event
class HookRetried:
    """A delivery that was given up is tried again."""

    hook_id: int
    delivery_id: int


@event
class HooksTold:
    """The news of an entry went into the outbox of some addresses."""

    topic: str
    count: int


@event
class GroupProvisioned:
    """A directory made or changed a group of its own; it opens nothing."""

    group_id: int
    members: int


@event
class GroupDropped:
    """A directory took a group of its own back."""

    group_id: int
