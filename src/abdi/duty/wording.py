"""The finding of a week in words: the title of the page says it."""

from __future__ import annotations

from babel.dates import format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from abdi.duty.queries import Block, Week
from abdi.platform import clock


def finding(week: Week, plans: bool) -> str:
    """The sentence at the top: what stands open, or that all is filled."""
    short = week.short
    if not week.rosters:
        return _("No roster for this week yet") if plans else _("No roster is in force this week")
    if not short:
        return _("Every turn of this week is filled")
    first = short[0]
    words = {
        "num": len(short),
        "unit": unit_of(week, first),
        "turn": first.name,
        "day": day_of(first),
    }
    return (
        ngettext(
            "One turn is empty: %(unit)s, %(day)s %(turn)s",
            "%(num)d turns are empty, the first: %(unit)s, %(day)s %(turn)s",
            len(short),
        )
        % words
    )


def day_of(block: Block) -> str:
    """The name of the day a turn begins on."""
    return format_date(clock.local(block.start).date(), "EEEE", locale=get_language() or "id")


def day_heads(week: Week) -> list[str]:
    """Heads of the seven columns, `Mon 23`."""
    lang = get_language() or "id"
    return [format_date(day, "EEE d", locale=lang) for day in week.days]


def unit_of(week: Week, block: Block) -> str:
    """The unit whose turn it is."""
    for line in week.lines:
        if line.unit_id and block in line.blocks:
            return line.name
    return week.rosters[0].unit.name


def lead(week: Week) -> str:
    """The sentences under the title: the rest is filled, how long people stand, who stands now."""
    parts = []
    if week.rosters and week.short:
        parts.append(_("All other turns are filled."))
    if week.longest_hours:
        parts.append(
            _("Nobody stands longer than %(hours)s hours in a row.") % {"hours": week.longest_hours}
        )
    if week.standing:
        units = list(dict.fromkeys(f"{one.unit_name} ({one.turn_name})" for one in week.standing))
        shown, more = ", ".join(units[:3]), len(units) - 3
        if more > 0:
            words = {"units": shown, "more": more}
            parts.append(_("On duty now: %(units)s and %(more)s more.") % words)
        else:
            parts.append(_("On duty now: %(units)s.") % {"units": shown})
    return " ".join(parts)
