"""Holds: a case, an audit or an objection keeps records from being destroyed (UU 43/2009)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import in_action
from abdi.platform.choices import N_, Choice
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class HoldKind(Choice):
    """Why a record must stay."""

    CASE = "case", N_("Case")
    AUDIT = "audit", N_("Audit")
    OBJECTION = "objection", N_("Objection")


class Hold(Owned):
    """One reason to keep one record, from a day until it is lifted."""

    about = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=pairs(HoldKind))
    cause = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=80, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    privacy = Privacy(
        "internal",
        purpose="keep what a case, audit or objection needs",
        basis="UU 43/2009",
        keep="as the record",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "about", "kind", "cause"],
                condition=models.Q(lifted_at__isnull=True),
                name="hold_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} holds {self.about}"


def place_hold(about: Any, kind: HoldKind, *, cause: Any, by: Actor) -> Hold:
    """Keep a record from destruction because of `cause` (a row or its reference).

    Belongs inside the action that opens the case; placing it again changes nothing.
    Raises RuntimeError outside an action.
    """
    _inside()
    hold, _new = Hold.objects.get_or_create(
        about=_ref(about),
        kind=kind,
        cause=_ref(cause),
        lifted_at=None,
        defaults={"by": by.ref, "placed_at": clock.now()},
    )
    return hold


def lift_holds(cause: Any, *, by: Actor) -> int:
    """End all holds of a cause; returns how many there were. Raises RuntimeError as above."""
    _inside()
    rows = Hold.objects.filter(cause=_ref(cause), lifted_at__isnull=True)
    return rows.update(lifted_at=clock.now(), lifted_by=by.ref)


def held(refs: Iterable[str]) -> set[str]:
    """Those of the references that some hold keeps now."""
    rows = Hold.objects.filter(about__in=list(refs), lifted_at__isnull=True)
    return set(rows.values_list("about", flat=True))


def _inside() -> None:
    if not in_action():
        raise RuntimeError("holds are placed and lifted inside an @action")


def _ref(thing: Any) -> str:
    return thing if isinstance(thing, str) else str(thing.ref)
