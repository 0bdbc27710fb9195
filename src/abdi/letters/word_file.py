"""A letter as .docx, for the head who always edits two sentences."""

from __future__ import annotations

import io
from typing import Any, Final

import docx
from django.utils import translation
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from abdi.letters import papers, rules
from abdi.letters.models import Letter

SIZES: Final = {"a4": (210, 297), "f4": (215, 330)}
"""Width and height in millimetres."""
CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
ROW_NUMBER_MM: Final = 11


def docx_of(letter: Letter, *, paper: str = "") -> bytes:
    """The letter as .docx, in its own size of paper or another."""
    with translation.override(papers.LANGUAGE):
        document = papers.document_of(letter)
    file = docx.Document()
    _set_page(file, paper or document.paper)
    file.core_properties.title = document.title
    file.core_properties.author = document.head.institution
    _head(file, document)
    _opening(file, document)
    for block in document.blocks:
        _block(file, block, document.words["row"])
    _signature(file, document)
    _foot(file, document)
    _attachment(file, document)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def _set_page(file: Any, paper: str) -> None:
    width, height = SIZES[paper]
    section = file.sections[0]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    style = file.styles["Normal"]
    style.font.name, style.font.size = "Bookman Old Style", Pt(11)
    style.paragraph_format.space_after = Pt(4)


def _line(file: Any, text: str, *, bold: bool = False, align: Any = None, size: int = 0) -> Any:
    paragraph = file.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def _head(file: Any, document: papers.Document) -> None:
    if document.mark:
        _line(file, document.mark, bold=True, align=WD_ALIGN_PARAGRAPH.RIGHT)
    logo = papers.logo_of(document.head)
    if logo is not None:
        file.add_picture(io.BytesIO(logo), width=Mm(16))
        file.paragraphs[-1].alignment = CENTRE
    _line(file, document.head.institution.upper(), align=CENTRE, size=13)
    if document.head.agency:
        _line(file, document.head.agency.upper(), bold=True, align=CENTRE, size=14)
    if document.head.address:
        _line(file, document.head.address, align=CENTRE, size=9)
    _line(file, "_" * 72, align=CENTRE, size=9)


def _opening(file: Any, document: papers.Document) -> None:
    with translation.override(papers.LANGUAGE):
        words = papers.words_of_pdf()
    subject = (words["subject"], document.subject)
    number = (words["number"], document.number)
    if document.layout == "letter":
        _line(file, f"{document.place}, {document.day}", align=WD_ALIGN_PARAGRAPH.RIGHT)
        _pairs(file, (number, subject))
        if document.to:
            _line(file, "\n".join((document.words["dear"], *document.to)))
    elif document.layout == "note":
        _line(file, document.title, bold=True, align=CENTRE, size=13)
        sender = (document.words["from"], document.signature[-1])
        day = (document.words["day"], document.day)
        _pairs(file, ((words["to"], "\n".join(document.to)), sender, day, number, subject))
    else:
        _line(file, document.title, bold=True, align=CENTRE, size=13)
        _line(file, f"{words['number']}: {document.number}", align=CENTRE)
        if document.layout == "titled":
            _line(file, document.subject, align=CENTRE)


def _block(file: Any, block: rules.Block, row_word: str) -> None:
    if block.kind == "heading":
        _line(file, block.text, bold=True, align=CENTRE)
    elif block.kind == "pairs":
        _pairs(file, block.pairs)
    elif block.kind == "table":
        _table(file, block.table or rules.Table((), ()), row_word)
    else:
        _line(file, block.text, align=WD_ALIGN_PARAGRAPH.JUSTIFY)


def _attachment(file: Any, document: papers.Document) -> None:
    if not document.attachment:
        return
    with translation.override(papers.LANGUAGE):
        words = papers.words_of_pdf()
    first, *rest = document.attachment
    file.add_page_break()
    _line(file, f"{first.text} {document.title.lower()}", bold=True)
    _pairs(file, ((words["number"], document.number), (document.words["day"], document.day)))
    for block in rest:
        _block(file, block, document.words["row"])
    _signature(file, document, dated=False)


def _pairs(file: Any, pairs: Any) -> None:
    table = file.add_table(rows=0, cols=3)
    table.autofit = False
    for name, value in pairs:
        cells = table.add_row().cells
        for cell, text, width in zip(cells, (name, ":", value), (38, 4, 123), strict=True):
            cell.text, cell.width = text, Mm(width)
    file.add_paragraph()


def _table(file: Any, table: rules.Table, row_word: str) -> None:
    if not table.columns:
        return
    made = file.add_table(rows=1, cols=len(table.columns))
    made.style = "Table Grid"
    for cell, name in zip(made.rows[0].cells, table.columns, strict=True):
        cell.text = name
        cell.paragraphs[0].runs[0].bold = True
    for row in table.rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    if table.columns[0] == row_word:
        for row in made.rows:
            row.cells[0].width = Mm(ROW_NUMBER_MM)
    file.add_paragraph()


def _signature(file: Any, document: papers.Document, *, dated: bool = True) -> None:
    dated = dated and document.layout in ("titled", "list")
    lines = [f"{document.place}, {document.day}"] if dated else []
    lines += [*document.signature[:-1], f"{document.signature[-1]},"]
    paragraph = _line(file, "\n".join(lines) + "\n\n\n\n")
    paragraph.paragraph_format.left_indent = Mm(85)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(document.signer_name).bold = True
    if document.signer_number:
        paragraph.add_run(f"\n{document.words['staff_number']} {document.signer_number}")


def _foot(file: Any, document: papers.Document) -> None:
    with translation.override(papers.LANGUAGE):
        words = papers.words_of_pdf()
    if document.copies:
        listed = [f"{n}. {text}" for n, text in enumerate(document.copies, start=1)]
        _line(file, "\n".join((words["copies"], *listed)), size=9)
    _line(file, f"{words['check']} {document.address}", size=8)
