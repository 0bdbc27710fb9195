"""The quality of rosters a year ahead: the finding, a strip of weeks, the parts of each score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from babel.dates import format_date
from django.http import Http404, HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from abdi.duty.forms.papers import LedgerForm
from abdi.duty.queries.quality import WeekLine, quality_of
from abdi.duty.queries.units import chosen_unit, duty_units
from abdi.duty.rules import quality as rules
from abdi.duty.rules import week_start
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.norms import norms
from abdi.platform.pages import page
from abdi.platform.pages.formats import date_plain

STEP, WIDTH, HEIGHT, LOW = 10, 8, 60, 6
"""A week of the strip in units of the drawing: step, width, height of 100, height of 0."""
HOUR: Final = 60


@dataclass(frozen=True)
class Bar:
    """One week of the strip."""

    x: int
    y: int
    height: int
    tone: str
    words: str
    width: int = WIDTH


@guard("duty.roster", "view")
def quality(request: Request) -> HttpResponse:
    """The score of a unit's rosters, 52 weeks ahead, and how its neighbours stand."""
    unit_id, _months = LedgerForm(request.GET).chosen()
    units = duty_units(request.actor)
    unit = chosen_unit(request.actor, units, unit_id)
    if unit is None and unit_id is not None:
        raise Http404
    today = clock.today()
    first = week_start(today)
    found = quality_of([one.pk for one in units], first, today)
    weeks = found[unit.pk] if unit else []
    judged = [one for one in weeks if one.quality]
    context = {
        "units": units,
        "unit": unit,
        "weeks": judged,
        "bars": [_bar(place, one) for place, one in enumerate(weeks)],
        "months": _months_of(weeks),
        "now": weeks[0] if weeks else None,
        "empty_count": len(weeks) - len(judged),
        "others": [(one, _mean(found[one.pk]), _empty(found[one.pk])) for one in units],
        "title": _title(weeks),
        "figures": norms("duty", on=today),
        "width": rules.WEEKS * STEP,
        "last": first + timedelta(weeks=rules.WEEKS, days=-1),
        "first": first,
    }
    return page(request, "duty/quality.html", context)


def _title(weeks: list[WeekLine]) -> str:
    """The finding: from when on there is no roster, else hours without anybody, else the score."""
    if not weeks:
        return _("No unit stands duty here")
    gone = next((n for n, one in enumerate(weeks) if one.quality is None), None)
    hours = -(-sum(one.quality.empty_minutes for one in weeks if one.quality) // HOUR)
    if hours and gone != 0:
        return ngettext(
            "For one hour of the rosters ahead nobody stands",
            "For %(num)s hours of the rosters ahead nobody stands",
            hours,
        ) % {"num": hours}
    if gone is not None:
        words = {
            "num": _empty(weeks),
            "day": date_plain(weeks[gone].week_start_on, get_language() or "id"),
        }
        return (
            ngettext(
                "From %(day)s there is no roster: one week is empty",
                "From %(day)s there is no roster: %(num)s weeks are empty",
                _empty(weeks),
            )
            % words
        )
    return _("Every week of the year ahead has its roster")


def _empty(weeks: list[WeekLine]) -> int:
    return sum(one.quality is None for one in weeks)


def _mean(weeks: list[WeekLine]) -> int | None:
    scores = [one.score for one in weeks if one.quality]
    return sum(scores) // len(scores) if scores else None


def _bar(place: int, week: WeekLine) -> Bar:
    height = LOW + (HEIGHT - LOW) * week.score // 100
    tone = "green" if week.score >= rules.GOOD else "amber" if week.score >= rules.POOR else "red"
    day = date_plain(week.week_start_on, get_language() or "id")
    words = (
        _("%(day)s: %(score)s of 100") % {"day": day, "score": week.score}
        if week.quality
        else _("%(day)s: no roster") % {"day": day}
    )
    return Bar(place * STEP, HEIGHT - height, height, tone, words)


def _months_of(weeks: list[WeekLine]) -> list[tuple[int, str]]:
    """Where on the strip every second month begins, with its short name."""
    found = []
    for place, one in enumerate(weeks[1:], start=1):
        if weeks[place - 1].week_start_on.month != one.week_start_on.month:
            name = format_date(one.week_start_on, "MMM", locale=get_language() or "id")
            found.append((place * STEP, name))
    return found[::2]
