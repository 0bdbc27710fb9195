"""Addresses of other programs that are told of changes."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.gateway import events, rules, sealing
from abdi.gateway.choices import HookState, HookTopic
from abdi.gateway.models import Hook, HookDelivery
from abdi.gateway.permissions import may_change_hook, may_make_hook, only_the_journal
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import Entry, record
from abdi.platform.outgoing import is_public


@action(allowed=may_make_hook)
def make_hook(*, by: Actor, name: str, address: str, topics: Iterable[str]) -> tuple[Hook, str]:
    """Register an address and return it with its secret, which is shown this once.

    Raises Invalid for an address that may not be asked, unknown topics, and a name in use.
    """
    host = rules.host_of(address)
    if host is None:
        raise Invalid(
            _("Give a whole https address without a password and with the usual port."),
            field="address",
        )
    if rules.is_number(host) and not is_public(host.strip("[]")):
        raise Invalid(_("This address is not on the open internet."), field="address")
    asked = [str(topic) for topic in HookTopic if topic in set(topics)]
    if not asked or set(topics) - set(asked):
        raise Invalid(_("Choose what the program is told of."), field="topics")
    secret = _new_secret()
    try:
        with transaction.atomic():
            hook = Hook.objects.create(
                name=name,
                address=address,
                topics=" ".join(asked),
                sealed=sealing.seal(secret),
                made_by=by.ref,
                made_at=clock.now(),
            )
    except IntegrityError:
        raise Invalid(_("Another address has this name."), field="name") from None
    record(events.HookMade(hook_id=hook.pk, topics=hook.topics), by=by, about=hook)
    return hook, secret


@action(allowed=may_change_hook)
def switch_hook(hook: Hook, *, by: Actor, on: bool, seen: int | None = None) -> Hook:
    """Switch an address on or off; what waited for one switched off is not sent any more.

    Raises Conflict where it stands so already or was changed meanwhile.
    """
    if lock(hook).is_on == on:
        raise Conflict(_("This was done before."))
    guard_version(hook, seen)
    hook.off_at = None if on else clock.now()
    hook.failures, hook.paused_until = 0, None
    hook.save(update_fields=["off_at", "failures", "paused_until"])
    if not on:
        waiting = HookDelivery.objects.filter(hook=hook, state__in=HookState.open_ones())
        waiting.update(state=HookState.DROPPED)
    record(events.HookSwitched(hook_id=hook.pk, is_on=on), by=by, about=hook)
    return hook


def _new_secret() -> str:
    return rules.KAIT + secrets.token_urlsafe(32)


@action(allowed=may_change_hook)
def renew_hook_secret(hook: Hook, *, by: Actor, seen: int) -> str:
    """A new secret, returned this once; what leaves from now on is signed with it alone.

    The old one is void at once, as it may be known to others: what the program refuses until it
    knows the new one is tried again. Raises Conflict where the hook is off or was changed.
    """
    if not lock(hook).is_on:
        raise Conflict(_("This address is switched off."))
    guard_version(hook, seen)
    secret = _new_secret()
    hook.sealed = sealing.seal(secret)
    hook.save(update_fields=["sealed"])
    record(events.HookSecretRenewed(hook_id=hook.pk), by=by, about=hook)
    return secret


@action(allowed=may_change_hook)
def try_hook(hook: Hook, *, by: Actor) -> HookDelivery:
    """Send a test, which tells of nothing; raises Conflict where the address is switched off."""
    if not lock(hook).is_on:
        raise Conflict(_("This address is switched off."))
    entry = record(events.HookTried(hook_id=hook.pk), by=by, about=hook)
    return HookDelivery.objects.create(
        hook=hook,
        entry=entry,
        topic=rules.TEST,
        key=rules.key_of(hook.pk, entry.pk),
        body=_body(hook, rules.TEST, entry, {}),
        due_at=clock.now(),
        made_at=clock.now(),
    )


@action(allowed=may_change_hook)
def send_again(hook: Hook, delivery: HookDelivery, *, by: Actor) -> None:
    """Try a delivery that was given up once more; raises Conflict where it is not given up."""
    rows = HookDelivery.objects.filter(pk=delivery.pk, hook=hook, hook__off_at__isnull=True)
    fresh = {"state": HookState.WAITING, "tries": 0, "due_at": clock.now()}
    if rows.filter(state=HookState.PARKED).update(**fresh) != 1:
        raise Conflict(_("This delivery does not wait to be sent again."))
    record(events.HookRetried(hook_id=hook.pk, delivery_id=delivery.pk), by=by, about=hook)


@action(allowed=only_the_journal)
def tell_hooks(
    hooks: Sequence[Hook], *, by: Actor, topic: HookTopic, data: dict[str, Any], cause: Entry
) -> None:
    """Put the news of one entry into the outbox of these addresses."""
    rows = [
        HookDelivery(
            hook=hook,
            entry=cause,
            topic=topic,
            key=rules.key_of(hook.pk, cause.pk),
            body=_body(hook, topic, cause, data),
            due_at=clock.now(),
            made_at=clock.now(),
        )
        for hook in hooks
    ]
    HookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
    fact = events.HooksTold(topic=str(topic), count=len(rows))
    record(fact, by=by, about=cause.about, cause=cause)


def _body(hook: Hook, topic: str, entry: Entry, data: dict[str, Any]) -> str:
    """What is sent: ids and codes of the entry, never a name."""
    told = {
        "key": rules.key_of(hook.pk, entry.pk),
        "number": entry.pk,
        "topic": str(topic),
        "event": entry.kind,
        "at": entry.at.isoformat(),
        "data": data,
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"))
