"""Pages of rights: my own, and for the officers what falls due, late ones first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.labels import label
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of
from abdi.rights import actions, queries
from abdi.rights.choices import RightKind
from abdi.rights.forms import AsideForm, GiveForm, KindForm
from abdi.rights.models import Right
from abdi.rights.permissions import closes_any, may_close, may_draft


@guard("people.profile", "view")
def home(request: Request) -> HttpResponse:
    """My rights; for the officers those of their people in the coming year, late ones first."""
    actor, today = request.actor, clock.today()
    kind = KindForm(request.GET).chosen()
    gives = closes_any(actor)
    rows = page_of(queries.to_give(actor, kind), request) if gives else None
    if rows and rows.rows:
        actions.note_reading([row.person_id for row in rows.rows], by=actor)
    late = queries.lateness(actor) if gives else None
    mine = list(queries.own(actor.person_id)[:30]) if actor.person_id else []
    context = {
        "mine": mine,
        "rows": rows,
        "late": late,
        "tab_items": [
            (text, f"{reverse('rights:home')}?jenis={code}", code == kind)
            for code, text in (("", _("All")), *((str(one), label(one)) for one in RightKind))
        ],
        "today": today,
        "title": _title(late, sum(row.is_open for row in mine), gives=gives),
    }
    return page(request, "rights/home.html", context)


def _title(late: queries.Late | None, coming: int, *, gives: bool) -> str:
    if late is not None and late.late:
        return ngettext("%(n)s right is late", "%(n)s rights are late", late.late) % {
            "n": late.late
        }
    if gives:
        return _("No right is late")
    if coming:
        text = ngettext("%(n)s right of yours falls due", "%(n)s rights of yours fall due", coming)
        return text % {"n": coming}
    return _("No right of yours falls due within a year")


def _visible(request: Request, pk: int) -> Right:
    return get_object_or_404(queries.visible_rights(request.actor), pk=pk)


@guard("people.profile", "view")
def one(request: Request, pk: int) -> HttpResponse:
    """One right: what it is, how its day was found, what became of it."""
    row = _visible(request, pk)
    if row.person_id != request.actor.person_id:
        actions.note_reading([row.person_id], by=request.actor)
    return page(request, "rights/one.html", _context(request, row))


def _context(request: Request, row: Right, **forms: Any) -> dict[str, Any]:
    closes = row.is_open and may_close(request.actor, row)
    return {
        "right": row,
        "today": clock.today(),
        "years": queries.service_years(row),
        "drafts": closes and not row.letter and may_draft(request.actor, row),
        "give_form": forms.get("give", GiveForm(initial={"given_on": row.due_on}))
        if closes
        else None,
        "aside_form": forms.get("aside", AsideForm()) if closes else None,
    }


@guard("people.profile", "update")
@require_POST
@once
def draft(request: Request, pk: int) -> HttpResponse:
    """Have the letter drafted."""
    row = actions.draft_letter(_visible(request, pk), by=request.actor)
    message = _("The letter is drafted; it waits for its number.")
    return done(request, reverse("rights:one", args=[row.pk]), message)


@guard("people.profile", "update")
@require_POST
@once
def give(request: Request, pk: int) -> HttpResponse:
    """Note that the right was given."""
    row = _visible(request, pk)
    form = GiveForm(request.POST)
    if form.is_valid():
        try:
            actions.give(row, by=request.actor, seen=_seen(request), **form.cleaned_data)
        except Invalid as problem:
            form.refuse({problem.field: problem.message})
        else:
            return done(request, reverse("rights:home"), _("Given. It stands in the record."))
    return page(request, "rights/one.html", _context(request, row, give=form), status=422)


@guard("people.profile", "update")
@require_POST
@once
def set_aside(request: Request, pk: int) -> HttpResponse:
    """Note why the right is not given."""
    row = _visible(request, pk)
    form = AsideForm(request.POST)
    if form.is_valid():
        try:
            actions.set_aside(row, by=request.actor, seen=_seen(request), **form.cleaned_data)
        except Invalid as problem:
            form.refuse({problem.field: problem.message})
        else:
            return done(request, reverse("rights:home"), _("Set aside. The person reads why."))
    return page(request, "rights/one.html", _context(request, row, aside=form), status=422)


def _seen(request: Request) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None
