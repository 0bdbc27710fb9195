"""The paper of a letter: PDF, .docx, sent to sign, the signed file back, its proof."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.letters import actions, papers, queries, word_file
from abdi.letters.choices import LetterState, Paper, SignatureWay
from abdi.letters.forms import CheckForm, SignedForm
from abdi.letters.models import Letter
from abdi.letters.permissions import CELL, may_sign
from abdi.letters.views.letters import letter_of, noted
from abdi.platform import files
from abdi.platform.access import Refused, Request, guard, public
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.headers import no_referrer
from abdi.platform.once import run_once
from abdi.platform.pages import done, page
from abdi.platform.ratelimit import limited

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _paper(request: Request) -> str:
    asked = request.GET.get("kertas", "")
    return asked if asked in Paper.codes() else ""


def _name(row: Letter, ending: str) -> str:
    return files.plain_name(f"surat-{row.number_text or row.code}", ending)


@guard("people.letter", "view")
def pdf(request: Request, code: str) -> HttpResponse:
    """The letter as PDF; once sent, the very file that was sent."""
    row = noted(request, letter_of(request, code))
    paper = _paper(request)
    if row.sent_key and not paper:
        return _handed_out(row, row.sent_key)
    body = papers.pdf_of(row, paper=paper)
    return _attached(body, "application/pdf", _name(row, "pdf"))


def _handed_out(row: Letter, key: str) -> HttpResponse:
    return cast(HttpResponse, files.file_response(key, kind="pdf", name=_name(row, "pdf")))


@guard("people.letter", "view")
def word(request: Request, code: str) -> HttpResponse:
    """The letter as .docx, to be edited by hand."""
    row = noted(request, letter_of(request, code))
    name = files.plain_name(f"surat-{row.number_text or row.code}", "docx")
    return _attached(word_file.docx_of(row, paper=_paper(request)), WORD, name)


def _attached(body: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=kind, headers=headers)


@guard("people.letter", "view")
def signed_file(request: Request, code: str) -> HttpResponse:
    """The signed file as it came back; refused where it is no longer the same."""
    row = noted(request, letter_of(request, code))
    if not row.signed_key:
        raise Http404
    proof = queries.proof_of(row)
    if proof is None or not proof.holds:
        raise Conflict(_("This file was altered after it was signed. It is not handed out."))
    return _handed_out(row, row.signed_key)


@guard("people.letter", "number")
@require_POST
def send(request: Request, code: str) -> HttpResponse:
    """Make the paper, keep it with its hash, and send it to its signer."""
    row = letter_of(request, code)
    if row.state != LetterState.NUMBERED:
        raise Conflict(_("Only a numbered letter that was not sent yet can be sent."))
    stored = files.store(papers.pdf_of(row))
    place = reverse("letters:letter", args=[code])

    def act() -> HttpResponse:
        actions.send_to_sign(row, by=request.actor, paper=stored, seen=row.version)
        return done(request, place, _("Sent. It stands in the signer's list of things to do."))

    try:
        return run_once(request, "letters.send", act)
    except Invalid as problem:
        files.remove(stored.key)
        return done(request, place, problem.message)
    except Conflict:
        files.remove(stored.key)
        raise


@guard("people.letter", "sign")
@require_http_methods(["GET", "POST"])
def sign(request: Request, code: str) -> HttpResponse:
    """Take the paper, sign it, bring the signed file back."""
    row = letter_of(request, code)
    if not may_sign(request.actor, row):
        raise Refused("not_allowed", resource=CELL, act="sign")
    if request.method == "GET":
        return _sign_page(request, row, SignedForm(initial=_usual(request, row)))
    form = SignedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _sign_page(request, row, form)
    try:
        data = files.check_pdf(form.cleaned_data["file"].read())
    except files.BadDocument as refusal:
        form.add_error("file", str(refusal.message))
        return _sign_page(request, row, form)
    return _kept(request, row, form, data)


def _usual(request: Request, row: Letter) -> dict[str, object]:
    own = request.actor.person_id == row.signer_id
    way = SignatureWay.ELECTRONIC if own else SignatureWay.SCAN
    return {"seen": row.version, "way": way.value}


def _kept(request: Request, row: Letter, form: SignedForm, data: bytes) -> HttpResponse:
    holds_paper = row.sent_key != "" and data.startswith(files.read(row.sent_key))
    stored = files.store(data)

    def act() -> HttpResponse:
        actions.bring_back(
            row,
            by=request.actor,
            file=stored,
            way=form.cleaned_data["way"],
            holds_paper=holds_paper,
            seen=form.cleaned_data["seen"],
        )
        words = _("Kept. From now on every changed byte is found.")
        return done(request, reverse("letters:letter", args=[row.code]), words)

    try:
        return run_once(request, "letters.sign", act)
    except Invalid as problem:
        files.remove(stored.key)
        form.refuse([(problem.field, problem.message)])
        return _sign_page(request, row, form)
    except (Conflict, Refused):
        files.remove(stored.key)
        raise


def _sign_page(request: Request, row: Letter, form: SignedForm) -> HttpResponse:
    context = {
        "letter": row,
        "form": form,
        "is_signer": request.actor.person_id == row.signer_id,
        "waits": row.waits_for_signature,
    }
    return page(request, "letters/sign.html", context, status=422 if form.errors else 200)


@public("whoever holds a letter in hand may ask whether it is the one that was signed")
@guard("people.letter", "verify")
@no_referrer
@limited("letters.check", address="60 per hour")
@require_http_methods(["GET", "POST"])
def check(request: Request, code: str) -> HttpResponse:
    """Is this the signed letter? Says what the hash proves; shows no person and no subject."""
    found = queries.public_letter(code) if len(code) <= len(code.strip()) <= 32 else None
    posted = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if posted else CheckForm()
    same = None
    if posted and found is not None and form.is_valid():
        data = form.cleaned_data["file"].read()
        same = queries.hash_of(data) == found.signed_sha256
    context = {
        "found": found,
        "form": form,
        "same": same,
        "proof": queries.proof_of(found) if found else None,
    }
    status = 404 if found is None else 422 if form.errors else 200
    answer = page(request, "letters/check.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
