"""A person's own pages: levels beside the standard, the assessment question by question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.competence import actions, queries
from abdi.competence.choices import AssessmentState
from abdi.competence.forms import AnswerForm
from abdi.competence.models import Assessment
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.formats import clock_time

if TYPE_CHECKING:
    from abdi.people.models import Person


@guard("competence.result", "view")
def mine(request: Request) -> HttpResponse:
    """My levels beside the standard, the three largest gaps first."""
    person = _me(request)
    round_ = queries.open_round()
    assessment = queries.assessment_of(person.pk, round_)
    hidden = round_ is not None and (assessment is None or _partial(assessment))
    position = people.position_of(person.pk)
    own = None
    if assessment is not None and not hidden:
        own = {code: line.level for code, line in queries.answers_of(assessment).items()}
    context = {
        "person": person,
        "position": position,
        "round": round_,
        "assessment": assessment,
        "hidden": hidden,
        "profile": None if hidden else queries.profile_of(person.pk, position, own=own),
        "standard": queries.standard_of(position) if position and not hidden else None,
        "evidence": list(queries.evidence_of(person.pk)[:10]),
        "answered": len(queries.answers_of(assessment)) if assessment and hidden else 0,
        "all": len(queries.CODES),
    }
    return page(request, "competence/mine.html", context)


@guard("competence.answer", "update")
@require_http_methods(["GET", "POST"])
def assess(request: Request) -> HttpResponse:
    """The start page: how many, how long, what for, who sees it."""
    person = _me(request)
    round_ = queries.open_round()
    assessment = queries.assessment_of(person.pk, round_)
    if request.method == "POST":
        if assessment is None:
            assessment = actions.start_self_assessment(person, by=request.actor)
        return redirect("competence:question", _next_open(assessment))
    if assessment is not None and not _partial(assessment):
        return redirect("competence:mine")
    context = {
        "round": round_,
        "assessment": assessment,
        "answered": len(queries.answers_of(assessment)) if assessment else 0,
        "all": len(queries.CODES),
        "superior": people.superior(person.pk),
    }
    return page(request, "competence/start.html", context)


@guard("competence.answer", "update")
@require_http_methods(["GET", "POST"])
def question(request: Request, number: int) -> HttpResponse:
    """One competency: behaviour sentences without numbers, an example, the evidence found."""
    assessment = _open_assessment(request)
    asked = queries.question_of(number)
    if asked is None:
        raise Http404
    if not _partial(assessment):
        return redirect("competence:mine")
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        code = asked.competency.code
        actions.answer(assessment, by=request.actor, competency=code, **form.cleaned_data)
        return _after_answer(request, assessment, number)
    if form.is_bound and request.headers.get("X-Autosave"):
        return HttpResponse(status=204)
    status = 422 if form.is_bound else 200
    context = _question_context(assessment, asked, form)
    return page(request, "competence/question.html", context, status=status)


def _after_answer(request: Request, assessment: Assessment, number: int) -> HttpResponse:
    if request.headers.get("X-Autosave"):
        words = _("Saved at %(time)s") % {"time": clock_time(clock.now(), clock.zone())}
        return HttpResponse(words, content_type="text/plain; charset=utf-8")
    if "attach" in request.POST:
        asked = queries.question_of(number)
        if asked is not None:
            code = asked.competency.code
            actions.attach_evidence(assessment, by=request.actor, competency=code)
        return redirect("competence:question", number)
    if number < len(queries.CODES) and "check" not in request.POST:
        return redirect("competence:question", number + 1)
    return redirect("competence:check")


def _question_context(
    assessment: Assessment, asked: queries.Question, form: AnswerForm
) -> dict[str, object]:
    answers = queries.answers_of(assessment)
    code = asked.competency.code
    kept = answers.get(code)
    found = queries.evidence_for(assessment.person_id, code, clock.today())
    typed = form.data if form.is_bound else {}
    return {
        "assessment": assessment,
        "asked": asked,
        "form": form,
        "level": typed.get("level", kept.level if kept else ""),
        "example": typed.get("example", kept.example if kept else ""),
        "progress": progress(asked.number, set(answers), "competence:question"),
        "count": len(queries.CODES),
        "complete": len(answers) == len(queries.CODES),
        "saved_at": kept.at if kept else None,
        "evidence": [piece for piece in found if piece.assessment_id != assessment.pk],
        "attached": [piece for piece in found if piece.assessment_id == assessment.pk],
    }


def progress(
    current: int, answered: set[str], route: str, *things: object
) -> list[tuple[str, str, str]]:
    """The list beside a question: done ones are links."""
    lines = []
    for number, found in enumerate(queries.competencies(), start=1):
        state = "cur" if number == current else "ok" if found.code in answered else ""
        url = reverse(route, args=[*things, number]) if state == "ok" else ""
        lines.append((found.name, state, url))
    return lines


@guard("competence.answer", "update")
def check(request: Request) -> HttpResponse:
    """All answers before they are sent."""
    assessment = _open_assessment(request)
    if not _partial(assessment):
        return redirect("competence:mine")
    answers = queries.answers_of(assessment)
    context = {
        "assessment": assessment,
        "lines": [
            (number, found, answers.get(found.code))
            for number, found in enumerate(queries.competencies(), start=1)
        ],
        "open": len(queries.CODES) - len(answers),
        "superior": people.superior(assessment.person_id),
    }
    return page(request, "competence/check.html", context)


@guard("competence.answer", "update")
@require_POST
@once
def send(request: Request) -> HttpResponse:
    """Send the answers to the superior."""
    actions.send(_open_assessment(request), by=request.actor)
    words = _("Sent. Your superior now answers the same list without seeing yours.")
    return done(request, reverse("competence:mine"), words)


@guard("people.placement", "view")
@require_POST
def ask_standard(request: Request) -> HttpResponse:
    """Tell the organisation office that my position has no standard."""
    position = people.position_of(_me(request).pk)
    if position is None:
        raise Http404
    actions.ask_for_standard(position, by=request.actor)
    words = _("The organisation office was told.")
    return done(request, reverse("competence:mine"), words)


def _me(request: Request) -> Person:
    person = people.persons().filter(pk=request.actor.person_id or 0).first()
    if person is None:
        raise Http404
    return person


def _open_assessment(request: Request) -> Assessment:
    found = queries.assessment_of(_me(request).pk, queries.open_round())
    if found is None:
        raise Http404
    return found


def _partial(assessment: Assessment) -> bool:
    return assessment.state == AssessmentState.PARTIAL


def _next_open(assessment: Assessment) -> int:
    answers = queries.answers_of(assessment)
    open_ones = [n for n, code in enumerate(queries.CODES, start=1) if code not in answers]
    return open_ones[0] if open_ones else len(queries.CODES)
