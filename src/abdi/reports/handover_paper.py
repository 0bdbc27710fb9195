"""A handover as it is read: sections in words, the same on the page and on paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.platform import clock
from abdi.platform.labels import label
from abdi.platform.pages import formats
from abdi.reports.choices import Cause, Step
from abdi.reports.models import Handover, HandoverRemark
from abdi.reports.views.staff_words import lang, status_of

PAPER: Final = Path(__file__).parent / "handover.typ"
SHORT_HASH: Final = 16


def title_of(book: Handover) -> str:
    """`Handover of Dinas Penerangan, 2 March, 07.00 WIB`."""
    return _("Handover of %(agency)s, %(moment)s") % {
        "agency": book.agency.name,
        "moment": _long(book.to_at),
    }


def sections_of(content: dict[str, Any], words: str, equipment: str) -> list[dict[str, Any]]:
    """What is handed over, a section each: heading, columns with rows, or words."""
    return [
        _said(_("What the coming shift has to know"), words),
        _table(
            _open_heading(content),
            [_("Number"), _("Kind"), _("Place"), _("State"), _("Promised for")],
            [
                [number, kind, place or "–", status_of(status), _moment(due)]
                for number, kind, place, status, due in content["open"]
            ],
            rest=content["open_total"] - len(content["open"]),
        ),
        _table(
            _("Unusual since the last handover"),
            [_("When"), _("What"), _("Number"), _("Kind")],
            [[_moment(at), _what(kind), *case] for kind, *case, at in content["unusual"]],
        ),
        *_escalations(content),
        _table(
            _("On duty now"),
            [_("Name"), _("Unit"), _("Until")],
            [[name, unit, _moment(end)] for name, unit, end in content["on_duty"]],
            rest=content["on_duty_total"] - len(content["on_duty"]),
        ),
        _table(
            _("Coming on duty"),
            [_("Name"), _("Unit"), _("From")],
            [[name, unit, _moment(start)] for name, unit, start in content["coming"]],
            rest=content["coming_total"] - len(content["coming"]),
        ),
        _said(_("Equipment: missing, broken, lent"), equipment),
    ]


def _escalations(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Calls that went through steps, and promises that broke; nothing in books of before."""
    if "calls" not in content:
        return []
    calls = _table(
        _calls_heading(content),
        [_("When"), _("Number"), _("Kind"), _("Unit"), _("Steps"), _("How it stands")],
        [_call(row) for row in content["calls"]],
        rest=content["calls_total"] - len(content["calls"]),
    )
    broken = _table(
        _("Steps that broke in this shift"),
        [_("Number"), _("Kind"), _("Step"), _("Promised for"), _("Cause")],
        [
            [number, kind, label(step, Step), _moment(due), label(cause, Cause)]
            for number, kind, step, due, cause in content["broken"]
        ],
        rest=content["broken_total"] - len(content["broken"]),
    )
    return [calls, broken]


def _calls_heading(content: dict[str, Any]) -> str:
    total, waiting = content["calls_total"], content["calls_open"]
    text = ngettext("%(n)d call of this shift", "%(n)d calls of this shift", total) % {"n": total}
    if not waiting:
        return text
    more = ngettext("%(n)d without an answer", "%(n)d without an answer", waiting)
    return f"{text}, {more % {'n': waiting}}"


def _call(row: list[Any]) -> list[str]:
    number, kind, unit, raised, told, passed_over, name, at, how = row
    steps = ngettext("%(n)d told", "%(n)d told", told) % {"n": told}
    if passed_over:
        skipped = ngettext("%(n)d without anybody", "%(n)d without anybody", passed_over)
        steps = f"{steps}, {skipped % {'n': passed_over}}"
    words = {
        "answered": _("%(name)s since %(time)s")
        % {"name": name, "time": _moment(at) if at else ""},
        "over": _("over without an answer"),
        "nobody": _("nobody has answered; the chain is at its end"),
        "runs": _("nobody has answered yet"),
    }
    return [_moment(raised), number, kind, unit, steps, words[how]]


def record_of(book: Handover, remarks: list[HandoverRemark], institution: str) -> dict[str, Any]:
    """The data of the paper: sections, remarks, both names with their moments, the fingerprint."""
    added = [[_long(row.at), row.person.display_name, row.text] for row in remarks]
    more = [_table(_("Added later"), [_("When"), _("Name"), _("Remark")], added)] if added else []
    return {
        "title": title_of(book),
        "subtitle": institution,
        "facts": [[_("From"), _long(book.from_at)], [_("Until"), _long(book.to_at)]],
        "sections": [*sections_of(book.content, book.words, book.equipment), *more],
        "signatures": signatures_of(book),
        "fingerprint": _("Fingerprint of the signed text: %(hash)s") % {"hash": book.text_hash},
    }


def signatures_of(book: Handover) -> list[dict[str, str]]:
    """Both sides: who, when; a dash where one is missing."""
    coming = book.coming
    return [
        {
            "side": _("Leaving shift"),
            "name": book.leaving.display_name,
            "at": _("signed %(moment)s") % {"moment": _long(book.to_at)},
        },
        {
            "side": _("Coming shift"),
            "name": coming.display_name if coming is not None else "–",
            "at": _("read and signed %(moment)s") % {"moment": _long(book.coming_at)}
            if coming is not None
            else _("not signed yet"),
        },
    ]


def _said(heading: str, words: str) -> dict[str, Any]:
    return {"heading": heading, "columns": [], "rows": [], "notes": [words or _("Nothing.")]}


def _table(
    heading: str, columns: list[str], rows: list[list[str]], *, rest: int = 0
) -> dict[str, Any]:
    notes = []
    if rest > 0:
        notes = [ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest}]
    return {"heading": heading, "columns": columns, "rows": rows, "notes": notes}


def _open_heading(content: dict[str, Any]) -> str:
    total, late = content["open_total"], content["open_late"]
    text = ngettext("%(n)d open case", "%(n)d open cases", total) % {"n": total}
    if not late:
        return text
    more = ngettext("%(late)d past its promise", "%(late)d past their promise", late)
    return f"{text}, {more % {'late': late}}"


def _what(kind: str) -> str:
    return _("Promise broken") if kind == "broken" else _("Danger to life (P1)")


def _moment(text: str) -> str:
    return formats.moment_short(datetime.fromisoformat(text), clock.zone(), lang())


def _long(moment: datetime | None) -> str:
    return formats.moment_long(moment, clock.zone(), lang()) if moment else "–"
