"""A letter as a document: one reading of it for the page, the PDF and the .docx."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from abdi.letters import queries, rules
from abdi.letters.choices import LetterState
from abdi.letters.models import Letter
from abdi.platform import clock, files
from abdi.platform.norms import norms
from abdi.platform.pages.formats import date_plain
from abdi.platform.pdf import compile_pdf, qr_svg
from abdi.platform.pdf import words as words_of_pdf

__all__ = [
    "LANGUAGE",
    "Document",
    "address_of",
    "document_of",
    "logo_of",
    "pdf_of",
    "words_of_pdf",
]

PAPER: Final = Path(__file__).with_name("paper.typ")
LANGUAGE: Final = "id"
"""Official letters are written in Indonesian, whatever language the reader's screen has."""


@dataclass(frozen=True)
class Document:
    """Everything a reader of the letter sees, in the order of the page."""

    layout: str
    title: str
    number: str
    subject: str
    to: tuple[str, ...]
    place: str
    day: str
    blocks: tuple[rules.Block, ...]
    attachment: tuple[rules.Block, ...]
    signature: tuple[str, ...]
    signer_name: str
    signer_number: str
    copies: tuple[str, ...]
    head: queries.Head
    paper: str
    mark: str
    address: str
    words: Mapping[str, str]


def document_of(letter: Letter) -> Document:
    """Read a letter as it stands; three queries."""
    on = letter.letter_on or clock.today()
    figures = norms("letters", on=on)
    words = figures["letter_words"]
    look = figures["letter_kinds"][letter.kind]
    head = queries.head_of_paper(letter.agency, letter.institution.name)
    values = _values(letter, head)
    blocks, attachment = rules.parted(rules.blocks_of(letter.body, values))
    return Document(
        layout=look["layout"],
        title=look["title"],
        number=letter.number_text or rules.GAP,
        subject=rules.filled(letter.subject, values),
        to=_lines(values.texts.get("to", "")),
        place=head.place,
        day=date_plain(letter.letter_on, LANGUAGE) if letter.letter_on else rules.GAP,
        blocks=blocks,
        attachment=attachment,
        signature=tuple(letter.signature_lines) or (rules.GAP,),
        signer_name=letter.signer.display_name if letter.signer else rules.GAP,
        signer_number=(letter.signer.employee_number or "") if letter.signer else "",
        copies=_lines(rules.filled(letter.copies, values)),
        head=head,
        paper=letter.paper,
        mark=_mark(letter, words),
        address=address_of(letter),
        words=words,
    )


def address_of(letter: Letter) -> str:
    """The short public link of a letter, printed beside its square code."""
    place = reverse("letters:check", args=[letter.code])
    return f"{settings.ABDI_PUBLIC_URL.rstrip('/')}{place}"


def _mark(letter: Letter, words: Mapping[str, str]) -> str:
    marks = {LetterState.DRAFT.value: words["draft"], LetterState.VOID.value: words["void"]}
    return marks.get(letter.state, "")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _values(letter: Letter, head: queries.Head) -> rules.Values:
    """Facts as the reader sees them: days in words, what the program knows filled in."""
    given = dict(letter.facts.get("texts", {}))
    texts = {key: _in_words(text) if key in rules.DAYS else text for key, text in given.items()}
    texts |= {
        "agency": letter.agency.name,
        "institution": head.institution,
        "number": letter.number_text,
        "subject": rules.filled(letter.subject, rules.Values(texts)),
        "signer_name": letter.signer.display_name if letter.signer else "",
        "signer_post": letter.signature_lines[-1] if letter.signature_lines else "",
    }
    if letter.letter_on:
        texts["date"] = date_plain(letter.letter_on, LANGUAGE)
    tables = {
        key: rules.Table(tuple(found["columns"]), tuple(tuple(row) for row in found["rows"]))
        for key, found in letter.facts.get("tables", {}).items()
    }
    return rules.Values(texts, tables)


def _in_words(text: str) -> str:
    """31 Maret 2026 for 2026-03-31; a day written in other words stays as it is."""
    try:
        return date_plain(date.fromisoformat(text), LANGUAGE)
    except ValueError:
        return text


def pdf_of(letter: Letter, *, paper: str = "") -> bytes:
    """The letter as PDF, in its own size of paper or another. Not for use inside a transaction."""
    with translation.override(LANGUAGE):
        document = document_of(letter)
        return compile_pdf(PAPER, {**_data(document), "paper": paper or document.paper})


def _data(document: Document) -> dict[str, Any]:
    """What the Typst template reads."""
    return {
        "layout": document.layout,
        "title": document.title,
        "number": document.number,
        "subject": document.subject,
        "to": list(document.to),
        "place": document.place,
        "day": document.day,
        "blocks": [_block(block) for block in document.blocks],
        "attachment": [_block(block) for block in document.attachment],
        "signature": list(document.signature),
        "signer_name": document.signer_name,
        "signer_number": document.signer_number,
        "copies": list(document.copies),
        "letterhead": _letterhead(document.head),
        "mark": document.mark,
        "verify_url": document.address,
        "qr": qr_svg(document.address),
        "texts": dict(document.words),
    }


def _block(block: rules.Block) -> dict[str, Any]:
    table = block.table or rules.Table((), ())
    return {
        "kind": block.kind,
        "text": block.text,
        "pairs": [list(pair) for pair in block.pairs],
        "columns": list(table.columns),
        "rows": [list(row) for row in table.rows],
    }


def logo_of(head: queries.Head) -> bytes | None:
    """The picture at the top of the paper, or None."""
    if not head.logo_key:
        return None
    try:
        return files.read(head.logo_key)
    except FileNotFoundError:
        return None


def _letterhead(head: queries.Head) -> dict[str, Any]:
    data: dict[str, Any] = {
        "institution": head.institution,
        "agency": head.agency,
        "address": head.address,
    }
    logo = logo_of(head)
    if logo is not None:
        data["logo"] = list(logo)
    return data
