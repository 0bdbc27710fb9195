"""Beranda, search, notices, help."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from abdi.duty import queries as duty
from abdi.performance import queries as performance
from abdi.platform import clock
from abdi.platform.access import Request, own, public
from abdi.platform.pages import page
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
        "targets": performance.progress_of(person_id, clock.today())[:3],
        "hours": training.hours_of(person_id, clock.today().year),
    }


@own("each kind of result asks its own cell")
def search(request: Request) -> HttpResponse:
    """Reports, people, classes and pages by words; office words find the plain ones."""
    asked = request.GET.get("q", "").strip()[:100]
    found = searching.search(request.actor, asked)
    return page(request, "portal/search.html", {"q": asked, **found})


@public("help is for everybody")
def help_page(request: Request) -> HttpResponse:
    """How to report, how to follow a report, whom to ask."""
    return page(request, "portal/help.html", {})
