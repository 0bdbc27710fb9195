"""Pages for the words of letters, the heads of paper, and numbers kept for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from abdi.letters import actions, papers, queries, rules
from abdi.letters.choices import LetterKind
from abdi.letters.forms import LetterheadForm, ReserveForm, TemplateForm
from abdi.letters.permissions import may_reserve
from abdi.letters.samples import sample_of
from abdi.people import queries as people
from abdi.platform import clock, files
from abdi.platform.access import Refused, Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.images import BadPhoto, clean_photo
from abdi.platform.once import once, run_once
from abdi.platform.pages import done, page

if TYPE_CHECKING:
    from abdi.people.models import Unit

WORDS_CELL = "people.letter_template"


def _agency(request: Request) -> Unit | None:
    """Whose words this actor keeps: everybody's (None), or those of his agency."""
    reach = request.actor.reach(WORDS_CELL, "create")
    if reach.all:
        return None
    found = people.units().filter(pk__in=reach.agency_ids).first()
    if found is None:
        raise Refused("no_reach", resource=WORDS_CELL, act="create")
    return found


@guard("people.letter_template", "view")
def templates(request: Request) -> HttpResponse:
    """Every kind of letter with the words in force, and where they come from."""
    agency = _agency(request)
    today = clock.today()
    own = queries.latest_templates(agency.pk if agency else None, today)
    of_all = queries.latest_templates(None, today) if agency else {}
    context = {
        "agency": agency,
        "kinds": [(kind, own.get(kind.value), of_all.get(kind.value)) for kind in LetterKind],
        "reserves": may_reserve(request.actor),
    }
    return page(request, "letters/templates.html", context)


@guard("people.letter_template", "create")
@once
@require_http_methods(["GET", "POST"])
def template(request: Request, kind: str) -> HttpResponse:
    """The words of one kind: read, change from a day on, look at them first."""
    if kind not in LetterKind.codes():
        raise Http404
    agency = _agency(request)
    today = clock.today()
    words = queries.wording_of(kind, agency.pk if agency else None, today)
    form = TemplateForm(
        request.POST if request.method == "POST" else None,
        initial={
            "start_on": today,
            "subject": words.subject,
            "body": words.body,
            "copies": words.copies,
            "classification": words.classification,
            "pattern": words.pattern,
            "paper": words.paper,
        },
    )
    looks = "look" in request.POST
    if form.is_bound and form.is_valid() and not looks and _saved(request, form, kind, agency):
        words_said = _("The new words count from the day you chose.")
        return done(request, reverse("letters:template", args=[kind]), words_said)
    return _template_page(request, form, kind, agency)


def _saved(request: Request, form: TemplateForm, kind: str, agency: Unit | None) -> bool:
    try:
        given = actions.TemplateGiven(kind=kind, **form.cleaned_data)
        actions.save_template(agency, by=request.actor, given=given)
    except Invalid as problem:
        form.refuse([(problem.field, problem.message)])
        return False
    return True


def _template_page(
    request: Request, form: TemplateForm, kind: str, agency: Unit | None
) -> HttpResponse:
    given = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    unit = agency or people.units().filter(parent=None).first()
    problems = rules.template_problems(str(given.get("body", "")))
    sample = sample_of(kind, given, unit, request.institution) if unit else None
    context: dict[str, Any] = {
        "form": form,
        "kind": LetterKind(kind),
        "agency": agency,
        "versions": queries.versions_of(kind, agency.pk if agency else None),
        "words": sorted(rules.WORDS.values()),
        "tables": sorted(rules.WORDS[key] for key in rules.TABLES),
        "problems": [actions.sentence_of(problem) for problem in problems],
        "document": papers.document_of(sample) if sample and not problems else None,
    }
    return page(request, "letters/template.html", context, status=422 if form.errors else 200)


@guard("people.letter_template", "create")
@require_http_methods(["GET", "POST"])
def letterhead(request: Request) -> HttpResponse:
    """The head of the paper: name, address, logo, place."""
    agency = _agency(request)
    row = queries.letterhead_of(agency.pk if agency else None)
    head = queries.head_of_paper(agency, request.institution.name) if agency else None
    initial = {
        "name": row.name if row else "",
        "address": row.address if row else "",
        "place": row.place if row else head.place if head else "",
        "seen": row.version if row else None,
    }
    posted = request.method == "POST"
    form = LetterheadForm(
        request.POST if posted else None, request.FILES if posted else None, initial=initial
    )
    if posted and form.is_valid():
        key = _logo(form)
        if key is not None:
            return run_once(
                request, "letters.letterhead", lambda: _save_head(request, form, agency, key)
            )
    context = {"form": form, "agency": agency, "row": row}
    return page(request, "letters/letterhead.html", context, status=422 if form.errors else 200)


def _logo(form: LetterheadForm) -> str | None:
    """The key of the cleaned picture, empty where none was sent, None where it is refused."""
    upload = form.cleaned_data.get("logo")
    if upload is None:
        return ""
    try:
        return files.store(clean_photo(upload.read()).data).key
    except BadPhoto as refusal:
        form.add_error("logo", str(refusal.message))
        return None


def _save_head(
    request: Request, form: LetterheadForm, agency: Unit | None, key: str
) -> HttpResponse:
    found = form.cleaned_data
    given = actions.LetterheadGiven(found["name"], found["address"], found["place"], key)
    actions.save_letterhead(agency, by=request.actor, given=given, seen=found["seen"])
    return done(request, reverse("letters:letterhead"), _("Saved. New letters carry it."))


@guard("people.letter", "number")
@once
@require_http_methods(["GET", "POST"])
def reserve(request: Request) -> HttpResponse:
    """Keep numbers for letters written elsewhere."""
    if not may_reserve(request.actor):
        raise Refused("no_reach", resource="people.letter", act="number")
    posted = request.POST if request.method == "POST" else None
    form = ReserveForm(posted, initial={"year": clock.today().year, "count": 1})
    kept = []
    if form.is_bound and form.is_valid():
        try:
            kept = actions.reserve_numbers(by=request.actor, **form.cleaned_data)
        except Invalid as problem:
            form.refuse([(problem.field, problem.message)])
    context = {"form": form, "kept": kept}
    return page(request, "letters/reserve.html", context, status=422 if form.errors else 200)
