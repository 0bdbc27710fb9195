"""Acts on the organisation: what waits, what was, who is touched by one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from abdi.people.choices import ActKind, ActState, AssignmentKind
from abdi.people.models import Act, Assignment, Succession, Unit
from abdi.people.queries.tree import unit_at, units_at
from abdi.platform import clock
from abdi.platform.access import Actor


def due_acts() -> QuerySet[Act]:
    """Approved acts whose day has come, the earliest first."""
    rows = Act.objects.filter(state=ActState.APPROVED, on__lte=clock.today())
    return rows.select_related("unit").order_by("on", "id")


def visible_acts(actor: Actor) -> QuerySet[Act]:
    """Acts on units whose placement this actor may change or approve, newest first."""
    reach = actor.reach("people.placement", "create")
    rows = Act.objects.select_related("unit", "new_parent", "prepared_by", "decided_by")
    rows = rows.order_by("-on", "-id")
    return rows if reach.all else rows.filter(unit__agency_id__in=reach.agency_ids)


def waiting_acts(actor: Actor) -> QuerySet[Act]:
    """Acts that wait for this actor's approval."""
    reach = actor.reach("people.placement", "approve")
    rows = Act.objects.filter(state=ActState.DRAFT).select_related("unit")
    rows = rows.exclude(prepared_by_id=actor.person_id or 0).order_by("on", "id")
    return rows if reach.all else rows.filter(unit__agency_id__in=reach.agency_ids)


def acts_of(unit: Unit) -> QuerySet[Act]:
    """What was done to a unit by acts that count, newest first."""
    about = Q(unit=unit) | Q(parts__unit=unit)
    rows = Act.objects.filter(about).exclude(state__in=[ActState.DRAFT, ActState.CANCELLED])
    return rows.select_related("unit", "new_parent").distinct().order_by("-on", "-id")


def successions_of(unit: Unit) -> list[Succession]:
    """Where a unit came from and where it went."""
    rows = Succession.objects.filter(Q(before=unit) | Q(after=unit))
    return list(rows.select_related("before", "after").order_by("on", "id"))


@dataclass(frozen=True)
class Touched:
    """One person an act touches: post and unit before and after; no unit: needs a new post."""

    code: str
    name: str
    post: str
    unit_before: str
    unit_after: str


def touched_by(act: Act, limit: int = 500) -> list[Touched]:
    """Who is affected by an act, by unit and name; nobody's row is changed by asking."""
    after = _units_after(act)
    day = act.on
    seats = (
        Assignment.objects.filter(Q(end_on__isnull=True) | Q(end_on__gte=day))
        .filter(kind=AssignmentKind.DEFINITE, position__unit_id__in=after)
        .select_related("person", "position__unit")
        .order_by("position__unit__path", "-position__is_head", "person__name")[:limit]
    )
    chosen = set(act.parts.filter(position__isnull=False).values_list("position_id", flat=True))
    rows = []
    for seat in seats:
        unit, name = seat.position.unit, after[seat.position.unit_id]
        if act.kind == ActKind.SPLIT:
            name = act.new_name if seat.position_id in chosen else unit.name
        elif act.kind == ActKind.MERGE and seat.position.is_head and unit.pk != act.unit_id:
            name = "" if unit.pk in _merged(act) else name
        post = seat.position.title
        rows.append(Touched(seat.person.code, seat.person.display_name, post, unit.name, name))
    return [row for row in rows if act.kind != ActKind.SPLIT or row.unit_after == act.new_name]


def _merged(act: Act) -> set[int]:
    return {part.unit_id for part in act.parts.all() if part.unit_id is not None}


def _units_after(act: Act) -> dict[int, str]:
    """The units an act touches and what the people in them will see as their unit."""
    top = unit_at(act.unit, act.on)
    if act.kind == ActKind.SPLIT:
        return {act.unit_id: act.new_name}
    if act.kind == ActKind.RENAME:
        return {act.unit_id: act.new_name}
    if act.kind == ActKind.MOVE:
        return {one.id: one.name for one in units_at(act.on, [top.path])}
    name = act.new_name or top.name
    found = {act.unit_id: name} if act.new_name else {}
    for merged in _merged(act):
        path = unit_at(Unit.objects.get(pk=merged), act.on).path
        found.update({one.id: one.name for one in units_at(act.on, [path])})
        found[merged] = name
    return found
