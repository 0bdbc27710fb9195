"""What a text tells: the kind of report, how alike two are, place and number in a message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

CHOSEN: Final = 70
STRONG: Final = 45
WEAK: Final = 20
MOST_BY_WORDS: Final = 80
PER_SIMILAR: Final = 3
MOST_BY_SIMILAR: Final = 9
SURE: Final = 60
"""From this confidence on a suggestion is made; below it three kinds are offered."""
MOST: Final = 98
OTHER: Final = "other"
LONGEST: Final = 4_000
_WORD: Final = re.compile(r"[a-z0-9]+")
_STREET: Final = re.compile(
    r"\b(?:jl|jln|jalan|gang|gg|simpang|perumahan|alun-alun|pasar|kel|kelurahan|depan|dekat)\b"
    r"[^,;\n?!]{2,60}",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(r"(?<!\d)(?:\+?62[ -]?|0)8\d[\d -]{6,14}\d(?!\d)")


@dataclass(frozen=True)
class Suggestion:
    """A kind a report could be, how sure (0 to 98), and the words that say so."""

    code: str
    confidence: int
    words: tuple[str, ...]
    is_chosen: bool = False


@dataclass(frozen=True)
class Message:
    """What was found in a pasted message; empty where nothing was."""

    place: str
    phone: str


def plain_words(text: str) -> list[str]:
    """Words of a text in small letters, punctuation left out."""
    return _WORD.findall(text[:LONGEST].lower())


def suggestions(
    text: str, chosen: str, similar: int, words: Mapping[str, Mapping[str, Sequence[str]]]
) -> list[Suggestion]:
    """The three likeliest kinds of a report, the likeliest first.

    Points for the kind the reporter chose, for each word of a kind, and for similar reports
    nearby; a third of the best rival's points is taken off. `words` by kind: strong and weak.
    """
    padded = f" {' '.join(plain_words(text))} "
    points: dict[str, int] = {}
    found: dict[str, tuple[str, ...]] = {}
    for code, lists in words.items():
        strong = [word for word in lists["strong"] if f" {word} " in padded]
        weak = [word for word in lists["weak"] if f" {word} " in padded]
        points[code] = min(STRONG * len(strong) + WEAK * len(weak), MOST_BY_WORDS)
        found[code] = tuple(strong + [one for one in weak if not any(one in s for s in strong)])
    if chosen and chosen != OTHER:
        more = CHOSEN + min(PER_SIMILAR * similar, MOST_BY_SIMILAR)
        points[chosen] = points.get(chosen, 0) + more
    ordered = sorted((code for code in points if points[code]), key=lambda c: (-points[c], c))
    return [
        Suggestion(code, _confidence(code, points), found.get(code, ()), code == chosen)
        for code in ordered[:3]
    ]


def _confidence(code: str, points: Mapping[str, int]) -> int:
    rival = max((value for other, value in points.items() if other != code), default=0)
    return max(0, min(points[code] - rival // 3, MOST))


def likeness(one: str, other: str, metres: int, minutes: int) -> int:
    """How alike two reports of the same kind are, 0 to 100: by distance, time and words."""
    near = 45 * max(0, 150 - metres) // 150
    recent = 25 * max(0, 2_880 - minutes) // 2_880
    mine, theirs = set(plain_words(one)), set(plain_words(other))
    shared = 30 * len(mine & theirs) // max(1, min(len(mine), len(theirs)))
    return near + recent + shared


def read_message(text: str) -> Message:
    """Place and telephone number found in a pasted message."""
    whole = text[:LONGEST]
    street = _STREET.search(whole)
    phone = _PHONE.search(whole)
    place = " ".join(street.group(0).split()) if street else ""
    number = re.sub(r"[ -]", "", phone.group(0)) if phone else ""
    return Message(place.rstrip(". "), number)


def words_of_norms(norms: Mapping[str, Any]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The words by kind from the norms of the day."""
    found: Mapping[str, Mapping[str, Sequence[str]]] = norms["words"]
    return found
