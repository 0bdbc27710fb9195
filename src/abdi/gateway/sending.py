"""Sending what waits for other programs: take a row, say so, send, mark what came back.

'Sending' is on record before the first byte leaves; a row whose sender was killed is sent again
under the same key, by which a receiver drops what it has. Rows of one address leave in the order
of the journal; one that failed comes later than its successors, and its number says where it
belongs. An address that failed five times in a row is left alone for a while.
"""

from __future__ import annotations

import secrets
import time
from datetime import timedelta
from typing import Final

import structlog
from cryptography.fernet import InvalidToken
from django.db.models import F

from abdi.gateway import queries, rules, sealing
from abdi.gateway.choices import HookState
from abdi.gateway.models import Hook, HookDelivery
from abdi.platform import clock
from abdi.platform.outgoing import NotSent, Outgoing, signature

LEASE: Final = timedelta(minutes=2)
TURN_SECONDS: Final = 20.0
_FINE: Final = range(200, 300)
log = structlog.get_logger()


def send_due(line: Outgoing | None = None, *, limit: int = 50) -> int:
    """Send what is due of the current institution; returns how many arrived.

    Never called inside a transaction. One address takes at most twenty seconds of a turn and one
    failure, so that it holds up nobody else.
    """
    line = line or Outgoing()
    return sum(_send_to(hook, line, limit) for hook in queries.answering(clock.now()))


def _send_to(hook: Hook, line: Outgoing, limit: int) -> int:
    due = HookDelivery.objects.filter(
        hook=hook, state__in=HookState.open_ones(), due_at__lte=clock.now()
    )
    ids = list(due.order_by("entry_id").values_list("id", flat=True)[:limit])
    end, arrived = time.monotonic() + TURN_SECONDS, 0
    for delivery_id in ids:
        if time.monotonic() > end or not _take(delivery_id):
            break
        if not _send(hook, HookDelivery.objects.get(pk=delivery_id), line):
            break
        arrived += 1
    return arrived


def _take(delivery_id: int) -> bool:
    """Put 'sending' on record; a killed sender's row comes back when its lease runs out."""
    now = clock.now()
    rows = HookDelivery.objects.filter(
        pk=delivery_id, state__in=HookState.open_ones(), due_at__lte=now
    )
    taken = rows.update(state=HookState.SENDING, due_at=now + LEASE, tries=F("tries") + 1)
    return bool(taken)


def _send(hook: Hook, delivery: HookDelivery, line: Outgoing) -> bool:
    body = delivery.body.encode()
    try:
        secret = sealing.unseal(hook.sealed).encode()
        headers = {
            "Content-Type": "application/json",
            "Abdi-Key": delivery.key,
            "Abdi-Topic": delivery.topic,
            **signature(secret, body, clock.now()),
        }
        status = line.request("POST", hook.address, body=body, headers=headers).status
    except NotSent as problem:
        _failed(hook, delivery, None, str(problem))
    except InvalidToken:
        _failed(hook, delivery, None, "the secret cannot be read")
    else:
        if status in _FINE:
            _arrived(hook, delivery, status)
            return True
        _failed(hook, delivery, status, "")
    return False


def _arrived(hook: Hook, delivery: HookDelivery, status: int) -> None:
    HookDelivery.objects.filter(pk=delivery.pk, state=HookState.SENDING).update(
        state=HookState.SENT, sent_at=clock.now(), status=status, problem=""
    )
    Hook.objects.filter(pk=hook.pk).exclude(failures=0).update(failures=0, paused_until=None)


def _failed(hook: Hook, delivery: HookDelivery, status: int | None, problem: str) -> None:
    now, tries = clock.now(), delivery.tries
    longest = rules.seconds_before_try(tries)
    pause = longest // 2 + secrets.randbelow(longest // 2)
    HookDelivery.objects.filter(pk=delivery.pk, state=HookState.SENDING).update(
        state=HookState.PARKED if tries >= rules.MAX_TRIES else HookState.WAITING,
        due_at=now + timedelta(seconds=pause),
        status=status,
        problem=problem[:60],
    )
    Hook.objects.filter(pk=hook.pk).update(failures=F("failures") + 1)
    count = Hook.objects.values_list("failures", flat=True).get(pk=hook.pk)
    Hook.objects.filter(pk=hook.pk).update(paused_until=rules.paused_until(count, now))
    log.warning("hook failed", hook=hook.pk, status=status, problem=problem)


def forget_old() -> int:
    """Drop what arrived, or was dropped, more than thirty days ago; returns how many."""
    since = clock.now() - timedelta(days=30)
    done = HookDelivery.objects.filter(state__in=[HookState.SENT, HookState.DROPPED])
    return done.filter(made_at__lt=since).delete()[0]
