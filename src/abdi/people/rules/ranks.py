"""Ranks in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

CONTRACT_GRADES: Final = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX",
    "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
)  # fmt: skip
"""Grades of contract civil servants, Perpres 98/2020; they do not follow one another."""


def rank_codes(norms: Mapping[str, Any]) -> frozenset[str]:
    """All ranks and contract grades that exist."""
    return frozenset(norms["ranks"]) | frozenset(CONTRACT_GRADES)


def next_rank(rank: str, norms: Mapping[str, Any]) -> str | None:
    """The rank above, by order; None for the highest and for contract grades."""
    ranks: Mapping[str, Mapping[str, Any]] = norms["ranks"]
    if rank not in ranks:
        return None
    above = int(ranks[rank]["order"]) + 1
    return next((code for code, row in ranks.items() if row["order"] == above), None)
