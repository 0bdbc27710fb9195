"""The categories of the demo city, each with the section that does the work."""

from __future__ import annotations

from abdi.people.demo import DemoCity
from abdi.platform.access import SYSTEM
from abdi.reports import actions
from abdi.reports.demo.mix import SECTIONS
from abdi.reports.models import Category

ALSO = {
    "pju": (),
    "darurat": (),
    "damkar": (),
    "gawat-darurat": ("suicide_attempt",),
    "dinsos-s1": ("violence_women_child",),
}
"""Rare kinds that go the same way."""


def categories(city: DemoCity) -> dict[str, Category]:
    """Adopt the norms, then send each kind to its section."""
    actions.adopt_categories(city.units["diskominfo"], by=SYSTEM)
    found = {row.code: row for row in Category.objects.select_related("unit")}
    for section in SECTIONS:
        unit = city.units[section.unit]
        service = city.services[section.service] if section.service else None
        for code in (*(kind.code for kind in section.kinds), *ALSO.get(section.unit, ())):
            found[code].unit = unit
            found[code].service = service
    Category.objects.bulk_update(found.values(), ["unit", "service"], batch_size=100)
    return found
