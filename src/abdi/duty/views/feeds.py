"""Calendars people subscribe to: the address made and revoked, and the feed itself."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from abdi.duty import actions, queries
from abdi.duty.forms.rosters import UnitForm
from abdi.duty.ical import calendar_file
from abdi.duty.models import CalendarFeed
from abdi.duty.permissions import may_end_feed
from abdi.duty.queries.feeds import feed_at, hash_of, kept_of, present_of
from abdi.duty.rules.feeds import brought_up_to_date
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Request, guard, own, public
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.ratelimit import limit, limited

MINE = "the calendar of one's own turns"
AN_HOUR = 3_600
MOST_AN_HOUR = 60
"""So often one address may be read in an hour; calendars ask once in an hour or two."""


@own(MINE)
@require_POST
def subscribe(request: Request) -> HttpResponse:
    """A secret address of my calendar, shown this once; the one before opens no more."""
    person = get_object_or_404(people.persons(), pk=request.actor.person_id or 0)
    token = actions.subscribe(person, by=request.actor)
    return _shown(request, token, reverse("duty:mine"), _("My duty"))


@guard("duty.roster", "update")
@require_POST
def subscribe_unit(request: Request) -> HttpResponse:
    """A secret address of a unit's turns, shown this once; the one before opens no more."""
    form = UnitForm(request.POST)
    if not form.is_valid():
        raise Http404
    unit = get_object_or_404(
        people.visible_units(SYSTEM),
        pk=form.cleaned_data["unit"],
        pk__in=[key for key, _name in queries.plannable_units(request.actor)],
    )
    token = actions.subscribe_unit(unit, by=request.actor)
    return _shown(request, token, reverse("duty:week"), unit.name)


def _shown(request: Request, token: str, back: str, name: str) -> HttpResponse:
    place = reverse("duty:feed", args=[token])
    context = {
        "address": f"{settings.ABDI_PUBLIC_URL.rstrip('/')}{place}",
        "back": back,
        "name": name,
    }
    shown = page(request, "duty/feed.html", context)
    shown["Cache-Control"] = "no-store"
    return shown


@own(MINE)
@require_POST
@once
def unsubscribe(request: Request, pk: int) -> HttpResponse:
    """The address opens no more."""
    feed = get_object_or_404(CalendarFeed.objects.select_related("unit"), pk=pk)
    if not may_end_feed(request.actor, feed):
        raise Http404
    actions.unsubscribe(feed, by=request.actor)
    back = reverse("duty:mine" if feed.unit_id is None else "duty:week")
    return done(request, back, _("The address opens no more."))


@public("whoever holds the secret address reads the calendar, as calendar programs do")
@limited("duty.feed", reading=True, address="600 per hour")
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address; every wrong address gets the same answer."""
    found = feed_at(token)
    if found is None:
        raise Http404
    limit(f"duty.feed|{hash_of(token)}", most=MOST_AN_HOUR, seconds=AN_HOUR)
    now = clock.now()
    kept = kept_of(found)
    told = brought_up_to_date(kept, present_of(found, now), now)
    if told != kept:
        actions.keep_told(found, by=SYSTEM, told=told)
    with translation.override(settings.LANGUAGE_CODE):
        name = _("Duty of %(unit)s") % {"unit": found.unit.name} if found.unit else _("My duty")
        body = calendar_file(name, told)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
