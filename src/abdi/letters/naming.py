"""From names and numbers that an officer typed to persons."""

from __future__ import annotations

from django.utils.translation import gettext as _

from abdi.people import queries as people
from abdi.platform.access import Actor
from abdi.platform.actions import Invalid

MOST_PEOPLE = 200


def persons_named(by: Actor, text: str) -> list[int]:
    """Ids of the persons on the lines of a text, each a name or an employee number.

    Raises Invalid, naming the line, for nobody or for several of that name; one query a line.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > MOST_PEOPLE:
        raise Invalid(_("A letter names at most 200 people."), field="people")
    return list(dict.fromkeys(_one(by, line) for line in lines))


def _one(by: Actor, line: str) -> int:
    digits = line.replace(" ", "")
    rows = people.visible_people(by)
    is_number = digits.isascii() and digits.isdigit()
    rows = rows.filter(employee_number=digits) if is_number else rows.filter(name__iexact=line)
    found = list(rows.values_list("pk", flat=True)[:2])
    shown = {"line": line[:80]}
    if not found:
        raise Invalid(_("Nobody here is called “%(line)s”.") % shown, field="people")
    if len(found) > 1:
        sentence = _("Several people are called “%(line)s”. Write the employee number.")
        raise Invalid(sentence % shown, field="people")
    return found[0]
