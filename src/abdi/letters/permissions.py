"""May this actor do this with letters? Asks the cells of the permission file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abdi.letters.choices import PersonPart
from abdi.letters.models import LetterPerson
from abdi.platform.access import Actor, Where

if TYPE_CHECKING:
    from abdi.letters.models import Letter
    from abdi.people.models import Unit

CELL = "people.letter"
TEMPLATES = "people.letter_template"


def where_of(letter: Letter, by: Actor) -> Where:
    """Where a letter stands for an actor: of several persons named, the one that concerns him."""
    rows = LetterPerson.objects.filter(letter_id=letter.pk).order_by("place", "id")
    parts = list(rows.values_list("person_id", "part"))
    subjects = [one for one, part in parts if part == PersonPart.SUBJECT]
    assigned = frozenset(one for one, part in parts if part == PersonPart.ASSIGNED)
    near = [one for one in subjects if one == by.person_id]
    near += [one for one in subjects if one in by.team_ids]
    return Where(
        person_id=next(iter([*near, *subjects]), None),
        author_id=letter.author_id,
        agency_id=letter.agency_id,
        assigned=assigned,
    )


def may_write(by: Actor, unit: Unit) -> bool:
    """May this actor write a letter of a unit."""
    return by.may(CELL, "create", Where(agency_id=unit.agency_id))


def may_change(by: Actor, letter: Letter) -> bool:
    """May this actor change the words of a draft."""
    return by.may(CELL, "update", where_of(letter, by))


def may_number(by: Actor, letter: Letter) -> bool:
    """May this actor give the number and send the letter to sign."""
    return by.may(CELL, "number", where_of(letter, by))


def may_reserve(by: Actor, *things: Any) -> bool:
    """May this actor keep numbers of the city's books: the offices that number city-wide."""
    return by.is_system or by.reach(CELL, "number").all


def may_sign(by: Actor, letter: Letter) -> bool:
    """May this actor bring the signed file back; never where he is named in the letter."""
    return by.may(CELL, "sign", where_of(letter, by))


def may_void(by: Actor, letter: Letter) -> bool:
    """May this actor take a letter out of force."""
    return by.may(CELL, "void", where_of(letter, by))


def may_read(by: Actor, letter: Letter) -> bool:
    """May this actor read a letter: by the view cell, or because it waits for his signature."""
    signs = letter.sent_at is not None and by.person_id == letter.signer_id
    return (signs and by.holds(CELL, "sign")) or by.may(CELL, "view", where_of(letter, by))


def may_change_template(by: Actor, agency: Unit | None = None) -> bool:
    """May this actor change the words of an agency's letters, or of everybody's."""
    if agency is None:
        return by.is_system or by.reach(TEMPLATES, "create").all
    return by.may(TEMPLATES, "create", Where(agency_id=agency.pk))


def only_other_modules(by: Actor, *things: Any) -> bool:
    """The door for modules above, inside their own permission, and for reactions."""
    return by.is_system
