"""Pages of neutrality: what is forbidden, the declaration, the may-I desk."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.integrity import actions, queries, rules, wording
from abdi.integrity.choices import AdviceKind
from abdi.integrity.forms import AnswerForm, AskForm, PatternForm, SignForm
from abdi.integrity.models import SMALLEST_GROUP
from abdi.integrity.permissions import may_answer, may_publish_pattern
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Refused, Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.cells import publish_cells
from abdi.platform.headers import no_referrer
from abdi.platform.norms import norms
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of

if TYPE_CHECKING:
    from abdi.integrity.models import Advice
    from abdi.people.models import Person


def _me(request: Request) -> Person:
    person = people.visible_people(request.actor).filter(pk=request.actor.person_id or 0).first()
    if person is None:
        raise Http404
    return person


def _outside() -> list[dict[str, str]]:
    """The addresses outside the institution, with their names in the reader's language."""
    found = norms("integrity", on=clock.today())["outside_addresses"]
    return [
        {
            "name": wording.in_language(found["how"][key], "name"),
            "text": wording.in_language(found["how"][key], "text"),
            "site": found["how"][key]["site"],
            "url": f"https://{found['how'][key]['site']}",
        }
        for key in found["to"]
    ]


@guard("integrity.pledge", "view")
@no_referrer
def home(request: Request) -> HttpResponse:
    """Stay neutral: what is forbidden now, one's declaration, where to ask and report."""
    today = clock.today()
    figures = norms("integrity", on=today)
    phase = rules.phase_on(today, figures)
    acts = rules.acts_in_phase(phase, figures)
    person_id = request.actor.person_id
    context = {
        "year": today.year,
        "phase_words": wording.phase_sentence(phase),
        "ethics": [act for act in acts if not act.is_discipline],
        "discipline": [act for act in acts if act.is_discipline],
        "pledge": queries.pledge_of(person_id, today.year) if person_id else None,
        "may_sign": request.actor.holds("integrity.pledge", "create"),
        "sees_list": _sees_others(request),
        "waiting": len(queries.waiting_advice(request.actor)[:100]),
        "answers": request.actor.holds("integrity.advice", "answer"),
        "kinds": list(AdviceKind),
        "outside": _outside(),
        "wording": wording,
    }
    return page(request, "integrity/home.html", context)


@guard("integrity.pledge", "create")
@no_referrer
@once
@require_http_methods(["GET", "POST"])
def pledge(request: Request) -> HttpResponse:
    """The declaration of the year: read it, tick, sign."""
    person = _me(request)
    today = clock.today()
    text = norms("integrity", on=today)["pledge"]
    signed = queries.pledge_of(person.pk, today.year)
    form = SignForm(
        request.POST if request.method == "POST" else None,
        initial={"text_version": text["version"]},
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["text_version"]
        try:
            actions.sign_pledge(person, by=request.actor, text_version=version)
            return done(request, reverse("integrity:pledge"), _("Signed. Thank you."))
        except (Conflict, Invalid) as problem:
            form.add_error(None, problem.message)
    context = {
        "form": form,
        "person": person,
        "year": today.year,
        "version": text["version"],
        "points": [wording.in_language(point, "text") for point in text["points"]],
        "signed": signed,
        "earlier": [row for row in queries.pledges_of(person.pk) if row.year != today.year],
    }
    return page(request, "integrity/pledge.html", context, status=422 if form.errors else 200)


def _sees_others(request: Request) -> bool:
    reach = request.actor.reach("integrity.pledge", "view")
    return reach.all or bool(reach.agency_ids or reach.team_ids)


@guard("integrity.pledge", "view")
def pledges(request: Request) -> HttpResponse:
    """Who has signed this year, by unit, and who has not."""
    if not _sees_others(request):
        raise Refused("no_reach", resource="integrity.pledge", act="view")
    year = clock.today().year
    table = queries.pledge_table(request.actor, year)
    code = request.GET.get("unit", "")[:40]
    chosen = next((row.unit for row in table if row.unit.code == code), None)
    if code and chosen is None:
        raise Http404
    missing = queries.unsigned(request.actor, year, chosen.pk if chosen else None)
    counted = sum(row.people for row in table), sum(row.signed for row in table)
    if not table:
        team = request.actor.team_ids
        counted = len(team), len(team & queries.signed_person_ids(year))
    context = {
        "year": year,
        "rows": table,
        "chosen": chosen,
        "missing": page_of(missing, request),
        "people": counted[0],
        "signed": counted[1],
    }
    return page(request, "integrity/pledges.html", context)


@guard("integrity.advice", "view")
@no_referrer
@once
@require_http_methods(["GET", "POST"])
def may_i(request: Request) -> HttpResponse:
    """May I?: choose what it is about, read the answer, or ask in one's own words."""
    asks = request.actor.holds("integrity.advice", "create")
    form = AskForm(request.POST if request.method == "POST" else None) if asks else None
    if request.method == "POST" and form is not None and form.is_valid():
        row = _ask(request, form)
        if row is not None:
            return done(
                request,
                reverse("integrity:advice", args=[row.pk]),
                _("Sent. The answer will stand here and in your list of things to do."),
            )
    if request.method == "POST" and form is None:
        raise Refused("no_grant", resource="integrity.advice", act="create")
    kind = _kind(request)
    context: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "kinds": list(AdviceKind),
        "mine": queries.own_advice(request.actor),
        "pattern": queries.patterns().get(kind) if kind else None,
        "answer_days": norms("integrity", on=clock.today())["advice_answer_days"],
        "answers": request.actor.holds("integrity.advice", "answer"),
        "outside": _outside(),
        "wording": wording,
        **_cards(kind),
    }
    status = 422 if form is not None and form.errors else 200
    return page(request, "integrity/may_i.html", context, status=status)


def _ask(request: Request, form: AskForm) -> Advice | None:
    try:
        return actions.ask(_me(request), by=request.actor, **form.cleaned_data)
    except Invalid as problem:
        form.refuse([(problem.field, problem.message)])
        return None


def _kind(request: Request) -> AdviceKind | None:
    given = request.POST.get("kind") or request.GET.get("tentang", "")
    return AdviceKind(given) if given in AdviceKind.codes() else None


def _cards(kind: AdviceKind | None) -> dict[str, Any]:
    """The acts a question touches, and the cards that answer it."""
    if kind is None:
        return {"acts": [], "cards": []}
    figures = norms("integrity", on=clock.today())
    acts = rules.acts_of_kind(kind, figures)
    keys = rules.advice_about([act.code for act in acts], figures)
    special = [key for key in keys if figures["advice_cards"][key]["about"] or key == kind]
    return {
        "acts": acts,
        "cards": [wording.in_language(figures["advice_cards"][key], "text") for key in special],
    }


@guard("integrity.advice", "view")
@no_referrer
def advice(request: Request, pk: int) -> HttpResponse:
    """One question with its answer; officers answer here."""
    row = get_object_or_404(queries.visible_advice(request.actor), pk=pk)
    return _advice_page(request, row, AnswerForm(initial={"seen": row.version}))


def _advice_page(
    request: Request, row: Advice, form: AnswerForm, status: int = 200
) -> HttpResponse:
    own = row.person_id == request.actor.person_id
    if not own or (row.is_answered and row.read_at is None):
        actions.note_reading(row, by=request.actor)
    context = {
        "row": row,
        "own": own,
        "form": form,
        "may_answer": not row.is_answered and may_answer(request.actor, row),
        "wording": wording,
        **_cards(AdviceKind(row.kind)),
    }
    return page(request, "integrity/advice.html", context, status=status)


@guard("integrity.advice", "answer")
@once
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """An officer answers on record."""
    row = get_object_or_404(queries.visible_advice(request.actor), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _advice_page(request, row, form, status=422)
    given = form.cleaned_data
    actions.answer(row, by=request.actor, text=given["text"], seen=given["seen"])
    return done(request, reverse("integrity:questions"), _("Answered. The asker is told."))


@guard("integrity.advice", "answer")
@no_referrer
def questions(request: Request) -> HttpResponse:
    """The officers' list: what waits, what was answered, what many ask."""
    return _questions_page(request, PatternForm())


def _questions_page(request: Request, form: PatternForm, status: int = 200) -> HttpResponse:
    counts = queries.questions_by_kind()
    cells: dict[Hashable, int] = {kind: counts.get(kind, 0) for kind in AdviceKind.codes()}
    shown = publish_cells(cells, totals=[])
    published = queries.patterns()
    kinds = [
        {
            "kind": kind,
            "count": shown.count(kind.value),
            "pattern": published.get(kind.value),
            "enough": rules.may_publish(counts.get(kind.value, 0), SMALLEST_GROUP),
        }
        for kind in AdviceKind
    ]
    answered = queries.visible_advice(request.actor).filter(answered_at__isnull=False)
    context = {
        "waiting": page_of(queries.waiting_advice(request.actor), request),
        "answered": page_of(answered, request, key="lama"),
        "kinds": kinds,
        "form": form,
        "publishes": may_publish_pattern(request.actor),
        "today": clock.today(),
    }
    return page(request, "integrity/questions.html", context, status=status)


@guard("integrity.advice", "publish")
@once
@require_POST
def publish(request: Request) -> HttpResponse:
    """Publish an answer for all."""
    form = PatternForm(request.POST)
    if form.is_valid():
        try:
            actions.publish_pattern(by=request.actor, **form.cleaned_data)
            return done(request, reverse("integrity:questions"), _("Published, without names."))
        except (Conflict, Invalid) as problem:
            form.add_error(None, problem.message)
    return _questions_page(request, form, status=422)
