"""Putaran (the loop) and the leader's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from abdi.insight import queries as insight
from abdi.insight.choices import Scope
from abdi.insight.permissions import may_see_city, may_see_unit, sight_of
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Refused, Request, guard
from abdi.platform.norms import norms
from abdi.platform.pages import page
from abdi.portal import chain, evidence

CITY = "insight.city_board"
TEAM = "insight.team_board"
SERVICE_KEYS = ("reports.rating", "reports.reopened", "reports.in_time")


def _targets() -> dict[str, int]:
    found: dict[str, int] = dict(norms("insight", on=clock.today())["promises"])
    return found


@guard(TEAM, "view", also=CITY)
def loops(request: Request) -> HttpResponse:
    """Services and units whose loop the reader may open."""
    sees = sight_of(request.actor)
    services = [one for one in people.services() if sees(one.unit_id, one.unit.agency_id)]
    run = insight.latest_run()
    return page(
        request,
        "portal/loops.html",
        {"services": services, "run": run, "agencies": _visible_agencies(sees)},
    )


def _visible_agencies(sees: Callable[[int, int | None], bool]) -> list[Any]:
    return [one for one in people.agencies() if sees(one.pk, one.pk)]


@guard(TEAM, "view", also=CITY)
def loop_of_service(request: Request, code: str) -> HttpResponse:
    """The chain of one service: its own results and process, its unit's load and people."""
    service = get_object_or_404(people.services(), code=code)
    _ask(request, service.unit_id, service.unit.agency_id)
    run = insight.run_of(Scope.SERVICE, service.pk)
    of_unit = insight.figures_of(run, Scope.UNIT, service.unit_id)
    of_service = insight.figures_of(run, Scope.SERVICE, service.pk)
    figures = {**of_unit, **{key: of_service[key] for key in SERVICE_KEYS}}
    return _loop_page(request, figures, run, service.unit, service)


@guard(TEAM, "view", also=CITY)
def loop_of_unit(request: Request, code: str) -> HttpResponse:
    """The chain of one unit with all units below it."""
    unit = get_object_or_404(people.units_with_agency(), code=code)
    _ask(request, unit.pk, unit.agency_id)
    run = insight.run_of(Scope.UNIT, unit.pk)
    figures = insight.figures_of(run, Scope.UNIT, unit.pk)
    return _loop_page(request, figures, run, unit, None)


def _ask(request: Request, unit_id: int, agency_id: int | None) -> None:
    if not may_see_unit(request.actor, unit_id, agency_id):
        raise Http404


def _loop_page(
    request: Request, figures: dict[str, Any], run: Any, unit: Any, service: Any
) -> HttpResponse:
    targets = _targets()
    place = (
        {"lingkup": "layanan", "id": service.pk} if service else {"lingkup": "unit", "id": unit.pk}
    )
    whose = evidence.Place("unit", unit.pk)
    figures = evidence.without_small_groups(run, figures, whose, request.actor)
    urls = {one.key: evidence.address(one.key, **place) for one in insight.DEFINITIONS}
    found = chain.links(insight.chain(figures), targets, urls)
    rows = [_row(view, targets, urls) for view in figures.values()]
    context = {
        "unit": unit,
        "service": service,
        "run": run,
        "finding": chain.finding(found),
        "items": chain.as_items(found),
        "rows": rows,
        "period": chain.period_words(run.start_on, run.end_on) if run else "",
    }
    return page(request, "portal/loop.html", context)


def _row(view: Any, targets: dict[str, int], urls: dict[str, str]) -> dict[str, Any]:
    return {
        "title": view.meaning.title,
        "number": chain.number_of(view),
        "known": view.value is not None,
        "base": chain.base_of(view),
        "change": chain.change_of(view),
        "tone": chain.tone_of(view, targets),
        "moved": chain.change_tone(view),
        "formula": f"{view.formula} v{view.version}",
        "url": urls.get(view.meaning.key, ""),
    }


@guard(CITY, "view")
def board(request: Request) -> HttpResponse:
    """The leader's page: what is wrong, why, what must be decided."""
    if not may_see_city(request.actor):
        raise Refused("scope", resource=CITY, act="view")
    run = insight.run_of(Scope.CITY)
    figures = insight.figures_of(run, Scope.CITY)
    targets = _targets()
    urls = {one.key: evidence.address(one.key, lingkup="kota", id=0) for one in insight.DEFINITIONS}
    found = chain.links(insight.chain(figures), targets, urls)
    kpis = [figures[key] for key in ("reports.rating", "reports.in_time", "reports.reopened")]
    kpis.append(figures["workload.load"])
    context = {
        "run": run,
        "period": chain.period_words(run.start_on, run.end_on) if run else "",
        "finding": chain.finding(found),
        "closed": chain.count_words(figures["reports.in_time"].base),
        "kpis": [_row(view, targets, urls) for view in kpis],
        "items": chain.as_items(found),
        "agencies": _agencies(run, targets),
    }
    return page(request, "portal/board.html", context)


def _agencies(run: Any, targets: dict[str, int]) -> list[dict[str, Any]]:
    """Each agency against its promise and its own past, by name: no ranking in the first year."""
    units = [one for one in people.agencies() if one.kind != "city"]
    ids = [one.pk for one in units]
    keys = ("reports.in_time", "reports.rating", "reports.reopened", "workload.load")
    found = {key: insight.figures_of_units(run, key, ids) for key in keys}
    rows = []
    for unit in units:
        views = {key: found[key].get(unit.pk) for key in keys}
        kept = views["reports.in_time"]
        if kept is None or kept.base == 0:
            continue
        rows.append(
            {
                "name": unit.name,
                "url": reverse("portal:loop_of_unit", args=[unit.code]),
                "closed": kept.base,
                "kept": kept,
                "views": [
                    (chain.number_of(one), chain.tone_of(one, targets)) if one else ("–", "")
                    for one in views.values()
                ],
                "change": chain.change_of(kept),
                "better": kept.is_better,
            }
        )
    return rows
