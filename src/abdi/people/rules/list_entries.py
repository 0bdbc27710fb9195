"""What a list did to each person, in the few signs of the list's one journal entry.

`812+@4411/37#III/a 813*` says: 812 is new, sits in seat 4411 of unit 37 and holds the rank III/a;
facts of 813 changed. Ids and codes only, as everything in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

NEW: Final = "+"
CHANGED: Final = "*"


@dataclass(frozen=True, slots=True)
class ListedChange:
    """What a list did to one person; 0 and empty where it did not."""

    person_id: int
    is_new: bool = False
    is_changed: bool = False
    seat_id: int = 0
    unit_id: int = 0
    rank: str = ""


def in_signs(one: ListedChange) -> str:
    """One person as the entry of a list names him."""
    mark = NEW if one.is_new else CHANGED if one.is_changed else ""
    seat = f"@{one.seat_id}/{one.unit_id}" if one.seat_id else ""
    rank = f"#{one.rank}" if one.rank else ""
    return f"{one.person_id}{mark}{seat}{rank}"


def from_signs(text: str) -> Iterator[ListedChange]:
    """The people of an entry, in the order of the list."""
    for word in text.split():
        rest, _sign, rank = word.partition("#")
        who, _sign, place = rest.partition("@")
        seat, _sign, unit = place.partition("/")
        yield ListedChange(
            person_id=int(who.rstrip(NEW + CHANGED)),
            is_new=who.endswith(NEW),
            is_changed=who.endswith(CHANGED),
            seat_id=int(seat or 0),
            unit_id=int(unit or 0),
            rank=rank,
        )


def looks_for(person_id: int) -> str:
    """A regular expression that finds the entries which name a person, among all of lists."""
    return rf'[" ]{int(person_id)}[+*@#" ]'


def joined(changes: Iterable[ListedChange]) -> str:
    """All people of an entry."""
    return " ".join(map(in_signs, changes))
