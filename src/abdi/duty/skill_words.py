"""Skills in words: the list to choose from, and who of the unit holds one."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.duty.queries.skills import SkillLine

Group = tuple[str, list[tuple[str, str]]]


def choices(lines: Iterable[SkillLine]) -> list[Group]:
    """The list of the form: checked skills first, then competencies, each with its count."""
    rows = list(lines)
    groups = [
        (_("Skills that were checked"), [one for one in rows if one.is_checked]),
        (_("Competencies"), [one for one in rows if not one.is_checked]),
    ]
    return [
        (title, [(one.value, _option(one)) for one in found]) for title, found in groups if found
    ]


def _option(line: SkillLine) -> str:
    count = len(line.holders)
    held = ngettext("one person", "%(num)s people", count) % {"num": count}
    if not count:
        held = _("nobody here")
    return f"{line.name} ({held})"


def holders(line: SkillLine | None, level: int) -> str:
    """Who of the unit holds a skill at a level or above."""
    names = line.at_least(level) if line else []
    if not names:
        return _(
            "Nobody of this unit holds it at this level: the turn cannot be filled by the rule."
        )
    return _("Hold it: %(names)s") % {"names": ", ".join(names)}


def held(line: SkillLine) -> str:
    """The people who hold a skill, each with the level."""
    words = _("%(name)s (level %(level)s)")
    return ", ".join(words % {"name": name, "level": level} for name, level in line.holders)
