"""Sending the outbox: take a row, say so, send, mark it sent.

A mail server cannot be asked what it has. So 'sending' is on record before the first byte leaves,
and a row whose sender was killed is sent again with the very same Message-ID, by which receivers
drop what they have already.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Final

import structlog
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F

from abdi.platform import clock
from abdi.platform.checks import reconciliation
from abdi.platform.notices.models import NoticeDelivery, NoticeState
from abdi.platform.notices.telling import mail_is_set

MAX_TRIES: Final = 8
LEASE: Final = timedelta(minutes=2)
LONGEST_PAUSE_SECONDS: Final = 3600
OLD: Final = timedelta(minutes=30)
_OPEN: Final = (NoticeState.WAITING, NoticeState.SENDING)
_FOR_EVER: Final = range(500, 600)
log = structlog.get_logger()


class _Unreachable(Exception):
    """The mail server itself does not answer: the others would not get through either."""


def send_due(limit: int = 50) -> int:
    """Send up to `limit` due rows of the current institution; returns how many were sent.

    Never called inside a transaction.
    """
    if not mail_is_set():
        return 0
    due = NoticeDelivery.objects.filter(state__in=_OPEN, due_at__lte=clock.now())
    ids = list(due.order_by("due_at", "id").values_list("id", flat=True)[:limit])
    if not ids:
        return 0
    sent = 0
    line = get_connection()
    try:
        for delivery_id in ids:
            sent += _send_one(delivery_id, line)
    except _Unreachable:
        log.warning("mail server does not answer")
    finally:
        line.close()
    return sent


@reconciliation
def notices_that_wait_too_long() -> int:
    """Outbox rows due for more than half an hour."""
    return NoticeDelivery.objects.filter(state__in=_OPEN, due_at__lt=clock.now() - OLD).count()


@reconciliation
def notices_given_up() -> int:
    """Outbox rows parked after their last try."""
    return NoticeDelivery.objects.filter(state=NoticeState.PARKED).count()


def _send_one(delivery_id: int, line: BaseEmailBackend) -> int:
    if not _take(delivery_id):
        return 0
    delivery = NoticeDelivery.objects.select_related("notice").get(pk=delivery_id)
    if delivery.tries > MAX_TRIES:
        _put_back(delivery, delivery.problem)
        return 0
    try:
        line.open()
    except (OSError, SMTPException) as problem:
        _put_back(delivery, type(problem).__name__)
        raise _Unreachable from problem
    try:
        line.send_messages([_message(delivery, line)])
    except SMTPRecipientsRefused as problem:
        code = next(iter(problem.recipients.values()))[0]
        _refused(delivery, code)
    except SMTPResponseException as problem:
        _refused(delivery, problem.smtp_code)
    except Exception as problem:
        line.close()
        _put_back(delivery, type(problem).__name__)
    else:
        NoticeDelivery.objects.filter(pk=delivery_id).update(
            state=NoticeState.SENT, sent_at=clock.now(), problem=""
        )
        return 1
    return 0


def _take(delivery_id: int) -> bool:
    """Put 'sending' on record; a killed sender's row comes back when its lease runs out."""
    now = clock.now()
    rows = NoticeDelivery.objects.filter(pk=delivery_id, state__in=_OPEN, due_at__lte=now)
    taken = rows.update(state=NoticeState.SENDING, due_at=now + LEASE, tries=F("tries") + 1)
    return bool(taken)


def _message(delivery: NoticeDelivery, line: BaseEmailBackend) -> EmailMessage:
    return EmailMessage(
        subject=delivery.notice.subject,
        body=delivery.notice.body,
        to=[delivery.address],
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
        connection=line,
    )


def _refused(delivery: NoticeDelivery, code: int) -> None:
    if code not in _FOR_EVER:
        _put_back(delivery, f"SMTP {code}")
        return
    NoticeDelivery.objects.filter(pk=delivery.pk).update(
        state=NoticeState.REFUSED, problem=f"SMTP {code}"
    )


def _put_back(delivery: NoticeDelivery, problem: str) -> None:
    parked = delivery.tries >= MAX_TRIES
    longest = min(2**delivery.tries * 15, LONGEST_PAUSE_SECONDS)
    pause = longest // 2 + secrets.randbelow(longest // 2)
    NoticeDelivery.objects.filter(pk=delivery.pk).update(
        state=NoticeState.PARKED if parked else NoticeState.WAITING,
        due_at=clock.now() + timedelta(seconds=pause),
        problem=problem,
    )
