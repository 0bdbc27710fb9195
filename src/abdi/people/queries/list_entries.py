"""What lists did to one person, read from the one entry each part of a list has in the journal."""

from __future__ import annotations

from abdi.people import events
from abdi.people.rules import ListedChange, from_signs, looks_for
from abdi.platform.journal import Entry

_KINDS = (events.PeopleEntered.kind, events.PeopleTakenBack.kind)  # type: ignore[attr-defined]  # set by @event


def list_entries_of(person_id: int) -> list[tuple[Entry, ListedChange]]:
    """Each entry of a list that names the person, oldest first, with what it did to him.

    One query; it reads through the entries of lists, of which a city has some hundred.
    """
    rows = Entry.objects.filter(kind__in=_KINDS, data_text__regex=looks_for(person_id))
    return [
        (entry, change)
        for entry in rows.order_by("id")
        for change in from_signs(entry.data["changes"])
        if change.person_id == person_id
    ]
