"""Pages of leave: what is left, ask, decide, who is away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.labels import label
from abdi.platform.norms import norms
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.presence import actions, queries, rules
from abdi.presence.choices import LeaveKind, LeaveState
from abdi.presence.forms import CancelForm, DecisionForm, LeaveForm
from abdi.presence.models import Leave
from abdi.presence.permissions import (
    may_bring,
    may_cancel,
    may_decide,
    may_draft_permit,
    may_request,
)

if TYPE_CHECKING:
    from abdi.people.models import Person

AHEAD = timedelta(days=13)
MOST = 100


@guard("people.leave", "view")
def home(request: Request) -> HttpResponse:
    """What is left, what I asked for, what I decide, who is away in the coming two weeks."""
    actor, today = request.actor, clock.today()
    mine = list(queries.leaves_of(actor.person_id)[:12]) if actor.person_id else []
    waiting = []
    if actor.holds("people.leave", "decide"):
        waiting = list(queries.waiting_for(actor)[:MOST])
    away = [
        row
        for row in queries.away_between(actor, today, today + AHEAD)[:MOST]
        if row.person_id != actor.person_id
    ]
    _note(request, [row.person_id for row in (*waiting, *away)])
    balance = queries.balance_of(actor.person_id) if actor.person_id else None
    return page(
        request,
        "presence/leaves.html",
        {
            "balance": balance,
            "mine": mine,
            "waiting": waiting,
            "away": away,
            "until": today + AHEAD,
            "totals": _totals(request),
            "brings_files": may_bring(actor, "leave"),
            "title": _title(len(waiting), mine, balance),
        },
    )


def _title(waiting: int, mine: list[Leave], balance: queries.Balance | None) -> str:
    if waiting:
        text = ngettext("%(n)s leave waits for you", "%(n)s leaves wait for you", waiting)
        return text % {"n": waiting}
    today = clock.today()
    coming = [row for row in mine if row.state == LeaveState.APPROVED and row.last_on >= today]
    if coming:
        day = f"{min(row.first_on for row in coming):%d-%m-%Y}"
        return _("Your next leave begins on %(day)s") % {"day": day}
    if balance is None:
        return _("Leave")
    text = ngettext(
        "You can ask for %(n)s day of annual leave",
        "You can ask for %(n)s days of annual leave",
        balance.total,
    )
    return text % {"n": balance.total}


def _totals(request: Request) -> list[tuple[str, int | None]]:
    if not request.actor.holds("people.leave", "view_totals"):
        return []
    today = clock.today()
    return queries.away_totals(today, today + AHEAD)


def _note(request: Request, people_ids: list[int]) -> None:
    others = {one for one in people_ids if one != request.actor.person_id}
    if others:
        actions.note_reading(others, by=request.actor)


@guard("people.leave", "view")
def balance(request: Request) -> HttpResponse:
    """My balance as a part for pages of other modules."""
    if request.actor.person_id is None:
        raise Http404
    found = queries.balance_of(request.actor.person_id)
    return page(request, "presence/_balance.html", {"balance": found})


@guard("people.leave", "create")
@require_http_methods(["GET", "POST"])
@once
def ask(request: Request) -> HttpResponse:
    """Ask for leave, for oneself or, as a personnel officer, for somebody of the own reach."""
    person = _asked_for(request)
    kinds = _kinds(person)
    form = LeaveForm(request.POST or None, kinds=kinds, mates=_mates(person))
    if form.is_valid():
        try:
            row = actions.request_leave(person, by=request.actor, **_clean(form))
        except (Invalid, Conflict) as problem:
            form.refuse({getattr(problem, "field", "first_on"): problem.message})
        else:
            return done(request, reverse("presence:leave", args=[row.pk]), _said(row))
    context = {
        "form": form,
        "person": person,
        "is_mine": person.pk == request.actor.person_id,
        "balance": queries.balance_of(person.pk),
        "superior": people.superior(person.pk),
        "kinds": kinds,
    }
    return page(request, "presence/ask.html", context, status=422 if form.is_bound else 200)


def _kinds(person: Person) -> list[str]:
    """What a person may ask for; joint leave is set by decree and asked by nobody."""
    kinds = rules.kinds_for(person.employment, norms("presence", on=clock.today()))
    return [kind for kind in kinds if kind != LeaveKind.JOINT]


def _asked_for(request: Request) -> Person:
    code = request.GET.get("untuk", "")
    if not code:
        return get_object_or_404(people.persons(), pk=request.actor.person_id or 0)
    person = get_object_or_404(people.visible_people(request.actor), code=code[:12])
    if not may_request(request.actor, person):
        raise Http404
    return person


def _mates(person: Person) -> list[tuple[str, str]]:
    unit = people.unit_of(person.pk)
    if unit is None:
        return []
    rows = people.people_of_unit(unit.pk, below=False).exclude(pk=person.pk)[:60]
    return [(row.code, row.display_name) for row in rows]


def _clean(form: LeaveForm) -> dict[str, Any]:
    found = dict(form.cleaned_data)
    code = found.pop("stand_in")
    found["stand_in"] = people.persons().filter(code=code).first() if code else None
    return found


def _said(row: Leave) -> str:
    return _("Asked. %(days)s days; you will be told what is decided.") % {"days": row.days}


def _visible(request: Request, pk: int) -> Leave:
    return get_object_or_404(queries.visible_leaves(request.actor), pk=pk)


@guard("people.leave", "view")
def one(request: Request, pk: int) -> HttpResponse:
    """One leave: what it is, what stands in its way, how it was decided."""
    row = _visible(request, pk)
    _note(request, [row.person_id])
    return page(request, "presence/leave.html", _context(request, row))


def _context(request: Request, row: Leave, form: DecisionForm | None = None) -> dict[str, Any]:
    decides = row.is_open and may_decide(request.actor, row)
    begun = row.state == LeaveState.APPROVED and row.first_on <= clock.today()
    return {
        "leave": row,
        "time_kinds": {str(kind): label(kind) for kind in TimeKind},
        "steps": list(queries.steps_of(row.pk)),
        "clashes": queries.clashes(row.person_id, row.first_on, row.last_on)[:20],
        "balance": _balance(row),
        "form": (form or DecisionForm(initial={"state": "approved"})) if decides else None,
        "cancels": not begun
        and LeaveState.CANCELLED in rules.next_states(row.state)
        and may_cancel(request.actor, row),
        "drafts": row.state == LeaveState.APPROVED and may_draft_permit(request.actor, row),
        "superior": people.superior(row.person_id),
    }


def _balance(row: Leave) -> queries.Balance | None:
    is_annual = row.kind == LeaveKind.ANNUAL
    return queries.balance_of(row.person_id, row.first_on) if is_annual else None


@guard("people.leave", "decide")
@require_POST
@once
def decide(request: Request, pk: int) -> HttpResponse:
    """Approve, postpone or refuse."""
    row = _visible(request, pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            seen = _seen(request)
            row = actions.decide_leave(row, by=request.actor, seen=seen, **form.cleaned_data)
        except Invalid as problem:
            form.refuse({problem.field: problem.message})
        else:
            return done(request, reverse("presence:leaves"), _("Decided. The person is told."))
    return page(request, "presence/leave.html", _context(request, row, form), status=422)


@guard("people.leave", "cancel")
@require_POST
@once
def cancel(request: Request, pk: int) -> HttpResponse:
    """Take a leave back."""
    row = _visible(request, pk)
    form = CancelForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    actions.cancel_leave(row, by=request.actor, words=words, seen=_seen(request))
    return done(request, reverse("presence:leaves"), _("Taken back. These days are free again."))


@guard("people.letter", "create")
@require_POST
@once
def permit(request: Request, pk: int) -> HttpResponse:
    """Have the permit drafted; it waits for its number among the letters."""
    row = actions.draft_permit(_visible(request, pk), by=request.actor)
    address = reverse("letters:by_record", args=[row.ref])
    return done(request, address, _("The permit is drafted; it waits for its number."))


def _seen(request: Request) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None
