"""The eight pages of a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.culture import actions, queries, rules, wording
from abdi.culture.actions import StepGiven
from abdi.culture.choices import CauseBranch, CircleStep, StepState
from abdi.culture.forms import FORMS, CauseForm, CheckForm, NoteForm, StepForm, TaskForm
from abdi.culture.models import Circle, StepRecord
from abdi.culture.permissions import (
    leading_ids,
    may_approve,
    may_send,
    may_write,
    member_ids,
)
from abdi.culture.record import texts_of
from abdi.culture.views.groups import circle_of, progress_of
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.labels import label
from abdi.platform.norms import norms
from abdi.platform.once import once
from abdi.platform.pages import charts, done, formats, page

if TYPE_CHECKING:
    from django import forms

TEMPLATES: Mapping[CircleStep, str] = {
    CircleStep.THEME: "culture/steps/theme.html",
    CircleStep.TARGET: "culture/steps/target.html",
    CircleStep.CAUSES: "culture/steps/causes.html",
    CircleStep.ROOT_CAUSE: "culture/steps/root_cause.html",
    CircleStep.PLAN: "culture/steps/plan.html",
    CircleStep.EXECUTE: "culture/steps/execute.html",
    CircleStep.EVALUATE: "culture/steps/evaluate.html",
    CircleStep.STANDARDISE: "culture/steps/standardise.html",
}


def _step(circle: Circle, number: int) -> CircleStep:
    step = queries.step_at(number)
    if step is None or not rules.may_open(step, circle.step):
        raise Http404
    return step


def url_of(circle: Circle, step: CircleStep | str) -> str:
    """The address of the page of a step."""
    return reverse("culture:step", args=[circle.pk, list(CircleStep).index(CircleStep(step)) + 1])


@guard("culture.proposal", "view")
@require_http_methods(["GET", "POST"])
def step(request: Request, pk: int, number: int) -> HttpResponse:
    """One page of a group: what the data say, what the group writes. Saves what is typed."""
    circle = circle_of(request, pk)
    at = _step(circle, number)
    kind = FORMS.get(at)
    if request.method == "POST" and kind is not None:
        return _save(request, circle, at, kind(request.POST))
    return step_page(request, circle, at)


def _save(request: Request, circle: Circle, at: CircleStep, form: StepForm) -> HttpResponse:
    if form.is_valid():
        given = form.cleaned_data["seen"], form.given(at)
        try:
            saved = _saved(request, circle, at, *given)
        except Invalid as problem:
            form.refuse([(problem.field, problem.message)])
        else:
            return saved
    return step_page(request, circle, at, form=form)


def _saved(
    request: Request, circle: Circle, at: CircleStep, seen: int | None, given: StepGiven
) -> HttpResponse:
    record = actions.save_step(circle, by=request.actor, step=at, given=given, seen=seen)
    at_time = formats.clock_time(record.saved_at or clock.now(), clock.zone())
    words = _("Saved at %(time)s") % {"time": at_time}
    if request.headers.get("X-Autosave"):
        return HttpResponse(words, content_type="text/plain; charset=utf-8")
    if "kirim" in request.POST:
        return _sent(request, circle, at)
    return done(request, url_of(circle, at), words)


def _sent(request: Request, circle: Circle, at: CircleStep) -> HttpResponse:
    try:
        record = actions.send_step(circle, by=request.actor, step=at)
    except Invalid as problem:
        return step_page(request, circle, at, problem=problem.message)
    if record.state == StepState.WAITING:
        return done(request, url_of(circle, at), _("Sent. A superior reads it and decides."))
    circle.refresh_from_db()
    return done(request, url_of(circle, circle.step), _("Done. On to the next step."))


@guard("culture.proposal", "create")
@once
@require_POST
def send(request: Request, pk: int, number: int) -> HttpResponse:
    """Finish the step at work."""
    circle = circle_of(request, pk)
    return _sent(request, circle, _step(circle, number))


@guard("culture.proposal", "approve")
@once
@require_POST
def decide(request: Request, pk: int, number: int) -> HttpResponse:
    """Approve a step that waits, or give it back with a note."""
    circle = circle_of(request, pk)
    at = _step(circle, number)
    record = StepRecord.objects.filter(circle=circle, step=at).select_related("circle").first()
    if record is None:
        raise Http404
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    if "setujui" in request.POST:
        actions.approve_step(record, by=request.actor)
        return done(request, url_of(circle, at), _("Approved. The group goes on."))
    try:
        actions.return_step(record, by=request.actor, note=note)
    except Invalid as problem:
        return step_page(request, circle, at, problem=problem.message)
    return done(request, url_of(circle, at), _("Given back with your note."))


# ------------------------------------------------------------------ the page itself


def step_page(
    request: Request,
    circle: Circle,
    at: CircleStep,
    *,
    form: forms.Form | None = None,
    problem: str = "",
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of a step with whatever was typed and refused; `more` holds other forms of it."""
    record, number = queries.records_of(circle).get(at.value), list(CircleStep).index(at) + 1
    writing = _is_writing(request, circle, at, record)
    context: dict[str, Any] = {
        "circle": circle,
        "number": number,
        "step": at,
        "record": record,
        "progress": progress_of(circle, at),
        "writing": writing,
        "may_send": writing and request.actor.person_id in leading_ids(circle),
        "may_decide": record is not None
        and record.is_waiting
        and circle.is_running
        and may_approve(request.actor, record),
        "note_form": NoteForm(),
        "is_current": circle.is_running and circle.step == at,
        "back": _before(circle, number),
        "needs_approval": rules.approval_needed(at, norms("culture", on=clock.today())),
        "following": _following(circle, at),
        "texts": texts_of(at, record.texts if record else {}),
        "problem": problem,
        "wording": wording,
        "form": form,
        **PARTS[at](request, circle, record),
        **(more or {}),
    }
    if context["form"] is None and at in FORMS:
        context["form"] = FORMS[at](initial=_initial(circle, record))
    failed = bool(problem or more) or (form is not None and bool(form.errors))
    return page(request, TEMPLATES[at], context, status=422 if failed else 200)


def _before(circle: Circle, number: int) -> dict[str, str] | None:
    """Name and address of the page before this one."""
    if number == 1:
        return None
    step = list(CircleStep)[number - 2]
    return {"name": wording.short_name(step), "url": url_of(circle, step)}


def _following(circle: Circle, at: CircleStep) -> dict[str, str] | None:
    """Name and address of the next page; no address while it cannot be opened."""
    step = rules.next_step(at)
    if step is None:
        return None
    opened = rules.may_open(step, circle.step)
    return {"name": wording.short_name(step), "url": url_of(circle, step) if opened else ""}


def _is_writing(
    request: Request, circle: Circle, at: CircleStep, record: StepRecord | None
) -> bool:
    open_ = circle.is_running and circle.step == at and not (record and record.is_waiting)
    return open_ and may_write(request.actor, circle)


def _initial(circle: Circle, record: StepRecord | None) -> dict[str, Any]:
    return {
        **(record.texts if record else {}),
        "target_count": circle.target_count,
        "target_on": circle.target_on,
        "competency": circle.competency,
        "audit_on": circle.audit_on,
        "seen": circle.version,
    }


def _theme(request: Request, circle: Circle, record: StepRecord | None) -> dict[str, Any]:
    return {
        "title": wording.theme_title(circle),
        "base": queries.baseline_of(circle),
        "words": queries.words_of(circle),
    }


def _target(request: Request, circle: Circle, record: StepRecord | None) -> dict[str, Any]:
    base = queries.baseline_of(circle)
    return {"title": wording.target_title(circle, base), "base": base, **_months(circle)}


def _months(circle: Circle) -> dict[str, Any]:
    months = queries.months_of(circle, clock.today())
    labels = [(wording.month(one.first), one.count) for one in months]
    began = clock.local(circle.started_at).date()
    return {
        "months": months,
        "chart": charts.columns(labels, target=circle.target_count),
        "tones": ["soft" if one.first <= began else "" for one in months],
    }


def _causes(request: Request, circle: Circle, record: StepRecord | None) -> dict[str, Any]:
    lines = queries.causes_of(circle, request.actor)
    return {
        "title": wording.causes_title(lines),
        "lines": lines,
        "branches": _outline(lines),
        "cause_form": CauseForm(),
    }


def _outline(lines: list[queries.CauseLine]) -> list[dict[str, Any]]:
    """Branches, their causes, and under each the whys one below the other."""
    found = []
    for branch in CauseBranch:
        causes = [line.cause for line in lines if line.cause.branch == branch]
        below = [{"title": cause.text, "below": _whys(list(cause.whys))} for cause in causes]
        if below:
            found.append({"title": label(branch), "below": below})
    return found


def _whys(whys: list[str]) -> list[dict[str, Any]]:
    return [{"title": whys[0], "below": _whys(whys[1:])}] if whys else []


def _root_cause(request: Request, circle: Circle, record: StepRecord | None) -> dict[str, Any]:
    lines = queries.causes_of(circle, request.actor)
    hit, total = queries.reports_of_dominant(circle, lines)
    counted = sorted(
        (line for line in lines if line.reports is not None), key=lambda line: -(line.reports or 0)
    )
    return {
        "title": wording.root_title(lines, hit, total),
        "lines": lines,
        "counted": counted,
        "total": total,
        "people": len(member_ids(circle)),
        "check_form": CheckForm,
    }


def _plan(request: Request, circle: Circle, record: StepRecord | None) -> dict[str, Any]:
    tasks = queries.tasks_of(circle)
    return {
        "title": wording.plan_title(tasks),
        "tasks": tasks,
        "task_form": task_form(circle),
    }


def task_form(circle: Circle, *posted: Any) -> TaskForm:
    """The form of a line of the plan, with the people and causes of the group."""
    people = [(str(one.person_id), one.person.display_name) for one in queries.members_of(circle)]
    causes = [
        (str(line.cause.pk), line.cause.text)
        for line in queries.causes_of(circle)
        if line.cause.is_dominant
    ]
    return TaskForm(people, causes, *posted)


def _execute(request: Request, circle: Circle, record: StepRecord | None) -> dict[str, Any]:
    tasks = queries.tasks_of(circle)
    today = clock.today()
    mine = {
        task.pk
        for task in tasks
        if circle.step == CircleStep.EXECUTE
        and circle.is_running
        and not task.is_done
        and (task.person_id == request.actor.person_id or may_send(request.actor, circle))
    }
    return {
        "title": wording.execute_title(tasks, today),
        "tasks": tasks,
        "finishable": mine,
        "today": today,
    }


def _evaluate(request: Request, circle: Circle, record: StepRecord | None) -> dict[str, Any]:
    effect = queries.effect_of(circle, clock.today())
    figures = norms("culture", on=clock.today())["circle_figures"]
    return {
        "title": wording.effect_title(effect),
        "effect": effect,
        "days": queries.days_after(circle, clock.today()),
        "fewest_days": figures["fewest_days_after"],
        **_months(circle),
    }


def _standardise(request: Request, circle: Circle, record: StepRecord | None) -> dict[str, Any]:
    return {"title": wording.standard_title(circle)}


PARTS: Mapping[CircleStep, Callable[..., dict[str, Any]]] = {
    CircleStep.THEME: _theme,
    CircleStep.TARGET: _target,
    CircleStep.CAUSES: _causes,
    CircleStep.ROOT_CAUSE: _root_cause,
    CircleStep.PLAN: _plan,
    CircleStep.EXECUTE: _execute,
    CircleStep.EVALUATE: _evaluate,
    CircleStep.STANDARDISE: _standardise,
}
