"""What the gateway does by itself."""

from __future__ import annotations

from datetime import timedelta

from abdi.gateway import sending
from abdi.gateway.choices import HookState
from abdi.gateway.models import HookDelivery
from abdi.platform import clock
from abdi.platform.checks import reconciliation
from abdi.platform.jobs import job

OLD = timedelta(hours=2)


@job("every 10 seconds")
def tell_other_programs() -> None:
    """Send what waits for addresses of other programs."""
    sending.send_due()


@job("daily 01.35")
def forget_what_arrived() -> None:
    """Drop deliveries that arrived long ago: technical rows, no records of fact."""
    sending.forget_old()


@reconciliation
def deliveries_to_programs_given_up() -> int:
    """Deliveries to other programs that were given up after eight tries."""
    return HookDelivery.objects.filter(state=HookState.PARKED, hook__off_at__isnull=True).count()


@reconciliation
def deliveries_to_programs_that_wait() -> int:
    """Deliveries to other programs that are due for more than two hours."""
    rows = HookDelivery.objects.filter(state__in=HookState.open_ones())
    return rows.filter(due_at__lt=clock.now() - OLD).count()
