"""Units a list names and the records do not know: the nearest, another, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.imports import actions, queries
from abdi.imports.forms import MakeUnitForm, UseUnitForm
from abdi.imports.permissions import may_change_units
from abdi.imports.views.reading import draft_of
from abdi.people.choices import UnitKind
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.forms import CleanForm
from abdi.platform.labels import pairs
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of

if TYPE_CHECKING:
    from abdi.people.models import Unit


@guard("people.profile", "create")
def units(request: Request, pk: int) -> HttpResponse:
    """Each unknown name with its rows, its nearest unit, and a way to make it."""
    draft = draft_of(request, pk)
    unknown = queries.unknown_units(draft)
    context: dict[str, Any] = {
        "draft": draft,
        "unknown": unknown,
        "page": page_of(unknown, request, total=len(unknown)),
        "units": list(queries.units_by_words(request.actor)),
        "kinds": [(key, str(text)) for key, text in pairs(UnitKind)],
        "may_make": may_change_units(request.actor),
    }
    return page(request, "imports/units.html", context)


def _unit(request: Request, words: str, field: str) -> Unit:
    """The unit a person chose by its words. Raises Invalid where there is none."""
    found = queries.units_by_words(request.actor).get(words)
    if found is None:
        raise Invalid(_("Please choose one of the list."), field=field)
    return found


def _valid(form: CleanForm) -> dict[str, Any]:
    if not form.is_valid():
        problem = next(iter(form.problems))
        raise Invalid(problem.message, field=next(iter(form.errors)))
    return form.cleaned_data


@guard("people.profile", "create")
@require_POST
@once
def use_unit(request: Request, pk: int) -> HttpResponse:
    """All rows with this name mean that unit."""
    draft = draft_of(request, pk)
    given = _valid(UseUnitForm(request.POST))
    unit = _unit(request, given["unit"], "unit")
    count = actions.use_unit(draft, by=request.actor, told=given["told"], unit=unit)
    return _onward(request, draft.pk, count)


@guard("people.profile", "create")
@require_POST
@once
def make_unit(request: Request, pk: int) -> HttpResponse:
    """Make a unit of this name below another."""
    draft = draft_of(request, pk)
    given = _valid(MakeUnitForm(request.POST))
    parent = _unit(request, given["parent"], "parent")
    count = actions.make_unit(
        draft, parent, by=request.actor, told=given["told"], kind=given["kind"]
    )
    return _onward(request, draft.pk, count)


def _onward(request: Request, pk: int, count: int) -> HttpResponse:
    text = ngettext("%(n)s row was changed.", "%(n)s rows were changed.", count) % {"n": count}
    return done(request, reverse("imports:units", args=[pk]), text)
