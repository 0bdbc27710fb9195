"""A roster as text: a line per person, shifts separated by tabs, nothing for a day off.

Read as well: the Roster form of XML of public solutions (Employee, Assign, Day, Shift), and what
`abdi roster solve --json` prints.
"""

from __future__ import annotations

import json
from xml.etree import ElementTree

from abdi.duty.scheduling.instance import Instance, Roster

OFF = frozenset({"-", "x", "off", "_", "."})
"""Words for a day off that other programs write, unless a shift has that name."""


class BadRosterError(ValueError):
    """The text is no roster of this instance; the message says why."""


def write(roster: Roster) -> str:
    """The text of a roster, a line per person in the order of the instance."""
    return "".join("\t".join(row) + "\n" for row in roster)


def parse(text: str, instance: Instance) -> list[list[str]]:
    """The roster in a text, read leniently; what is wrong with it is the checker's to say.

    A leading name of the person is skipped, days missing at the end are days off, lines may be
    separated by commas or semicolons, and empty lines after the last person are ignored.
    """
    text = text.lstrip("\ufeff")
    if text.lstrip().startswith("<"):
        return _from_xml(text, instance)
    if text.lstrip().startswith("{"):
        return _from_json(text, instance)
    lines = text.splitlines()
    while len(lines) > len(instance.people) and not lines[-1].strip():
        lines.pop()
    return [_row(line, number, instance) for number, line in enumerate(lines)]


def _from_xml(text: str, instance: Instance) -> list[list[str]]:
    """The roster in the XML of the public solutions; a day may be a number or have no entry."""
    if "<!" in text.replace("<!--", ""):
        raise BadRosterError("a document type or other declaration is not read")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  no declarations, so no entities
    except ElementTree.ParseError as error:
        raise BadRosterError(f"no well-formed XML: {error}") from None
    places = [
        (employee.get("ID", ""), _child(assign, "day"), _child(assign, "shift"))
        for employee in root.iter()
        if _tag(employee) == "employee"
        for assign in employee.iter()
        if _tag(assign) == "assign"
    ]
    return _placed(places, instance)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def _child(element: ElementTree.Element, tag: str) -> str:
    return next(((one.text or "").strip() for one in element if _tag(one) == tag), "")


def _from_json(text: str, instance: Instance) -> list[list[str]]:
    """The roster in what `abdi roster solve --json` prints."""
    try:
        roster = json.loads(text)["roster"]
        places = [
            (str(person), str(day), str(shift))
            for person, row in roster.items()
            for day, shift in enumerate(row)
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadRosterError("no JSON with a roster: person → list of shifts") from None
    return _placed(places, instance)


def _placed(places: list[tuple[str, str, str]], instance: Instance) -> list[list[str]]:
    """A roster of single assignments. Raises BadRosterError for what has no place in it."""
    rows = {person.name: [""] * instance.days for person in instance.people}
    for person, day, word in places:
        if person not in rows:
            raise BadRosterError(f"unknown person {person[:40]}")
        if not (day.isascii() and day.isdigit() and len(day) < 6 and int(day) < instance.days):
            raise BadRosterError(
                f"{person}: day {day[:20]} is not within 0 and {instance.days - 1}"
            )
        shift = _word(word, instance)
        if shift and rows[person][int(day)]:
            raise BadRosterError(f"{person}, day {day}: two shifts on one day")
        rows[person][int(day)] = shift or rows[person][int(day)]
    return list(rows.values())


def _row(line: str, number: int, instance: Instance) -> list[str]:
    words = [_word(word, instance) for word in line.split(_separator(line))]
    is_named = len(words) == instance.days + 1 and number < len(instance.people)
    if is_named and words[0] == instance.people[number].name:
        words = words[1:]
    while len(words) > instance.days and not words[-1]:
        words.pop()
    return words + [""] * (instance.days - len(words))


def _separator(line: str) -> str:
    return next((sign for sign in "\t;," if sign in line), "\t")


def _word(word: str, instance: Instance) -> str:
    word = word.strip()
    return "" if word.lower() in OFF and word not in instance.shift_index else word
