"""What training does by itself."""

from __future__ import annotations

from contextlib import suppress

from django.db.models import Count, F, Q

from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.checks import reconciliation
from abdi.platform.jobs import job
from abdi.training import actions
from abdi.training.choices import SeatState
from abdi.training.models import Class, Enrolment

MOST = 100


@job("every 15 minutes")
def release_unanswered_offers() -> None:
    """Offer a seat to the next where nobody answered in two days."""
    rows = Enrolment.objects.filter(
        state=SeatState.INVITED, has_seat=True, offer_until__lte=clock.now()
    ).select_related("klass", "person")
    for row in rows.order_by("offer_until", "id")[:MOST]:
        with suppress(Conflict):  # answered this very moment
            actions.release_offer(row, by=SYSTEM)


@reconciliation
def classes_whose_seats_differ() -> int:
    """Classes whose counter is not the number of seats held."""
    held = Count("enrolments", filter=Q(enrolments__has_seat=True))
    return Class.objects.annotate(held=held).exclude(taken=F("held")).count()
