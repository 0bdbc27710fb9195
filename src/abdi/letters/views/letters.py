"""Pages of letters: the list, a new one, one letter, its number, signer, signature, end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from abdi.letters import actions, papers, queries, rules
from abdi.letters.choices import LetterKind, LetterState
from abdi.letters.forms import (
    ChangeForm,
    NumberForm,
    SignerForm,
    VoidForm,
    WriteForm,
)
from abdi.letters.models import Letter
from abdi.letters.naming import persons_named
from abdi.letters.permissions import CELL, may_change, may_number, may_sign, may_void, may_write
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Refused, Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.labels import pairs
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of

if TYPE_CHECKING:
    from abdi.people.models import Unit

STATES = ("draft", "numbered", "sent", "signed", "void")


def letter_of(request: Request, code: str) -> Letter:
    """The letter of an address inside the actor's reach, or 404."""
    return get_object_or_404(queries.visible_letters(request.actor), code=code)


@guard("people.letter", "view")
def letters(request: Request) -> HttpResponse:
    """The letters of one's reach, by state and kind."""
    state = request.GET.get("keadaan", "")
    kind = request.GET.get("jenis", "")
    words = request.GET.get("cari", "").replace("\x00", "").strip()[:80]
    rows = queries.letter_list(
        request.actor,
        state=state if state in STATES else "",
        kind=kind if kind in LetterKind.codes() else "",
        words=words,
    )
    context = {
        "page": page_of(rows, request),
        "state": state,
        "kind": kind,
        "words": words,
        "waiting": queries.waiting_letters(request.actor),
        "filtered": bool(state or kind or words),
        "writes": request.actor.holds(CELL, "create") and request.actor.agency_id is not None,
        "keeps_words": request.actor.holds("people.letter_template", "view"),
        "kind_options": [(code, str(words)) for code, words in pairs(LetterKind)],
    }
    return page(request, "letters/list.html", context)


@guard("people.letter", "create")
@once
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Write a letter by hand: choose its kind, fill in what its words ask for."""
    unit = _own_unit(request)
    kind = request.POST.get("kind") or request.GET.get("jenis", "")
    if kind not in LetterKind.codes():
        return page(request, "letters/kinds.html", {"kinds": list(LetterKind), "unit": unit})
    words = queries.wording_of(kind, unit.agency_id, clock.today())
    keys = _asked(words.subject, words.body)
    form = WriteForm(keys, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        row = _written(request, form, unit, kind)
        if row is not None:
            place = reverse("letters:letter", args=[row.code])
            return done(request, place, _("Drafted. Read it, then give it a number."))
    context = {"form": form, "kind": LetterKind(kind), "unit": unit}
    return page(request, "letters/new.html", context, status=422 if form.errors else 200)


def _own_unit(request: Request) -> Unit:
    unit = people.units().filter(pk=request.actor.unit_id or 0).first()
    if unit is None or not may_write(request.actor, unit):
        raise Refused("no_reach", resource=CELL, act="create")
    return unit


def _asked(subject: str, body: str) -> list[str]:
    """Facts the words ask for that the program does not fill in from the people named."""
    read = {"name", "staff_number", "post", "unit"}
    asked = rules.facts_named(f"{subject}\n{body}")
    own_subject = ["subject"] if "subject" in rules.facts_named(subject) else []
    rest = [key for key in asked if key not in rules.KNOWN_ALWAYS and key not in read]
    return [*own_subject, "to", *(key for key in rest if key != "to")]


def _written(request: Request, form: WriteForm, unit: Unit, kind: str) -> Letter | None:
    try:
        ids = persons_named(request.actor, form.cleaned_data["people"])
        return actions.write(unit, by=request.actor, kind=kind, facts=form.facts(), person_ids=ids)
    except Invalid as problem:
        form.refuse([(problem.field, problem.message)])
        return None


@guard("people.letter", "view")
def letter(request: Request, code: str) -> HttpResponse:
    """One letter: how it looks, where it stands, what comes next."""
    return letter_page(request, noted(request, letter_of(request, code)))


def noted(request: Request, row: Letter) -> Letter:
    """The letter, with a line in the access log where another than writer and signer reads it."""
    if request.actor.person_id not in (row.author_id, row.signer_id):
        actions.note_reading(row, by=request.actor)
    return row


def letter_page(request: Request, row: Letter, forms: dict[str, Any] | None = None) -> HttpResponse:
    """The page of a letter, with a form that was refused in its place."""
    given = forms or {}
    seen = {"seen": row.version}
    open_ = row.state in (LetterState.DRAFT, LetterState.NUMBERED)
    numbers = open_ and may_number(request.actor, row)
    offered = _offered(row) if numbers else []
    context = {
        "letter": row,
        "document": papers.document_of(row),
        "named": queries.people_named(row),
        "proof": queries.proof_of(row),
        "missing": actions.missing_words(row) if open_ else [],
        "changes": row.is_draft and may_change(request.actor, row),
        "numbers": numbers,
        "signs": row.waits_for_signature and may_sign(request.actor, row),
        "voids": row.state != LetterState.VOID and may_void(request.actor, row),
        "offered": offered,
        "number_form": given.get("number")
        or NumberForm(initial={"letter_on": clock.today(), **seen}),
        "signer_form": given.get("signer")
        or SignerForm(
            [(str(one.position.pk), "") for one in offered],
            initial={"position_id": row.signer_position_id, **seen},
        ),
        "void_form": given.get("void") or VoidForm(initial=seen),
        "refusal_sentence": actions.refusal_sentence,
    }
    return page(request, "letters/letter.html", context, status=422 if given else 200)


def _offered(row: Letter) -> list[queries.Candidate]:
    return queries.signers_for(row.kind, row.unit, clock.today(), actions.subjects_of(row))


@guard("people.letter", "update")
@once
@require_http_methods(["GET", "POST"])
def change(request: Request, code: str) -> HttpResponse:
    """Change the words of a draft."""
    row = letter_of(request, code)
    if not may_change(request.actor, row):
        raise Refused("not_allowed", resource=CELL, act="update")
    keys = [key for key in _asked(row.subject, row.body) if key != "subject"]
    texts = row.facts.get("texts", {})
    initial = {
        "subject": row.subject,
        "body": row.body,
        "copies": row.copies,
        "classification": row.classification,
        "paper": row.paper,
        "seen": row.version,
        **{f"fact_{key}": texts.get(key, "") for key in keys},
    }
    form = ChangeForm(keys, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid() and _changed(request, form, row):
        return done(request, reverse("letters:letter", args=[code]), _("Saved."))
    context = {"form": form, "letter": row, "words": rules.WORDS}
    return page(request, "letters/change.html", context, status=422 if form.errors else 200)


def _changed(request: Request, form: ChangeForm, row: Letter) -> bool:
    found = form.cleaned_data
    given = actions.Change(
        subject=found["subject"],
        body=found["body"],
        copies=found["copies"],
        classification=found["classification"],
        paper=found["paper"],
        facts=form.facts(),
    )
    try:
        actions.change(row, by=request.actor, given=given, seen=found["seen"])
    except Invalid as problem:
        form.refuse([(problem.field, problem.message)])
        return False
    return True


@guard("people.letter", "number")
@once
@require_POST
def number(request: Request, code: str) -> HttpResponse:
    """Give a letter its number."""
    row = letter_of(request, code)
    form = NumberForm(request.POST)
    if form.is_valid():
        try:
            row = actions.give_number(row, by=request.actor, **form.cleaned_data)
        except Invalid as problem:
            form.refuse([(problem.field, problem.message)])
        else:
            words = _("Number %(number)s is given.") % {"number": row.number_text}
            return done(request, reverse("letters:letter", args=[code]), words)
    return letter_page(request, row, {"number": form})


@guard("people.letter", "number")
@once
@require_POST
def signer(request: Request, code: str) -> HttpResponse:
    """Choose who signs."""
    row = letter_of(request, code)
    offered = [(str(one.position.pk), "") for one in _offered(row)]
    form = SignerForm(offered, request.POST)
    if form.is_valid():
        try:
            actions.choose_signer(row, by=request.actor, **form.cleaned_data)
        except Invalid as problem:
            form.refuse([("position_id", problem.message)])
        else:
            place = reverse("letters:letter", args=[code])
            return done(request, place, _("The signer is chosen."))
    return letter_page(request, row, {"signer": form})


@guard("people.letter", "void")
@once
@require_POST
def void(request: Request, code: str) -> HttpResponse:
    """Take a letter out of force."""
    row = letter_of(request, code)
    form = VoidForm(request.POST)
    if form.is_valid():
        try:
            actions.void(row, by=request.actor, **form.cleaned_data)
        except Invalid as problem:
            form.refuse([(problem.field, problem.message)])
        else:
            words = _("The letter no longer counts; its check page says so.")
            return done(request, reverse("letters:letter", args=[code]), words)
    return letter_page(request, row, {"void": form})


@guard("people.letter", "view")
@require_safe
def named_by(request: Request) -> HttpResponse:
    """Links to the letters a record names, for its page; without a script the list, searched."""
    words = request.GET.get("nomor", "").replace("\x00", "").strip()[:120]
    if not request.htmx:
        return redirect(f"{reverse('letters:letters')}?{urlencode({'cari': words})}")
    found = queries.named_by(request.actor, words, request.GET.get("tentang", "")[:80])
    return page(request, "letters/_named.html", {"letters": found})


@guard("people.letter", "view")
def by_record(request: Request, about: str) -> HttpResponse:
    """The letters drawn up from one record, for a link from its page."""
    rows = queries.visible_letters(request.actor).filter(about=about[:80])
    found = list(rows[:50])
    if not found:
        raise Http404
    context = {"letters": found, "about": about}
    return page(request, "letters/record.html", context)
