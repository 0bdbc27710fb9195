"""People, units and positions for other programs: what the directory and the map of posts say."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router, Schema

from abdi.people.choices import PositionKind, UnitKind
from abdi.people.models import Assignment, Person, Position, Unit
from abdi.people.queries import listing
from abdi.platform.api import LARGEST_ID, REFUSALS, Asked, needs, page_after

router = Router(tags=["people"])
Code = Annotated[str, Field(max_length=40)]


class Seat(Schema):
    """A position somebody holds today."""

    position: int
    title: str
    unit: str
    unit_name: str
    kind: str
    start_on: date
    end_on: date | None


class PersonOut(Schema):
    """A person as the directory shows him; nothing personal."""

    code: str
    name: str
    title_prefix: str
    title_suffix: str
    seats: list[Seat]


class PeopleOut(Schema):
    """A part of the list of people."""

    items: list[PersonOut]
    next: str | None


class UnitOut(Schema):
    """A unit; units are named by their codes."""

    code: str
    name: str
    kind: str
    parent: str | None
    agency: str | None
    start_on: date
    end_on: date | None


class UnitsOut(Schema):
    """A part of the list of units."""

    items: list[UnitOut]
    next: str | None


class PositionOut(Schema):
    """A position, how many it needs and how many hold it definitely."""

    id: int
    title: str
    unit: str
    agency: str | None
    kind: str
    tier: str
    echelon: str
    job_class: int | None
    is_managerial: bool
    is_head: bool
    need: int
    filled: int


class PositionsOut(Schema):
    """A part of the list of positions."""

    items: list[PositionOut]
    next: str | None


class PeopleAsked(Asked):
    """Which people."""

    unit: Code = Field("", description="code of the unit they work in")
    name: str = Field("", max_length=100, description="a part of the name")


class UnitsAsked(Asked):
    """Which units."""

    on: date | None = Field(None, description="as of this day; today where it is left out")
    kind: UnitKind | None = None
    agency: Code = Field("", description="code of the agency")
    parent: Code = Field("", description="code of the unit above")


class PositionsAsked(Asked):
    """Which positions."""

    unit: Code = Field("", description="code of the unit")
    agency: Code = Field("", description="code of the agency")
    kind: PositionKind | None = None


@router.get("people", response={200: PeopleOut, **REFUSALS}, summary="People of the directory")
@needs("people.directory", "view")
def people(request: HttpRequest, asked: Query[PeopleAsked]) -> Any:
    """Those who work here today, in the order of their making."""
    rows = listing.listed_people(request.actor, unit=asked.unit, name=asked.name)  # type: ignore[attr-defined]
    found, following = page_after(rows, asked)
    seats = listing.seats_by_person([row.pk for row in found])
    return {"items": [_person(row, seats.get(row.pk, [])) for row in found], "next": following}


@router.get("people/{code}", response={200: PersonOut, **REFUSALS}, summary="One person")
@needs("people.directory", "view")
def person(request: HttpRequest, code: Path[Code]) -> Any:
    """A person by his code."""
    row = get_object_or_404(listing.listed_people(request.actor), code=code)  # type: ignore[attr-defined]
    return _person(row, listing.seats_by_person([row.pk]).get(row.pk, []))


@router.get("units", response={200: UnitsOut, **REFUSALS}, summary="Units as of a day")
@needs("people.placement", "view")
def units(request: HttpRequest, asked: Query[UnitsAsked]) -> Any:
    """Units of a day, in the order of their making."""
    rows = listing.listed_units(
        request.actor,  # type: ignore[attr-defined]
        on=asked.on,
        kind=asked.kind or "",
        agency=asked.agency,
        parent=asked.parent,
    )
    found, following = page_after(rows, asked)
    return {"items": [_unit(row) for row in found], "next": following}


@router.get("units/{code}", response={200: UnitOut, **REFUSALS}, summary="One unit")
@needs("people.placement", "view")
def unit(request: HttpRequest, code: Path[Code]) -> Any:
    """A unit of today by its code."""
    return _unit(get_object_or_404(listing.listed_units(request.actor), code=code))  # type: ignore[attr-defined]


@router.get("positions", response={200: PositionsOut, **REFUSALS}, summary="Positions")
@needs("people.placement", "view")
def positions(request: HttpRequest, asked: Query[PositionsAsked]) -> Any:
    """Positions of today's units, in the order of their making."""
    rows = listing.listed_positions(
        request.actor,  # type: ignore[attr-defined]
        unit=asked.unit,
        agency=asked.agency,
        kind=asked.kind or "",
    )
    found, following = page_after(rows, asked)
    return {"items": [_position(row) for row in found], "next": following}


@router.get("positions/{pk}", response={200: PositionOut, **REFUSALS}, summary="One position")
@needs("people.placement", "view")
def position(request: HttpRequest, pk: Annotated[int, Path(ge=1, le=LARGEST_ID)]) -> Any:
    """A position by its number."""
    return _position(get_object_or_404(listing.listed_positions(request.actor), pk=pk))  # type: ignore[attr-defined]


def _person(row: Person, seats: list[Assignment]) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "title_prefix": row.title_prefix,
        "title_suffix": row.title_suffix,
        "seats": [_seat(seat) for seat in seats],
    }


def _seat(row: Assignment) -> dict[str, Any]:
    return {
        "position": row.position_id,
        "title": row.position.title,
        "unit": row.position.unit.code,
        "unit_name": row.position.unit.name,
        "kind": row.kind,
        "start_on": row.start_on,
        "end_on": row.end_on,
    }


def _unit(row: Unit) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "parent": row.parent.code if row.parent else None,
        "agency": row.agency.code if row.agency else None,
        "start_on": row.start_on,
        "end_on": row.end_on,
    }


def _position(row: Position) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "unit": row.unit.code,
        "agency": row.unit.agency.code if row.unit.agency else None,
        "kind": row.kind,
        "tier": row.tier,
        "echelon": row.echelon,
        "job_class": row.job_class,
        "is_managerial": row.is_managerial,
        "is_head": row.is_head,
        "need": row.need_count,
        "filled": row.filled,  # type: ignore[attr-defined]
    }
