"""Reads the public text format; a broken file is told by line number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from abdi.duty.scheduling.instance import Cover, Instance, Person, ShiftType, Wish

MOST_BYTES = 20_000_000
MOST_DAYS = 1_000
MOST_PEOPLE = 1_000
MOST_SHIFTS = 100
MOST_WEIGHT = 1_000_000
MOST_MINUTES = 1_440
MOST_TOTAL = MOST_DAYS * MOST_MINUTES
NEEDED = ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_COVER")


class BadInstanceError(ValueError):
    """The text is no instance; the message says where and why."""


@dataclass
class _Text:
    """What was read so far."""

    days: int = 0
    shifts: dict[str, ShiftType] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    people_index: dict[str, int] = field(default_factory=dict)
    cover: dict[tuple[int, str], Cover] = field(default_factory=dict)
    wants: list[Wish] = field(default_factory=list)
    avoids: list[Wish] = field(default_factory=list)


def read_file(path: Path) -> Instance:
    """The instance in a file. Raises BadInstanceError, also where the file is no text."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInstanceError(f"{path.name}: larger than {MOST_BYTES:,} bytes")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInstanceError(f"{path.name}: not a UTF-8 text ({error.reason})") from error
    except OSError as error:
        raise BadInstanceError(f"{path.name}: {error.strerror or error}") from error
    return read(text, path.stem)


def read(text: str, name: str = "instance") -> Instance:
    """The instance in a text of the public format. Raises BadInstanceError with the line."""
    found = _Text()
    sections = _sections(text)
    for section, part in _PARTS.items():
        for number, words in sections.get(section, ()):
            try:
                part(found, words)
            except ValueError as error:
                raise BadInstanceError(f"line {number} ({section}): {error}") from None
    return _whole(found, set(sections), name)


def _sections(text: str) -> dict[str, list[tuple[int, list[str]]]]:
    """Section → its lines as number and values; the sections may stand in any order."""
    sections: dict[str, list[tuple[int, list[str]]]] = {}
    section = ""
    for number, line in _lines(text):
        words = [word.strip() for word in line.split(",")]
        if line.upper().startswith("SECTION_"):
            section = line.rstrip(",: ").upper()
            if section not in _PARTS:
                raise BadInstanceError(
                    f"line {number}: unknown section {_short(line)}; known are {', '.join(_PARTS)}"
                )
            if section in sections:
                raise BadInstanceError(f"line {number}: {section} stands twice")
            sections[section] = []
        elif not section:
            raise BadInstanceError(f"line {number}: text before the first SECTION_ line")
        else:
            sections[section].append((number, words))
    return sections


_COMMENT = re.compile(r"(^|\s)\s*#.*")
"""A sign # begins a comment at the start of a line or after a space, so a name may hold one."""


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        line = _COMMENT.sub("", raw).strip()
        if line.strip(","):
            yield number, line


def _whole(found: _Text, seen: set[str], name: str) -> Instance:
    missing = [section for section in NEEDED if section not in seen]
    if missing:
        raise BadInstanceError(f"missing: {', '.join(missing)}")
    if not found.days:
        raise BadInstanceError("SECTION_HORIZON has no number of days")
    if not found.shifts or not found.people:
        raise BadInstanceError("no shifts" if not found.shifts else "no staff")
    for shift in found.shifts.values():
        unknown = sorted(shift.no_next - found.shifts.keys())
        if unknown:
            raise BadInstanceError(f"shift {shift.name}: unknown follower {_short(unknown[0])}")
    return Instance(
        name=name,
        days=found.days,
        shifts=tuple(found.shifts.values()),
        people=tuple(found.people.values()),
        cover=tuple(found.cover.values()),
        wants=tuple(found.wants),
        avoids=tuple(found.avoids),
    )


def _horizon(found: _Text, words: list[str]) -> None:
    _exactly(words, 1)
    if found.days:
        raise ValueError("a second number of days")
    found.days = _number(words[0], "days", MOST_DAYS, least=1)


def _shift(found: _Text, words: list[str]) -> None:
    words = [*words, ""] if len(words) == 2 else words
    _exactly(words, 3)
    name = words[0]
    if not name or name in found.shifts:
        raise ValueError(f"shift {_short(name)} stands twice" if name else "a shift without a name")
    if len(found.shifts) >= MOST_SHIFTS:
        raise ValueError(f"more than {MOST_SHIFTS} shifts")
    minutes = _number(words[1], "minutes", MOST_MINUTES, least=1)
    found.shifts[name] = ShiftType(name, minutes, frozenset(_split(words[2])))


def _person(found: _Text, words: list[str]) -> None:
    _exactly(words, 8)
    name = words[0]
    if not name or name in found.people:
        raise ValueError(f"{_short(name)} stands twice" if name else "a person without a name")
    if len(found.people) >= MOST_PEOPLE:
        raise ValueError(f"more than {MOST_PEOPLE} people")
    limits = _limits(found, words[1])
    totals = [
        _number(word, what, MOST_TOTAL)
        for word, what in zip(words[2:4], ("MaxTotalMinutes", "MinTotalMinutes"), strict=True)
    ]
    run, least, rest, weekends = (
        _number(word, what, MOST_TOTAL) for word, what in zip(words[4:], _RUNS, strict=True)
    )
    found.people_index[name] = len(found.people)
    found.people[name] = Person(name, limits, totals[0], totals[1], run, least, rest, weekends)


_RUNS = ("MaxConsecutiveShifts", "MinConsecutiveShifts", "MinConsecutiveDaysOff", "MaxWeekends")


def _limits(found: _Text, text: str) -> dict[str, int]:
    limits: dict[str, int] = {}
    for part in _split(text):
        name, sign, count = part.partition("=")
        if not sign or name not in found.shifts:
            raise ValueError(f"MaxShifts names an unknown shift: {_short(part)}")
        if name in limits:
            raise ValueError(f"MaxShifts names {name} twice")
        limits[name] = _number(count, f"MaxShifts of {name}", MOST_TOTAL)
    missing = [name for name in found.shifts if name not in limits]
    if missing:
        raise ValueError(f"MaxShifts says nothing of shift {missing[0]}")
    return limits


def _days_off(found: _Text, words: list[str]) -> None:
    name = _known_person(found, words[0])
    days = {_day(found, word) for word in words[1:] if word}
    person = found.people[name]
    found.people[name] = replace(person, days_off=person.days_off | days)


def _want(found: _Text, words: list[str]) -> None:
    found.wants.append(_wish(found, words))


def _avoid(found: _Text, words: list[str]) -> None:
    found.avoids.append(_wish(found, words))


def _wish(found: _Text, words: list[str]) -> Wish:
    _exactly(words, 4)
    person = found.people_index[_known_person(found, words[0])]
    weight = _number(words[3], "weight", MOST_WEIGHT)
    return Wish(person, _day(found, words[1]), _known_shift(found, words[2]), weight)


def _cover(found: _Text, words: list[str]) -> None:
    _exactly(words, 5)
    day, shift = _day(found, words[0]), _known_shift(found, words[1])
    if (day, shift) in found.cover:
        raise ValueError(f"cover of day {day}, shift {shift} stands twice")
    wanted = _number(words[2], "requirement", MOST_WEIGHT)
    under, over = (_number(word, "weight", MOST_WEIGHT) for word in words[3:])
    found.cover[day, shift] = Cover(day, shift, wanted, under, over)


def _known_person(found: _Text, name: str) -> str:
    if name not in found.people:
        raise ValueError(f"unknown person {_short(name)}")
    return name


def _known_shift(found: _Text, name: str) -> str:
    if name not in found.shifts:
        raise ValueError(f"unknown shift {_short(name)}")
    return name


def _day(found: _Text, word: str) -> int:
    if not found.days:
        raise ValueError("a day before SECTION_HORIZON said how many there are")
    return _number(word, "day", found.days - 1)


def _number(word: str, what: str, most: int, *, least: int = 0) -> int:
    """A whole number within bounds; digits only, so that nothing huge is ever converted."""
    if not (word.isascii() and word.isdigit()):
        raise ValueError(f"{what}: {_short(word)} is no whole number")
    if len(word) > 12 or not least <= int(word) <= most:
        raise ValueError(f"{what}: {_short(word)} is not within {least} and {most}")
    return int(word)


def _exactly(words: list[str], count: int) -> None:
    """So many values, apart from commas at the end of the line."""
    while len(words) > count and not words[-1]:
        words.pop()
    if len(words) != count:
        raise ValueError(f"{count} values expected, {len(words)} found")


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _short(text: str) -> str:
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


_PARTS: dict[str, Callable[[_Text, list[str]], None]] = {
    "SECTION_HORIZON": _horizon,
    "SECTION_SHIFTS": _shift,
    "SECTION_STAFF": _person,
    "SECTION_DAYS_OFF": _days_off,
    "SECTION_SHIFT_ON_REQUESTS": _want,
    "SECTION_SHIFT_OFF_REQUESTS": _avoid,
    "SECTION_COVER": _cover,
}
