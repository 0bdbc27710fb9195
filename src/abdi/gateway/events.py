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
