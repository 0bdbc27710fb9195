"""Causes, votes and tasks on the pages of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.culture import actions
from abdi.culture.choices import CircleStep
from abdi.culture.forms import CauseForm, CheckForm, NoteForm, VoteForm
from abdi.culture.models import Cause, Circle, Task
from abdi.culture.views.groups import circle_of
from abdi.culture.views.steps import step_page, task_form, url_of
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.once import once
from abdi.platform.pages import done

if TYPE_CHECKING:
    from abdi.platform.forms import CleanForm


def _refused(
    request: Request, circle: Circle, at: CircleStep, name: str, form: CleanForm
) -> HttpResponse:
    """The page again with the form that was refused; the first sentence also stands on top."""
    sentence = form.problems[0].message if form.problems else ""
    return step_page(request, circle, at, problem=sentence, more={name: form})


def _put(form: CleanForm, problem: Conflict | Invalid) -> None:
    field = getattr(problem, "field", "")
    form.refuse([(field, problem.message)])


def _at(circle: Circle, *steps: CircleStep) -> CircleStep:
    """The page to go back to: the step at work where it is one of these, else the first."""
    current = CircleStep(circle.step)
    return current if current in steps else steps[0]


@guard("culture.proposal", "create")
@once
@require_POST
def add_cause(request: Request, pk: int) -> HttpResponse:
    """Add a possible cause."""
    circle = circle_of(request, pk)
    form = CauseForm(request.POST)
    if form.is_valid():
        try:
            actions.add_cause(circle, by=request.actor, given=form.given())
            return done(request, url_of(circle, CircleStep.CAUSES), _("Added."))
        except (Conflict, Invalid) as problem:
            _put(form, problem)
    return _refused(request, circle, CircleStep.CAUSES, "cause_form", form)


def _cause(circle: Circle, pk: int) -> Cause:
    rows = Cause.objects.filter(circle=circle).select_related("circle")
    return get_object_or_404(rows, pk=pk)


@guard("culture.proposal", "create")
@once
@require_POST
def drop_cause(request: Request, pk: int, cause_pk: int) -> HttpResponse:
    """Take a cause off the list."""
    circle = circle_of(request, pk)
    actions.drop_cause(_cause(circle, cause_pk), by=request.actor)
    back = _at(circle, CircleStep.CAUSES, CircleStep.ROOT_CAUSE)
    return done(request, url_of(circle, back), _("Taken off the list."))


@guard("culture.proposal", "create")
@once
@require_POST
def check_cause(request: Request, pk: int, cause_pk: int) -> HttpResponse:
    """Say what the data show of a cause."""
    circle = circle_of(request, pk)
    cause = _cause(circle, cause_pk)
    form = CheckForm(request.POST)
    if form.is_valid():
        try:
            actions.check_cause(cause, by=request.actor, **form.cleaned_data)
            return done(request, url_of(circle, CircleStep.ROOT_CAUSE), _("Noted."))
        except Invalid as problem:
            _put(form, problem)
    more: dict[str, Any] = {"checked": cause.pk, "checked_form": form}
    sentence = form.problems[0].message
    return step_page(request, circle, CircleStep.ROOT_CAUSE, problem=sentence, more=more)


@guard("culture.proposal", "create")
@once
@require_POST
def votes(request: Request, pk: int) -> HttpResponse:
    """Choose the causes that matter most."""
    circle = circle_of(request, pk)
    ids = list(Cause.objects.filter(circle=circle).values_list("pk", flat=True))
    form = VoteForm(ids, request.POST)
    if form.is_valid():
        chosen = [int(one) for one in form.cleaned_data["cause_ids"]]
        try:
            actions.cast_votes(circle, by=request.actor, cause_ids=chosen)
            return done(request, url_of(circle, CircleStep.ROOT_CAUSE), _("Your voice is kept."))
        except Invalid as problem:
            _put(form, problem)
    return _refused(request, circle, CircleStep.ROOT_CAUSE, "vote_form", form)


@guard("culture.proposal", "create")
@once
@require_POST
def add_task(request: Request, pk: int) -> HttpResponse:
    """Add a line to the plan."""
    circle = circle_of(request, pk)
    form = task_form(circle, request.POST)
    if form.is_valid():
        try:
            actions.add_task(circle, by=request.actor, given=form.given())
            return done(request, url_of(circle, CircleStep.PLAN), _("Added to the plan."))
        except Invalid as problem:
            _put(form, problem)
    return _refused(request, circle, CircleStep.PLAN, "task_form", form)


def _task(circle: Circle, pk: int) -> Task:
    rows = Task.objects.filter(circle=circle).select_related("circle")
    return get_object_or_404(rows, pk=pk)


@guard("culture.proposal", "create")
@once
@require_POST
def drop_task(request: Request, pk: int, task_pk: int) -> HttpResponse:
    """Take a line out of the plan."""
    circle = circle_of(request, pk)
    actions.drop_task(_task(circle, task_pk), by=request.actor)
    return done(request, url_of(circle, CircleStep.PLAN), _("Taken out of the plan."))


@guard("culture.proposal", "create")
@once
@require_POST
def finish_task(request: Request, pk: int, task_pk: int) -> HttpResponse:
    """Report a task done."""
    circle = circle_of(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _refused(request, circle, CircleStep.EXECUTE, "note_form", form)
    note = form.cleaned_data["note"]
    actions.finish_task(_task(circle, task_pk), by=request.actor, note=note)
    return done(request, url_of(circle, CircleStep.EXECUTE), _("Done. Thank you."))
