"""The nine competencies with their five levels, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import get_language

from abdi.competence.choices import Competency
from abdi.platform import clock
from abdi.platform.norms import norms

CODES: Final = Competency.codes()
"""Codes of the nine, in the order of the regulation."""


@dataclass(frozen=True)
class Level:
    """One level: what it means, and how it is seen at work."""

    number: int
    meaning: str
    behaviour: str


@dataclass(frozen=True)
class CompetencyText:
    """One competency of the dictionary."""

    code: str
    key: str
    name: str
    definition: str
    levels: tuple[Level, ...]

    def level(self, number: int) -> Level | None:
        """A level by its number; None outside 1 to 5."""
        return next((level for level in self.levels if level.number == number), None)


def competencies(on: date | None = None) -> tuple[CompetencyText, ...]:
    """All competencies in the order of the regulation, valid on a day."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return _read(on or clock.today(), language)


def competency_of(code: str, on: date | None = None) -> CompetencyText | None:
    """One competency by its code; None for a code nobody knows."""
    return next((found for found in competencies(on) if found.code == code), None)


@lru_cache(maxsize=16)
def _read(on: date, language: str) -> tuple[CompetencyText, ...]:
    rows: Mapping[str, Mapping[str, Any]] = norms("competence", on=on)["competencies"]
    return tuple(_one(code, row, language) for code, row in rows.items())


def _one(code: str, row: Mapping[str, Any], language: str) -> CompetencyText:
    return CompetencyText(
        code,
        str(row["key"]),
        str(row[f"name_{language}"]).capitalize(),
        str(row[f"definition_{language}"]),
        tuple(
            Level(int(number), str(text[f"descriptor_{language}"]), str(text[f"item_{language}"]))
            for number, text in row["levels"].items()
        ),
    )
