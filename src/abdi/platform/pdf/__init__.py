"""Documents on paper: PDF by Typst from templates of ours and data as JSON.

Templates here: `certificate.typ`, `list.typ`, `letter.typ`; their heads say which data they take.
A module keeps its own beside its code and imports the parts by
`#import "/platform/pdf/parts.typ": *`.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import segno
import typst
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from abdi.platform import clock

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
PAPERS: Final = ("a4", "f4")
"""F4 is the folio of Indonesian offices, 215 x 330 mm."""
ARCHIVE: Final = "a-2b"
_local = threading.local()


def compile_pdf(template: str | Path, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template and its data, made for archives (PDF/A-2b) where all letters allow.

    `template`: a name of this folder such as "letter.typ", or the path of a module's own. `data`
    is handed over as JSON and never becomes code; dates are written out in the reader's language.
    A logo is SVG text, or the bytes of a PNG or JPEG as a list of numbers.
    Raises ValueError for an unknown paper, TypstError where the template misses something. Takes
    some 10 ms a page; not for use inside a transaction.
    """
    if data.get("paper", "a4") not in PAPERS:
        raise ValueError(f"paper is one of {', '.join(PAPERS)}")
    inputs = {"data": json.dumps({**data, "words": words()}, default=_plain, allow_nan=False)}
    path = HERE / template if isinstance(template, str) else template
    made_at = clock.now().replace(microsecond=0).astimezone(UTC)
    try:
        return _compiled(path, inputs, made_at, [ARCHIVE])
    except typst.TypstError:
        # Letters that no font of ours can draw are refused by the archive form alone.
        return _compiled(path, inputs, made_at, [])


def qr_svg(address: str) -> str:
    """A QR code as SVG text, for data["qr"]: where a reader can check the document."""
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", border=0, xmldecl=False)
    return target.getvalue().decode("ascii")


def words() -> dict[str, str]:
    """The words that templates print by themselves, in the reader's language."""
    return {
        "language": (get_language() or "id").split("-")[0],
        "page": _("Page {page} of {pages}"),
        "number": _("Number"),
        "nature": _("Nature"),
        "attachment": _("Attachment"),
        "subject": _("Subject"),
        "to": _("To"),
        "copies": _("Copies to:"),
        "check": _("Check this document at"),
        "staff_number": _("NIP"),
        "certificate": _("Certificate"),
        "given_to": _("given to"),
        "hours": _("{hours} lesson hours"),
        "nothing": _("There are no rows."),
    }


def _compiled(path: Path, inputs: dict[str, str], at: datetime, standards: list[Any]) -> bytes:
    compiler = getattr(_local, "compiler", None)
    if compiler is None:
        compiler = _local.compiler = typst.Compiler(root=ROOT, ignore_system_fonts=True)
    made = compiler.compile(
        path, format="pdf", sys_inputs=inputs, pdf_standards=standards, timestamp=at
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one piece of bytes")
    return made


def _plain(value: object) -> object:
    """Values that JSON does not know, as the reader wants to see them."""
    if isinstance(value, datetime):
        return date_format(clock.local(value), "j F Y, H.i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Decimal | Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not belong into a document")
