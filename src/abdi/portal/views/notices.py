"""Notices: what the program told me, and when."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from abdi.platform.access import Request, own
from abdi.platform.notices.telling import note_seen, notices_for
from abdi.platform.pages import done, page

MINE = "notices of the person who is signed in"
SHOWN = 50


def _me(request: Request) -> str:
    return f"people.person:{request.actor.person_id}"


@own(MINE)
def notices(request: Request) -> HttpResponse:
    """My notices, newest first."""
    rows = list(notices_for(_me(request)).order_by("-id")[:SHOWN])
    return page(request, "portal/notices.html", {"rows": rows})


@own(MINE)
@require_POST
def seen(request: Request, pk: int) -> HttpResponse:
    """I have seen it."""
    note_seen(_me(request), pk)
    return done(request, "/pemberitahuan", "")
