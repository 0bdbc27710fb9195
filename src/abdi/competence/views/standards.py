"""Standards: what each position asks for, and by which decree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.competence import actions, queries
from abdi.competence.forms import StandardForm, field_of
from abdi.competence.permissions import may_approve_standard, may_draft_standard
from abdi.platform.access import Request, guard
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import asked, page_of

if TYPE_CHECKING:
    from abdi.people.models import Position


@guard("competence.standard", "view")
def standards(request: Request) -> HttpResponse:
    """Positions with the levels they ask for."""
    words = asked(request, "q")
    found = page_of(queries.positions_with_standard(None, words), request)
    views = queries.standards_of(found.rows)
    context = {
        "page": found,
        "rows": [(place, views[place.pk]) for place in found.rows],
        "q": words,
        "drafts": list(queries.standards_waiting()[:20])
        if request.actor.holds("competence.standard", "approve")
        else [],
    }
    return page(request, "competence/standards.html", context)


@guard("competence.standard", "view")
@require_http_methods(["GET", "POST"])
def standard(request: Request, pk: int) -> HttpResponse:
    """One position: level by level with its meaning; writing a draft where allowed."""
    place = _position(pk)
    may_write = may_draft_standard(request.actor, place)
    form = StandardForm(request.POST if request.method == "POST" else None)
    if form.is_bound and may_write and form.is_valid():
        actions.draft_standard(
            place,
            by=request.actor,
            levels=form.levels(),
            decree_number=form.cleaned_data["decree_number"],
            decree_on=form.cleaned_data["decree_on"],
        )
        words = _("The draft is saved. It counts once somebody else puts it in force.")
        return done(request, reverse("competence:standard", args=[place.pk]), words)
    draft = queries.draft_of(place)
    view = queries.standard_of(place)
    drafted = {row.competency: row.level for row in draft.levels.all()} if draft else {}
    context = {
        "place": place,
        "view": view,
        "draft": draft,
        "drafted": drafted,
        "texts": queries.competencies(),
        "form": form,
        "fields": [(text, field_of(text.code)) for text in queries.competencies()],
        "start": drafted or view.levels,
        "may_write": may_write,
        "may_approve": draft is not None and may_approve_standard(request.actor, draft),
    }
    return page(request, "competence/standard.html", context, status=422 if form.is_bound else 200)


@guard("competence.standard", "approve")
@require_POST
@once
def approve(request: Request, pk: int) -> HttpResponse:
    """Put the draft of a position in force."""
    place = _position(pk)
    draft = queries.draft_of(place)
    if draft is None:
        raise Http404
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else None
    actions.approve_standard(draft, by=request.actor, version=version)
    words = _("The standard is in force.")
    return done(request, reverse("competence:standard", args=[place.pk]), words)


def _position(pk: int) -> Position:
    found = queries.position_by_id(pk)
    if found is None:
        raise Http404
    return found
