"""Tables of the ways to reach people: their wishes, their devices, gateways, our push key."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from abdi.duty.choices import AlertChannel
from abdi.duty.models.oncall import BASIS, PURPOSE
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class AlertWish(Owned):
    """How a person wants to be called: the order of channels, quiet nights for what can wait."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="+")
    order = models.CharField(max_length=60, blank=True)
    is_quiet_at_night = models.BooleanField(default=False)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy("personal", purpose=PURPOSE, basis="public_task", keep="account")

    def __str__(self) -> str:
        return f"wish of person {self.person_id}"


class PushDevice(Owned):
    """A browser that rings: where its push service takes messages, and the keys to seal them."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    endpoint = models.CharField(max_length=500)
    endpoint_hash = models.CharField(max_length=64)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "personal",
        purpose=PURPOSE,
        basis="consent",
        keep="account",
        endpoint=Privacy("secret"),
        p256dh=Privacy("secret"),
        auth=Privacy("secret"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "endpoint_hash"], name="push_device_once"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="push_device_person")]

    def __str__(self) -> str:
        return self.name


class PushKey(Owned):
    """The key by which push services know this institution (VAPID), made at the first use."""

    sealed = models.CharField(max_length=600)
    made_at = models.DateTimeField()

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "internal",
        purpose=PURPOSE,
        basis="product rule",
        keep="2 years after end",
        sealed=Privacy("secret"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution"], name="push_key_one")]

    def __str__(self) -> str:
        return f"push key of {self.made_at:%Y-%m-%d}"


class AlertGateway(Owned):
    """A program that turns our signed message into WhatsApp or a text message."""

    name = models.CharField(max_length=80)
    channel = models.CharField(max_length=8, choices=pairs(AlertChannel))
    address = models.CharField(max_length=500)
    sealed = models.CharField(max_length=300)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    off_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "internal",
        purpose=PURPOSE,
        basis=BASIS,
        keep="2 years after end",
        sealed=Privacy("secret"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "channel"],
                condition=Q(off_at__isnull=True),
                name="alert_gateway_one",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[AlertChannel.WHATSAPP, AlertChannel.SMS]),
                name="alert_gateway_channel",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        """Not switched off."""
        return self.off_at is None
