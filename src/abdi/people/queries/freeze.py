"""Which placements a freeze stops, and which windows and consents there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from abdi.people import rules
from abdi.people.models import ConsentPerson, FreezeConsent, FreezeWindow
from abdi.platform.norms import norms


def freeze_windows() -> QuerySet[FreezeWindow]:
    """Every window, the newest first."""
    rows = FreezeWindow.objects.prefetch_related("consents__persons__person")
    return rows.order_by("-begins_on", "-id")


def freeze_on(day: date) -> FreezeWindow | None:
    """The window that covers a day; where several do, the one that ends last."""
    return FreezeWindow.objects.on(day).order_by("-term_ends_on", "id").first()


def any_freeze() -> bool:
    """Whether a freeze is entered at all; most of the time none is."""
    return FreezeWindow.objects.filter(is_withdrawn=False).exists()


def consent_files() -> QuerySet[FreezeConsent]:
    """Consents with their files."""
    return FreezeConsent.objects.select_related("window")


def stopped(
    person_ids: Iterable[int], kind: str, start_on: date
) -> tuple[FreezeWindow, frozenset[int]] | None:
    """Whom of these persons a freeze keeps from a placement that begins on a day, and which one.

    None where nobody is stopped. One query outside a window, two inside.
    """
    if not rules.is_bound(kind, norms("people", on=start_on)):
        return None
    windows = list(FreezeWindow.objects.on(start_on).order_by("-term_ends_on", "id"))
    if not windows:
        return None
    asked = frozenset(person_ids)
    named = ConsentPerson.objects.filter(person_id__in=asked, consent__window__in=windows)
    allowed = set(named.values_list("person_id", "consent__window_id"))
    for window in windows:
        found = frozenset(one for one in asked if (one, window.pk) not in allowed)
        if found:
            return window, found
    return None
