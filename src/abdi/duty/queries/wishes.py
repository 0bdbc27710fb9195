"""Reads of wishes: for the one who wishes, and for the generator of rosters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from abdi.duty.choices import WishKind
from abdi.duty.models import Wish
from abdi.duty.queries.standing import patterns_of
from abdi.platform import clock
from abdi.platform.access import Actor


@dataclass(frozen=True)
class Wished:
    """A wish as the generator of rosters reads it; `letter` empty: the whole day."""

    person_id: int
    on: date
    letter: str
    wants_on: bool
    strength: int


def wishes_of(person_ids: Iterable[int], first: date, last: date) -> list[Wished]:
    """Wishes of these persons from a day to another, both counted; without their notes."""
    rows = Wish.objects.filter(
        person_id__in=list(person_ids), on__gte=first, on__lte=last, withdrawn_at__isnull=True
    ).order_by("on", "person_id", "letter")
    return [
        Wished(one.person_id, one.on, one.letter, one.kind == WishKind.ON, one.strength)
        for one in rows
    ]


def my_wishes(actor: Actor) -> QuerySet[Wish]:
    """The actor's wishes for days to come."""
    return Wish.objects.filter(
        person_id=actor.person_id or 0,
        on__gt=clock.today(),
        withdrawn_at__isnull=True,
    ).order_by("on", "letter")


def wishes_in_month(person_id: int, day: date) -> list[tuple[WishKind, int]]:
    """Kind and strength of the wishes a person has for the month of a day."""
    rows = Wish.objects.filter(
        person_id=person_id,
        on__year=day.year,
        on__month=day.month,
        withdrawn_at__isnull=True,
    )
    return [(WishKind(kind), strength) for kind, strength in rows.values_list("kind", "strength")]


def replaced_by(wish: Wish) -> list[Wish]:
    """Wishes that went when this one was made, since both cannot stand."""
    rows = Wish.objects.filter(
        person_id=wish.person_id, on=wish.on, withdrawn_at=wish.made_at
    ).exclude(kind=wish.kind)
    return list(rows.order_by("letter"))


def letters_of(actor: Actor) -> list[tuple[str, str]]:
    """Letter and name of the turns of a day in the actor's unit, from the earliest."""
    if actor.unit_id is None:
        return []
    return [(one.letter, one.name) for one in patterns_of(actor.unit_id)]
