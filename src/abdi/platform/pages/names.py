"""Names with and without their titles."""

from __future__ import annotations

from typing import Final

# Degrees and honours that stand before a name; those behind it follow a comma.
BEFORE: Final = frozenset(
    [
        "dr",
        "drs",
        "dra",
        "drg",
        "drh",
        "ir",
        "prof",
        "h",
        "hj",
        "hj.",
        "kh",
        "r",
        "ra",
        "rr",
        "rm",
        "tb",
        "tgk",
        "apt",
        "ns",
        "ust",
        "letkol",
        "kol",
        "mayjen",
    ]
)


def bare_name(name: str) -> str:
    """The name without titles: `Dr. Ir. Sri Wahyuni, M.T.` → `Sri Wahyuni`."""
    words = name.split(",", maxsplit=1)[0].split()
    while len(words) > 1 and words[0].rstrip(".").lower() in BEFORE:
        words.pop(0)
    return " ".join(words)


def initials(name: str) -> str:
    """Two letters for an avatar, titles left out; one letter where the name has one word."""
    words = [word for word in bare_name(name).split() if word[:1].isalpha()]
    if not words:
        return "?"
    letters = words[0][0] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters.upper()
