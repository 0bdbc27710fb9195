"""Where a number comes from: its meaning, its parts by unit, its rows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode

from abdi.competence.choices import Competency
from abdi.insight import queries as insight
from abdi.insight.choices import Scope
from abdi.insight.permissions import leads_itself
from abdi.insight.queries import FigureView
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.cells import Published, publish_cells
from abdi.reports import queries as reports
from abdi.workload import queries as workload

if TYPE_CHECKING:
    from abdi.insight.models import Run
    from abdi.people.models import Unit

PER_PAGE = 25
PERSONAL = ("competence.gap", "training.hours", "performance.low", "integrity.pledge")
# How many rows of a base are one person's; one where nothing is said.
ROWS_PER_PERSON = {"competence.gap": len(Competency.codes())}
# The page of the module that keeps the rows, and the cell whose reach opens it.
DEEPER = {
    "workload.load": ("workload:unit", "workload.staffing", "view"),
    "competence.gap": ("competence:map", "competence.gap", "view"),
    "performance.low": ("performance:team", "performance.rating", "create"),
    "integrity.pledge": ("integrity:pledges", "integrity.pledge", "view"),
}


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
    units = _units_below(place)
    found = insight.figures_of_units(run, key, [one.pk for one in units])
    shown = _publishable(run, key, place, found)
    rows = []
    for unit in units:
        view = found.get(unit.pk)
        if view is None or view.base == 0:
            continue
        rows.append(
            {
                "unit": unit,
                "view": view if shown is None or shown.shows(unit.pk) else None,
                "url": address(key, lingkup="unit", id=unit.pk),
            }
        )
    return rows


def _units_below(place: Place) -> list[Unit]:
    return list(people.agencies() if place.scope == "kota" else people.children_of(place.pk))


def _publishable(
    run: Run | None, key: str, place: Place, found: Mapping[int, FigureView]
) -> Published | None:
    """Which of the units below may be shown beside their total; None: the figure names nobody.

    People seated in the unit itself, outside the units below, are a cell of their own, since the
    total and the units below give them away.
    """
    if key not in PERSONAL:
        return None
    scope = Scope.CITY if place.scope == "kota" else Scope.UNIT
    total = insight.figures_of(run, scope, place.pk)[key].base
    bases: dict[Hashable, int] = {pk: view.base for pk, view in found.items()}
    bases["here"] = max(total - sum(bases.values()), 0)
    return publish_cells({pk: _people(key, base) for pk, base in bases.items()})


def _people(key: str, base: int) -> int:
    """How many people stand behind a base; any row at all is somebody."""
    return max(base // ROWS_PER_PERSON.get(key, 1), min(base, 1))


def without_small_groups(
    run: Run | None, figures: dict[str, FigureView], place: Place, actor: Actor
) -> dict[str, FigureView]:
    """Figures of a unit as this actor may read them: its own leader all, others no small group.

    What the table of the unit above leaves out stays out here too.
    """
    if place.scope != "unit" or leads_itself(actor, place.pk):
        return figures
    parent_id = people.units().filter(pk=place.pk).values_list("parent_id", flat=True).first()
    above = Place("unit", parent_id) if parent_id else Place("kota", 0)
    ids = [one.pk for one in _units_below(above)]
    kept = dict(figures)
    for key in PERSONAL:
        view = figures.get(key)
        if view is None or not view.base:
            continue
        shown = _publishable(run, key, above, insight.figures_of_units(run, key, ids))
        if shown is not None and not (place.pk in ids and shown.shows(place.pk)):
            kept[key] = insight.hidden(view)
    return kept


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
    if key == "training.hours":
        return _hours_page(place, actor)
    if key not in DEEPER:
        return ""
    name, resource, act = DEEPER[key]
    reach = actor.reach(resource, act)
    if not (reach.all or reach.agency_ids or reach.team_ids):
        return ""
    if key != "workload.load":
        return reverse(name)
    if place.scope != "unit" or not workload.visible_units(actor).filter(pk=place.pk).exists():
        return ""
    return reverse(name, args=[place.pk])


def _hours_page(place: Place, actor: Actor) -> str:
    """The people of a unit with their hours; for the city the plan that is to close the rest."""
    unit = place.scope == "unit"
    reach = actor.reach("training.enrolment" if unit else "training.plan", "view")
    if not (reach.all or reach.agency_ids or (unit and reach.team_ids)):
        return ""
    if not unit:
        return reverse("training:plan")
    code = people.units().filter(pk=place.pk).values_list("code", flat=True).first()
    return f"{reverse('training:people')}?{urlencode({'unit': code or ''})}"


def _moment(day: Any) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.zone())
