"""From when to when people held a post in a unit: the days on which they could be called upon."""

from __future__ import annotations

from datetime import date

from abdi.people.choices import AssignmentKind
from abdi.people.models import Assignment, Unit
from abdi.people.models.paths import below


def unit_spans(
    unit_id: int, first: date, last: date, *, heads: bool = False
) -> dict[int, list[tuple[date, date]]]:
    """Stretches (both days counted) of definite posts in a unit and below, by person.

    Cut to `first` … `last`, in order; the heads of the units are left out unless asked for.
    Two queries, whatever the number of people.
    """
    path = Unit.objects.values_list("path", flat=True).get(pk=unit_id)
    rows = Assignment.objects.filter(
        below(path, "position__unit__path"),
        kind=AssignmentKind.DEFINITE,
        start_on__lte=last,
    ).exclude(end_on__lt=first)
    if not heads:
        rows = rows.filter(position__is_head=False)
    found: dict[int, list[tuple[date, date]]] = {}
    for person_id, start, end in rows.order_by("start_on", "id").values_list(
        "person_id", "start_on", "end_on"
    ):
        span = max(start, first), min(end or last, last)
        found.setdefault(person_id, []).append(span)
    return found
