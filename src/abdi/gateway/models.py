"""Keys by which other programs ask, and addresses that are told of changes."""

from __future__ import annotations

import secrets
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from abdi.gateway import rules
from abdi.gateway.choices import PROBLEMS, HookState, HookTopic, Scope
from abdi.platform.labels import pairs
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


class Hook(Owned):
    """An address of another program that is told of changes, and whether it answers."""

    name = models.CharField(max_length=80)
    address = models.CharField(max_length=500)
    topics = models.CharField(max_length=200)
    sealed = models.CharField(max_length=300)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    off_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    paused_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "internal",
        purpose="programs that are told of changes",
        basis=BASIS,
        keep="2 years after end",
        sealed=Privacy("secret"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name"],
                condition=Q(off_at__isnull=True),
                name="hook_name",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        """Not switched off."""
        return self.off_at is None

    @property
    def known_topics(self) -> list[HookTopic]:
        """What it is told of, in the order it is offered."""
        chosen = self.topics.split()
        return [topic for topic in HookTopic if topic.value in chosen]


class HookDelivery(Owned):
    """One piece of news on its way to one address; ids and codes, never names."""

    hook = models.ForeignKey("gateway.Hook", models.PROTECT, related_name="+")
    entry = models.ForeignKey("platform.Entry", models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20)
    key = models.CharField(max_length=50)
    body = models.TextField()
    state = models.CharField(
        max_length=8, choices=pairs(HookState), default=HookState.WAITING.value
    )
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    problem = models.CharField(max_length=60, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "internal",
        purpose="programs that are told of changes",
        basis=BASIS,
        keep="30 days after sending",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hook", "entry"], name="hook_delivery_once"),
        ]
        indexes = [
            models.Index(
                fields=["hook", "due_at"],
                name="hook_delivery_due",
                condition=Q(state__in=["waiting", "sending"]),
            ),
            models.Index(fields=["hook", "-id"], name="hook_delivery_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"

    @property
    def news(self) -> HookTopic | None:
        """What it tells of; None for a test."""
        return next((topic for topic in HookTopic if topic.value == self.topic), None)

    @property
    def trouble(self) -> str:
        """What went wrong at the last try, as a text to translate."""
        return PROBLEMS.get(self.problem, self.problem)


class DirectoryGroup(Owned):
    """A group that another program keeps; it opens nothing, roles are given by two people."""

    name = models.CharField(max_length=150)
    external = models.CharField(max_length=150, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy("internal", purpose="accounts kept elsewhere", basis=BASIS, keep="account")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="directory_group_name")
        ]

    def __str__(self) -> str:
        return self.name


class DirectoryMember(Owned):
    """An account in such a group."""

    group = models.ForeignKey("gateway.DirectoryGroup", models.CASCADE, related_name="+")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy("internal", purpose="accounts kept elsewhere", basis=BASIS, keep="account")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "account"], name="directory_member_once")
        ]

    def __str__(self) -> str:
        return f"account {self.account_id} in group {self.group_id}"
