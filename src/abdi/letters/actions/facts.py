"""What a letter is written from: facts of the caller, and who is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from abdi.letters import rules
from abdi.people import queries as people
from abdi.platform.actions import Invalid
from abdi.platform.norms import norms
from abdi.platform.text import BadText, clean_text

LONGEST_FACT = 4_000
MOST_ROWS = 500
MOST_COLUMNS = 8
EMPTY_SEATS = 25
"""Rows of an attendance list for which nobody is named."""


def clean_facts(given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Texts and tables of a letter, cleaned. Raises Invalid for what no template can ask for.

    A day becomes 2026-03-31, a number its digits; a table is `{"columns": […], "rows": [[…]]}`.
    """
    texts: dict[str, str] = {}
    tables: dict[str, Any] = {}
    for key, value in given.items():
        if key not in rules.WORDS:
            raise Invalid(_("A letter knows no fact called %(key)s.") % {"key": key[:40]})
        if key in rules.TABLES:
            tables[key] = _table(value)
        elif value is not None:
            texts[key] = _text(value)
    return {"texts": texts, "tables": tables}


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Invalid(_("A fact of a letter is a text, a whole number or a day."))
    try:
        return clean_text(str(value).strip(), LONGEST_FACT)
    except BadText as refusal:
        raise Invalid(str(refusal.message)) from refusal


def _table(value: Mapping[str, Any]) -> dict[str, Any]:
    columns = [_text(one) for one in value["columns"]]
    rows = [[_text(cell) for cell in row] for row in value["rows"]]
    fits = all(len(row) == len(columns) for row in rows)
    if not 1 <= len(columns) <= MOST_COLUMNS or len(rows) > MOST_ROWS or not fits:
        raise Invalid(_("A table of a letter has up to 8 columns and 500 rows."))
    return {"columns": columns, "rows": rows}


def facts_of_people(person_ids: Sequence[int], on: date) -> dict[str, dict[str, Any]]:
    """Name, number, post and unit of who is named, as they are on a day; two queries."""
    persons = people.persons().in_bulk(list(person_ids))
    seats = people.seating(person_ids, on)
    words = norms("letters", on=on)["letter_words"]
    rows = []
    for person_id in person_ids:
        person, seat = persons[person_id], seats.get(person_id)
        post = seat.position.title if seat else ""
        unit = seat.position.unit.name if seat else ""
        rows.append((person.display_name, person.employee_number or "", post, unit))
    first = rows[0] if rows else ("", "", "", "")
    keys = ("name", "staff_number", "post", "unit")
    return {
        "texts": dict(zip(keys, first, strict=True)),
        "tables": {"people": _people(rows, words), "attendees": _attendees(rows, words)},
    }


def _people(rows: list[tuple[str, str, str, str]], words: Mapping[str, str]) -> dict[str, Any]:
    columns = [words[key] for key in ("row", "name", "post", "unit")]
    return {
        "columns": columns,
        "rows": [
            [f"{place}.", f"{name}\n{words['staff_number']} {nip}" if nip else name, post, unit]
            for place, (name, nip, post, unit) in enumerate(rows, start=1)
        ],
    }


def _attendees(rows: list[tuple[str, str, str, str]], words: Mapping[str, str]) -> dict[str, Any]:
    named = [(name, post) for name, _nip, post, _unit in rows] or [("", "")] * EMPTY_SEATS
    return {
        "columns": [words[key] for key in ("row", "name", "post", "hand")],
        "rows": [[f"{n}.", name, post, ""] for n, (name, post) in enumerate(named, start=1)],
    }
