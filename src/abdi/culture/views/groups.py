"""Work-culture groups: the list, a new one, one group, its record, its meetings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.culture import actions, queries, rules, wording
from abdi.culture.actions import MeetingGiven, Start
from abdi.culture.choices import CircleStep
from abdi.culture.forms import MeetingForm, NoteForm, StartForm
from abdi.culture.permissions import may_hold_meeting, may_run_circle, may_start_circle
from abdi.culture.record import record_of
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Refused, Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.norms import norms
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pdf import compile_pdf

if TYPE_CHECKING:
    from abdi.culture.models import Circle
    from abdi.people.models import Person, Unit
    from abdi.reports.queries import Cluster

PAPER = Path(__file__).parents[1] / "record.typ"
SHOWN_CLUSTERS = 6


def circle_of(request: Request, pk: int) -> Circle:
    """The group of a key inside the actor's reach, or 404."""
    return get_object_or_404(queries.visible_circles(request.actor), pk=pk)


@guard("culture.group", "view")
def circles(request: Request) -> HttpResponse:
    """All groups of one's reach, and clusters that wait for one."""
    found = queries.circle_list(request.actor)
    clusters = queries.waiting_clusters(request.actor, clock.now())
    running = [row for row in found if row.is_running]
    context = {
        "running": running,
        "ended": [row for row in found if not row.is_running],
        "clusters": clusters[:SHOWN_CLUSTERS],
        "more": max(len(clusters) - SHOWN_CLUSTERS, 0),
        "may_start": request.actor.holds("culture.group", "create"),
        "steps": {step: number for number, step in enumerate(CircleStep, start=1)},
        "days": norms("culture", on=clock.today())["report_cluster"]["days"],
        "wording": wording,
        "CircleStep": CircleStep,
    }
    return page(request, "culture/circles.html", context)


def _named(rows: list[Person]) -> list[tuple[str, str]]:
    return [(str(person.pk), person.display_name) for person in rows]


@guard("culture.group", "create")
@once
@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """Start a group on a cluster: a name and people, the rest is filled in."""
    key = request.POST.get("gugus") or request.GET.get("gugus", "")
    cluster = queries.cluster_of(request.actor, key[:140], clock.now())
    unit = queries.unit_of_cluster(cluster, request.actor) if cluster else None
    if cluster is None or unit is None:
        raise Http404
    if not may_start_circle(request.actor, unit):
        raise Refused("no_reach", resource="culture.group", act="create")
    form = _start_form(request, unit)
    if form.is_bound and form.is_valid():
        circle = _started(request, form, cluster, unit)
        if circle is not None:
            url = reverse("culture:step", args=[circle.pk, 1])
            return done(request, url, _("The group has begun. Write the theme together."))
    context = {
        "form": form,
        "cluster": cluster,
        "unit": unit,
        "size": norms("culture", on=clock.today())["circle_size"],
        "wording": wording,
    }
    return page(request, "culture/start.html", context, status=422 if form.errors else 200)


def _start_form(request: Request, unit: Unit) -> StartForm:
    rows = queries.people_to_choose(unit)
    near = list(people.people_of_unit(unit.pk)[:30])
    head = people.head_of(unit.pk)
    initial = {
        "facilitator_id": str(head[0].pk) if head else "",
        "member_ids": [],
    }
    posted = request.POST if request.method == "POST" else None
    return StartForm(_named(rows), _named(near), posted, initial=initial)


def _started(request: Request, form: StartForm, cluster: Cluster, unit: Unit) -> Circle | None:
    given = dict(form.cleaned_data)
    members = tuple(int(pk) for pk in given.pop("member_ids"))
    try:
        return actions.start_circle(
            unit, by=request.actor, given=Start(cluster=cluster, member_ids=members, **given)
        )
    except Conflict as problem:
        form.add_error(None, problem.message)
    except Invalid as problem:
        form.refuse([(problem.field, problem.message)])
    return None


@guard("culture.group", "view")
def circle(request: Request, pk: int) -> HttpResponse:
    """One group: its theme, its people, how far it is, its meetings."""
    return _circle_page(request, circle_of(request, pk), None)


def _circle_page(request: Request, row: Circle, form: MeetingForm | None) -> HttpResponse:
    members = queries.members_of(row)
    names = [(str(one.person_id), one.person.display_name) for one in members]
    holds = row.is_running and may_hold_meeting(request.actor, row)
    if form is None and holds:
        form = MeetingForm(names, initial={"minutes": 60, "attendee_ids": [k for k, _n in names]})
    records = queries.records_of(row)
    context = {
        "circle": row,
        "members": members,
        "names": dict(names),
        "progress": progress_of(row, CircleStep(row.step)),
        "records": records,
        "meetings": queries.meetings_of(row),
        "form": form if holds else None,
        "stop_form": NoteForm(),
        "may_stop": row.is_running and may_run_circle(request.actor, row),
        "number": list(CircleStep).index(CircleStep(row.step)) + 1,
        "wording": wording,
        "CircleStep": CircleStep,
    }
    status = 422 if form is not None and form.errors else 200
    return page(request, "culture/circle.html", context, status=status)


def progress_of(row: Circle, at: CircleStep) -> list[tuple[str, str, str]]:
    """The steps beside a page, under their four headings: (words, state, address)."""
    phases = {"P": _("Plan first"), "D": _("Do"), "C": _("Check"), "A": _("Follow up")}
    figures = norms("culture", on=clock.local(row.started_at).date())["circle_steps"]
    lines: list[tuple[str, str, str]] = []
    last = ""
    for number, step in enumerate(CircleStep, start=1):
        phase = figures[step.value]["pdca"]
        if phase != last:
            lines.append((phases[phase], "group", ""))
            last = phase
        opened = rules.may_open(step, row.step)
        passed = opened and (step != row.step or not row.is_running)
        state = "cur" if step == at else "ok" if passed else ""
        url = reverse("culture:step", args=[row.pk, number]) if opened and step != at else ""
        lines.append((wording.short_name(step), state, url))
    return lines


@guard("culture.group", "update")
@once
@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """End a group before its last step."""
    row = circle_of(request, pk)
    form = NoteForm(request.POST)
    reason = form.cleaned_data["note"] if form.is_valid() else ""
    actions.stop_circle(row, by=request.actor, reason=reason)
    return done(request, reverse("culture:circle", args=[pk]), _("The group has ended."))


@guard("culture.meeting", "create")
@once
@require_POST
def meeting(request: Request, pk: int) -> HttpResponse:
    """Write down a meeting."""
    row = circle_of(request, pk)
    names = [(str(one.person_id), one.person.display_name) for one in queries.members_of(row)]
    form = MeetingForm(names, request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        given["attendee_ids"] = [int(one) for one in given["attendee_ids"]]
        try:
            actions.hold_meeting(row, by=request.actor, given=MeetingGiven(**given))
            url = reverse("culture:circle", args=[pk])
            return done(request, url, _("Noted; it stands in everybody's calendar."))
        except Conflict as problem:
            form.add_error("start_at", problem.message)
        except Invalid as problem:
            form.refuse([(problem.field, problem.message)])
    return _circle_page(request, row, form)


@guard("culture.group", "view")
def record(request: Request, pk: int) -> HttpResponse:
    """The record of a group, as it writes itself from the pages."""
    row = circle_of(request, pk)
    context: dict[str, Any] = {"circle": row, "record": record_of(row, clock.today())}
    return page(request, "culture/record.html", context)


@guard("culture.group", "view")
def record_file(request: Request, pk: int) -> HttpResponse:
    """The same record as a PDF."""
    row = circle_of(request, pk)
    body = compile_pdf(PAPER, record_of(row, clock.today()))
    name = f'attachment; filename="risalah-{row.pk}.pdf"'
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": name})
