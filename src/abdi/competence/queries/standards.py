"""What positions ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from abdi.competence import rules
from abdi.competence.choices import StandardState
from abdi.competence.models import Standard, StandardLevel, StandardRequest
from abdi.competence.queries.dictionary import competencies
from abdi.people import queries as staff
from abdi.platform import clock
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import Position


@dataclass(frozen=True)
class StandardView:
    """The levels a position asks for, and where they come from."""

    levels: dict[str, int]
    is_default: bool
    decree_number: str = ""
    decree_on: date | None = None

    @property
    def is_missing(self) -> bool:
        """Neither a decree nor a default of the tier."""
        return not self.levels


def required_levels(position: Position, on: date | None = None) -> dict[str, int]:
    """Required level by competency code; empty where the position has no standard."""
    return standard_of(position, on).levels


def standard_of(position: Position, on: date | None = None) -> StandardView:
    """The standard of one position on a day (default: today)."""
    return standards_of([position], on)[position.pk]


def standards_of(positions: Iterable[Position], on: date | None = None) -> dict[int, StandardView]:
    """Standards of many positions by position id, in one query."""
    day = on or clock.today()
    places = list(positions)
    own = _own_levels([place.pk for place in places], day)
    defaults = norms("competence", on=day)["required_levels"]
    return {place.pk: _view(place, own.get(place.pk), defaults) for place in places}


def _own_levels(position_ids: list[int], day: date) -> dict[int, tuple[Standard, dict[str, int]]]:
    rows = StandardLevel.objects.filter(
        standard__position_id__in=position_ids,
        standard__state__in=[StandardState.IN_FORCE, StandardState.ENDED],
        standard__start_on__lte=day,
    ).select_related("standard")
    found: dict[int, tuple[Standard, dict[str, int]]] = {}
    for row in rows.order_by("standard__start_on", "standard_id", "id"):
        standard = row.standard
        if standard.end_on is not None and standard.end_on < day:
            continue
        kept = found.get(standard.position_id)
        if kept is None or kept[0].pk != standard.pk:
            kept = found[standard.position_id] = (standard, {})
        kept[1][row.competency] = row.level
    return found


def _view(
    place: Position, own: tuple[Standard, dict[str, int]] | None, defaults: dict[str, int]
) -> StandardView:
    default = defaults.get(place.tier.upper())
    mine = own[1] if own else {}
    levels = {}
    for found in competencies():
        level = rules.required_level(mine, default, found.code)
        if level is not None:
            levels[found.code] = level
    if own is None:
        return StandardView(levels, True)
    return StandardView(levels, False, own[0].decree_number, own[0].decree_on)


def positions_with_standard(agency_id: int | None, words: str = "") -> QuerySet[Position]:
    """Positions by unit and title, of one agency or of all, whose title holds the words."""
    rows = (
        staff.positions().select_related("unit").order_by("unit__path", "-is_head", "title", "id")
    )
    if agency_id is not None:
        rows = rows.filter(unit__agency_id=agency_id)
    return rows.filter(title__icontains=words) if words else rows


def standards_waiting() -> QuerySet[Standard]:
    """Drafts that wait to be put in force."""
    return (
        Standard.objects.filter(state=StandardState.DRAFT)
        .select_related("position__unit", "author")
        .order_by("made_at")
    )


def position_by_id(pk: int) -> Position | None:
    """A position with its unit."""
    return staff.positions().select_related("unit__agency").filter(pk=pk).first()


def standards_to_carry(before: Position, after: Position) -> list[Standard]:
    """What goes along where a post continues as another one: nothing once that has its own."""
    if Standard.objects.filter(position=after).exists():
        return []
    states = [StandardState.IN_FORCE, StandardState.DRAFT]
    return list(Standard.objects.filter(position=before, state__in=states))


def request_to_carry(before: Position, after: Position) -> StandardRequest | None:
    """Somebody said that a post has no standard, and its successor has no such word yet."""
    if StandardRequest.objects.filter(position=after).exists():
        return None
    return StandardRequest.objects.filter(position=before).first()


def draft_of(position: Position) -> Standard | None:
    """The draft of a position that waits to be put in force."""
    rows = Standard.objects.filter(position=position, state=StandardState.DRAFT)
    return rows.select_related("author").prefetch_related("levels").first()
