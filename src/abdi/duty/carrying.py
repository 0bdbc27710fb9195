"""Sending what waits: take a message, say so, send, keep what came back.

'Sending' is on record before the first byte leaves; a message whose sender was killed leaves again
when its lease is over, under the same key, by which a receiver drops what it has. A failed one is
tried again, and the person's next channel at once. Never called inside a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog
from django.db.models import F

from abdi.duty import mailing, queries, ringing, rules, telegraph
from abdi.duty.choices import AlertChannel, AlertState, TellingState
from abdi.duty.models import Telling
from abdi.duty.queries.alerts import is_due
from abdi.duty.sent import NotCarried
from abdi.platform import clock
from abdi.platform.outgoing import Outgoing
from abdi.platform.tenancy import within

LEASE: Final = timedelta(seconds=20)
"""Longer than any one request may take (10 s), and short: a killed sender keeps people waiting."""
LINES: Final = (
    (AlertChannel.EMAIL,),
    (AlertChannel.PUSH,),
    (AlertChannel.WHATSAPP, AlertChannel.SMS),
)
"""Channels that share a line: each line has its own thread, so a dead one holds up no other."""
Sender = Callable[[Telling, Outgoing], None]
log = structlog.get_logger()


@dataclass(frozen=True)
class Carrier:
    """How messages leave; tests bring their own line."""

    line: Outgoing

    def send(self, telling: Telling) -> None:
        """Send one message. Raises NotCarried where it did not go through."""
        senders: dict[str, Sender] = {
            AlertChannel.EMAIL: mailing.send,
            AlertChannel.PUSH: ringing.send,
            AlertChannel.WHATSAPP: telegraph.send,
            AlertChannel.SMS: telegraph.send,
        }
        senders[telling.channel](telling, self.line)


def carry_due(channels: Iterable[str], line: Outgoing | None = None) -> int:
    """Send what is due by these channels, in every institution; returns how many left."""
    carrier = Carrier(line or Outgoing())
    sent = 0
    for institution_id, telling_id in queries.due_tellings(channels, clock.now()):
        with within(institution_id):
            sent += _carry(telling_id, carrier)
    return sent


def _carry(telling_id: int, carrier: Carrier) -> int:
    if not _take(telling_id):
        return 0
    telling = Telling.objects.select_related("alert__unit", "person").get(pk=telling_id)
    if telling.alert.state != AlertState.OPEN:
        _leave(telling)
        return 0
    try:
        carrier.send(telling)
    except NotCarried as problem:
        _failed(telling, problem)
        return 0
    except Exception as problem:
        log.exception("call not sent", channel=telling.channel)
        _failed(telling, NotCarried(type(problem).__name__))
        return 0
    _mark(telling, state=TellingState.SENT, sent_at=clock.now(), problem="")
    return 1


def _take(telling_id: int) -> bool:
    """Put 'sending' on record; a killed sender's message comes back when its lease runs out."""
    now = clock.now()
    rows = Telling.objects.filter(is_due(now), pk=telling_id, state__in=TellingState.open_ones())
    return bool(rows.update(state=TellingState.SENDING, due_at=now + LEASE, tries=F("tries") + 1))


def _leave(telling: Telling) -> None:
    """Somebody is on it: it is not sent; one whose sender was stopped may have left before."""
    if telling.tries > 1 and not telling.problem:
        _mark(telling, state=TellingState.SENT, problem="may have left", fallback_at=None)
    else:
        _mark(telling, state=TellingState.DROPPED, fallback_at=None)


def _mark(telling: Telling, **columns: object) -> None:
    """Only while it is being sent: a receipt that was quicker than this line stays."""
    Telling.objects.filter(pk=telling.pk, state=TellingState.SENDING).update(**columns)


def _failed(telling: Telling, problem: NotCarried) -> None:
    """Try again later, or give up; the next channel of the person is due at once."""
    now = clock.now()
    over = problem.for_ever or telling.tries >= rules.MAX_TRIES
    pause = timedelta(seconds=rules.seconds_before_try(telling.tries))
    _mark(
        telling,
        state=TellingState.FAILED if over else TellingState.WAITING,
        due_at=now + pause,
        problem=str(problem)[:60],
    )
    Telling.objects.filter(pk=telling.pk, fallback_at__isnull=False).update(fallback_at=now)
    log.warning("call not sent", channel=telling.channel, problem=str(problem))
