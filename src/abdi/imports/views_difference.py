"""A newer list beside the record: new, gone, changed by field, conflicts and who decides."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from abdi.imports import queries
from abdi.imports.choices import Difference
from abdi.imports.difference import About
from abdi.platform.access import Request, guard
from abdi.platform.labels import label
from abdi.platform.pages import page

PER_PAGE: Final = 50
MOST_PAGES: Final = 10_000


@guard("people.profile", "create")
@require_safe
def difference(request: Request, pk: int) -> HttpResponse:
    """The differences of a draft, one kind at a time."""
    draft = get_object_or_404(queries.open_drafts(request.actor), pk=pk)
    found = queries.difference_of(draft, request.actor)
    kind = _kind(request, found.people)
    number = _page_number(request)
    people = found.people[kind]
    shown = people[(number - 1) * PER_PAGE : number * PER_PAGE]
    context = {
        "draft": draft,
        "same": found.same,
        "kinds": [
            {"kind": str(one), "label": label(one), "count": len(some), "on": one is kind}
            for one, some in found.people.items()
        ],
        "by_field": [(label(field), count) for field, count in found.by_field.most_common()],
        "kind": str(kind),
        "people": [_shown(one) for one in shown],
        "number": number,
        "more": len(people) > number * PER_PAGE,
    }
    return page(request, "imports/difference.html", context)


def _kind(request: Request, people: dict[Difference, list[About]]) -> Difference:
    """The kind asked for, else the first that anybody is of."""
    asked = request.GET.get("jenis", "")
    if asked in set(Difference):
        return Difference(asked)
    return next((kind for kind, some in people.items() if some), Difference.CHANGED)


def _page_number(request: Request) -> int:
    text = request.GET.get("hal", "1")
    valid = text.isascii() and text.isdigit() and len(text) < 6
    return min(max(int(text), 1), MOST_PAGES) if valid else 1


def _shown(one: About) -> dict[str, Any]:
    return {
        "name": one.name or "–",
        "number": one.number,
        "line": one.line,
        "fields": [
            {
                "label": label(field.field),
                "here": field.here or "–",
                "there": field.there,
                "is_conflict": field.is_conflict,
                "decides": label(field.decides),
            }
            for field in one.fields
        ],
    }
