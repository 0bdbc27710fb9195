"""Which kind of work a report in everyday Indonesian is about, by words and weights of the norms.

Reports are written as people talk: SMS spelling, Javanese words, no punctuation, hashtags. Each
word is spelled out, its doubled letters and its affixes are taken off, and what is left is looked
up. Weights are whole numbers set by hand from what each office is there for; nothing is learnt
from the texts that are routed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final

UNKNOWN: Final = "other"
"""Topic of a text in which no word says anything."""
LONGEST: Final = 5_000
HEAD_COUNTS: Final = 2
"""A word of the heading counts so many times."""

_NOISE: Final = re.compile(r"\[[a-z]{1,20}\]|#[\w*]{1,60}|https?://\S{1,200}")
_WORD: Final = re.compile(r"[a-z]{2,40}")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_TWICE: Final = re.compile(r"([a-z]{2,})[2²]")


@dataclass(frozen=True)
class Route:
    """Where a text belongs, and how surely: points of the best topic and of the next one."""

    topic: str
    points: int
    next_points: int


@cache
def _stemmer() -> Any:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return StemmerFactory().create_stemmer()


@cache
def stem(word: str) -> str:
    """The word without its affixes: kebanjiran → banjir. `word` is in small letters."""
    return str(_stemmer().stem(word))


def words_of(text: str, spelling: Mapping[str, str]) -> list[str]:
    """The stems of a text in order; `spelling` tells what short and local forms stand for."""
    plain = _NOISE.sub(" ", text[:LONGEST].lower())
    plain = _STRETCHED.sub(r"\1", _TWICE.sub(r"\1 ", plain))
    found = []
    for word in _WORD.findall(plain):
        for part in spelling.get(word, word).split():
            found.append(spelling.get(part, part) if part in spelling else stem(part))
    return found


def points_of(stems: list[str], words: Mapping[str, int]) -> int:
    """Sum of the weights of the words and pairs of words that occur; each counts once."""
    pairs = {f"{one} {two}" for one, two in pairwise(stems)}
    there = set(stems) | pairs
    return sum(weight for word, weight in words.items() if word in there)


def topic_of(head: str, body: str, norms: Mapping[str, Any]) -> Route:
    """The topic of a report with a heading and a text, by the `routing` figures of the norms.

    Where two topics have the same points the one that stands first is taken.
    """
    routing = norms["routing"]
    spelling = routing["spelling"]
    in_head, in_body = words_of(head, spelling), words_of(body, spelling)
    best, points, second = UNKNOWN, 0, 0
    for topic, told in routing["topics"].items():
        now = HEAD_COUNTS * points_of(in_head, told["words"]) + points_of(in_body, told["words"])
        if now > points:
            best, points, second = topic, now, points
        elif now > second:
            second = now
    return Route(best, points, second)
