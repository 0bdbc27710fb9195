"""Reconciliation: for each promise a check that counts what contradicts it; repairs nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from abdi.platform.journal.deliveries import pending_age_seconds
from abdi.platform.tenancy import Institution, within

CheckT = TypeVar("CheckT", bound=Callable[[], int])
CHECKS: dict[str, Callable[[], int]] = {}


def reconciliation(function: CheckT) -> CheckT:
    """Declare a check: returns the number of rows that break the promise its name states."""
    CHECKS[f"{function.__module__.split('.')[1]}.{function.__name__}"] = function
    return function


def reconcile() -> dict[str, int]:
    """Run all checks in every institution; only those above 0 are returned."""
    broken: dict[str, int] = {}
    for institution_id in Institution.objects.values_list("id", flat=True):
        with within(institution_id):
            for name, check in CHECKS.items():
                count = check()
                if count:
                    broken[name] = broken.get(name, 0) + count
    return broken


@reconciliation
def deliveries_older_than_ten_minutes() -> int:
    """1 where the oldest undelivered entry waits for more than ten minutes."""
    return int(pending_age_seconds() > 600)
