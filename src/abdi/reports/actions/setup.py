"""Setting up the categories of an institution from the norms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import action
from abdi.platform.journal import record
from abdi.platform.norms import norms
from abdi.reports import events
from abdi.reports.models import Category
from abdi.reports.offers import offer_of
from abdi.reports.permissions import may_adopt

if TYPE_CHECKING:
    from abdi.people.models import Service, Unit

LOOKS = {
    "street_light_out": ("lamp", 1),
    "fallen_tree_blocking": ("tree", 2),
    "flood": ("flood", 3),
    "fire": ("fire", 4),
    "pothole": ("road", 5),
    "waste_pile": ("trash", 6),
    "water_supply": ("drop", 7),
    "staff_conduct": ("users", 8),
}
"""Icon and place of the eight tiles; an institution may order them otherwise."""
ICONS = {
    "pole_live": "lightning",
    "power_outage": "lightning",
    "medical_emergency": "ambulance",
    "traffic_accident": "ambulance",
    "animal_rescue": "lifebuoy",
    "fire_crew_rescue": "lifebuoy",
    "drowning_missing": "lifebuoy",
    "park_facility": "tree",
    "illegal_parking": "truck",
    "public_order": "shield",
    "street_fight": "shield",
    "dengue_fogging": "shield",
    "market_price": "stock",
    "wifi_cctv": "cam",
}
"""Icons of kinds whose tile is not enough to tell them apart."""


@action(allowed=may_adopt)
def adopt_categories(desk: Unit, *, by: Actor) -> int:
    """Write down the categories of the norms; returns how many are new.

    Work goes to the agency of the category's kind. Where there is none it stays with `desk`,
    the unit of the control room, so that no report is without an owner. Safe to repeat: a
    category that is there keeps what the institution changed on it.
    """
    agencies: dict[str, Unit] = {}
    for agency in people.agencies():
        agencies.setdefault(agency.opd_kind, agency)
    services = _only_services()
    known = set(Category.objects.values_list("code", flat=True))
    figures: dict[str, dict[str, Any]] = norms("reports", on=clock.today())["categories"]
    fresh = []
    for code, figure in figures.items():
        if code not in known:
            unit = agencies.get(figure["opd_kind"], desk)
            fresh.append(_category(code, figure, unit, services.get(unit.pk)))
    Category.objects.bulk_create(fresh)
    record(events.CategoriesAdopted(count=len(fresh)), by=by, about=desk)
    return len(fresh)


@action(allowed=may_adopt)
def route_category(
    category: Category, unit: Unit, *, by: Actor, service: Service | None = None
) -> Category:
    """Send a category's reports to another unit from now on, under one of its services."""
    category.unit = unit
    category.service = service
    category.save(update_fields=["unit", "service"])
    record(events.CategoryRouted(category=category.code, unit_id=unit.pk), by=by, about=category)
    return category


def _only_services() -> dict[int, Service]:
    """The service of each agency that gives just one."""
    found: dict[int, list[Service]] = {}
    for service in people.services():
        found.setdefault(service.unit.agency_id or service.unit_id, []).append(service)
    return {agency_id: rows[0] for agency_id, rows in found.items() if len(rows) == 1}


def _category(code: str, figure: dict[str, Any], unit: Unit, service: Service | None) -> Category:
    icon, place = LOOKS.get(code, (ICONS.get(code, offer_of(code).icon), 100))
    return Category(
        code=code,
        name=figure["name_id"],
        name_en=figure["name_en"],
        icon=icon,
        place=place,
        priority=figure["priority"],
        opd_kind=figure["opd_kind"],
        unit=service.unit if service else unit,
        service=service,
        is_confidential=figure.get("confidential", False),
        is_protected=figure.get("protected", False),
    )
