"""Names as people write them: titles apart, lists sorted without titles, initials."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

TITLES: Final = frozenset(
    {"prof", "dr", "drg", "drh", "dra", "drs", "ir", "apt", "bdn", "ns"}
    | {"h", "hj", "kh", "pdt", "hc", "kph", "rr", "rm", "tb", "ny", "tn"}
)
"""Words before a name that are titles when a point follows them (R. and K. may be initials)."""


@dataclass(frozen=True)
class SplitName:
    """A name without its academic, religious and professional titles."""

    prefix: str
    name: str
    suffix: str


def split_titles(text: str) -> SplitName:
    """Split "Dr. Ir. Sri Wahyuni, M.T." into titles before, the name, titles behind.

    Titles before a name end with a point; whatever follows the first comma stands behind.
    A text of titles alone is taken as a name.
    """
    head, _, suffix = " ".join(text.split()).partition(",")
    words = head.split()
    count = 0
    while count < len(words) and _is_title(words[count]):
        count += 1
    if count == len(words):
        count = 0
    return SplitName(" ".join(words[:count]), " ".join(words[count:]), suffix.strip(" ,"))


def _is_title(word: str) -> bool:
    if not word.endswith("."):
        return False
    return all(part in TITLES for part in word.casefold().strip(".").split("."))


def sort_key(text: str) -> str:
    """What lists of people sort by: the name without titles, accents and capitals."""
    decomposed = unicodedata.normalize("NFKD", split_titles(text).name)
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return letters.casefold()


def initials(text: str) -> str:
    """First letters of the first and the last word of a name without titles, in capitals."""
    words = [word for word in split_titles(text).name.split() if word[:1].isalpha()]
    if not words:
        return "?"
    chosen = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0].upper()[0] for word in chosen)
