"""The superior's pages: the same list, without seeing the person's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.competence import actions, queries
from abdi.competence.choices import AssessmentState
from abdi.competence.forms import AnswerForm, TalkForm
from abdi.competence.models import Assessment
from abdi.competence.views.mine import progress
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.formats import clock_time

if TYPE_CHECKING:
    from abdi.people.models import Person

HIDDEN = (AssessmentState.PARTIAL, AssessmentState.SENT)


@guard("competence.answer", "create")
def team(request: Request) -> HttpResponse:
    """Everybody I lead: who waits for my answers, who has gaps."""
    round_ = queries.open_round()
    lines = queries.team_lines(request.actor, round_)
    context = {
        "round": round_,
        "lines": lines,
        "waiting": sum(1 for line in lines if line.waits_for_me),
        "all": len(queries.CODES),
    }
    return page(request, "competence/team.html", context)


@guard("competence.answer", "create")
def person(request: Request, code: str) -> HttpResponse:
    """One person: levels beside the standard, once both sides have answered."""
    who = _person(request, code)
    assessment = queries.assessment_of(who.pk, queries.open_round())
    hidden = assessment is not None and assessment.state in HIDDEN
    talks = queries.open_talks(assessment) if assessment else []
    context = {
        "who": who,
        "position": people.position_of(who.pk),
        "assessment": assessment,
        "hidden": hidden,
        "profile": None if hidden else queries.profile_of(who.pk, None),
        "talks": [(talk, queries.competency_of(talk.competency)) for talk in talks],
        "mine": queries.superior_answers_of(assessment) if assessment else {},
        "evidence": list(queries.evidence_of(who.pk)[:10]),
        "all": len(queries.CODES),
        "form": None,
    }
    actions.note_reading([who.pk], by=request.actor)
    return page(request, "competence/person.html", context)


@guard("competence.answer", "create")
@require_http_methods(["GET", "POST"])
def question(request: Request, code: str, number: int) -> HttpResponse:
    """One question about one of my people."""
    who = _person(request, code)
    assessment = _waiting(who)
    asked = queries.question_of(number, about_other=True)
    if asked is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.superior_answer(
            assessment, by=request.actor, competency=asked.competency.code, **form.cleaned_data
        )
        return _after_answer(request, who, number)
    if form.is_bound and request.headers.get("X-Autosave"):
        return HttpResponse(status=204)
    context = _question_context(who, assessment, asked, form)
    status = 422 if form.is_bound else 200
    return page(request, "competence/team_question.html", context, status=status)


def _after_answer(request: Request, who: Person, number: int) -> HttpResponse:
    if request.headers.get("X-Autosave"):
        words = _("Saved at %(time)s") % {"time": clock_time(clock.now(), clock.zone())}
        return HttpResponse(words, content_type="text/plain; charset=utf-8")
    if number < len(queries.CODES) and "check" not in request.POST:
        return redirect("competence:team_question", who.code, number + 1)
    return redirect("competence:team_check", who.code)


def _question_context(
    who: Person, assessment: Assessment, asked: queries.Question, form: AnswerForm
) -> dict[str, object]:
    answers = queries.superior_answers_of(assessment)
    kept = answers.get(asked.competency.code)
    typed = form.data if form.is_bound else {}
    found = queries.evidence_for(who.pk, asked.competency.code, clock.today())
    return {
        "who": who,
        "asked": asked,
        "form": form,
        "level": typed.get("level", kept.level if kept else ""),
        "example": typed.get("example", kept.example if kept else ""),
        "progress": progress(asked.number, set(answers), "competence:team_question", who.code),
        "count": len(queries.CODES),
        "complete": len(answers) == len(queries.CODES),
        "saved_at": kept.at if kept else None,
        "attached": [piece for piece in found if piece.assessment_id == assessment.pk],
    }


@guard("competence.answer", "create")
def check(request: Request, code: str) -> HttpResponse:
    """My answers about one person, before they count."""
    who = _person(request, code)
    answers = queries.superior_answers_of(_waiting(who))
    context = {
        "who": who,
        "lines": [
            (number, found, answers.get(found.code))
            for number, found in enumerate(queries.competencies(), start=1)
        ],
        "open": len(queries.CODES) - len(answers),
    }
    return page(request, "competence/team_check.html", context)


@guard("competence.answer", "create")
@require_POST
@once
def send(request: Request, code: str) -> HttpResponse:
    """End my answers about one person."""
    who = _person(request, code)
    after = actions.superior_send(_waiting(who), by=request.actor)
    words = _("Saved. No difference needs a talk; the result can be settled.")
    if after.state == AssessmentState.IN_TALK:
        words = _("Saved. Where you are two levels apart, talk first.")
    return done(request, reverse("competence:team_person", args=[who.code]), words)


@guard("competence.answer", "create")
@require_POST
@once
def talk(request: Request, code: str) -> HttpResponse:
    """Write down what a talk agreed on."""
    who = _person(request, code)
    assessment = queries.assessment_of(who.pk, queries.open_round())
    form = TalkForm(request.POST)
    if assessment is None or not form.is_valid():
        words = _("Pick the closest one. You can change it later.")
        return done(request, reverse("competence:team_person", args=[who.code]), words)
    actions.discuss(assessment, by=request.actor, **form.cleaned_data)
    words = _("The talk is on record.")
    return done(request, reverse("competence:team_person", args=[who.code]), words)


def _person(request: Request, code: str) -> Person:
    found = queries.person_of_team(request.actor, code)
    if found is None:
        raise Http404
    return found


def _waiting(who: Person) -> Assessment:
    found = queries.assessment_of(who.pk, queries.open_round())
    if found is None or found.state != AssessmentState.SENT:
        raise Http404
    return found
