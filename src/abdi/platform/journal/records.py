"""Tables of the journal. Entries and seals are only ever added."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.db import models

from abdi.platform.choices import N_, Choice
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned


class DeliveryState(Choice):
    """Where a delivery stands."""

    WAITING = "waiting", N_("Waiting")
    LEASED = "leased", N_("Being delivered")
    DONE = "done", N_("Delivered")
    PARKED = "parked", N_("Parked after eight tries")


class Entry(Owned):
    """One line of the journal: what happened, when, by whom, about what."""

    at_us = models.BigIntegerField()
    by = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    about = models.CharField(max_length=80, blank=True)
    data_text = models.TextField(default="{}")
    cause = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy(
        "internal", purpose="audit line and message", basis="UU 25/2009", keep="archive schedule"
    )

    class Meta:
        indexes = [
            models.Index(fields=["institution", "about", "id"], name="entry_about"),
            models.Index(fields=["institution", "kind", "id"], name="entry_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"

    @property
    def at(self) -> datetime:
        """The moment of the entry, UTC."""
        return datetime.fromtimestamp(self.at_us / 1_000_000, tz=UTC)

    @property
    def data(self) -> dict[str, Any]:
        """Ids and codes of the event."""
        loaded: dict[str, Any] = json.loads(self.data_text)
        return loaded


class Seal(models.Model):
    """One link of the audit chain: h_n = SHA-256(h_(n-1) || n || line of the entry)."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField("platform.Entry", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    privacy = Privacy(
        "internal", purpose="proof that no line changed", basis="product rule", keep="as the entry"
    )

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class Delivery(Owned):
    """One reaction that has to hear of one entry."""

    entry = models.ForeignKey("platform.Entry", models.CASCADE, related_name="+")
    reaction = models.CharField(max_length=120)
    state = models.CharField(
        max_length=8, choices=pairs(DeliveryState), default=DeliveryState.WAITING
    )
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    privacy = Privacy(
        "internal", purpose="message to a module", basis="product rule", keep="7 days after done"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "reaction"], name="delivery_once"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="delivery_due",
                condition=models.Q(state__in=["waiting", "leased"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of entry {self.entry_id}"
