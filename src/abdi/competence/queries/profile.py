"""One person's levels beside the standard of the position."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from abdi.competence import rules
from abdi.competence.choices import Source
from abdi.competence.models import Result
from abdi.competence.queries.dictionary import CompetencyText, competencies
from abdi.competence.queries.gaps import current_results
from abdi.competence.queries.standards import required_levels
from abdi.platform import clock
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import Position

MOST_GAPS = 3


@dataclass(frozen=True)
class Line:
    """One competency: held and required level, 1 to 5, and what the held one rests on."""

    competency: CompetencyText
    held: int | None
    required: int | None
    source: Source | None = None
    set_at: datetime | None = None

    @property
    def missing(self) -> int:
        """Levels missing to the standard."""
        if self.held is None or self.required is None:
            return 0
        return rules.missing_levels(self.required, self.held)


@dataclass(frozen=True)
class Profile:
    """The nine lines, and what they say together."""

    lines: tuple[Line, ...]
    is_settled: bool

    @property
    def gaps(self) -> list[Line]:
        """Lines below standard, the largest gap first."""
        below = [line for line in self.lines if line.missing]
        return sorted(below, key=lambda line: -line.missing)

    @property
    def largest(self) -> list[Line]:
        """The three largest gaps."""
        return self.gaps[:MOST_GAPS]

    @property
    def in_order(self) -> list[Line]:
        """All lines, gaps first."""
        return sorted(self.lines, key=lambda line: -line.missing)

    @property
    def has_standard(self) -> bool:
        """Whether the position asks for anything."""
        return any(line.required is not None for line in self.lines)

    @property
    def match(self) -> tuple[int, int, int] | None:
        """Job person match as share (permyriad), levels held and levels required."""
        pairs = {
            line.competency.code: (line.held, line.required)
            for line in self.lines
            if line.held is not None and line.required is not None
        }
        if not pairs:
            return None
        required = {code: int(pair[1] or 0) for code, pair in pairs.items()}
        held = {code: int(pair[0] or 0) for code, pair in pairs.items()}
        found = rules.match(required, held, norms("competence", on=clock.today()))
        return found.raw, sum(held.values()), sum(required.values())


def profile_of(
    person_id: int, position: Position | None, *, own: dict[str, int] | None = None
) -> Profile:
    """Settled levels of a person, or his own answers where nothing is settled yet."""
    results = current_results(person_id)
    if results:
        return Profile(tuple(_settled(results)), True)
    required = required_levels(position) if position else {}
    lines = [
        Line(found, (own or {}).get(found.code), required.get(found.code), Source.SELF)
        for found in competencies()
    ]
    return Profile(tuple(lines), False)


def _settled(results: dict[str, Result]) -> list[Line]:
    found = []
    for text in competencies():
        row = results.get(text.code)
        if row is None:
            found.append(Line(text, None, None))
        else:
            found.append(Line(text, row.level, row.required, Source(row.source), row.set_at))
    return found
