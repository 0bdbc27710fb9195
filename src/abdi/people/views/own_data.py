"""What is kept about me, who looked, a copy to take along; requests and their answers."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from abdi.people import actions
from abdi.people.forms import FIELD_WORDS, AnswerPrivacyForm, AskPrivacyForm
from abdi.people.kept_words import LEVELS
from abdi.people.models import Person, PrivacyRequest
from abdi.people.permissions import may_answer_privacy
from abdi.people.queries import own_data
from abdi.platform import clock
from abdi.platform.access import Request, guard, law, own, public, to_sign_in
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of
from abdi.platform.pdf import compile_pdf

MINE = "the reader's own data"
SHOWN = 20


def _myself(request: Request) -> Person:
    person: Person | None = Person.objects.filter(pk=request.actor.person_id or 0).first()
    if person is None:
        raise Http404
    return person


@own(MINE)
@require_GET
def kept(request: Request) -> HttpResponse:
    """Every kind of row kept about the reader, why, how long, from where; and who read it."""
    person = _myself(request)
    found = own_data.kept_of(person, most=SHOWN)
    context = {
        "person": person,
        "kept": found,
        "total": sum(one.count for one in found),
        "looks": own_data.looks_at(person),
        "requests": list(own_data.requests_of(person.pk)[:SHOWN]),
        "roles": law().roles,
        "levels": LEVELS,
        "shown": SHOWN,
    }
    return page(request, "people/own_data.html", context)


@own(MINE)
@require_GET
def as_json(request: Request) -> HttpResponse:
    """The copy for other programs."""
    person = _myself(request)
    text = json.dumps(own_data.copy_of(person), ensure_ascii=False, indent=1)
    actions.note_copy(person, by=request.actor, form="json")
    return _download(text.encode(), "application/json", "data-saya.json")


@own(MINE)
@require_GET
def as_pdf(request: Request) -> HttpResponse:
    """The copy for paper: what is kept, why, how long, and who read it."""
    person = _myself(request)
    rows = [
        [_(one.title), str(one.count), _(one.privacy.purpose), _(one.privacy.keep), _(one.source)]
        for one in own_data.kept_of(person)
    ]
    looks = own_data.looks_at(person)
    data = {
        "title": _("What Abdi keeps about you"),
        "subtitle": person.display_name,
        "facts": [[_("Made on"), clock.today()], [_("Others opened it"), str(len(looks))]],
        "columns": [
            {"label": _("What"), "share": 3},
            {"label": _("Rows"), "align": "right"},
            {"label": _("What for"), "share": 3},
            {"label": _("How long"), "share": 2},
            {"label": _("From"), "share": 2},
        ],
        "rows": rows,
        "notes": [f"{look.at:%Y-%m-%d} {look.name}" for look in looks[:SHOWN]],
    }
    actions.note_copy(person, by=request.actor, form="pdf")
    return _download(compile_pdf("list.typ", data), "application/pdf", "data-saya.pdf")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@guard("people.privacy_request", "create")
@once
@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask for a correction, an erasure or another right; the clock starts."""
    person = _myself(request)
    form = AskPrivacyForm(request.POST or None)
    if form.is_valid():
        try:
            actions.ask_privacy(person, by=request.actor, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse({refusal.field or "words": str(refusal)})
        except Conflict as refusal:
            form.refuse({"words": str(refusal)})
        else:
            return done(request, "/profil/data", _("Sent. The answer is due within three days."))
    context = {"form": form, "requests": list(own_data.requests_of(person.pk)[:SHOWN])}
    return page(request, "people/ask_privacy.html", context, status=422 if form.is_bound else 200)


@guard("people.privacy_request", "view")
@require_GET
def requests(request: Request) -> HttpResponse:
    """Requests about own data: open ones first, by their deadline."""
    if not request.actor.is_signed_in:
        return to_sign_in(request)
    rows = own_data.visible_requests(request.actor).order_by("decided_at", "due_at", "id")
    waiting = own_data.waiting_requests(request.actor)
    context = {"found": page_of(rows, request), "waiting": waiting, "now": clock.now()}
    return page(request, "people/privacy_requests.html", context)


@guard("people.privacy_request", "view")
@once
@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """One request: what is asked, what the record says today, the answer."""
    row = own_data.visible_requests(request.actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    decides = row.is_open and may_answer_privacy(request.actor, row)
    form = AnswerPrivacyForm(request.POST or None) if decides else None
    if form is not None and form.is_valid():
        granted = form.cleaned_data["granted"] == "yes"
        words = form.cleaned_data["answer"]
        try:
            actions.answer_privacy(row, by=request.actor, granted=granted, answer=words)
        except Invalid as refusal:
            form.refuse({refusal.field or "answer": str(refusal)})
        else:
            return done(request, "/permintaan-data", _("Answered. The person reads your reason."))
    elif request.method == "POST" and form is None:
        raise Conflict(_("This request is answered already."))
    context = {"row": row, "form": form, "now": clock.now(), **_today(row)}
    return page(
        request, "people/privacy_request.html", context,
        status=422 if form is not None and form.is_bound else 200,
    )  # fmt: skip


def _today(row: PrivacyRequest) -> dict[str, object]:
    """What the record says today of the part asked about."""
    if not row.field:
        return {"field": "", "held": ""}
    return {
        "field": FIELD_WORDS.get(row.field, row.field),
        "held": str(getattr(row.person, row.field, None) or _("nothing")),
    }


@public("what a city keeps of people and why is no secret (UU 27/2022 Art. 31)")
@require_GET
def register(request: Request) -> HttpResponse:
    """The register of processing, from the declarations of every table."""
    rows = own_data.register()
    return page(request, "people/register.html", {"rows": rows, "levels": LEVELS})
