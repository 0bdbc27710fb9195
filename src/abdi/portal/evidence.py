"""Where a number comes from: its meaning, its parts by unit, its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode

from abdi.insight import queries as insight
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.reports import queries as reports
from abdi.workload import queries as workload

if TYPE_CHECKING:
    from abdi.insight.models import Run

PER_PAGE = 25
SMALLEST_GROUP = 5
PERSONAL = ("competence.gap", "training.hours", "performance.low", "integrity.pledge")
# The page of the module that keeps the rows, and the cell whose reach opens it.
DEEPER = {
    "workload.load": ("workload:unit", "workload.staffing", "view"),
    "competence.gap": ("competence:map", "competence.gap", "view"),
    "training.hours": ("training:plan", "training.plan", "view"),
    "performance.low": ("performance:team", "performance.rating", "create"),
    "integrity.pledge": ("integrity:pledges", "integrity.pledge", "view"),
}
NOT_BY_TEAM = {"training.hours"}


@dataclass(frozen=True)
class Place:
    """What a figure is about, as the address says it."""

    scope: str
    pk: int

    @property
    def query(self) -> str:
        """The same for an address."""
        words: dict[str, str | int] = {"lingkup": self.scope, "id": self.pk}
        return urlencode(words)


def slug(key: str) -> str:
    """A figure's name in an address."""
    return key.replace(".", "-").replace("_", "-")


def key_of(text: str) -> str | None:
    """The figure of a name in an address."""
    return next((one.key for one in insight.DEFINITIONS if slug(one.key) == text), None)


def address(key: str, *, lingkup: str, id: int) -> str:
    """The page that shows where a figure comes from."""
    return f"{reverse('portal:evidence', args=[slug(key)])}?{Place(lingkup, id).query}"


def parts(run: Run | None, key: str, place: Place, actor: Actor) -> list[dict[str, Any]]:
    """The figure of the units right below; small groups of personal figures stay unnamed."""
    if place.scope == "layanan":
        return []
    units = list(people.agencies() if place.scope == "kota" else people.children_of(place.pk))
    found = insight.figures_of_units(run, key, [one.pk for one in units])
    rows = []
    for unit in units:
        view = found.get(unit.pk)
        if view is None or view.base == 0:
            continue
        hidden = key in PERSONAL and view.base < SMALLEST_GROUP
        rows.append(
            {
                "unit": unit,
                "view": None if hidden else view,
                "url": address(key, lingkup="unit", id=unit.pk),
            }
        )
    return rows


def report_rows(run: Run | None, key: str, place: Place, actor: Actor, number: int) -> Any:
    """One page of the closed reports behind a figure, with the rule of that figure."""
    if run is None or not key.startswith("reports."):
        return None
    rows = reports.visible_reports(actor).filter(
        closed_at__gte=_moment(run.start_on), closed_at__lt=_moment(run.end_on + timedelta(days=1))
    )
    rows = rows.filter(jurisdiction="city")
    if place.scope == "layanan":
        rows = rows.filter(service_id=place.pk)
    elif place.scope == "unit":
        rows = rows.filter(unit_id__in=people.unit_and_below(place.pk))
    if key == "reports.rating":
        rows = rows.filter(stars__isnull=False)
    start = (number - 1) * PER_PAGE
    found = list(rows.order_by("in_time", "-closed_at", "-id")[start : start + PER_PAGE + 1])
    return {"rows": found[:PER_PAGE], "more": len(found) > PER_PAGE, "number": number}


def deeper(key: str, place: Place, actor: Actor) -> str:
    """The page of the module that keeps the rows, where there is one that this actor may open."""
    if key not in DEEPER:
        return ""
    name, resource, act = DEEPER[key]
    reach = actor.reach(resource, act)
    by_team = bool(reach.team_ids) and key not in NOT_BY_TEAM
    if not (reach.all or reach.agency_ids or by_team):
        return ""
    if key != "workload.load":
        return reverse(name)
    if place.scope != "unit" or not workload.visible_units(actor).filter(pk=place.pk).exists():
        return ""
    return reverse(name, args=[place.pk])


def _moment(day: Any) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.zone())
