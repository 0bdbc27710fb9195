"""Who left not long ago, for those who keep the record."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import QuerySet

from abdi.people import rules
from abdi.people.models import Leaving
from abdi.platform import clock
from abdi.platform.access import Actor

SHOWN_DAYS: Final = 365


def leavings(actor: Actor) -> QuerySet[Leaving]:
    """Last days of a year that still stand and that this actor may take back, newest first."""
    reach = actor.reach("people.profile", "create")
    since = clock.today() - timedelta(days=SHOWN_DAYS)
    rows = Leaving.objects.filter(taken_back_at__isnull=True, last_on__gte=since)
    rows = rows.exclude(person__name=rules.ERASED_NAME).exclude(person_id=actor.person_id or 0)
    if not reach.all:
        rows = rows.filter(agency_id__in=reach.agency_ids)
    return rows.select_related("person", "agency").order_by("-last_on", "-id")
