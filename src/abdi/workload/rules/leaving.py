"""Who leaves when, what remains, and the generation of a year of birth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from abdi.people import rules as people

PENSION: Final = "pension"
CONTRACT: Final = "contract"
PROFESSIONS: Final = {"guru": "teacher", "dosen": "lecturer", "dokter": "doctor"}
"""First word of a title and its group with an age of its own (facts/retirement, exceptions)."""


SHORTEST_WORD: Final = 3
NO_CRAFT: Final = frozenset({"bahasa", "dan", "dengan", "untuk", "yang"})
"""Words that say nothing of what somebody can."""


def craft_words(text: str) -> frozenset[str]:
    """The words of a task or a skill by which the two are compared."""
    found = re.findall(r"\w+", text.casefold())
    return frozenset(word for word in found if len(word) >= SHORTEST_WORD) - NO_CRAFT


def serves(skill: frozenset[str], task: frozenset[str]) -> bool:
    """Whether a skill is one that a task names: all its words stand in the task's name."""
    return bool(skill) and skill <= task


@dataclass(frozen=True)
class Leaving:
    """The first day somebody is gone, why, and whether a new contract could change it."""

    on: date
    reason: str
    renewable: bool = False


def profession_of(title: str) -> str | None:
    """The group of a title that has a pension age of its own, or None."""
    return PROFESSIONS.get(title.split(" ", 1)[0].lower())


def leaving(
    *,
    birth: date | None,
    tier: str,
    title: str,
    employment: str,
    own_age: int | None,
    contract_end: date | None,
    norms: Mapping[str, Any],
) -> Leaving | None:
    """When a person leaves; None where neither the age nor an end of contract is known.

    A contract ends on its last day at the latest, and never runs beyond the age limit, which no
    renewal moves. Source: UU 20/2023 Art. 55, PP 49/2018.
    """
    pension = _pension(birth, tier, title, own_age, norms)
    bound = employment in norms["contract_employments"] and contract_end is not None
    if not bound or contract_end is None:
        return None if pension is None else Leaving(pension, PENSION)
    after = contract_end + timedelta(days=1)
    if pension is not None and pension <= after:
        return Leaving(pension, PENSION)
    return Leaving(after, CONTRACT, renewable=True)


def _pension(
    birth: date | None, tier: str, title: str, own_age: int | None, norms: Mapping[str, Any]
) -> date | None:
    if birth is None or (own_age is None and tier not in norms["pension_ages"]):
        return None
    age = people.pension_age(tier, norms, group=profession_of(title), own=own_age)
    return None if age is None else people.pension_date(birth, age)


def years_ahead(today: date, years: int) -> tuple[int, ...]:
    """The years counted: this one and so many more, each to its 31 December."""
    return tuple(range(today.year, today.year + years + 1))


def remaining(existing: int, leaving_: Iterable[Leaving], last: date) -> tuple[int, int]:
    """Who is still there after `last`: without renewal of contracts, and with all renewed."""
    gone = [one for one in leaving_ if one.on <= last]
    for_good = sum(not one.renewable for one in gone)
    return existing - len(gone), existing - for_good


def generation(birth: date, spans: Sequence[Mapping[str, Any]]) -> str:
    """The code of the generation of a birth; for statistics of groups only."""
    for span in spans:
        if (span["from_year"] or 0) <= birth.year <= (span["to_year"] or 9999):
            return str(span["code"])
    raise LookupError(f"no generation for {birth.year}")
