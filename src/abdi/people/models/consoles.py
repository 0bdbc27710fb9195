"""Shared duty PCs: the machines, who may step in where by which PIN, and whose card it is."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from abdi.people.rules.pins import TRIES
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class Console(Owned):
    """A PC of a room: enrolled by a code typed there once, known by a cookie from then on."""

    name = models.CharField(max_length=80)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    is_city_wide = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    token_digest = models.CharField(max_length=64, blank=True)
    enrolled_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=80, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "internal",
        purpose="sign-in",
        basis="product rule",
        keep="2 years after end",
        code_digest=Privacy("secret"),
        token_digest=Privacy("secret"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token_digest"], condition=~Q(token_digest=""), name="console_token"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_by="") & Q(token_digest=""),
                name="console_revoked_opens_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ConsolePin(Owned):
    """The PIN somebody set for one console; dead after five wrong tries."""

    console = models.ForeignKey("people.Console", models.CASCADE, related_name="+")
    account = models.ForeignKey("people.Account", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=128)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField()

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "personal",
        purpose="sign-in",
        basis="product rule",
        keep="account",
        digest=Privacy("secret"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["console", "account"], name="console_pin_one"),
            models.CheckConstraint(
                condition=Q(wrong_tries__lte=TRIES), name="console_pin_five_tries"
            ),
        ]

    def __str__(self) -> str:
        return f"PIN of account {self.account_id} at console {self.console_id}"


class StaffCard(Owned):
    """The card somebody steps in with: its number as a keyed hash, no more."""

    account = models.OneToOneField("people.Account", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "personal",
        purpose="sign-in",
        basis="product rule",
        keep="account",
        digest=Privacy("secret"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "digest"], name="staff_card_one_owner")
        ]

    def __str__(self) -> str:
        return f"card of account {self.account_id}"
