"""A roster as text: a line per person, shifts separated by tabs, nothing for a day off."""

from __future__ import annotations

from abdi.duty.scheduling.instance import Instance, Roster

OFF = frozenset({"-", "x", "off", "_", "."})
"""Words for a day off that other programs write, unless a shift has that name."""


def write(roster: Roster) -> str:
    """The text of a roster, a line per person in the order of the instance."""
    return "".join("\t".join(row) + "\n" for row in roster)


def parse(text: str, instance: Instance) -> list[list[str]]:
    """The roster in a text, read leniently; what is wrong with it is the checker's to say.

    A leading name of the person is skipped, days missing at the end are days off, lines may be
    separated by commas or semicolons, and empty lines after the last person are ignored.
    """
    lines = text.lstrip("\ufeff").splitlines()
    while len(lines) > len(instance.people) and not lines[-1].strip():
        lines.pop()
    return [_row(line, number, instance) for number, line in enumerate(lines)]


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
