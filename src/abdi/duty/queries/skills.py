"""Skills a turn may want: checked ones, competencies, and who of a unit holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from abdi.competence import queries as competence
from abdi.duty.queries.planning import levels_of
from abdi.people import queries as people


@dataclass(frozen=True)
class SkillLine:
    """A skill by its value in the rules, and people of the unit with their level, highest first."""

    value: str
    name: str
    is_checked: bool
    holders: tuple[tuple[str, int], ...] = ()

    def at_least(self, level: int) -> list[str]:
        """Names of those who hold it at a level or above."""
        return [name for name, held in self.holders if held >= level]


def skill_lines(names: Mapping[int, str], wanted: Iterable[str] = ()) -> list[SkillLine]:
    """Every skill a turn of these people may want: checked ones by name, then the competencies.

    `names`: person and name. `wanted` stays in the list though nobody holds it any more.
    """
    levels = levels_of(list(names))
    known = set(competence.CODES)
    checked = {*people.checked_names(), *(one for one in wanted if one not in known)}
    lines = [SkillLine(one, one, True, _holders(one, names, levels)) for one in sorted(checked)]
    lines += [
        SkillLine(one.code, str(one.name), False, _holders(one.code, names, levels))
        for one in competence.competencies()
    ]
    return lines


def _holders(
    skill: str, names: Mapping[int, str], levels: Mapping[int, Mapping[str, int]]
) -> tuple[tuple[str, int], ...]:
    found = [(names[key], own[skill]) for key, own in levels.items() if skill in own]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))
