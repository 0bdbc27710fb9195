"""The team's evaluation: quadrant, list, one person's form; saved one by one, sent together."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.performance import actions, queries, rules, wording
from abdi.performance.choices import Predicate, Rating, UnitAchievement, Value
from abdi.performance.forms import EvaluationForm
from abdi.performance.models import Evaluation, Period
from abdi.performance.queries import Member, Team
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.labels import label
from abdi.platform.norms import norms
from abdi.platform.once import once
from abdi.platform.pages import done, page

TONES = {"sangat_baik": 3, "baik": 2, "butuh_perbaikan": 1, "kurang": 0, "sangat_kurang": 0}
ROWS = (Rating.ABOVE, Rating.MEETS, Rating.BELOW)
COLUMNS = (Rating.BELOW, Rating.MEETS, Rating.ABOVE)


def _period(request: Request) -> Period | None:
    return queries.evaluated_period(clock.today(), request.GET.get("periode", ""))


def _address(period: Period, code: str = "") -> str:
    place = f"{reverse('performance:evaluating')}?periode={period.year}-{period.number}"
    return f"{place}&orang={code}" if code else place


def _team(request: Request, period: Period | None) -> Team:
    today = clock.today()
    return queries.team_of(request.actor, period.year if period else today.year, period, today)


@guard("performance.rating", "create")
def evaluating(request: Request) -> HttpResponse:
    """The team in a quarter, and the form of the chosen person."""
    period = _period(request)
    found = _team(request, period)
    member = _chosen(found, request.GET.get("orang", ""))
    return _show(request, period, found, member)


def _chosen(found: Team, code: str) -> Member | None:
    if code:
        member = next((m for m in found.members if m.person.code == code), None)
        if member is None:
            raise Http404
        return member
    waiting = (m for m in found.members if m.evaluation is None)
    return next(waiting, found.members[0] if found.members else None)


def _show(
    request: Request,
    period: Period | None,
    found: Team,
    member: Member | None,
    *,
    form: EvaluationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if member is not None:
        actions.note_reading(found.by_person, by=request.actor)
        form = form or EvaluationForm(initial=_initial(member, _behaviours(member)))
    context: dict[str, Any] = {
        **_about_team(request, found, period),
        "cells": _cells(found, member, norms("performance", on=clock.today())),
        "member": member,
        "form": form,
        "clash": status == 409,
        "shown": _shown(member, form) if member and form else None,
        "next": found.after(member.person.pk) if member else None,
        "values": list(Value),
        "ratings_labelled": [(code.value, label(code)) for code in COLUMNS],
        "short_labelled": wording.short_ratings(),
        "rating_labels": dict(wording.short_ratings()),
        "proposed_label": label(member.proposed, Rating).lower() if member else "",
        "wording": wording,
        "address": _address,
    }
    return page(request, "performance/evaluating.html", context, status=status)


def _about_team(request: Request, found: Team, period: Period | None) -> dict[str, Any]:
    """What the page says of the team as a whole: finding, drafts, spread."""
    today = clock.today()
    asked = request.GET.get("capaian", "")
    organisation = asked if asked in UnitAchievement.codes() else UnitAchievement.BAIK.value
    fewest = norms("performance", on=today)["distribution_fewest_people"]
    return {
        "period": period,
        "is_open": period is not None and period.is_open(today),
        "team": found,
        "title": wording.team_heading(found),
        "drafts": found.drafts,
        "organisation": organisation,
        "organisations_labelled": [(code.value, label(code)) for code in UnitAchievement],
        "spread": wording.spread_words(queries.spread(found, organisation, today).warnings),
        "is_equal": queries.all_equal(found, fewest),
    }


def _behaviours(member: Member) -> dict[str, tuple[str, str]]:
    return queries.behaviours_of(member.evaluation) if member.evaluation else {}


def _initial(member: Member, behaviours: dict[str, tuple[str, str]]) -> dict[str, Any]:
    row = member.evaluation
    found: dict[str, Any] = {
        "seen": row.version if row else "",
        "result_rating": row.result_rating if row else member.proposed or Rating.MEETS.value,
        "result_reason": row.result_reason if row else "",
        "dialog_note": row.dialog_note if row else "",
    }
    for value in Value:
        rating, example = behaviours.get(value.value, (Rating.MEETS.value, ""))
        found[f"rating_{value}"], found[f"example_{value}"] = rating, example
    return found


def _shown(member: Member, form: EvaluationForm) -> dict[str, Any]:
    """The predicate that the form as it stands leads to, and what follows from it."""
    if form.is_bound:
        result, behaviours = form.guessed()
        talk = bool(form.data.get("dialog_note", "").strip())
    else:
        result = form.initial["result_rating"]
        behaviours = [form.initial[f"rating_{value}"] for value in Value]
        talk = bool(form.initial["dialog_note"])
    return judged(result or member.proposed or Rating.MEETS.value, behaviours, talk)


def judged(result: str, behaviours: list[str], talk: bool) -> dict[str, Any]:
    """Predicate and consequences of ratings, before anything is saved."""
    overall = rules.behaviour_rating(
        behaviours.count(Rating.ABOVE), behaviours.count(Rating.BELOW), len(Value.codes())
    )
    code = rules.predicate(result, overall, norms("performance", on=clock.today()))
    talk = talk and rules.is_low(code)
    return {
        "predicate": Predicate(code),
        "result": Rating(result),
        "behaviour": Rating(overall),
        "is_low": rules.is_low(code),
        "talk": talk,
        "consequences": wording.consequences(code, talk=talk),
        "tone": wording.predicate_tone(code),
    }


def _cells(found: Team, chosen: Member | None, figures: Any) -> list[dict[str, Any]]:
    inside = queries.count_ratings(found)
    cells = []
    for behaviour in ROWS:
        for result in COLUMNS:
            code = rules.predicate(result.value, behaviour.value, figures)
            people = [
                (m.person.display_name, m is chosen) for m in inside[result.value, behaviour.value]
            ]
            cells.append({"name": Predicate(code), "tone": TONES[code], "people": people})
    return cells


@guard("performance.rating", "create")
@require_POST
def preview(request: Request) -> HttpResponse:
    """The predicate that the form as it stands leads to; nothing is saved."""
    result, behaviours = EvaluationForm(request.POST).guessed()
    talk = bool(request.POST.get("dialog_note", "").strip())
    shown = judged(result or Rating.MEETS.value, behaviours, talk)
    return page(request, "performance/_predicate.html", {"shown": shown})


@guard("performance.rating", "create")
@require_POST
@once
def save(request: Request) -> HttpResponse:
    """Save one evaluation as a draft and go on to the next person."""
    period = _period(request)
    if period is None:
        raise Conflict(_("This quarter is not open for evaluation."))
    found = _team(request, period)
    member = _chosen(found, request.GET.get("orang", "-"))
    if member is None:
        raise Http404
    form = EvaluationForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            _save(request, member, period, form)
        except Invalid as refusal:
            form.refuse([(refusal.field, refusal.message)])
        except Conflict as clash:
            if not isinstance(clash.current, Evaluation) or clash.current.is_final:
                raise
            status = 409
        else:
            following = found.after(member.person.pk)
            code = following.person.code if following else member.person.code
            message = _("Saved: %(name)s.") % {"name": member.person.display_name}
            return done(request, _address(period, code), message)
    again = _team(request, period)
    return _show(
        request, period, again, again.by_person[member.person.pk], form=form, status=status
    )


def _save(request: Request, member: Member, period: Period, form: EvaluationForm) -> None:
    data = form.cleaned_data
    actions.save_evaluation(
        member.person,
        period,
        by=request.actor,
        seen=data["seen"],
        result_rating=data["result_rating"],
        result_reason=data["result_reason"],
        behaviours=form.behaviours(),
        dialog_note=data["dialog_note"],
    )


@guard("performance.rating", "finalise")
@require_POST
@once
def send(request: Request) -> HttpResponse:
    """Make all saved evaluations of the quarter final, as the leader saw them."""
    period = _period(request)
    if period is None:
        raise Conflict(_("This quarter is not open for evaluation."))
    drafts = {f"{row.pk}:{row.version}": row for row in _team(request, period).drafts}
    asked = request.POST.getlist("draft")
    if not asked or set(asked) - set(drafts):
        raise Conflict(_("Somebody changed this meanwhile."))
    for key in asked:
        row = drafts[key]
        actions.finalise_evaluation(row, by=request.actor, seen=row.version)
    message = ngettext(
        "%(count)s evaluation is final.", "%(count)s evaluations are final.", len(asked)
    )
    return done(request, _address(period), message % {"count": len(asked)})
