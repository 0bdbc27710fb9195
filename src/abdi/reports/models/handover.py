"""The handover book: one row a change of shift, added to only, signed by both sides."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager
from abdi.reports import rules
from abdi.reports.models.trail import BASIS, PURPOSE

WORDS_LIMIT = 4_000


class Handover(Owned):
    """What the leaving shift hands over: frozen with its first signature, read by the second.

    `content` is what the page filled in by itself, `newest_id` the newest report it knew.
    """

    agency = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    content = models.JSONField()
    words = models.TextField(blank=True)
    equipment = models.TextField(blank=True)
    newest_id = models.BigIntegerField(default=0)
    text_hash = models.CharField(max_length=64)
    leaving = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    leaving_ref = models.CharField(max_length=80)
    leaving_shift = models.CharField(max_length=60, blank=True)
    coming = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    coming_at = models.DateTimeField(null=True, blank=True)
    coming_seen_id = models.BigIntegerField(default=0)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "internal",
        purpose=PURPOSE,
        basis=BASIS,
        keep="archive schedule",
        words=Privacy("internal"),
        equipment=Privacy("internal"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(coming_at__isnull=True),
                name="handover_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(coming__isnull=True, coming_at__isnull=True)
                | Q(coming__isnull=False, coming_at__isnull=False) & ~Q(coming=F("leaving")),
                name="handover_two_persons",
            ),
            models.CheckConstraint(condition=Q(to_at__gte=F("from_at")), name="handover_order"),
        ]
        indexes = [models.Index(fields=["institution", "to_at"], name="handover_by_time")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.to_at:%Y-%m-%d %H:%M}"

    @property
    def is_signed(self) -> bool:
        """Whether both sides have signed."""
        return self.coming_at is not None

    @property
    def hashed(self) -> str:
        """The fingerprint of what stands there now."""
        return rules.fingerprint(
            {
                "from": int(self.from_at.timestamp()),
                "until": int(self.to_at.timestamp()),
                "leaving": self.leaving_id,
                "words": self.words,
                "equipment": self.equipment,
                "content": self.content,
            }
        )

    @property
    def is_intact(self) -> bool:
        """Whether the text is still what was signed."""
        return self.hashed == self.text_hash


class HandoverRemark(Owned):
    """A later addition to a handover; what was signed stays as it was."""

    handover = models.ForeignKey("reports.Handover", models.PROTECT, related_name="remarks")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "internal",
        purpose=PURPOSE,
        basis=BASIS,
        keep="archive schedule",
        text=Privacy("internal"),
    )

    class Meta:
        indexes = [models.Index(fields=["handover", "id"], name="handover_remark_order")]

    def __str__(self) -> str:
        return f"remark on handover {self.handover_id}"
