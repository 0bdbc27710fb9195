"""A person's own year: targets, evidence, progress, words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.people import queries as people
from abdi.performance import actions, queries, rules, wording
from abdi.performance.choices import Measure
from abdi.performance.forms import FeedbackForm, ProgressForm, hundredths
from abdi.performance.models import Target
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.norms import norms
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of

EARLIEST_YEAR = 2020


def person_id(request: Request) -> int:
    """The person behind the account; operators' accounts have none."""
    if request.actor.person_id is None:
        raise Http404
    return request.actor.person_id


def year_of(year: int | None) -> int:
    """A year a page can be about."""
    this_year = clock.today().year
    asked = year or this_year
    if not EARLIEST_YEAR <= asked <= this_year + 1:
        raise Http404
    return asked


@guard("performance.plan", "view")
def overview(request: Request, year: int | None = None) -> HttpResponse:
    """My targets with what they stand at, where they come from, and words about them."""
    me, asked, today = person_id(request), year_of(year), clock.today()
    day = min(today, date(asked, 12, 31))
    found = queries.person_figures(me, asked, day)
    targets = [figure.target for figure in found.figures]
    plan = targets[0].plan if targets else queries.plan_of(me, asked)
    feedback = queries.feedback_to(me, asked)
    chain = queries.chain_of(targets)
    evaluations = queries.evaluations_of(me, asked)
    context: dict[str, Any] = {
        "year": asked,
        "plan": plan,
        "figures": found.figures,
        "chain": chain,
        "titles": _titles([t.plan.person_id for t in [*chain, *_parents(targets)]]),
        "feedback": feedback,
        "words_of": {t.pk: [f for f in feedback if f.target_id == t.pk][:3] for t in targets},
        "evaluations": evaluations,
        "steps": _steps(plan, asked, today, evaluations) if plan else [],
        "lead": _lead(found.figures, asked, today),
        "progress_form": ProgressForm(),
        "wording": wording,
        "rated": Measure.REPORT_RATING,
    }
    return page(request, "performance/mine.html", context)


def _parents(targets: list[Target]) -> list[Target]:
    return [target.parent for target in targets if target.parent is not None]


def _titles(person_ids: list[int]) -> dict[int, str]:
    """What these people are, for “derived from”; one query."""
    return {pk: seat.position.title for pk, seat in people.seating(person_ids).items()}


def _lead(figures: Any, year: int, today: date) -> str:
    coming = next(
        (
            span
            for span in rules.quarters_of(year, norms("performance", on=today))
            if span.opens_on >= today
        ),
        None,
    )
    words = wording.summary(figures) if figures else ""
    return f"{words} {wording.opens(coming.opens_on, coming.number) if coming else ''}".strip()


def _steps(plan: Any, year: int, today: date, evaluations: Any) -> list[tuple[str, str, str]]:
    agreed = _("Agreed on %(day)s") if plan.agreed_at else _("Agreed with the superior")
    day = wording.day(clock.local(plan.agreed_at).date()) if plan.agreed_at else ""
    final = sorted({row.period.number for row in evaluations if row.is_final})
    running = (today.month - 1) // 3 + 1 if today.year == year else 4
    quarters = ", ".join(wording.ROMAN[number] for number in final)
    return [
        (agreed % {"day": day} if day else agreed, "done" if plan.agreed_at else "now", ""),
        (
            _("Quarter %(numbers)s evaluated") % {"numbers": quarters}
            if final
            else _("No quarter evaluated yet"),
            "done" if final else "",
            "",
        ),
        (
            _("Work in quarter %(number)s") % {"number": wording.ROMAN[running]},
            "now" if plan.agreed_at else "",
            "",
        ),
        (_("Evaluation of the year"), "", ""),
    ]


@guard("performance.progress", "view")
def evidence(request: Request) -> HttpResponse:
    """What arrived by itself, and what was entered; the newest first."""
    me, year = person_id(request), clock.today().year
    kind = request.GET.get("jenis", "")
    rows = queries.evidence(me, year)
    if kind in Measure.codes():
        rows = rows.filter(measure=kind)
    shown = page_of(rows, request)
    context = {
        "year": year,
        "rows": shown,
        "kind": kind,
        "kinds": [(code.value, code) for code in Measure],
        "count": queries.evidence(me, year).filter(is_taken_back=False).count(),
        "wording": wording,
        "numbers": queries.report_numbers([row.about for row in shown.rows], request.actor),
    }
    return page(request, "performance/evidence.html", context)


def my_target(request: Request, pk: int) -> Target:
    """A target of my own; another's is not found."""
    target: Target = get_object_or_404(
        Target.objects.select_related("plan__person", "parent__plan__person"),
        pk=pk,
        plan__person_id=person_id(request),
        is_dropped=False,
    )
    return target


@guard("performance.progress", "create")
@require_POST
@once
def note_progress(request: Request, pk: int) -> HttpResponse:
    """Enter progress at a target that does not collect by itself."""
    target = my_target(request, pk)
    form = ProgressForm(request.POST)
    if not form.is_valid():
        raise Invalid(str(form.problems[0].message), field="amount")
    data = form.cleaned_data
    actions.note_progress(
        target, by=request.actor, amount=hundredths(data["amount"]), note=data["note"]
    )
    place = reverse("performance:mine_year", args=[target.plan.year])
    return done(request, f"{place}#sasaran-{pk}", _("Your progress is in."))


@guard("performance.progress", "view")
@require_POST
@once
def give_feedback(request: Request, pk: int) -> HttpResponse:
    """Write at a target: the superior to his people, and the person himself."""
    target = get_object_or_404(Target.objects.select_related("plan__person"), pk=pk)
    if not queries.visible_plans(request.actor).filter(pk=target.plan_id).exists():
        raise Http404
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        raise Invalid(str(form.problems[0].message), field="text")
    actions.give_feedback(
        target.plan.person,
        by=request.actor,
        text=form.cleaned_data["text"],
        target=target,
        kind=form.cleaned_data["kind"] or "result",
    )
    mine = target.plan.person_id == request.actor.person_id
    route = "performance:mine_year" if mine else "performance:team_plan"
    place = reverse(route, args=[target.plan.year if mine else target.plan_id])
    return done(request, f"{place}#sasaran-{pk}", _("Your message is sent."))
