"""Languages and skills: mine, and those that wait for my check."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import actions, queries
from abdi.people.act_forms import CheckSkillForm, SkillForm
from abdi.people.entering import own_account
from abdi.people.models import Person, PersonSkill
from abdi.platform.access import Request, guard, own
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of


def _me(request: Request) -> Person:
    person = own_account(request).person
    if person is None:
        raise Http404
    return person


@own("a page about oneself")
@once
@require_http_methods(["GET", "POST"])
def mine(request: Request) -> HttpResponse:
    """What I say I can, who confirmed it, and the form for one more."""
    person, form = _me(request), SkillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.say_skill(person, by=request.actor, **form.cleaned_data)
        place = reverse("people:my_skills")
        return done(request, place, _("Noted. The HR officer of your agency checks it."))
    context = {"rows": queries.skills_of(person.pk), "form": form}
    return page(request, "people/my_skills.html", context, status=422 if form.errors else 200)


@own("a page about oneself")
@once
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Take back what I said."""
    row = get_object_or_404(PersonSkill, pk=pk, person=_me(request))
    actions.drop_skill(row, by=request.actor)
    return done(request, reverse("people:my_skills"), _("Taken back."))


@guard("people.profile", "create")
def to_check(request: Request) -> HttpResponse:
    """Languages and skills people say they have, the oldest first."""
    return _list(request, CheckSkillForm())


def _list(request: Request, form: CheckSkillForm, status: int = 200) -> HttpResponse:
    rows = page_of(queries.skills_to_check(request.actor), request)
    return page(request, "people/skills.html", {"rows": rows, "form": form}, status=status)


@guard("people.profile", "create")
@once
@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Confirm one, or say why not."""
    row = get_object_or_404(queries.skills_to_check(request.actor), pk=pk)
    form = CheckSkillForm(request.POST)
    if form.is_valid():
        data = dict(form.cleaned_data)
        confirmed = data.pop("answer") == "yes"
        try:
            actions.check_skill(row, by=request.actor, confirmed=confirmed, **data)
        except Invalid as refusal:
            form.refuse({refusal.field: refusal.message})
        else:
            return done(request, reverse("people:skills"), _("Noted; the person reads it."))
    return _list(request, form, 422)
