"""Sentences that say what the figures of workload show."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from abdi.platform.pages import formats
from abdi.workload import rules
from abdi.workload.queries import (
    HEAVY_PERMYRIAD,
    LIGHT_PERMYRIAD,
    Overview,
    PositionLoad,
    UnitLoad,
)

FULL = 11_000
SPARE = 9_000


def percent(permyriad: int) -> str:
    """`144%`, whole per cent in the reader's language."""
    return formats.percent(permyriad, get_language() or "id", places=0)


def people(need_fte: int) -> str:
    """`7,2` people from ten-thousandths of a person."""
    tenths = (need_fte + 500) // 1000
    return formats.decimal(tenths, 1, get_language() or "id", trim=False)


def load_words(load_permyriad: int) -> str:
    """The load in per cent, or that nobody is there."""
    return _("nobody there") if load_permyriad >= rules.NOBODY else percent(load_permyriad)


def tone(row: PositionLoad) -> str:
    """Red when too much lies on a post, amber when little does; a standby post is never idle."""
    if row.load_permyriad >= HEAVY_PERMYRIAD:
        return "red"
    if row.load_permyriad > FULL or (row.load_permyriad < LIGHT_PERMYRIAD + 1000 and row.may_give):
        return "amber"
    return "green"


def share_tone(load_permyriad: int) -> str:
    """The tone of a whole unit's load."""
    if load_permyriad >= HEAVY_PERMYRIAD:
        return "red"
    return "green" if LIGHT_PERMYRIAD <= load_permyriad <= FULL else "amber"


def heading(unit_name: str, load: UnitLoad) -> str:
    """The finding of one unit: which post carries most, which least."""
    rows = [row for row in load.rows if row.is_shared and row.existing]
    if not load.has_tasks:
        return _("The workload of %(unit)s is not known yet") % {"unit": unit_name}
    if not rows:
        return _("%(unit)s has work and nobody to do it") % {"unit": unit_name}
    heavy, light = rows[0], _lightest(rows)
    if heavy.load_permyriad > FULL and light is not None and light.load_permyriad < SPARE:
        words = _("%(heavy)s carries a load of %(most)s, %(light)s %(least)s")
        return words % {
            "heavy": heavy.title,
            "most": percent(heavy.load_permyriad),
            "light": light.title,
            "least": percent(light.load_permyriad),
        }
    if heavy.load_permyriad > FULL:
        words = _("%(heavy)s carries a load of %(most)s")
        return words % {"heavy": heavy.title, "most": percent(heavy.load_permyriad)}
    words = _("%(unit)s carries a load of %(most)s")
    return words % {"unit": unit_name, "most": load_words(load.load_permyriad)}


def _lightest(rows: Sequence[PositionLoad]) -> PositionLoad | None:
    known = [row for row in rows if row.may_give and row.tasks]
    return min(known, key=lambda row: row.load_permyriad, default=None)


def lead(load: UnitLoad) -> str:
    """People against need in a sentence, and whether number or sharing is the trouble."""
    words = ngettext(
        "%(count)s person for a need of %(need)s.",
        "%(count)s people for a need of %(need)s.",
        load.existing,
    ) % {"count": load.existing, "need": people(load.need_fte)}
    return f"{words} {_trouble(load)}".strip()


def _trouble(load: UnitLoad) -> str:
    if not load.has_tasks:
        return ""
    if load.gap < 0:
        return ngettext(
            "%(count)s person is missing.", "%(count)s people are missing.", -load.gap
        ) % {"count": -load.gap}
    uneven = any(row.load_permyriad > FULL for row in load.rows if row.is_shared and row.existing)
    if uneven:
        return _("The number is enough, the sharing is not.")
    return _("Number and sharing fit.")


def overview_heading(found: Overview) -> str:
    """The finding over all units."""
    if not found.units:
        return _("No unit has its workload written down yet")
    if found.heavy:
        words = ngettext(
            "%(count)s of %(all)s units carries more than 120%% of its people's time",
            "%(count)s of %(all)s units carry more than 120%% of their people's time",
            found.heavy,
        )
        return words % {"count": found.heavy, "all": found.units}
    return _("No unit carries more than 120 per cent of its people's time")


def overview_lead(found: Overview) -> str:
    """What stands on the other side, and of when the figures are."""
    if not found.units or found.newest is None:
        return _("Write down the tasks of a unit, and its load is computed here.")
    spare = ngettext(
        "%(count)s unit has room: its load is below 70%%.",
        "%(count)s units have room: their load is below 70%%.",
        found.light,
    ) % {"count": found.light}
    day = formats.date_plain(found.newest, get_language() or "id")
    of_when = _("Figures of %(day)s.") % {"day": day}
    return f"{spare} {of_when}"
