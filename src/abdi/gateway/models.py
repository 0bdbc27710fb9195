"""Keys by which other programs ask."""

from __future__ import annotations

import secrets
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from abdi.gateway import rules
from abdi.gateway.choices import Scope
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
BASIS = "Perpres 95/2018"


def new_lookup() -> str:
    """The open part of a key, by which it is found."""
    return "".join(secrets.choice(ALPHABET) for _ in range(rules.LOOKUP))


class ApiKey(Owned):
    """A program acts for an account, and does no more than the scopes say."""

    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    lookup = models.CharField(max_length=10, unique=True, default=new_lookup)
    digest = models.CharField(max_length=64)
    scopes = models.CharField(max_length=400)
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "internal",
        purpose="programs that ask for data",
        basis=BASIS,
        keep="2 years after end",
        digest=Privacy("secret"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name"],
                condition=Q(revoked_at__isnull=True),
                name="api_key_name",
            )
        ]
        indexes = [models.Index(fields=["institution", "made_at"], name="api_key_made")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_set(self) -> frozenset[str]:
        """The pairs of resource and act, joined by a full stop."""
        return frozenset(self.scopes.split())

    @property
    def known_scopes(self) -> list[Scope]:
        """The scopes in the order they are offered."""
        return [scope for scope in Scope if scope.value in self.scope_set]

    def has_ended(self, today: date) -> bool:
        """Revoked, or its last day is over."""
        return self.revoked_at is not None or rules.has_ended(self.expires_on, today)


class ExternalId(Owned):
    """What another program calls an account."""

    account = models.OneToOneField("people.Account", models.PROTECT, related_name="+")
    value = models.CharField(max_length=150)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy("internal", purpose="accounts kept elsewhere", basis=BASIS, keep="account")

    class Meta:
        indexes = [models.Index(fields=["institution", "value"], name="external_id_value")]

    def __str__(self) -> str:
        return self.value
