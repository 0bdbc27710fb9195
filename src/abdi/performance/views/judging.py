"""One evaluation: read and explained, printed, objected to, decided."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.performance import actions, printing, queries, wording
from abdi.performance.choices import ObjectionState, Rating, Value
from abdi.performance.forms import DecisionForm, ObjectionForm
from abdi.performance.models import Evaluation, Objection
from abdi.performance.permissions import may_decide, may_object
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict
from abdi.platform.once import once
from abdi.platform.pages import done, page


def _evaluation(request: Request, pk: int) -> Evaluation:
    row: Evaluation = get_object_or_404(queries.visible_evaluations(request.actor), pk=pk)
    return row


@guard("performance.rating", "view")
def evaluation(request: Request, pk: int) -> HttpResponse:
    """One evaluation: where its numbers come from, and what the person may do."""
    return _show(request, _evaluation(request, pk))


def _show(
    request: Request,
    row: Evaluation,
    objection_form: ObjectionForm | None = None,
    decision_form: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    objection = Objection.objects.filter(evaluation=row).select_related("decider").first()
    if row.person_id != request.actor.person_id:
        actions.note_reading([row.person_id], by=request.actor)
    context: dict[str, Any] = {
        "row": row,
        "lines": [_line(given) for given in row.inputs],
        "behaviours": queries.behaviours_of(row),
        "values": list(Value),
        "objection": objection if objection and _sees(request, row, objection) else None,
        "objects": objection is None and _may_still_object(request, row),
        "last_day": queries.objection_last_day(row),
        "decides": objection is not None and _decides(request, objection),
        "objection_form": objection_form or ObjectionForm(),
        "decision_form": decision_form or DecisionForm(initial=_as_rated(row, objection)),
        "is_mine": row.person_id == request.actor.person_id,
        "wording": wording,
        "rating": Rating,
        "rating_labels": dict(wording.short_ratings()),
    }
    return page(request, "performance/evaluation.html", context, status=status)


def _may_still_object(request: Request, row: Evaluation) -> bool:
    return may_object(request.actor, row) and queries.objection_is_open(row, clock.today())


def _decides(request: Request, objection: Objection) -> bool:
    return objection.state == ObjectionState.OPEN and may_decide(request.actor, objection)


def _as_rated(row: Evaluation, objection: Objection | None) -> dict[str, Any]:
    return {
        "seen": objection.version if objection else 1,
        "result_rating": row.result_rating,
        "behaviour_rating": row.behaviour_rating,
    }


def _sees(request: Request, row: Evaluation, objection: Objection) -> bool:
    me = request.actor.person_id
    return (
        me in (row.person_id, row.appraiser_id, objection.decider_id)
        or request.actor.reach("performance.objection", "view").all
    )


def _line(given: dict[str, Any]) -> dict[str, Any]:
    measure, unit = given["measure"], given["unit"]
    return {
        **given,
        "figure_words": wording.figure(measure, unit, given["figure"]),
        "actual_words": wording.figure(measure, unit, given["actual"]),
        "expected_words": wording.figure(measure, unit, wording.whole(given["expected"])),
    }


@guard("performance.objection", "create")
@require_POST
@once
def object_to(request: Request, pk: int) -> HttpResponse:
    """Object to one's own evaluation."""
    row = _evaluation(request, pk)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _show(request, row, objection_form=form, status=422)
    actions.object_to(row, by=request.actor, reason=form.cleaned_data["reason"])
    message = _("Your objection is with the superior of who rated you.")
    return done(request, reverse("performance:evaluation", args=[row.pk]), message)


@guard("performance.objection", "decide")
@require_POST
@once
def decide(request: Request, pk: int) -> HttpResponse:
    """Decide an objection."""
    row = _evaluation(request, pk)
    objection = Objection.objects.filter(evaluation=row).select_related("evaluation").first()
    if objection is None:
        raise Http404
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, row, decision_form=form, status=422)
    data = form.cleaned_data
    actions.decide_objection(
        objection,
        by=request.actor,
        seen=data["seen"],
        decision=data["decision"],
        result_rating=data["result_rating"],
        behaviour_rating=data["behaviour_rating"],
    )
    return done(request, reverse("performance:evaluation", args=[row.pk]), _("Decided."))


@guard("performance.rating", "view")
def evaluation_pdf(request: Request, pk: int) -> HttpResponse:
    """The evaluation on paper, in the order of the form; final ones only."""
    row = _evaluation(request, pk)
    if not row.is_final:
        raise Conflict(_("This evaluation is not final yet."))
    if row.person_id != request.actor.person_id:
        actions.note_reading([row.person_id], by=request.actor)
    return _file(printing.evaluation(row, request.institution), f"evaluasi-{row.pk}.pdf")


@guard("performance.plan", "view")
def plan_pdf(request: Request, pk: int) -> HttpResponse:
    """A plan on paper, in the order of the form; without weights, as the form has none."""
    plan = get_object_or_404(queries.visible_plans(request.actor), pk=pk)
    if plan.person_id != request.actor.person_id:
        actions.note_reading([plan.person_id], by=request.actor)
    return _file(printing.plan(plan, request.institution), f"skp-{plan.year}-{plan.pk}.pdf")


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
