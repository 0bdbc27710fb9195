"""Who was told what, when, and how it reached them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from abdi.platform.choices import N_, Choice
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class NoticeState(Choice):
    """Where the delivery of a notice stands."""

    WAITING = "waiting", N_("Waiting")
    SENDING = "sending", N_("Sending")
    SENT = "sent", N_("Sent")
    REFUSED = "refused", N_("Refused by the receiver")
    PARKED = "parked", N_("Given up after eight tries")


class Notice(Owned):
    """One thing a person was told; it stands in the program whether or not mail was sent."""

    key = models.CharField(max_length=120)
    receiver = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    about = models.CharField(max_length=80, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    privacy = Privacy(
        "personal", purpose="tell a person what concerns him", basis="public_task", keep="2 years"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "key"], name="notice_key")]
        indexes = [models.Index(fields=["institution", "receiver", "-at"], name="notice_receiver")]

    def __str__(self) -> str:
        return self.subject


class NoticeDelivery(Owned):
    """The way of one notice to one address; the outbox."""

    notice = models.ForeignKey("platform.Notice", models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, default="email")
    address = models.EmailField()
    message_id = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=pairs(NoticeState), default=NoticeState.WAITING)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=120, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    privacy = Privacy(
        "personal", purpose="carry a notice", basis="public_task", keep="30 days after sending"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel", "address"], name="notice_delivery_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["institution", "due_at"],
                name="notice_delivery_due",
                condition=models.Q(state__in=["waiting", "sending"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} of notice {self.notice_id}"
