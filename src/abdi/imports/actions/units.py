"""Units of a list that the records do not know: another name for all its rows, or a new unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError
from django.utils.translation import gettext as _

from abdi.imports.actions.mending import Touched, judge, noted, open_draft
from abdi.imports.choices import Fate, Fault, Field
from abdi.imports.models import DraftRow, ImportDraft
from abdi.imports.permissions import importing, may_make_unit, may_use
from abdi.imports.records import PART, Records, in_parts
from abdi.people import actions as people
from abdi.people import queries as people_queries
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action

if TYPE_CHECKING:
    from abdi.people.models import Unit

LONGEST_CODE: Final = 40
MARK: Final = 6
_OTHER = re.compile(r"[^A-Z0-9]+")


@action(allowed=may_use)
def use_unit(draft: ImportDraft, *, by: Actor, told: str, unit: Unit) -> int:
    """Say which unit a list means by a name; all its rows are checked again. Returns how many."""
    head = open_draft(draft)
    above = unit.parent.name if unit.parent else ""
    return noted(head, _checked(head, by, told, unit.name, above), by)


@action(allowed=may_make_unit)
def make_unit(draft: ImportDraft, parent: Unit, *, by: Actor, told: str, kind: str) -> int:
    """Make the unit a list names, below another; its rows are checked again. Returns how many.

    Raises Invalid where no row of the list names it.
    """
    head = open_draft(draft)
    if not any(_told_by(head, told)):
        raise Invalid(_("No row of this list names this unit."), field="told")
    code = _code(told, head.pk)
    try:
        people.add_unit(parent, by=by, code=code, name=told, kind=kind)
    except IntegrityError as problem:
        raise Conflict(_("Somebody made this unit meanwhile. Try again.")) from problem
    return noted(head, _checked(head, by, told, told, ""), by)


def _told_by(draft: ImportDraft, told: str) -> Iterable[DraftRow]:
    """The rows that wait because of this name."""
    rows = DraftRow.objects.filter(draft=draft, fate__in=(Fate.REVIEW, Fate.BLOCKED))
    return (
        row
        for row in rows.order_by("line").iterator(PART)
        if any((one[0], one[2]) == (Fault.UNIT_UNKNOWN, told) for one in row.issues)
    )


def _checked(draft: ImportDraft, by: Actor, told: str, name: str, above: str) -> int:
    records, count = Records(importing(by)), 0
    new = {Field.UNIT: name} | ({Field.PARENT_UNIT: above} if above else {})
    for part in in_parts(_told_by(draft, told)):
        changed: dict[DraftRow, Touched] = {row: (frozenset(new), dict(new)) for row in part}
        judge(changed, records)
        count += len(changed)
    return count


def _code(name: str, draft_id: int) -> str:
    """A code for a new unit: the name in capitals, with a mark of the list where it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    start = _OTHER.sub("-", plain).strip("-")[:LONGEST_CODE].strip("-")
    if start and not people_queries.units().filter(code=start).exists():
        return start
    mark = sha256(f"{draft_id}:{name}".encode()).hexdigest()[:MARK]
    return f"{start[: LONGEST_CODE - MARK - 1]}-{mark.upper()}"
