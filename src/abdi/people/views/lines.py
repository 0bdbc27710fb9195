"""A wrong superior: said by the person, answered by the HR officer; exceptions with a reason."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import actions, queries
from abdi.people.act_forms import AnswerForm, ContestForm, LineForm
from abdi.people.entering import own_account
from abdi.people.models import Person
from abdi.people.permissions import may_set_line
from abdi.platform import clock
from abdi.platform.access import Request, guard, own
from abdi.platform.actions import Invalid, Refused
from abdi.platform.once import once
from abdi.platform.pages import done, page


@own("a page about oneself")
@once
@require_http_methods(["GET", "POST"])
def my_superior(request: Request) -> HttpResponse:
    """Who leads me and why; say that it is wrong."""
    person = own_account(request).person
    if person is None:
        raise Http404
    form = ContestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.contest_superior(person, by=request.actor, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse({refusal.field: refusal.message})
        else:
            place = reverse("people:my_superior")
            return done(request, place, _("Sent to the HR officer of your agency."))
    return page(
        request, "people/my_superior.html", _mine(person, form), 422 if form.errors else 200
    )


def _mine(person: Person, form: ContestForm) -> dict[str, object]:
    above = queries.above(person.pk)
    return {
        "person": person,
        "line": above.line,
        "superior": above.superior,
        "appraiser": above.appraiser,
        "posts": queries.posts_of(person.pk, clock.today()),
        "teams": list(queries.teams_of(person.pk)),
        "contest": queries.open_contest(person.pk),
        "form": form,
    }


@guard("people.privacy_request", "decide")
def contests(request: Request) -> HttpResponse:
    """Notices that a superior is wrong, for the HR officer."""
    rows = list(queries.contests_for(request.actor)[:50])
    forms = [(row, AnswerForm(prefix=f"n{row.pk}")) for row in rows]
    return page(request, "people/contests.html", {"rows": forms})


@guard("people.privacy_request", "decide")
@once
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer one notice with a reason."""
    row = get_object_or_404(queries.visible_contests(request.actor), pk=pk)
    form = AnswerForm(request.POST, prefix=f"n{pk}")
    if form.is_valid():
        text = request.POST.get("seen", "")
        seen = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        try:
            actions.decide_contest(row, by=request.actor, seen=seen, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse({refusal.field: refusal.message})
        else:
            return done(request, reverse("people:contests"), _("Answered. The person sees it."))
    return page(request, "people/contests.html", {"rows": [(row, form)]}, status=422)


@guard("people.placement", "update")
@once
@require_http_methods(["GET", "POST"])
def set_line(request: Request, code: str) -> HttpResponse:
    """Say who leads a person against what is derived, with the reason."""
    person: Person = get_object_or_404(queries.visible_people(request.actor), code=code)
    if not may_set_line(request.actor, person):
        raise Refused("scope", resource="people.placement", act="update")
    form = LineForm(request.POST or None, initial={"start_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        superior = data.pop("superior")
        try:
            actions.set_line(person, superior, by=request.actor, **data)
        except Invalid as refusal:
            form.refuse({refusal.field: refusal.message})
        else:
            place = reverse("people:person", args=[code])
            return done(request, place, _("Noted. It counts from the day you wrote."))
    context = {"person": person, "superior": queries.superior(person.pk), "form": form}
    return page(request, "people/line.html", context, status=422 if form.errors else 200)
