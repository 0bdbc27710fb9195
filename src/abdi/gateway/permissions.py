"""Who may make and end keys, and say who is told of changes."""

from __future__ import annotations

from abdi.gateway.models import ApiKey, Hook
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


def may_make_hook(by: Actor) -> bool:
    """May this actor register an address that is told of changes."""
    return by.may("system.webhook", "create", Where())


def may_change_hook(by: Actor, _hook: Hook, *_more: object) -> bool:
    """May this actor test such an address, or switch it on and off."""
    return by.may("system.webhook", "update", Where())


def only_the_journal(by: Actor, *_things: object) -> bool:
    """Acts of reactions alone."""
    return by.is_system


def may_bring_group(by: Actor, *_things: object) -> bool:
    """May this actor keep groups of a directory."""
    return by.may("system.provisioning", "create", Where())
