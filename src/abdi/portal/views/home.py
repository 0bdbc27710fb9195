"""Beranda, search, notices, help."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from abdi.duty import queries as duty
from abdi.performance import queries as performance
from abdi.platform import clock
from abdi.platform.access import Request, own, public
from abdi.platform.before_factor import open_before_factor
from abdi.platform.pages import formats, page
from abdi.portal import searching
from abdi.portal.gathering import day_of
from abdi.training import queries as training


@own("each part asks its own cell")
def home(request: Request) -> HttpResponse:
    """What waits for me, merged from all modules; each row opens the exact spot."""
    now = clock.now()
    day = day_of(request.actor, now)
    context: dict[str, Any] = {"day": day, "now": now, "greeting": greeting(now), **_mine(request)}
    return page(request, "portal/home.html", context)


def greeting(at: Any) -> str:
    """Good morning, day, afternoon or evening by the wall clock."""
    hour = clock.local(at).hour
    if 4 <= hour < 11:
        return _("Good morning")
    if hour < 15:
        return _("Good day")
    return _("Good afternoon") if hour < 18 else _("Good evening")


def _mine(request: Request) -> dict[str, Any]:
    person_id = request.actor.person_id
    if person_id is None:
        return {"shift": None, "targets": [], "hours": None}
    now = clock.now()
    return {
        "shift": duty.next_shift(person_id, now),
        "targets": _targets(person_id),
        "hours": training.hours_of(person_id, clock.today().year),
    }


def _targets(person_id: int) -> list[dict[str, Any]]:
    today = clock.today()
    found = performance.person_figures(person_id, today.year, today).figures[:3]
    return [
        {
            "title": one.target.indicator,
            "words": words_of(one),
            "fill": one.fill,
            "tick": one.tick,
            "tone": "amber" if one.is_behind else "green",
        }
        for one in found
    ]


def words_of(one: Any) -> str:
    """What stands against what is asked: "37 of 40 reports"."""
    lang = (get_language() or "id").split("-")[0]
    asked = formats.decimal(one.target.figure, 2, lang)
    if one.actual is None:
        return _("nothing yet of %(asked)s %(unit)s") % {"asked": asked, "unit": one.target.unit}
    return _("%(done)s of %(asked)s %(unit)s") % {
        "done": formats.decimal(one.actual, 2, lang),
        "asked": asked,
        "unit": one.target.unit,
    }


@own("each kind of result asks its own cell")
def search(request: Request) -> HttpResponse:
    """Reports, people, classes and pages by words; office words find the plain ones."""
    asked = request.GET.get("q", "").strip()[:100]
    found = searching.search(request.actor, asked)
    return page(request, "portal/search.html", {"q": asked, **found})


@open_before_factor
@public("help is for everybody")
def help_page(request: Request) -> HttpResponse:
    """How to report, how to follow a report, whom to ask."""
    return page(request, "portal/help.html", {})
