"""Changes of the gateway."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.gateway import events, queries, rules
from abdi.gateway.actions.groups import bring_group as bring_group
from abdi.gateway.actions.groups import change_group as change_group
from abdi.gateway.actions.groups import drop_group as drop_group
from abdi.gateway.actions.hooks import make_hook as make_hook
from abdi.gateway.actions.hooks import renew_hook_secret as renew_hook_secret
from abdi.gateway.actions.hooks import send_again as send_again
from abdi.gateway.actions.hooks import switch_hook as switch_hook
from abdi.gateway.actions.hooks import tell_hooks as tell_hooks
from abdi.gateway.actions.hooks import try_hook as try_hook
from abdi.gateway.models import ApiKey, ExternalId, new_lookup
from abdi.gateway.permissions import may_make_key, may_name_account, may_revoke_key
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action
from abdi.platform.journal import record


@action(allowed=may_make_key)
def make_key(
    *, by: Actor, name: str, scopes: Iterable[str], reason: str, expires_on: date
) -> tuple[ApiKey, str]:
    """Make a key and return it with its token, which is kept nowhere.

    Raises Invalid for scopes the maker does not hold, a life over a year, and a name in use.
    """
    held = {scope.value for scope in queries.offered(by)}
    asked = list(dict.fromkeys(scopes))
    if not asked or not set(asked) <= held:
        raise Invalid(_("A key can do nothing that you may not do yourself."), field="scopes")
    today = clock.today()
    if not today < expires_on <= today + rules.LONGEST_LIFE:
        raise Invalid(_("A key lives a year at most."), field="expires_on")
    secret = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            key = ApiKey.objects.create(
                account_id=by.account_id or 0,
                name=name,
                lookup=new_lookup(),
                digest=rules.digest_of(secret),
                scopes=" ".join(sorted(asked)),
                reason=reason,
                made_at=clock.now(),
                expires_on=expires_on,
            )
    except IntegrityError:
        raise Invalid(_("Another key has this name."), field="name") from None
    made = events.KeyMade(key_id=key.pk, account_id=key.account_id, scopes=key.scopes)
    record(made, by=by, about=key)
    return key, rules.token_of(key.lookup, secret)


@action(allowed=may_revoke_key)
def revoke_key(key: ApiKey, *, by: Actor) -> None:
    """End a key at once; raises Conflict where that was done before."""
    rows = ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True)
    if rows.update(revoked_at=clock.now()) != 1:
        raise Conflict(_("This key was ended before."))
    record(events.KeyRevoked(key_id=key.pk, account_id=key.account_id), by=by, about=key)


@action(allowed=may_name_account)
def name_account(account: Any, *, by: Actor, value: str) -> None:
    """Note what another program calls an account; empty forgets it."""
    ExternalId.objects.update_or_create(account_id=account.pk, defaults={"value": value})
    record(events.ExternalIdSet(account_id=account.pk), by=by, about=account)
