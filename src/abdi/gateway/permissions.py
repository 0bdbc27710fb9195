"""Who may make and end keys."""

from __future__ import annotations

from abdi.gateway.models import ApiKey
from abdi.platform.access import Actor, Where


def may_make_key(by: Actor) -> bool:
    """May this actor make a key."""
    return by.is_signed_in and by.may("system.api_key", "create", Where())


def may_revoke_key(by: Actor, _key: ApiKey) -> bool:
    """May this actor end a key."""
    return by.may("system.api_key", "revoke", Where())


def may_name_account(by: Actor, _account: object) -> bool:
    """May this actor note what another program calls an account."""
    return by.may("system.provisioning", "create", Where())
