"""Pages: how one is called, and the devices that ring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import abdi.platform
from abdi.duty import actions
from abdi.duty.choices import AlertChannel
from abdi.duty.forms.ringing import DeviceForm, WishForm
from abdi.duty.models import AlertWish, PushDevice
from abdi.duty.queries import ways_to
from abdi.people import queries as people
from abdi.platform.access import Refused, Request, own, public
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page

if TYPE_CHECKING:
    from abdi.people.models import Person

WORKER: Final = Path(abdi.platform.__file__).parent / "static" / "dist" / "ring-worker.js"


def _myself(request: Request) -> Person:
    """The person behind the account; Refused for an account without one."""
    found = people.persons().filter(pk=request.actor.person_id or 0).first()
    if found is None:
        raise Refused("no_person")
    return found


@own("how one is called oneself")
@require_http_methods(["GET", "HEAD", "POST"])
def ring(request: Request) -> HttpResponse:
    """By which channels I am called first, quiet nights, the devices that ring."""
    person = _myself(request)
    wish = AlertWish.objects.filter(person=person).first()
    form = WishForm(request.POST or None, initial=WishForm.initial_of(wish))
    if form.is_valid():
        actions.set_wish(person, by=request.actor, **form.wish())
        return done(request, reverse("duty:ring"), _("You are called this way from now on."))
    context = {
        "form": form,
        "devices": list(PushDevice.objects.filter(person=person).order_by("id")),
        "ways": [one for one in ways_to([person.pk])[person.pk] if one != AlertChannel.PROGRAM],
        "public_key": actions.public_push_key(),
    }
    return page(request, "duty/ring.html", context, status=422 if form.is_bound else 200)


@own("a device of one's own")
@require_POST
@once
def add_device(request: Request) -> HttpResponse:
    """Let this browser ring."""
    form = DeviceForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("This browser gave no address to ring."))
    actions.add_device(_myself(request), by=request.actor, **form.device())
    return done(request, reverse("duty:ring"), _("This device rings for you from now on."))


@own("a device of one's own")
@require_POST
@once
def remove_device(request: Request, pk: int) -> HttpResponse:
    """Take a device off."""
    mine = PushDevice.objects.filter(person_id=request.actor.person_id or 0)
    actions.remove_device(get_object_or_404(mine, pk=pk), by=request.actor)
    return done(request, reverse("duty:ring"), _("This device rings for you no more."))


@public("the script that shows a call on a device; it holds no data")
@require_safe
def ring_worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it stands at the root so that it may ring for all pages."""
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
