"""The desk: the queue with the chosen report, and the acts of triage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Request, guard
from abdi.platform.actions import Conflict
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.reports import actions, queries, rules
from abdi.reports.forms.desk import AssignForm, CategoryForm, MergeForm
from abdi.reports.models import Report
from abdi.reports.permissions import may_assign, may_check, may_merge
from abdi.reports.queries import desk
from abdi.reports.queries.desk import Tab
from abdi.reports.queries.waiting import crews
from abdi.reports.views import staff_words as words

OLD_NAMES = {"terlambat": Tab.LATE}
SHOWN_TABS = (Tab.NEW, Tab.RUNNING, Tab.LATE, Tab.WAITING)


def tab_of(request: Request) -> Tab:
    """The list that is asked for; new reports where none or an unknown one is."""
    asked = request.GET.get("tab") or request.GET.get("saring") or request.POST.get("tab") or ""
    if asked in OLD_NAMES:
        return OLD_NAMES[asked]
    return next((tab for tab in Tab if tab.value == asked), Tab.NEW)


def queue_address(tab: Tab, number: str = "") -> str:
    """The address of a list with a report chosen in it."""
    query = {"tab": tab.value, **({"pilih": number} if number else {})}
    return f"{reverse('reports:queue')}?{urlencode(query)}"


@guard("reports.dispatch", "view")
def queue(request: Request) -> HttpResponse:
    """The lists of the desk with one report open."""
    return queue_page(request)


def queue_page(
    request: Request, *, number: str = "", conflict: str = "", status: int = 200
) -> HttpResponse:
    """The queue; after a conflict with its sentence on top."""
    now, tab = clock.now(), tab_of(request)
    rows = desk.tab_rows(request.actor, tab, now)
    asked = number or request.GET.get("pilih", "")[:12].upper()
    chosen = _chosen(request, rows, asked)
    context = {
        "tab": tab,
        "tabs": _tabs(request, tab, now),
        "rows": [_row(row, tab, now, chosen) for row in rows],
        "picked": bool(asked and chosen),
        "newest": desk.newest_id(rows),
        "report": _opened(request, chosen, now) if chosen else None,
        "conflict": conflict,
        "now": now,
        "may_log": not request.actor.reach("reports.dispatch", "create").nothing,
    }
    return page(request, "reports/queue.html", context, status=status)


def _chosen(request: Request, rows: list[Report], asked: str) -> Report | None:
    """The report named in the address, or the first of the list."""
    if not asked:
        return rows[0] if rows else None
    found = next((row for row in rows if row.number == asked), None)
    return found or get_object_or_404(desk.work_of(request.actor), number=asked)


def _tabs(request: Request, tab: Tab, now: datetime) -> list[tuple[Any, ...]]:
    counts = desk.tab_counts(request.actor, now)
    request.menu_counts = {"queue": counts[Tab.NEW]}  # type: ignore[attr-defined]
    shown = [*SHOWN_TABS, *([Tab.HIDE] if counts[Tab.HIDE] or tab == Tab.HIDE else [])]
    return [
        (
            words.label_of(one),
            queue_address(one),
            one == tab,
            counts[one],
            "red" if one in (Tab.NEW, Tab.LATE) and counts[one] else "",
        )
        for one in shown
    ]


def _row(report: Report, tab: Tab, now: datetime, chosen: Report | None) -> dict[str, Any]:
    text, tone = words.left_of(report, now)
    return {
        "title": words.kind_of(report),
        "url": queue_address(tab, report.number),
        "place": report.place_text or report.area,
        "chip": (text, tone),
        "small": words.came_in(report),
        "icon": report.category.icon,
        "tone": "red" if tone == "red" else "",
        "selected": chosen is not None and chosen.pk == report.pk,
    }


def _opened(request: Request, report: Report, now: datetime) -> dict[str, Any]:
    """All the middle and the side show of one report."""
    actor = request.actor
    at_desk = report.is_open and report.status in rules.AT_DESK
    alike = desk.alike(report, now, actor=actor) if report.is_open else []
    advice = None
    if at_desk and may_check(actor, report):
        advice = desk.advice(report, len(alike))
    assignable = report.is_open and may_assign(actor, report)
    standing = crews(report, now) if assignable else []
    return {
        "row": report,
        "title": words.kind_of(report),
        "left": words.promise_of(report, now),
        "photos": [one for one in queries.photos_of(report) if one.kind == "citizen"][:1],
        "advice": words.advice_of(advice, len(alike)) if advice else None,
        "kinds": _kinds(request) if "ubah" in request.GET and may_check(actor, report) else [],
        "alike": words.alike_of(alike),
        "marks": words.marks_of(report, alike),
        "merges": bool(alike) and may_merge(actor, report, report),
        "crews": standing,
        "assignable": assignable,
        "head": people.head_of(report.unit_id) if assignable and not standing else None,
        "accepted": report.acknowledged_at is not None,
    }


def _kinds(request: Request) -> list[tuple[str, str]]:
    return [(row.code, words.name_of(row)) for row in queries.categories()]


@guard("reports.dispatch", "view")
def queue_news(request: Request) -> HttpResponse:
    """The bar "3 new reports": asked every few seconds, answered 304 while nothing came in."""
    text = request.GET.get("sejak", "0")
    known = int(text) if text.isdecimal() and len(text) < 18 else 0
    count, newest = desk.came_since(request.actor, known, clock.now())
    etag = f'"{known}-{newest}-{count}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    context = {
        "text": ngettext("One new report", "%(num)d new reports", count) % {"num": count},
        "count": count,
        "url": queue_address(Tab.NEW),
    }
    answer = page(request, "reports/_queue_news.html", context)
    for name, value in headers.items():
        answer.headers[name] = value
    return answer


# ------------------------------------------------------------------ acts of triage


def opened(request: Request, number: str) -> Report:
    """The report of an address, within the reach of the actor."""
    return get_object_or_404(desk.work_of(request.actor), number=number[:12].upper())


def guarded(request: Request, number: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Run an act; where somebody else was quicker, show the queue with what happened."""
    try:
        return act()
    except Conflict as conflict:
        sentence = words.conflict_of(conflict)
        return queue_page(request, number=number, conflict=sentence, status=409)


@guard("reports.report", "update")
@require_POST
@once
def categorise(request: Request, number: str) -> HttpResponse:
    """A: accept the suggested kind, or settle another."""
    report = opened(request, number)
    form = CategoryForm(request.POST)
    if not form.is_valid():
        raise Http404
    category = queries.category_of(form.cleaned_data["category"])
    if category is None:
        raise Http404

    def act() -> HttpResponse:
        after = actions.categorise(
            report,
            by=request.actor,
            category=category,
            is_text_public=not form.cleaned_data["keep_words_back"],
            version=form.cleaned_data["version"],
        )
        address = queue_address(tab_of(request), "" if after.is_protected else after.number)
        return done(request, address, _("Settled: %(kind)s.") % {"kind": words.name_of(category)})

    return guarded(request, report.number, act)


@guard("reports.dispatch", "view")
@require_POST
@once
def assign(request: Request, number: str) -> HttpResponse:
    """T: give the report to somebody on duty, or to the head of the unit where nobody is."""
    report = opened(request, number)
    form = AssignForm(request.POST)
    if not form.is_valid():
        raise Http404
    person = get_object_or_404(people.visible_people(SYSTEM), pk=form.cleaned_data["person"])
    if person.pk not in _may_go(report):
        raise Http404

    def act() -> HttpResponse:
        actions.assign(report, person, by=request.actor, version=form.cleaned_data["version"])
        message = _("%(number)s was given to %(name)s.") % {
            "number": report.number,
            "name": person.display_name,
        }
        return done(request, queue_address(tab_of(request)), message)

    return guarded(request, report.number, act)


def _may_go(report: Report) -> set[int]:
    """People a report can be given to: on duty for its unit, or the head of the unit."""
    standing = {crew.person_id for crew in crews(report, clock.now())}
    head = people.head_of(report.unit_id)
    return standing | ({head[0].pk} if head and not standing else set())


@guard("reports.report", "merge")
@require_POST
@once
def merge(request: Request, number: str) -> HttpResponse:
    """G: join reports that say the same to the one that is open."""
    report = opened(request, number)
    form = MergeForm(request.POST)
    if not form.is_valid():
        raise Http404
    others = list(desk.work_of(request.actor).filter(number__in=form.numbers()))
    if not others:
        raise Http404

    def act() -> HttpResponse:
        for other in others:
            actions.merge(other, report, by=request.actor)
        message = ngettext(
            "One report joined. All reporters stay informed.",
            "%(num)d reports joined. All reporters stay informed.",
            len(others),
        ) % {"num": len(others)}
        undo = reverse("reports:split", args=[others[0].number]) if len(others) == 1 else ""
        return done(request, queue_address(tab_of(request), report.number), message, undo=undo)

    return guarded(request, report.number, act)


@guard("reports.report", "merge")
@require_POST
def split(request: Request, number: str) -> HttpResponse:
    """Take a joined report apart again."""
    report = opened(request, number)
    actions.split(report, by=request.actor)
    return done(request, queue_address(Tab.NEW, report.number), _("Taken apart again."))
