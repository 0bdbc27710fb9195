"""Pages of leaving and ageing: who leaves when, who can stand in, the mix of generations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.people import queries as people
from abdi.platform.access import Request, guard
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of
from abdi.workload import actions, queries
from abdi.workload.forms import SkillForm
from abdi.workload.models import Task
from abdi.workload.permissions import may_change_task

if TYPE_CHECKING:
    from abdi.people.models import Unit

WHOLE = "semua"


@dataclass(frozen=True)
class Place:
    """Which units a page is about, and the agencies to choose from."""

    code: str
    choices: list[tuple[str, str]]
    unit_ids: list[int]


def _place(request: Request, *, whole: bool = False) -> Place:
    """The agency asked for, else the reader's own, else the first one he plans for."""
    visible = queries.visible_units(request.actor)
    agencies = list(people.agencies().filter(id__in=visible.values("agency_id")))
    codes = {unit.code: unit for unit in agencies}
    asked = request.GET.get("opd", "")
    if whole and asked == WHOLE:
        return Place(WHOLE, _choices(agencies, whole=whole), queries.units_in_view(request.actor))
    mine = next((unit for unit in agencies if unit.pk == request.actor.agency_id), None)
    chosen = codes.get(asked) or mine or next(iter(agencies), None)
    if chosen is None:
        return Place("", [], [])
    ids = queries.units_in_view(request.actor, chosen.code)
    return Place(chosen.code, _choices(agencies, whole=whole), ids)


def _choices(agencies: list[Unit], *, whole: bool) -> list[tuple[str, str]]:
    first = [(WHOLE, _("the whole city"))] if whole else []
    return first + [(unit.code, unit.name) for unit in agencies]


@guard("workload.staffing", "view")
def retirements(request: Request) -> HttpResponse:
    """Who leaves when in five years, by unit, and what remains."""
    place = _place(request, whole=True)
    found = queries.outlook(place.unit_ids)
    named = queries.named_for(request.actor, [one.row for one in found.leavers])
    shown = page_of([one for one in found.leavers if one.row.person_id in named], request)
    covers = queries.covers(place.unit_ids, found)
    others = {one.row.person_id for one in shown.rows} - {request.actor.person_id}
    if others:
        actions.note_leavers_read(others, by=request.actor)
    context = {
        "place": place,
        "found": found,
        "shown": shown,
        "unnamed": found.going - len(named),
        "single": sum(row.is_single for row in covers),
        "lost": [row for row in covers if row.is_lost],
    }
    return page(request, "workload/retirements.html", context)


@guard("workload.staffing", "view")
def stand_ins(request: Request) -> HttpResponse:
    """Who can stand in for which task; tasks that hang on one person."""
    return _stand_ins(request, SkillForm(), 200)


def _stand_ins(request: Request, form: SkillForm, status: int) -> HttpResponse:
    place = _place(request)
    found = queries.outlook(place.unit_ids)
    rows = queries.covers(place.unit_ids, found)
    named = queries.named_for(request.actor, [one.row for row in rows for one in row.knowers])
    only = request.GET.get("lihat", "")
    shown = [row for row in rows if row.is_single] if only == "satu" else rows
    listed = page_of(shown, request, total=len(shown))
    notes = {row.task.pk for row in listed.rows if may_change_task(request.actor, row.task)}
    context = {
        "place": place,
        "rows": listed,
        "only": only,
        "single": sum(row.is_single for row in rows),
        "named": named,
        "notes": notes,
        "form": form,
        "tasks": [(str(row.task.pk), row.task.name) for row in listed.rows if row.task.pk in notes],
    }
    return page(request, "workload/stand_ins.html", context, status=status)


@guard("workload.norm", "update")
@once
@require_POST
def note_skill(request: Request) -> HttpResponse:
    """Note that somebody learns, can do or can teach a task."""
    form = SkillForm(request.POST)
    if form.is_valid():
        units = queries.units_in_view(request.actor)
        task = get_object_or_404(Task, pk=form.cleaned_data["task"], unit_id__in=units)
        person = people.person_named(form.cleaned_data["person"])
        if person is not None:
            level = form.cleaned_data["level"]
            actions.note_skill(task, person, by=request.actor, level=level)
            return done(request, reverse("workload:stand_ins"), _("Noted."))
        form.add_error("person", _("Nobody has this number or name."))
    return _stand_ins(request, form, 422)


@guard("workload.staffing", "view")
def generations(request: Request) -> HttpResponse:
    """The mix of generations by unit, small groups hidden, and ideas for pairs."""
    place = _place(request)
    mix, pairs = queries.generations(place.unit_ids)
    both = [one for pair in pairs for one in (pair.older, pair.younger)]
    named = queries.named_for(request.actor, both)
    context = {
        "place": place,
        "mix": mix,
        "pairs": [
            pair
            for pair in pairs
            if pair.older.person_id in named and pair.younger.person_id in named
        ],
    }
    return page(request, "workload/generations.html", context)
