"""Teams of several units: which there are, who is in them, since when and by which decree."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import actions, queries
from abdi.people.act_forms import LastDayForm, TeamForm, TeamMemberForm
from abdi.people.models import Team
from abdi.people.permissions import may_change_team
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of


@guard("people.placement", "view")
@once
@require_http_methods(["GET", "POST"])
def teams(request: Request) -> HttpResponse:
    """Teams that last, or all of them; the form that makes one."""
    makes = not request.actor.reach("people.placement", "create").nothing
    form = TeamForm(request.POST or None, actor=request.actor) if makes else None
    if request.method == "POST" and form is not None and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            team = actions.make_team(given.pop("unit"), by=request.actor, **given)
        except Invalid as refusal:
            form.refuse({refusal.field: refusal.message})
        else:
            return done(request, reverse("people:team", args=[team.pk]), _("The team is made."))
    rows = queries.visible_teams(request.actor)
    ended = request.GET.get("lihat") == "semua"
    rows = rows if ended else queries.lasting_teams(rows)
    found = page_of(queries.with_people(rows), request, total=rows.count())
    context = {"rows": found, "all": ended, "form": form}
    wrong = form is not None and bool(form.errors)
    return page(request, "people/teams.html", context, status=422 if wrong else 200)


@guard("people.placement", "view")
def team(request: Request, pk: int) -> HttpResponse:
    """One team: task, decree, days, members with their own posts."""
    return _show(request, _team(request, pk))


def _team(request: Request, pk: int) -> Team:
    row: Team = get_object_or_404(queries.visible_teams(request.actor), pk=pk)
    return row


def _show(request: Request, row: Team, status: int = 200, **forms: Form) -> HttpResponse:
    members = queries.members_of(row)
    context: dict[str, Any] = {
        "team": row,
        "members": members,
        "units": queries.units_among(members),
        "changes": may_change_team(request.actor, row),
        "is_over": row.end_on is not None and row.end_on < clock.today(),
        "form": TeamMemberForm(),
        "leave": LastDayForm(),
        **forms,
    }
    return page(request, "people/team.html", context, status=status)


@guard("people.placement", "update")
@once
@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Take somebody into a team, as a member or as its leader."""
    row, form = _team(request, pk), TeamMemberForm(request.POST)
    if form.is_valid():
        try:
            actions.add_to_team(row, by=request.actor, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse({refusal.field: refusal.message})
        else:
            return done(request, reverse("people:team", args=[pk]), _("In the team from that day."))
    return _show(request, row, 422, form=form)


@guard("people.placement", "update")
@once
@require_POST
def leave(request: Request, pk: int) -> HttpResponse:
    """Give one membership its last day, today."""
    member = get_object_or_404(queries.visible_members(request.actor), pk=pk)
    actions.leave_team(member, by=request.actor, end_on=clock.today())
    place = reverse("people:team", args=[member.team_id])
    return done(request, place, _("Today is the last day in the team."))


@guard("people.placement", "update")
@once
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Give the whole team its last day."""
    row, form = _team(request, pk), LastDayForm(request.POST)
    if form.is_valid():
        try:
            actions.end_team(row, by=request.actor, **form.cleaned_data)
        except (Invalid, Conflict) as refusal:
            form.refuse({"end_on": str(refusal)})
        else:
            return done(request, reverse("people:team", args=[pk]), _("The team has a last day."))
    return _show(request, row, 422, leave=form)
