"""Tables of on call: steps of a chain, calls with the steps they took, who was told how."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from abdi.duty.choices import (
    AckVia,
    AlertChannel,
    AlertState,
    EndReason,
    Hours,
    Severity,
    SkipReason,
    TellingState,
    Whom,
)
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "somebody is told when something happens"
BASIS = "UU 25/2009; Permendagri 51/2025"
WHICH = (
    Q(whom=Whom.ROLE, person__isnull=True) & ~Q(role="")
    | Q(whom=Whom.PERSON, role="", person__isnull=False)
    | (~Q(whom__in=[Whom.ROLE, Whom.PERSON]) & Q(role="", person__isnull=True))
)


class ChainStep(Owned):
    """A step of a unit's chain: whom it calls, how long the next one waits, when it counts."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    whom = models.CharField(max_length=12, choices=pairs(Whom))
    role = models.CharField(max_length=30, blank=True)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    delay_seconds = models.PositiveIntegerField()
    hours = models.CharField(max_length=8, choices=pairs(Hours), default=Hours.ALWAYS.value)
    severities = models.CharField(max_length=11, blank=True)
    area = models.CharField(max_length=80, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="chain_step_number"),
            models.CheckConstraint(condition=WHICH, name="chain_step_which"),
            models.CheckConstraint(
                condition=Q(delay_seconds__range=(30, 7200)), name="chain_step_delay"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.whom} of unit {self.unit_id}"


class Alert(Owned):
    """A call about one thing: open until somebody is on it, over when the thing is.

    `plan` is the chain as it stood when the call began; `next_due_at` is when its step
    `next_number` is due, nothing where no step is left. `clocked_at` is what the clock said at
    the last step: a clock that stands before it was set back.
    """

    key = models.CharField(max_length=120)
    about = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    path = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    severity = models.CharField(max_length=2, choices=pairs(Severity))
    area = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=pairs(AlertState), default=AlertState.OPEN)
    plan = models.JSONField(default=list)
    raised_at = models.DateTimeField()
    clocked_at = models.DateTimeField()
    next_number = models.PositiveSmallIntegerField(default=1)
    next_due_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    acknowledged_via = models.CharField(max_length=4, choices=pairs(AckVia), blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=10, choices=pairs(EndReason), blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "internal", purpose=PURPOSE, basis=BASIS, keep="5 years", note=Privacy("internal")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "key"], name="alert_key"),
            models.UniqueConstraint(
                fields=["institution", "about"],
                condition=Q(state__in=[AlertState.OPEN, AlertState.ACKNOWLEDGED]),
                name="alert_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    acknowledged_at__isnull=True,
                    acknowledged_by__isnull=True,
                    acknowledged_via="",
                )
                | (Q(acknowledged_at__isnull=False) & ~Q(acknowledged_via="")),
                name="alert_acknowledged_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=AlertState.OPEN) | Q(next_due_at__isnull=True),
                name="alert_rests_when_answered",
            ),
            models.CheckConstraint(
                condition=Q(state=AlertState.ENDED, ended_at__isnull=False) & ~Q(ended_why="")
                | ~Q(state=AlertState.ENDED) & Q(ended_at__isnull=True, ended_why=""),
                name="alert_ended_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_due_at"],
                name="alert_due",
                condition=Q(next_due_at__isnull=False),
            ),
            models.Index(fields=["institution", "-raised_at"], name="alert_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.severity} {self.key}"

    @property
    def is_open(self) -> bool:
        """Nobody has answered yet."""
        return self.state == AlertState.OPEN


class AlertStep(Owned):
    """A step that was taken: it told people, or was passed over with the reason."""

    alert = models.ForeignKey("duty.Alert", models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    whom = models.CharField(max_length=12, choices=pairs(Whom))
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    skip_reason = models.CharField(max_length=12, choices=pairs(SkipReason), blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "number"], name="alert_step_once"),
        ]

    def __str__(self) -> str:
        return f"step {self.number} of alert {self.alert_id}"


class Telling(Owned):
    """One message of a step to one person by one channel; the outbox of on call.

    `key` goes along to the receiver, who drops what he has. `fallback_at`: when the person's next
    channel is tried unless there is a receipt by then.
    """

    alert = models.ForeignKey("duty.Alert", models.CASCADE, related_name="+")
    step = models.ForeignKey("duty.AlertStep", models.CASCADE, related_name="tellings")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=pairs(AlertChannel))
    key = models.CharField(max_length=60)
    state = models.CharField(
        max_length=9, choices=pairs(TellingState), default=TellingState.WAITING
    )
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    fallback_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    receipt_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=60, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy("personal", purpose=PURPOSE, basis="public_task", keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "key"], name="telling_key"),
            models.UniqueConstraint(fields=["step", "person", "channel"], name="telling_once"),
        ]
        indexes = [
            models.Index(
                fields=["channel", "due_at"],
                name="telling_due",
                condition=Q(state__in=[TellingState.WAITING, TellingState.SENDING]),
            ),
            models.Index(
                fields=["fallback_at"],
                name="telling_fallback",
                condition=Q(fallback_at__isnull=False),
            ),
            models.Index(fields=["person", "-made_at"], name="telling_by_person"),
        ]

    def __str__(self) -> str:
        return self.key
