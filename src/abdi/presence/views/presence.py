"""Pages of presence: a month of days, one day, objections and corrections."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.people import queries as people
from abdi.people.permissions import where_person
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.labels import label
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.presence import actions, queries
from abdi.presence.choices import DayStatus
from abdi.presence.forms import AnswerForm, CorrectionForm, MonthForm, ObjectionForm
from abdi.presence.models import PresenceDay
from abdi.presence.permissions import may_bring, may_correct, may_object

if TYPE_CHECKING:
    from abdi.people.models import Person

MOST = 50


@guard("people.presence", "view")
def home(request: Request) -> HttpResponse:
    """My month, or that of somebody in my reach; what is contested; my team to choose from."""
    first, last, code = MonthForm(request.GET).chosen()
    person = _person(request, code)
    lines = _lines(request, person, first, last)
    contested = []
    if request.actor.holds("people.presence", "correct"):
        contested = list(queries.open_objections(request.actor)[:MOST])
    others = {row.day.person_id for row in contested}
    if person is not None and person.pk != request.actor.person_id:
        others.add(person.pk)
    if others:
        actions.note_reading(others, by=request.actor)
    context = {
        "person": person,
        "is_mine": person is not None and person.pk == request.actor.person_id,
        "lines": lines,
        "first": first,
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{last + timedelta(days=1):%Y-%m}",
        "code": code,
        "team": _team(request),
        "contested": contested,
        "answers": [("", _("Leave it as it is")), *_statuses().items()],
        "brings_files": may_bring(request.actor, "presence"),
        "statuses": _statuses(),
        "title": _title(lines),
    }
    return page(request, "presence/presence.html", context)


def _lines(
    request: Request, person: Person | None, first: date, last: date
) -> list[queries.DayLine]:
    if person is None:
        return []
    rows = queries.visible_days(request.actor).filter(person=person, is_current=True)
    return queries.day_lines(rows.filter(on__range=(first, last)).order_by("on"))


def _statuses() -> dict[str, str]:
    return {str(one): label(one) for one in DayStatus}


def _title(lines: list[queries.DayLine]) -> str:
    absent = sum(line.status == DayStatus.ABSENT for line in lines)
    if absent:
        text = ngettext(
            "%(n)s day of this month has no reason",
            "%(n)s days of this month have no reason",
            absent,
        )
        return text % {"n": absent}
    if lines:
        return _("Every day of this month is accounted for")
    return _("No presence of this month is known yet")


def _person(request: Request, code: str) -> Person | None:
    if not code:
        return people.persons().filter(pk=request.actor.person_id or 0).first()
    person = get_object_or_404(people.visible_people(request.actor), code=code)
    if not request.actor.may("people.presence", "view", where_person(person)):
        raise Http404
    return person


def _team(request: Request) -> list[Person]:
    """Those of one's team whose page opens; who left today is no longer among them."""
    if not request.actor.team_ids:
        return []
    rows = people.visible_people(request.actor).filter(pk__in=request.actor.team_ids)
    return list(rows.order_by("name"))


def _visible(request: Request, pk: int) -> PresenceDay:
    return get_object_or_404(queries.visible_days(request.actor), pk=pk)


@guard("people.presence", "view")
def one(request: Request, pk: int) -> HttpResponse:
    """One day: what is said of it now, what was said before, what can be done."""
    row = _visible(request, pk)
    if row.person_id != request.actor.person_id:
        actions.note_reading([row.person_id], by=request.actor)
    return page(request, "presence/day.html", _context(request, row))


def _context(request: Request, row: PresenceDay, **forms: Any) -> dict[str, Any]:
    line = queries.day_lines([row])[0]
    contests = row.is_current and may_object(request.actor, row)
    contests = contests and (line.objection is None or line.objection.state != "open")
    corrects = row.is_current and may_correct(request.actor, row)
    initial = {"status": row.status}
    return {
        "statuses": _statuses(),
        "line": line,
        "row": row,
        "earlier": queries.earlier_rows(row),
        "objection_form": forms.get("objection", ObjectionForm()) if contests else None,
        "correction_form": forms.get("correction", CorrectionForm(initial=initial))
        if corrects
        else None,
    }


@guard("people.presence", "object")
@require_POST
@once
def object_to(request: Request, pk: int) -> HttpResponse:
    """Say that a day of mine was otherwise."""
    row = _visible(request, pk)
    form = ObjectionForm(request.POST)
    if form.is_valid():
        actions.object_to_day(row, by=request.actor, words=form.cleaned_data["words"])
        message = _("Sent. The personnel officer answers with a reason.")
        return done(request, reverse("presence:day", args=[row.pk]), message)
    return page(request, "presence/day.html", _context(request, row, objection=form), status=422)


@guard("people.presence", "correct")
@require_POST
@once
def correct(request: Request, pk: int) -> HttpResponse:
    """Write a later row for a day."""
    row = _visible(request, pk)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            after = actions.correct_day(row, by=request.actor, **form.cleaned_data)
        except Invalid as problem:
            form.refuse({problem.field: problem.message})
        else:
            message = _("Corrected. The older row stays readable.")
            return done(request, reverse("presence:day", args=[after.pk]), message)
    return page(request, "presence/day.html", _context(request, row, correction=form), status=422)


@guard("people.presence", "correct")
@require_POST
@once
def answer(request: Request, pk: int) -> HttpResponse:
    """Correct a contested day or leave it."""
    row = get_object_or_404(queries.open_objections(request.actor), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Invalid(form.problems[0].message, field="answer")
    seen = request.POST.get("version", "")
    actions.answer_objection(
        row,
        by=request.actor,
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None,
        **form.cleaned_data,
    )
    return done(request, reverse("presence:presence"), _("Answered. The person can read it."))
