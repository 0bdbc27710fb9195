"""The handover book: what the leaving shift writes, what the coming one signs, former books."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of
from abdi.platform.pdf import compile_pdf
from abdi.reports import actions
from abdi.reports import handover_paper as paper
from abdi.reports.forms.handover import DayForm, LeaveForm, RemarkForm, SeenForm
from abdi.reports.models import Handover
from abdi.reports.permissions import may_hand_over, may_remark, may_take_over
from abdi.reports.queries import handover as queries
from abdi.reports.views import staff_words as words

DAY = timedelta(days=1)


@guard("reports.handover_book", "view")
@once
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: Request) -> HttpResponse:
    """The book: the shift that ends now, and the handovers before; POST signs for the leaving."""
    agency = _agency(request)
    form, problem = LeaveForm(request.POST or None), ""
    if request.method == "POST" and agency is not None and form.is_valid():
        try:
            made = actions.leave_shift(agency, by=request.actor, **form.cleaned_data)
        except Conflict as conflict:
            problem = conflict.message
        else:
            place = reverse("reports:handover_one", args=[made.pk])
            return done(request, place, _("Signed. The coming shift reads it and signs too."))
    status = 409 if problem else 422 if form.errors else 200
    context = {**_now(request, agency, form), **_former(request), "conflict": problem}
    return page(request, "reports/handover.html", context, status=status)


def _agency(request: Request) -> Any:
    return people.visible_units(SYSTEM).filter(pk=request.actor.agency_id or 0).first()


def _now(request: Request, agency: Any, form: LeaveForm) -> dict[str, Any]:
    """The shift that ends: who may, what fills itself in, or the handover that waits."""
    waits = queries.waiting_book(request.actor.agency_id)
    writes = waits is None and agency is not None and may_hand_over(request.actor, agency)
    context: dict[str, Any] = {"waits": waits, "writes": writes, "form": form, "agency": agency}
    if waits is not None:
        context["takes"] = may_take_over(request.actor, waits)
    if writes:
        now = clock.now()
        since = queries.begins_at(agency.pk, now)
        content = queries.content_of(request.actor, since, now)
        shown = paper.sections_of(content, "", "")
        context |= {"since": since, "sections": [one for one in shown if one["columns"]]}
        context |= {"seen": queries.newest(request.actor)}
    return context


def _former(request: Request) -> dict[str, Any]:
    """Handovers of the reader's reach, of a day where one is asked for."""
    rows: QuerySet[Handover] = queries.visible_books(request.actor)
    asked = DayForm(request.GET if request.GET.get("tanggal") else None)
    day = asked.cleaned_data["tanggal"] if asked.is_valid() else None
    if day is not None:
        start = datetime.combine(day, time(), clock.zone())
        rows = rows.filter(to_at__gte=start, to_at__lt=start + DAY)
    return {"page": page_of(rows, request), "day_form": asked, "day": day}


# ------------------------------------------------------------------ one handover


@guard("reports.handover_book", "view")
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """One handover with its signatures, what came in since, and what was added."""
    return _shown(request, _book(request, pk))


def _book(request: Request, pk: int) -> Handover:
    row: Handover = get_object_or_404(queries.visible_books(request.actor), pk=pk)
    return row


def _shown(
    request: Request,
    row: Handover,
    *,
    form: RemarkForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    came = [] if row.is_signed else queries.came_after(request.actor, row.newest_id)
    context = {
        "book": row,
        "title": paper.title_of(row),
        "sections": paper.sections_of(row.content, row.words, row.equipment),
        "signatures": paper.signatures_of(row),
        "short_hash": row.text_hash[: paper.SHORT_HASH],
        "intact": row.is_intact,
        "remarks": list(row.remarks.select_related("person").order_by("id")),
        "came": [(one.number, words.kind_of(one), words.came_in(one)) for one in came],
        "seen": queries.newest(request.actor),
        "takes": not row.is_signed and may_take_over(request.actor, row),
        "form": form or RemarkForm() if may_remark(request.actor, row) else None,
        "problem": problem,
    }
    return page(request, "reports/handover_one.html", context, status=status)


@guard("reports.handover_book", "sign")
@once
@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    """Sign for the coming shift what was read."""
    row, form = _book(request, pk), SeenForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, status=422)
    try:
        actions.take_shift(row, by=request.actor, seen=form.cleaned_data["seen"])
    except Conflict as conflict:
        return _shown(request, _book(request, pk), problem=conflict.message, status=409)
    except Invalid as refusal:
        return _shown(request, row, problem=refusal.message, status=422)
    place = reverse("reports:handover_one", args=[pk])
    return done(request, place, _("Signed by both shifts. It can be printed."))


@guard("reports.handover_book", "create")
@once
@require_POST
def remark(request: Request, pk: int) -> HttpResponse:
    """Add to a handover; what was signed stays."""
    row, form = _book(request, pk), RemarkForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, form=form, status=422)
    actions.remark_on_handover(row, by=request.actor, text=form.cleaned_data["text"])
    return done(request, reverse("reports:handover_one", args=[pk]), _("Added."))


@guard("reports.handover_book", "view")
@require_safe
def as_pdf(request: Request, pk: int) -> HttpResponse:
    """The handover on paper, with both names and moments."""
    row = _book(request, pk)
    remarks = list(row.remarks.select_related("person").order_by("id"))
    body = compile_pdf(paper.PAPER, paper.record_of(row, remarks, request.institution.name))
    name = f'attachment; filename="serah-terima-{row.pk}.pdf"'
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": name})
