"""The duty order of a roster: drawn up as a letter, with its list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _

from abdi.duty import events
from abdi.duty.permissions import may_order
from abdi.duty.queries.orders import Order, OrderRow, order_of
from abdi.duty.rules.orders import TurnLine, ordered_minutes, turn_lines
from abdi.letters import actions as letters
from abdi.letters import queries as letter_queries
from abdi.letters.choices import LetterKind, LetterState
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action
from abdi.platform.journal import record
from abdi.platform.pages.formats import date_plain, date_span, decimal

if TYPE_CHECKING:
    from abdi.letters.models import Letter
    from abdi.people.models import Unit

LANGUAGE = "id"
"""Official letters are written in Indonesian, whatever language the screen has."""
LONGEST_DAYS = 62
HOUR = 60


@action(allowed=may_order)
def order_roster(unit: Unit, *, by: Actor, first: date, last: date) -> Letter:
    """Draw up the duty order (surat perintah tugas) of a unit's turns from `first` to `last`.

    Turns of rosters in force only. Asked again while nobody's turn has changed, the first letter
    comes back; after a change, or once it was declared void, a new one is drawn up. Raises Invalid
    for days in the wrong order or more than two months, Conflict where nothing is in force.
    """
    if not 0 <= (last - first).days < LONGEST_DAYS:
        raise Invalid(_("An order covers one day up to two months."), field="first")
    found = order_of(unit.pk, first, last)
    if not found.rows:
        raise Conflict(_("Nobody stands by a roster in force on these days yet."))
    about = found.rosters[0].ref
    voided = letter_queries.letters_about(about).filter(
        kind=LetterKind.ROSTER_ORDER, state=LetterState.VOID
    )
    with translation.override(LANGUAGE):
        letter = letters.draft(
            LetterKind.ROSTER_ORDER,
            about,
            _facts(unit, found, first, last),
            by=by,
            unit=unit,
            person_ids=[row.person.pk for row in found.rows],
            assigned_ids=[by.person_id] if by.person_id is not None else [],
            source_key=f"duty.order:{unit.pk}:{first}:{last}:{found.mark}:{voided.count()}",
        )
    fact = events.RosterOrdered(
        roster_id=found.rosters[0].pk, unit_id=unit.pk, letter_id=letter.pk, people=len(found.rows)
    )
    record(fact, by=by, about=found.rosters[0])
    return letter


def _facts(unit: Unit, found: Order, first: date, last: date) -> dict[str, Any]:
    words = {"unit": unit.name, "span": date_span(first, last, LANGUAGE)}
    return {
        "basis": _("Roster of %(unit)s in force: %(weeks)s")
        % {"unit": unit.name, "weeks": "; ".join(_week(one) for one in found.rosters)},
        "purpose": _("Standing duty at %(unit)s, %(span)s") % words,
        "start_on": first,
        "end_on": last,
        "venue": unit.name,
        "roster": {
            "columns": [_("No."), _("Name"), _("Turns"), _("Hours"), _("Unit")],
            "rows": [_row(n, row, unit) for n, row in enumerate(found.rows, start=1)],
        },
    }


def _week(roster: Any) -> str:
    return _("week from %(day)s, version %(version)s") % {
        "day": date_plain(roster.week_start_on, LANGUAGE),
        "version": roster.version,
    }


def _row(place: int, row: OrderRow, unit: Unit) -> list[str]:
    number = row.person.employee_number
    mark = _("NIP %(number)s") if number else _("Crew number %(number)s")
    name = f"{row.person.display_name}\n{mark % {'number': number or row.person.code}}"
    lines = "\n".join(_line(one) for one in turn_lines(row.turns))
    hours = decimal(ordered_minutes(row.turns) * 100 // HOUR, lang=LANGUAGE)
    return [f"{place}.", name, lines, hours, unit.name]


def _line(line: TurnLine) -> str:
    name = _("%(name)s (standby at home)") % {"name": line.name} if line.is_standby else line.name
    days = ", ".join(format_date(day, "EEE d/M", locale=LANGUAGE) for day in line.days)
    return f"{name} {line.starts:%H.%M}–{line.ends:%H.%M}: {days}"
