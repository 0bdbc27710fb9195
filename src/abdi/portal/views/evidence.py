"""The page behind a number."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from abdi.insight import queries as insight
from abdi.insight.choices import Scope
from abdi.insight.permissions import may_see_city, may_see_unit
from abdi.people import queries as people
from abdi.platform.access import Request, guard
from abdi.platform.pages import page
from abdi.platform.pages.tables import page_number
from abdi.portal import chain, evidence
from abdi.portal.views.boards import CITY, TEAM

SCOPES = {"kota": Scope.CITY, "unit": Scope.UNIT, "layanan": Scope.SERVICE}


@guard(TEAM, "view", also=CITY)
def evidence_page(request: Request, slug: str) -> HttpResponse:
    """Meaning, base, period, formula and version of a number, and the rows behind it."""
    key = evidence.key_of(slug)
    place = _place(request)
    if key is None:
        raise Http404
    title = _allowed_title(request, place)
    run = insight.run_of(SCOPES[place.scope], place.pk)
    figures = insight.figures_of(run, SCOPES[place.scope], place.pk)
    view = evidence.without_small_groups(run, figures, place, request.actor)[key]
    context = {
        "place_name": title,
        "place": place,
        "run": run,
        "view": view,
        "number": chain.number_of(view),
        "base": chain.base_of(view),
        "change": chain.change_of(view),
        "strength": chain.STRENGTH[view.strength](),
        "period": chain.period_words(run.start_on, run.end_on) if run else "",
        "by_unit": _parts(request, run, key, place),
        "reports": evidence.report_rows(
            run, key, place, request.actor, page_number(request.GET.get("hal", "1"))
        ),
        "opens_reports": not request.actor.reach("reports.dispatch", "view").nothing,
        "deeper": evidence.deeper(key, place, request.actor),
    }
    return page(request, "portal/evidence.html", context)


def _parts(
    request: Request, run: object, key: str, place: evidence.Place
) -> list[dict[str, object]]:
    rows = evidence.parts(run, key, place, request.actor)  # type: ignore[arg-type]
    for row in rows:
        view = row["view"]
        row["number"] = chain.number_of(view) if view else ""
        row["base"] = chain.base_of(view) if view else ""
    return rows


def _place(request: Request) -> evidence.Place:
    scope = request.GET.get("lingkup", "kota")
    text = request.GET.get("id", "0")
    if scope not in SCOPES or not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise Http404
    return evidence.Place(scope, int(text))


def _allowed_title(request: Request, place: evidence.Place) -> str:
    if place.scope == "kota":
        if not may_see_city(request.actor):
            raise Http404
        return request.institution.name
    if place.scope == "unit":
        unit = get_object_or_404(people.units_with_agency(), pk=place.pk)
        name = unit.name
    else:
        service = get_object_or_404(people.services(), pk=place.pk)
        unit, name = service.unit, service.name
    if not may_see_unit(request.actor, unit.pk, unit.agency_id):
        raise Http404
    return name
