"""Writing entries. Called by actions inside their transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import in_action, note_recorded, on_behalf_of
from abdi.platform.db.bulk import insert_many, new_ids
from abdi.platform.events import as_data
from abdi.platform.journal.chain import seal_entry
from abdi.platform.journal.reactions import REACTIONS
from abdi.platform.journal.records import Delivery, Entry
from abdi.platform.tenancy import current_institution_id


def record(fact: Any, *, by: Actor, about: Any = None, cause: Entry | None = None) -> Entry:
    """Write the journal entry of an event with one delivery per reaction; only inside an action."""
    if not in_action():
        raise RuntimeError("record() belongs inside an @action")
    entry = _append(type(fact).kind, as_data(fact), by=by, about=about, cause=cause)
    now = clock.now()
    Delivery.objects.bulk_create(
        [
            Delivery(entry=entry, reaction=name, due_at=now)
            for name in REACTIONS.get(type(fact).kind, ())
        ]
    )
    note_recorded(entry)
    return entry


@dataclass(frozen=True, slots=True)
class PastFact:
    """Something that happened before: the event, when, by whom (a reference), about what.

    `cause` is the id of the entry it followed from.
    """

    fact: Any
    at: datetime
    by: str
    about: str = ""
    cause: int | None = None


def record_many(facts: Iterable[PastFact]) -> Sequence[int]:
    """Enter what happened before in bulk: nobody is told again, the caller seals. Returns the ids.

    For histories taken over from elsewhere and for the demo city; live changes use record().
    """
    given = list(facts)
    ids = new_ids(Entry, len(given))
    institution_id = current_institution_id()
    rows = (
        (
            pk,
            institution_id,
            int(past.at.timestamp() * 1_000_000),
            past.by,
            type(past.fact).kind,
            past.about,
            as_text(as_data(past.fact)),
            past.cause,
        )
        for pk, past in zip(ids, given, strict=True)
    )
    columns = ("id", "institution", "at_us", "by", "kind", "about", "data_text", "cause")
    insert_many(Entry, columns, rows)
    return ids


def note_denial(by: Actor, resource: str, act: str, reason: str) -> None:
    """One audit line for a refused request: codes only, no personal data."""
    data = {"resource": resource, "action": act, "reason": reason}
    _append("platform.Denied", data, by=by, about=None, cause=None)


def _append(
    kind: str, data: dict[str, Any], *, by: Actor, about: Any, cause: Entry | None
) -> Entry:
    giver = on_behalf_of()
    if giver:
        data = {**data, "on_behalf_of": giver}
    entry = Entry.objects.create(
        at_us=int(clock.now().timestamp() * 1_000_000),
        by=by.ref,
        kind=kind,
        about=about if isinstance(about, str) else getattr(about, "ref", ""),
        data_text=as_text(data),
        cause=cause,
    )
    if connection.vendor == "sqlite":
        seal_entry(entry)
    return entry


def as_text(data: dict[str, Any]) -> str:
    """The fields of an event as the journal keeps them."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"))
