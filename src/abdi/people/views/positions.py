"""The position map and one post: who held it, who acts."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from abdi.people import actions, queries
from abdi.people.act_forms import ActingForm
from abdi.people.models import Position
from abdi.people.permissions import may_place_in
from abdi.people.views.as_of import day_asked
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid, Refused
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of

LIMIT = 100


@guard("people.placement", "view")
def position_map(request: Request) -> HttpResponse:
    """Every post by unit: need, filled, vacant, and who acts, as of a day."""
    day, wrong = day_asked(request)
    agencies = list(queries.agencies(day))
    asked = request.GET.get("opd", "")
    chosen = next((unit for unit in agencies if unit.code == asked), None)
    mine = request.actor.agency_id
    if chosen is None and asked != "semua" and mine is not None:
        chosen = next((unit for unit in agencies if unit.pk == mine), None)
    rows, vacant = queries.position_map(frozenset({chosen.pk}) if chosen else None, day)
    only = request.GET.get("lihat", "")
    if only == "kosong":
        rows = [row for row in rows if row.vacant]
    context = {
        "day": day,
        "wrong_day": wrong,
        "opd_choices": [
            ("semua", _("the whole city")),
            *((unit.code, unit.name) for unit in agencies),
        ],
        "chosen": chosen,
        "only": only,
        "rows": page_of(rows, request, per_page=LIMIT, total=len(rows)),
        "vacant": vacant,
    }
    return page(request, "people/positions.html", context)


@guard("people.placement", "view")
def position_page(request: Request, pk: int) -> HttpResponse:
    """One post: who holds it, who held it, what came before; the form for an acting head."""
    return _show(request, _position(pk), ActingForm())


def _position(pk: int) -> Position:
    rows = queries.positions().select_related("unit__agency", "predecessor__unit")
    post: Position = get_object_or_404(rows, pk=pk)
    return post


def _show(request: Request, post: Position, form: ActingForm, status: int = 200) -> HttpResponse:
    appoints = post.is_head and may_place_in(request.actor, post)
    context = {
        "post": post,
        "freeze": queries.freeze_on(clock.today()) if appoints else None,
        "sees_freeze": request.actor.holds("people.placement", "approve"),
        "history": list(queries.holders_of(post)),
        "form": form,
        "appoints": appoints,
    }
    return page(request, "people/position.html", context, status=status)


@guard("people.placement", "update")
@once
@require_http_methods(["POST"])
def appoint(request: Request, pk: int) -> HttpResponse:
    """Appoint a Plt or Plh for the head of a unit."""
    post, form = _position(pk), ActingForm(request.POST)
    if form.is_valid():
        data: dict[str, date | str] = dict(form.cleaned_data)
        person = data.pop("person")
        try:
            actions.appoint_acting(post, person, by=request.actor, **data)  # type: ignore[arg-type]
        except Invalid as refusal:
            form.refuse({refusal.field: refusal.message})
        except Refused:
            if form.cleaned_data["person"].pk != request.actor.person_id:
                raise
            form.refuse({"person": _("Somebody else has to appoint you; nobody appoints himself.")})
        else:
            place = reverse("people:position", args=[pk])
            return done(request, place, _("Appointed. The order is prepared as a letter."))
    return _show(request, post, form, 422)
