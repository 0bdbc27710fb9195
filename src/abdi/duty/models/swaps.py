"""Tables of duty: swaps of turns, bound to the turn as it was; wishes for days to come."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.duty.choices import LapseCause, SwapKind, SwapState, WishKind
from abdi.duty.models.rosters import BASIS
from abdi.duty.rules import STILL_OPEN, Bound
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

OPEN_STATES = [state.value for state in STILL_OPEN]


class SwapQuerySet(models.QuerySet["Swap"]):
    """Filters on swaps."""

    def open(self) -> Self:
        """Those that wait for an answer or for the commander."""
        return self.filter(state__in=OPEN_STATES)


class Swap(Owned):
    """A turn somebody wants to give away: for another one, or for nothing in return.

    The times of the turns are kept as they were when it was asked; a turn that differs from
    them has moved, and the swap with it. `taker` empty: offered to everybody who fits.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    giver = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    taker = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    shift = models.ForeignKey(
        "duty.Shift", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    wanted = models.ForeignKey(
        "duty.Shift", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    wanted_name = models.CharField(max_length=40, blank=True)
    wanted_starts_at = models.DateTimeField(null=True, blank=True)
    wanted_ends_at = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=pairs(SwapKind), default=SwapKind.ASKED.value)
    state = models.CharField(max_length=10, choices=pairs(SwapState), default=SwapState.OPEN.value)
    note = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    lapse = models.CharField(max_length=12, choices=pairs(LapseCause), blank=True)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(SwapQuerySet)()
    privacy = Privacy(
        "internal",
        purpose="turns that change hands with the will of both",
        basis=BASIS,
        keep="5 years",
        note=Privacy("personal", keep="5 years"),
        name=Privacy("internal"),
        wanted_name=Privacy("internal"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shift"], condition=Q(state__in=OPEN_STATES), name="swap_one_open"
            ),
            models.CheckConstraint(
                condition=Q(taker__isnull=True) | ~Q(taker=F("giver")), name="swap_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn", "lapsed", "refused"])
                | Q(taker__isnull=False),
                name="swap_has_taker",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, ended_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(ended_at__isnull=False)),
                name="swap_ended",
            ),
            models.CheckConstraint(
                condition=Q(state="lapsed") & ~Q(lapse="") | ~Q(state="lapsed") & Q(lapse=""),
                name="swap_lapse_cause",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "state", "starts_at"], name="swap_by_state"),
            models.Index(fields=["giver", "state"], name="swap_by_giver"),
            models.Index(fields=["taker", "state"], name="swap_by_taker"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id or '?'} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Waits for an answer or for the commander."""
        return self.state in STILL_OPEN

    @property
    def is_exchange(self) -> bool:
        """Whether a turn is wanted in return."""
        return self.wanted_starts_at is not None

    @property
    def given_then(self) -> Bound:
        """The turn to be given, as it was when asked."""
        return Bound(self.giver_id, self.starts_at, self.ends_at)

    @property
    def wanted_then(self) -> Bound | None:
        """The turn wanted in return, as it was when asked."""
        if self.wanted_starts_at is None or self.wanted_ends_at is None:
            return None
        return Bound(self.taker_id or 0, self.wanted_starts_at, self.wanted_ends_at)


class Wish(Owned):
    """A person would rather be free, or rather on duty, on a day or for one turn of it."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    on = models.DateField()
    letter = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=4, choices=pairs(WishKind))
    strength = models.PositiveSmallIntegerField(default=1)
    note = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        "personal",
        purpose="rosters that go around what people wish",
        basis=BASIS,
        keep="1 year after end",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "on", "letter"],
                condition=Q(withdrawn_at__isnull=True),
                name="wish_once",
            ),
            models.CheckConstraint(condition=Q(strength__range=(1, 3)), name="wish_strength"),
        ]
        indexes = [models.Index(fields=["institution", "on"], name="wish_by_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.on}"
