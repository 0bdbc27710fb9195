"""Pages of on call: who would be called, one call, answering it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from abdi.duty import actions, links, queries
from abdi.duty.choices import AckVia
from abdi.duty.forms.calls import ChainForm, LookForm
from abdi.duty.models import Alert, Telling
from abdi.duty.permissions import may_answer, may_set_chain
from abdi.duty.wording_calls import (
    answered_words,
    chain_title,
    own_chain_title,
    step_words,
    story,
)
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor, Request, guard, public
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of
from abdi.platform.tenancy import current_institution_id

if TYPE_CHECKING:
    from abdi.people.models import Unit


@guard("duty.roster", "view")
@require_safe
def chain(request: Request) -> HttpResponse:
    """Who is called when something happens at a unit: a preview for any moment, and the calls."""
    units = _units(request)
    form = LookForm(request.GET or None, units=units)
    unit_id, at, severity = form.chosen()
    unit = people.units().filter(pk=unit_id).first() if unit_id else None
    seen = queries.preview(unit, at, severity) if unit else []
    stuck = queries.mail_stuck_since(request.actor, clock.now())
    context = {
        "form": form,
        "unit": unit,
        "at": at,
        "severity": severity,
        "seen": seen,
        "title": chain_title(seen, unit, severity),
        "own": queries.steps_of(unit.pk) if unit else [],
        "changes": unit is not None and may_set_chain(request.actor, unit),
        "calls": page_of(queries.alerts_by_need(request.actor), request, per_page=10),
        "stuck": stuck,
        "now": clock.now(),
    }
    return page(request, "duty/chain.html", context)


def _units(request: Request) -> list[tuple[int, str]]:
    reach = request.actor.reach("duty.roster", "view")
    return queries.chain_units(None if reach.all else reach.agency_ids, request.actor.agency_id)


def _unit(request: Request, pk: int) -> Unit:
    if pk not in dict(_units(request)):
        raise Http404
    return get_object_or_404(people.units(), pk=pk)


@guard("duty.roster", "update")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_chain(request: Request, pk: int) -> HttpResponse:
    """Set the steps of a unit's chain: one line each, empty lines fall away."""
    unit = _unit(request, pk)
    if not may_set_chain(request.actor, unit):
        raise Http404
    own = queries.steps_of(unit.pk)
    people_here = [
        (one.pk, one.display_name) for one in people.people_of_unit(unit.agency_id or unit.pk)
    ]
    form = ChainForm(request.POST or None, initial=ChainForm.initial_of(own), people=people_here)
    if form.is_valid():
        try:
            actions.set_chain(unit, by=request.actor, steps=form.steps())
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        else:
            said = _("The chain is set. Calls that are going on keep the one they began with.")
            return done(request, f"{reverse('duty:chain')}?unit={unit.pk}", said)
    lines = [
        (one, step_words(one), bool(one.errors) or (n == 0 and not own))
        for n, one in enumerate(form.lines())
    ]
    context = {"form": form, "unit": unit, "lines": lines, "title": own_chain_title(unit, own)}
    return page(request, "duty/chain_form.html", context, status=422 if form.is_bound else 200)


def _alert(request: Request, pk: int) -> Alert:
    found: Alert = get_object_or_404(queries.visible_alerts(request.actor), pk=pk)
    return found


@guard("duty.roster", "view")
@require_safe
def alert_page(request: Request, pk: int) -> HttpResponse:
    """One call: what happened when, and the button of who is on it."""
    alert = _alert(request, pk)
    if alert.is_open:
        actions.seen_in_program(alert, request.actor.person_id)
    desk = request.actor.reach("reports.dispatch", "view")  # a crew opens its own jobs only
    context = {
        "alert": alert,
        "story": story(alert, queries.timeline(alert)),
        "may_answer": alert.is_open and may_answer(request.actor, alert),
        "answered": answered_words(alert),
        "opens_reports": bool(desk.all or desk.agency_ids),
        "now": clock.now(),
    }
    return page(request, "duty/alert.html", context)


@guard("duty.roster", "view")
@require_POST
@once
def acknowledge(request: Request, pk: int) -> HttpResponse:
    """I am on it."""
    alert = _alert(request, pk)
    actions.acknowledge(alert, by=request.actor)
    said = _("You are on it. Nobody else is called.")
    return done(request, reverse("duty:alert", args=[alert.pk]), said)


@public("who was called answers by the signed link of his message, which opens nothing else")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Answer by the link of a message: looking shows what it is about, the button answers."""
    telling = _told(token)
    if telling is None:
        return page(request, "duty/answer.html", {"alert": None}, status=404)
    alert = telling.alert
    problem = ""
    if request.method == "POST":
        try:
            actions.acknowledge(alert, by=_who(telling), via=AckVia.LINK)
        except Conflict as refusal:
            problem = refusal.message
    context = {
        "alert": alert,
        "mine": alert.acknowledged_by_id == telling.person_id,
        "answered": problem or answered_words(alert),
        "token": token,
    }
    return page(request, "duty/answer.html", context, status=409 if problem else 200)


def _told(token: str) -> Telling | None:
    """The message a link belongs to, of somebody who still works here."""
    pk = links.telling_of(token)
    rows = Telling.objects.select_related("alert__unit", "alert__acknowledged_by", "person")
    found = rows.filter(pk=pk).first() if pk is not None else None
    if found is None or found.person.left_on is not None:
        return None
    account = people.account_of(found.person_id)
    return None if account is not None and not account.is_active else found


def _who(telling: Telling) -> Actor:
    """Who acts by a link: the person it was sent to, with nothing but this call before him."""
    account = people.account_of(telling.person_id)
    built: Actor | None = None
    if account is not None:
        built = import_string(settings.ABDI_ACTOR_BUILDER)(account.pk)
    if built is not None:
        return built
    return Actor(
        kind="person",
        institution_id=current_institution_id(),
        person_id=telling.person_id,
        name=telling.person.display_name,
        citizen_ref=f"{telling.person_id}",
    )
