"""Lists for other programs: people, units and positions, a fixed number of queries for any page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from abdi.people.choices import AssignmentKind
from abdi.people.models import Assignment, Person, Position, Unit
from abdi.platform import clock
from abdi.platform.access import Actor


def listed_people(actor: Actor, *, unit: str = "", name: str = "") -> QuerySet[Person]:
    """Those this actor finds in the directory, in one unit or with a part of a name where asked."""
    rows = Person.objects.active()
    if not actor.reach("people.directory", "view").all:
        return rows.none()
    if unit:
        seats = Assignment.objects.on(clock.today()).filter(
            position__unit__code=unit, kind=AssignmentKind.DEFINITE
        )
        rows = rows.filter(id__in=seats.values("person_id"))
    return rows.filter(name__icontains=name) if name else rows


def seats_by_person(person_ids: Iterable[int]) -> dict[int, list[Assignment]]:
    """What each of these persons holds today, definite first; one query."""
    rows = (
        Assignment.objects.on(clock.today())
        .filter(person_id__in=list(person_ids))
        .select_related("position__unit")
        .order_by("kind", "start_on", "id")
    )
    found: dict[int, list[Assignment]] = {}
    for row in sorted(rows, key=lambda row: row.kind != AssignmentKind.DEFINITE):
        found.setdefault(row.person_id, []).append(row)
    return found


def _reached_units(actor: Actor) -> QuerySet[Unit]:
    reach = actor.reach("people.placement", "view")
    rows = Unit.objects.all()
    return rows if reach.all else rows.filter(agency_id__in=reach.agency_ids)


def listed_units(
    actor: Actor, *, on: date | None = None, kind: str = "", agency: str = "", parent: str = ""
) -> QuerySet[Unit]:
    """Units of a day whose placement this actor may see, with parent and agency at hand."""
    rows = _reached_units(actor).on(on or clock.today()).select_related("parent", "agency")  # type: ignore[attr-defined]
    wanted = Q()
    for column, value in (("kind", kind), ("agency__code", agency), ("parent__code", parent)):
        if value:
            wanted &= Q(**{column: value})
    return rows.filter(wanted)  # type: ignore[no-any-return]


def listed_positions(
    actor: Actor, *, unit: str = "", agency: str = "", kind: str = ""
) -> QuerySet[Position]:
    """Positions of today's units this actor may see; `filled` counts who holds each definitely."""
    day = clock.today()
    holding = (
        Assignment.objects.on(day)
        .filter(kind=AssignmentKind.DEFINITE, position_id=OuterRef("pk"))
        .order_by()
        .values("position_id")
        .annotate(people=Count("id"))
        .values("people")
    )
    rows = Position.objects.filter(unit__in=listed_units(actor)).select_related("unit__agency")
    wanted = Q()
    for column, value in (("unit__code", unit), ("unit__agency__code", agency), ("kind", kind)):
        if value:
            wanted &= Q(**{column: value})
    filled = Coalesce(Subquery(holding, output_field=IntegerField()), 0)
    return rows.filter(wanted).annotate(filled=filled)
