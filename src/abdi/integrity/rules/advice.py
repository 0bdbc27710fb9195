"""May I?: which acts and cards belong to a question; what the day's phase forbids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from abdi.integrity.choices import AdviceKind, Phase

Norms = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """An act the lists name: code, both names, whether ethics or discipline, the sanction."""

    code: str
    name_id: str
    name_en: str
    is_discipline: bool
    sanction: str


def acts(norms: Norms, codes: Iterable[str] | None = None) -> list[Act]:
    """The acts of both lists in their order, or those of these codes."""
    wanted = None if codes is None else set(codes)
    found = []
    for name, is_discipline in (("ethics_acts", False), ("discipline_acts", True)):
        for code, row in norms[name].items():
            if wanted is None or code in wanted:
                sanction = row.get("sanction", "")
                found.append(Act(code, row["name_id"], row["name_en"], is_discipline, sanction))
    return found


def acts_of_kind(kind: AdviceKind | str, norms: Norms) -> list[Act]:
    """The acts a kind of question touches. Raises KeyError for a kind nobody knows."""
    return acts(norms, norms["advice_kinds"][str(kind)])


def phase_on(day: date, norms: Norms) -> Phase | None:
    """The phase of an election on a day; None where none is entered or it is long over.

    The days: `opens`, `designation`, `campaign_start`, `campaign_end`, `ends`.
    """
    days = norms["election"]
    if not days or not days["opens"] <= day <= days["ends"]:
        return None
    if day < days["designation"]:
        return Phase.BEFORE_DESIGNATION
    if day < days["campaign_start"]:
        return Phase.AFTER_DESIGNATION
    return Phase.CAMPAIGN if day <= days["campaign_end"] else Phase.AFTER_CAMPAIGN


def acts_in_phase(phase: Phase | None, norms: Norms) -> list[Act]:
    """What is forbidden now. Before candidates are designated, and outside elections, both lists.

    Partiality is forbidden at all times; the authority decides the class, never the program.
    """
    everything = acts(norms)
    if phase in (None, Phase.BEFORE_DESIGNATION):
        return everything
    return [act for act in everything if act.is_discipline]


def may_publish(questions: int, smallest: int) -> bool:
    """Whether enough people asked the same that an answer for all points at nobody."""
    return questions >= smallest
