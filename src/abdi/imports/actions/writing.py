"""Several rows of a draft written anew at once: typed on the page, or filled in a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from abdi.imports.actions.mending import Touched, judge, noted, open_draft, settle_doubles
from abdi.imports.choices import Fate, Field
from abdi.imports.models import DraftRow, ImportDraft
from abdi.imports.permissions import importing, may_use
from abdi.imports.records import Records
from abdi.imports.rules import Value
from abdi.platform.access import Actor
from abdi.platform.actions import action


@dataclass(frozen=True)
class Written:
    """A row as a person wants it: the version that was seen, and the texts of its cells."""

    line: int
    seen: int
    texts: Mapping[Field, str]


@dataclass(frozen=True)
class Outcome:
    """What became of rows that were written: how many, how many are ready, which were passed by."""

    count: int
    ready: int
    passed_by: list[int]


@action(allowed=may_use)
def edit_rows(draft: ImportDraft, *, by: Actor, written: Sequence[Written]) -> Outcome:
    """Write cells of several rows anew, as texts; an empty text empties a cell. Checked at once.

    Rows that somebody changed meanwhile, that were applied or are not there are passed by and
    named; the others count.
    """
    head = open_draft(draft)
    wanted = {one.line: one for one in written}
    rows = DraftRow.objects.filter(draft=head, line__in=wanted).order_by("line")
    changed: dict[DraftRow, Touched] = {}
    for row in rows:
        asked = wanted[row.line]
        if row.fate == Fate.APPLIED or row.version != asked.seen:
            continue
        row.values = {
            name: text for name, text in row.values.items() if Field(name) not in asked.texts
        }
        row.fate = Fate.BLOCKED
        new: dict[Field, Value] = {field: text for field, text in asked.texts.items() if text}
        changed[row] = (frozenset(asked.texts), new)
    records = Records(importing(by))
    judge(changed, records)
    settle_doubles(head, records)
    ready = sum(row.fate == Fate.READY for row in changed)
    missed = sorted(set(wanted) - {row.line for row in changed})
    return Outcome(noted(head, len(changed), by), ready, missed)
