"""Pages of workload: all units, one unit, its tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of
from abdi.reports import queries as reports
from abdi.workload import actions, queries, wording
from abdi.workload.forms import (
    CopyForm,
    CoverForm,
    MoveForm,
    NewTaskForm,
    TaskForm,
    VersionForm,
)
from abdi.workload.models import Task
from abdi.workload.permissions import may_compute, may_set_tasks

if TYPE_CHECKING:
    from abdi.people.models import Unit

VIEWS = {"": {}, "berat": {"load_permyriad__gte": queries.HEAVY_PERMYRIAD},
         "longgar": {"load_permyriad__lt": queries.LIGHT_PERMYRIAD}}  # fmt: skip


@guard("workload.staffing", "view")
def overview(request: Request) -> HttpResponse:
    """All units with their load, the heaviest first."""
    rows = queries.current_snapshots(request.actor)
    found = queries.overview(rows)
    chosen = request.GET.get("lihat", "")
    chosen = chosen if chosen in VIEWS else ""
    context = {
        "title": wording.overview_heading(found),
        "lead": wording.overview_lead(found),
        "found": found,
        "chosen": chosen,
        "rows": page_of(rows.filter(**VIEWS[chosen]), request),
        "wording": wording,
    }
    return page(request, "workload/overview.html", context)


def _unit(request: Request, pk: int) -> Unit:
    unit: Unit = get_object_or_404(
        queries.visible_units(request.actor).select_related("agency"), pk=pk
    )
    return unit


def _categories() -> list[tuple[str, str]]:
    return [(row.code, str(row.name)) for row in reports.categories()]


def _positions(load: queries.UnitLoad, unit_id: int) -> list[tuple[str, str]]:
    return [
        (str(row.key), row.title) for row in load.rows if row.is_shared and row.unit_id == unit_id
    ]


@guard("workload.staffing", "view")
def unit_page(request: Request, pk: int) -> HttpResponse:
    """One unit: positions against their load, tasks, what a move would change."""
    return _show(request, _unit(request, pk))


def _show(
    request: Request,
    unit: Unit,
    *,
    task_form: NewTaskForm | None = None,
    cover_form: CoverForm | None = None,
    status: int = 200,
) -> HttpResponse:
    load = queries.load_of_unit(unit.pk)
    move = MoveForm(request.GET) if "dari" in request.GET else None
    after = None
    if move is not None and move.is_valid():
        data = move.cleaned_data
        after = queries.after_move(load, data["dari"], data["ke"], data["orang"])
    changes = may_set_tasks(request.actor, unit)
    positions = _positions(load, unit.pk)
    context: dict[str, Any] = {
        "unit": unit,
        "load": load,
        "title": wording.heading(unit.name, load),
        "lead": wording.lead(load),
        "wording": wording,
        "move": move,
        "after": {(row.unit_id, row.key): row for row in after.rows} if after else None,
        "changes": changes,
        "computes": may_compute(request.actor, unit),
        "similar": queries.similar_positions(unit.pk) if changes and not load.has_tasks else [],
        "here": {title: key for key, title in positions},
    }
    if changes:
        context["task_form"] = task_form or NewTaskForm(
            categories=_categories(), positions=positions
        )
        context["cover_form"] = cover_form or CoverForm(positions=positions)
    return page(request, "workload/unit.html", context, status=status)


def _back(unit_id: int) -> str:
    return reverse("workload:unit", args=[unit_id])


@guard("workload.norm", "create")
@require_POST
@once
def add_task(request: Request, pk: int) -> HttpResponse:
    """Add a task to a position of a unit."""
    unit = _unit(request, pk)
    load = queries.load_of_unit(unit.pk)
    positions = _positions(load, unit.pk)
    form = NewTaskForm(request.POST, categories=_categories(), positions=positions)
    if form.is_valid():
        key = form.cleaned_data["position"]
        posts = {post.pk: post for post in queries.positions_of_unit(unit.pk)}
        try:
            task = actions.add_task(
                unit,
                by=request.actor,
                given=form.given(),
                position=posts.get(int(key)) if key else None,
            )
        except Invalid as refusal:
            form.refuse([(refusal.field, refusal.message)])
        else:
            message = _("“%(task)s” is in; the load was computed again.") % {"task": task.name}
            return done(request, _back(unit.pk), message)
    return _show(request, unit, task_form=form, status=422)


def _task(request: Request, pk: int) -> Task:
    task = get_object_or_404(Task.objects.select_related("unit__agency", "position"), pk=pk)
    if not queries.visible_units(request.actor).filter(pk=task.unit_id).exists():
        raise Http404
    return task


@guard("workload.norm", "update")
def task_page(request: Request, pk: int) -> HttpResponse:
    """Change a task, its norm time or its volume."""
    task = _task(request, pk)
    if request.method == "POST":
        return _change(request, task)
    form = TaskForm(initial=_values(task), categories=_categories())
    return _task_answer(request, task, form)


@once
def _change(request: Request, task: Task) -> HttpResponse:
    form = TaskForm(request.POST, categories=_categories())
    version = VersionForm(request.POST)
    status = 422
    if form.is_valid() and version.is_valid():
        try:
            seen = version.cleaned_data["seen"]
            actions.change_task(task, by=request.actor, seen=seen, given=form.given())
        except Invalid as refusal:
            form.refuse([(refusal.field, refusal.message)])
        except Conflict:
            status = 409
        else:
            return done(request, _back(task.unit_id), _("The task is changed."))
    return _task_answer(request, _task(request, task.pk), form, status=status)


def _task_answer(request: Request, task: Task, form: TaskForm, status: int = 200) -> HttpResponse:
    context = {"task": task, "form": form, "clash": status == 409, "now": _values(task)}
    return page(request, "workload/task.html", context, status=status)


def _values(task: Task) -> dict[str, Any]:
    return {
        "name": task.name,
        "output_unit": task.output_unit,
        "minutes": task.minutes,
        "source": task.source,
        "category": task.category,
        "volume": queries.volume_of(task),
    }


@guard("workload.norm", "update")
@require_POST
@once
def end_task(request: Request, pk: int) -> HttpResponse:
    """End a task."""
    task = _task(request, pk)
    version = VersionForm(request.POST)
    if not version.is_valid():
        raise Invalid(_("Please reload the page and try again."))
    actions.end_task(task, by=request.actor, seen=version.cleaned_data["seen"])
    message = _("“%(task)s” has ended; it no longer counts.") % {"task": task.name}
    return done(request, _back(task.unit_id), message)


@guard("workload.norm", "update")
@require_POST
@once
def set_cover(request: Request, pk: int) -> HttpResponse:
    """Make a post one that must be manned."""
    unit = _unit(request, pk)
    load = queries.load_of_unit(unit.pk)
    form = CoverForm(request.POST, positions=_positions(load, unit.pk))
    if not form.is_valid():
        return _show(request, unit, cover_form=form, status=422)
    data = form.cleaned_data
    posts = {post.pk: post for post in queries.positions_of_unit(unit.pk)}
    post = posts.get(int(data["position"]))
    if post is None:
        raise Http404
    kept = next((row.cover for row in load.rows if row.key == post.pk), None)
    actions.set_cover(
        post,
        by=request.actor,
        seats=data["seats"],
        hours_per_year=data["hours_per_year"],
        seen=data["seen"] or (kept.version if kept else None),
    )
    return done(request, _back(unit.pk), _("The hours to be manned are set."))


@guard("workload.norm", "create")
@require_POST
@once
def copy_tasks(request: Request, pk: int) -> HttpResponse:
    """Take over the tasks of a similar position."""
    unit = _unit(request, pk)
    form = CopyForm(request.POST)
    posts = {post.pk: post for post in queries.positions_of_unit(unit.pk)}
    if not form.is_valid() or form.cleaned_data["position"] not in posts:
        raise Invalid(_("Choose a position of this unit."))
    position = posts[form.cleaned_data["position"]]
    count = actions.copy_tasks(
        unit, by=request.actor, position=position, like=form.cleaned_data["like"]
    )
    message = _("%(count)s tasks came over. Check their minutes, then write their volumes.")
    return done(request, _back(unit.pk), message % {"count": count})


@guard("workload.staffing", "create")
@require_POST
def compute(request: Request, pk: int) -> HttpResponse:
    """Compute the figures of a unit again and keep them."""
    unit = _unit(request, pk)
    actions.compute_staffing(unit, by=request.actor)
    return done(request, _back(unit.pk), _("The load was computed again and kept."))
