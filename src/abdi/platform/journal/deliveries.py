"""Carrying entries to reactions: lease, do, mark done; up to eight tries with growing pauses."""

from __future__ import annotations

import secrets
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F, Min

from abdi.platform import clock
from abdi.platform.events import EVENTS, from_data
from abdi.platform.journal.reactions import reaction_named
from abdi.platform.journal.records import Delivery, DeliveryState
from abdi.platform.tenancy import unscoped, within

MAX_TRIES = 8
LEASE = timedelta(seconds=60)
log = structlog.get_logger()


def deliver_due(limit: int = 100) -> int:
    """Run up to `limit` due deliveries; returns how many were taken."""
    with unscoped("the worker serves every institution"):
        due = list(
            Delivery.objects.filter(
                state__in=[DeliveryState.WAITING, DeliveryState.LEASED], due_at__lte=clock.now()
            )
            .order_by("due_at", "id")
            .values_list("id", "institution_id")[:limit]
        )
    taken = 0
    for delivery_id, institution_id in due:
        with within(institution_id):
            taken += _deliver(delivery_id)
    return taken


def _lease(delivery_id: int) -> bool:
    """Take the delivery for a minute; a killed worker's lease simply runs out."""
    now = clock.now()
    return bool(
        Delivery.objects.filter(
            pk=delivery_id,
            state__in=[DeliveryState.WAITING, DeliveryState.LEASED],
            due_at__lte=now,
        ).update(state=DeliveryState.LEASED, due_at=now + LEASE, tries=F("tries") + 1)
    )


def _deliver(delivery_id: int) -> int:
    if not _lease(delivery_id):
        return 0
    delivery = Delivery.objects.select_related("entry").get(pk=delivery_id)
    try:
        with transaction.atomic():
            _run(delivery)
            Delivery.objects.filter(pk=delivery_id).update(state=DeliveryState.DONE, problem="")
    except Exception as problem:
        log.exception("delivery failed", delivery=delivery_id, reaction=delivery.reaction)
        _put_back(delivery, f"{type(problem).__name__}: {problem}"[:300])
    return 1


def _run(delivery: Delivery) -> None:
    found = reaction_named(delivery.reaction)
    if found is None or delivery.entry.kind not in EVENTS:
        raise LookupError(f"no reaction {delivery.reaction}")
    found[1](from_data(delivery.entry.kind, delivery.entry.data), cause=delivery.entry)


def _put_back(delivery: Delivery, problem: str) -> None:
    parked = delivery.tries >= MAX_TRIES
    pause = min(2**delivery.tries, 3600) * (0.5 + secrets.randbelow(1000) / 1000)
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.PARKED if parked else DeliveryState.WAITING,
        due_at=clock.now() + timedelta(seconds=pause),
        problem=problem,
    )


def pending_age_seconds() -> int:
    """Age of the oldest undelivered entry; 0 where nothing waits."""
    with unscoped("health"):
        oldest = Delivery.objects.filter(
            state__in=[DeliveryState.WAITING, DeliveryState.LEASED]
        ).aggregate(first=Min("entry__at_us"))["first"]
    if oldest is None:
        return 0
    return max(0, int(clock.now().timestamp() - oldest / 1_000_000))
