"""What a staff list says about a person, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

_LEVELS: Final = (
    ("ahli utama", "JF_AHLI_UTAMA"),
    ("ahli madya", "JF_AHLI_MADYA"),
    ("ahli muda", "JF_AHLI_MUDA"),
    ("ahli pertama", "JF_AHLI_PERTAMA"),
    ("penyelia", "JF_PENYELIA"),
    ("mahir", "JF_MAHIR"),
    ("terampil", "JF_TERAMPIL"),
    ("pemula", "JF_PEMULA"),
)
_ECHELONS: Final = {"I": "JPT_MADYA", "II": "JPT_PRATAMA", "III": "ADMINISTRATOR", "IV": "PENGAWAS"}
_LEADS: Final = ("kepala ", "camat", "lurah", "direktur", "inspektur", "sekretaris daerah")
LEADING_TIERS: Final = frozenset(_ECHELONS.values())


@dataclass(frozen=True)
class Listed:
    """One person of a list: `facts` by column of Person, the seat and the rank it tells.

    `person_id` is None for somebody new. What a list does not tell is left out, never emptied.
    """

    line: int
    person_id: int | None
    facts: Mapping[str, str | date] = field(default_factory=dict)
    unit_id: int | None = None
    title: str = ""
    echelon: str = ""
    since: date | None = None
    rank: str = ""
    rank_since: date | None = None


def told_alike(one: str, other: str) -> bool:
    """Whether two texts say the same, capitals and spaces apart."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def differs(held: object, told: object) -> bool:
    """Whether a value a list tells is another than the one held."""
    if isinstance(held, str) and isinstance(told, str):
        return not told_alike(held, told)
    return held != told


def post_of(title: str, echelon: str) -> tuple[str, str, bool]:
    """Kind and tier of a post by its title and echelon, and whether it may lead a unit."""
    words = title.casefold()
    tier = _ECHELONS.get(echelon.upper().replace(".", "/").split("/")[0].strip(), "")
    if tier:
        kind = "high_leadership" if tier.startswith("JPT") else "administration"
        return kind, tier, words.startswith(_LEADS)
    for ending, level in _LEVELS:
        if words.rstrip().endswith(ending):
            return "functional", level, False
    return "administration", "PELAKSANA", False


def day_to_begin(since: date | None, held_since: date | None, today: date) -> date:
    """First day of a new seat: as told, but never on or before the first day of the one before."""
    if held_since is None:
        return since or today
    if since is not None and since > held_since:
        return since
    return max(today, held_since + timedelta(days=1))
