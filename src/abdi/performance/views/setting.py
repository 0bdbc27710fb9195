"""Setting targets: tick the superior's, write one's own, hand them over."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.people import queries as people
from abdi.performance import actions, queries, wording
from abdi.performance.forms import ParentsForm, TargetForm, VersionForm
from abdi.performance.models import Plan, Target
from abdi.performance.views.mine import my_target, person_id, year_of
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page


def _address(year: int) -> str:
    return f"{reverse('performance:setting')}?tahun={year}"


def _year(request: Request) -> int:
    asked = request.GET.get("tahun") or request.POST.get("tahun") or ""
    return year_of(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else None)


def _plan(request: Request) -> Plan:
    plan = queries.plan_of(person_id(request), _year(request))
    if plan is None:
        raise Invalid(_("Begin your plan first."))
    return plan


def _choices(parents: list[Target]) -> list[tuple[str, str]]:
    return [(str(target.pk), target.result) for target in parents]


@guard("performance.plan", "update")
def setting(request: Request) -> HttpResponse:
    """The superior's targets to tick, my own drafts, and the way to hand them over."""
    return _show(request, _year(request))


def _show(
    request: Request, year: int, form: TargetForm | None = None, status: int = 200
) -> HttpResponse:
    me = person_id(request)
    plan = queries.plan_of(me, year)
    parents = queries.superiors_targets(me, year)
    targets = queries.plan_targets(plan) if plan else []
    taken = {target.parent_id for target in targets}
    context: dict[str, Any] = {
        "year": year,
        "plan": plan,
        "targets": targets,
        "parents": [target for target in parents if target.pk not in taken],
        "has_parents": bool(parents),
        "superior": parents[0].plan.person if parents else None,
        "form": form or TargetForm(parents=_choices(parents)),
        "leads": bool(queries.appraised_by(request.actor)),
        "wording": wording,
    }
    return page(request, "performance/setting.html", context, status=status)


@guard("performance.plan", "create")
@require_POST
@once
def start(request: Request) -> HttpResponse:
    """Begin a plan, empty or with last year's targets."""
    year = _year(request)
    me = people.visible_people(request.actor).filter(pk=person_id(request)).first()
    if me is None:
        raise Invalid(_("Your account has no person."))
    like = bool(request.POST.get("seperti_lalu"))
    actions.start_plan(me, by=request.actor, year=year, like_last_year=like)
    return done(request, _address(year), _("Your plan for %(year)s has begun.") % {"year": year})


@guard("performance.plan", "update")
@require_POST
@once
def adopt(request: Request) -> HttpResponse:
    """Draft one's own targets under those ticked."""
    plan = _plan(request)
    parents = {target.pk: target for target in queries.superiors_targets(plan.person_id, plan.year)}
    form = ParentsForm(request.POST, known=list(parents))
    actions.adopt_targets(plan, by=request.actor, parents=[parents[pk] for pk in form.ticked])
    return done(request, _address(plan.year), _("Drafted. Make each one your own."))


@guard("performance.plan", "update")
@require_POST
@once
def add(request: Request) -> HttpResponse:
    """Write one more target."""
    plan = _plan(request)
    parents = queries.superiors_targets(plan.person_id, plan.year)
    form = TargetForm(request.POST, parents=_choices(parents))
    if form.is_valid():
        try:
            actions.add_target(
                plan, by=request.actor, given=form.given(), parent=_parent(parents, form)
            )
        except Invalid as refusal:
            form.refuse([(refusal.field, refusal.message)])
        else:
            return done(request, _address(plan.year), _("The target is in your plan."))
    return _show(request, plan.year, form, status=422)


def _parent(parents: list[Target], form: TargetForm) -> Target | None:
    return next((target for target in parents if target.pk == form.parent_id), None)


@guard("performance.plan", "update")
def edit(request: Request, pk: int) -> HttpResponse:
    """Change one target."""
    target = my_target(request, pk)
    parents = queries.superiors_targets(target.plan.person_id, target.plan.year)
    if request.method == "POST":
        return _change(request, target, parents)
    return _edit_answer(
        request, target, TargetForm(initial=_values(target), parents=_choices(parents))
    )


@once
def _change(request: Request, target: Target, parents: list[Target]) -> HttpResponse:
    form = TargetForm(request.POST, parents=_choices(parents))
    version = VersionForm(request.POST)
    status = 422
    if form.is_valid() and version.is_valid():
        try:
            actions.change_target(
                target,
                by=request.actor,
                seen=version.cleaned_data["seen"],
                given=form.given(),
                parent=_parent(parents, form),
            )
        except Invalid as refusal:
            form.refuse([(refusal.field, refusal.message)])
        except Conflict as clash:
            if not isinstance(clash.current, Target):
                raise
            status = 409
        else:
            return done(request, _address(target.plan.year), _("The target is changed."))
    return _edit_answer(request, my_target(request, target.pk), form, status=status)


def _edit_answer(
    request: Request, target: Target, form: TargetForm, status: int = 200
) -> HttpResponse:
    context = {
        "target": target,
        "form": form,
        "clash": status == 409,
        "leads": bool(queries.appraised_by(request.actor)),
        "back": _address(target.plan.year),
        "wording": wording,
    }
    return page(request, "performance/target.html", context, status=status)


def _values(target: Target) -> dict[str, Any]:
    return {
        "parent": str(target.parent_id or 0),
        "result": target.result,
        "indicator": target.indicator,
        "aspect": target.aspect,
        "measure": target.measure,
        "figure": wording.typed(target.figure),
        "unit": "" if target.is_automatic else target.unit,
        "better": target.better,
        "is_of_unit": "on" if target.is_of_unit else "",
    }


def _seen(request: Request) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Please reload the page and try again."))
    seen: int = form.cleaned_data["seen"]
    return seen


@guard("performance.plan", "update")
@require_POST
@once
def drop(request: Request, pk: int) -> HttpResponse:
    """Take a target out of a plan that is not agreed."""
    target = my_target(request, pk)
    actions.drop_target(target, by=request.actor, seen=_seen(request))
    return done(request, _address(target.plan.year), _("The target is out of your plan."))


@guard("performance.plan", "update")
@require_POST
@once
def link(request: Request, pk: int) -> HttpResponse:
    """Hang a target under one of the superior, also after the plan was agreed."""
    target = my_target(request, pk)
    parents = queries.superiors_targets(target.plan.person_id, target.plan.year)
    form = ParentsForm(request.POST, known=[parent.pk for parent in parents])
    parent = next((row for row in parents if row.pk in form.ticked), None)
    if parent is None:
        raise Invalid(_("Choose a target of your superior of the same year."))
    actions.link_target(target, by=request.actor, parent=parent)
    return done(request, _address(target.plan.year), _("The target is linked."))


@guard("performance.plan", "update")
@require_POST
@once
def propose(request: Request) -> HttpResponse:
    """Hand the plan to the superior."""
    plan = _plan(request)
    actions.propose_plan(plan, by=request.actor, seen=_seen(request))
    place = reverse("performance:mine_year", args=[plan.year])
    return done(request, place, _("Your plan is with your superior."))


@guard("performance.plan", "update")
@require_POST
@once
def reopen(request: Request) -> HttpResponse:
    """Open an agreed plan again."""
    plan = _plan(request)
    actions.reopen_plan(plan, by=request.actor, seen=_seen(request))
    return done(request, _address(plan.year), _("Your plan is open; it must be agreed again."))
