"""Settings: what may be set and by whom; the figures (norms) with their source and history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from abdi.platform import clock
from abdi.platform.access import Request, guard, own
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.forms import EARLIEST, LATEST
from abdi.platform.norms import entering, fits, reading, rows_of, value_at
from abdi.platform.norms.entering import SETTINGS, approval_asked, may_approve, may_enter, may_see
from abdi.platform.norms.leaves import BETWEEN, FIXED, Leaf, packaged
from abdi.platform.norms.records import DatedNorm, NormState
from abdi.platform.norms.wording import (
    module_name,
    norm_name,
    path_name,
    shown,
    source_name,
    step_name,
)
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.menu import is_page
from abdi.portal.forms import NormForm, WithdrawForm

NORM = "workload.norm"
Words: TypeAlias = Any  # a text translated when it is shown


@dataclass(frozen=True)
class Spot:
    """One thing to set: where, what, who may change it; `cell` opens it."""

    path: str
    title: Words
    text: Words
    icon: str
    who: Words
    cell: tuple[str, str] = (SETTINGS, "view")


SPOTS = (
    Spot(
        "/atur/norma",
        gettext_lazy("Norms"),
        gettext_lazy("Figures of law and of this institution: value, source, since when."),
        "scale",
        gettext_lazy("Administrator; workload: organisation office, approved by the leader"),
        (NORM, "view"),
    ),
    Spot(
        "/atur/peran",
        gettext_lazy("Users and roles"),
        gettext_lazy("Who may do what, from which day to which."),
        "user-cog",
        gettext_lazy("Administrator and personnel offices, always two persons"),
        ("system.role_grant", "view"),
    ),
    Spot(
        "/atur/konsol",
        gettext_lazy("Duty PCs"),
        gettext_lazy("Shared PCs of control rooms: enrolled by a code, taken out at once."),
        "lock",
        gettext_lazy("Administrator"),
        ("system.settings", "update"),
    ),
    Spot(
        "/atur/beku",
        gettext_lazy("Freeze of placements"),
        gettext_lazy("Around an election nobody is placed without the Minister's consent."),
        "calendar-event",
        gettext_lazy("Personnel office"),
        ("people.placement", "approve"),
    ),
    Spot(
        "/atur/instansi",
        gettext_lazy("This institution"),
        gettext_lazy("Name, region code, time zone, emergency number."),
        "org",
        gettext_lazy("Administrator"),
    ),
    Spot(
        "/atur/kategori",
        gettext_lazy("Kinds and service promises"),
        gettext_lazy("Kinds of reports and the hours promised for them."),
        "promise",
        gettext_lazy("Administrator"),
    ),
    Spot(
        "/unit",
        gettext_lazy("Units"),
        gettext_lazy("Units, services and positions."),
        "hierarchy",
        gettext_lazy("Organisation office"),
        ("people.placement", "view"),
    ),
    Spot(
        "/kesehatan",
        gettext_lazy("System health"),
        gettext_lazy("Jobs, messages and promises that do not hold."),
        "heart-rate-monitor",
        gettext_lazy("Administrator"),
        ("system.journal", "view"),
    ),
)


@own("each line asks its own cell")
@require_safe
def settings_home(request: Request) -> HttpResponse:
    """What can be set here, who may, and the pages this reader may open."""
    holds = request.actor.holds
    found = [
        spot
        for spot in SPOTS
        if is_page(spot.path)
        and (holds(*spot.cell) or (spot.cell == (NORM, "view") and holds(SETTINGS, "view")))
    ]
    if not found:
        raise Http404
    return page(request, "portal/settings.html", {"spots": found})


@guard(SETTINGS, "view", also=NORM)
@require_safe
def norm_modules(request: Request) -> HttpResponse:
    """The modules with how many figures each has, how many of its own, what changes next."""
    lines = reading.module_lines(request.actor, _day(request))
    return page(request, "portal/norm_modules.html", {"lines": lines, **_on(request)})


@guard(SETTINGS, "view", also=NORM)
@require_safe
def norm_module(request: Request, module: str) -> HttpResponse:
    """The norms of one module in force on a day, each with its source."""
    _ask(request, module)
    context = {
        "module": module,
        "title": module_name(module),
        "lines": reading.norm_lines(module, _day(request)),
        "may_set": may_enter(request.actor, module),
        "approval": approval_asked(module),
        **_on(request),
    }
    return page(request, "portal/norm_module.html", context)


@guard(SETTINGS, "view", also=NORM)
@require_safe
def norm(request: Request, module: str, name: str) -> HttpResponse:
    """One norm: its figures, who set them, what comes, what was."""
    return _norm_page(request, module, name)


def _norm_page(
    request: Request, module: str, name: str, *, problem: str = "", status: int = 200
) -> HttpResponse:
    _ask(request, module)
    on = _day(request)
    row = packaged(module, name, on) if name in rows_of(module) else None
    if row is None:
        raise Http404
    under = _steps(request.GET.get("bagian", ""))
    if not fits(row.value, under):
        raise Http404
    mine = reading.own_of(module, name)
    context = {
        "module": module,
        "name": name,
        "module_title": module_name(module),
        "title": norm_name(module, name),
        "row": row,
        "source": source_name(row.source),
        "parents": _parents(row.value, under),
        "trail": _trail(module, name, _parents(row.value, under)),
        "places": reading.places(module, row, under, mine, on=on, by=request.actor),
        "history": reading.history(module, name, mine, clock.today()),
        "acts": {one.pk: _acts(request, one) for one in mine},
        "may_set": may_enter(request.actor, module),
        "fixed": name in FIXED,
        "problem": problem,
        "form": WithdrawForm(),
        **_on(request),
    }
    return page(request, "portal/norm.html", context, status=status)


def _parents(value: Any, under: tuple[str, ...]) -> list[tuple[str, str]]:
    """The branches above a place: name and path, the outermost first."""
    paths = [under[: at + 1] for at in range(len(under))]
    return [(step_name(value_at(value, path), path[-1]), BETWEEN.join(path)) for path in paths]


def _trail(module: str, name: str, parents: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The branches as places of the page's trail; the last one is this page."""
    address = reverse("portal:norm", args=[module, name])
    found = [(title, f"{address}?{urlencode({'bagian': path})}") for title, path in parents]
    return [*found[:-1], *((title, "") for title, _address in found[-1:])]


def _acts(request: Request, row: DatedNorm) -> dict[str, bool]:
    state = row.state(clock.today())
    open_states = (NormState.WAITING, NormState.PLANNED, NormState.IN_FORCE)
    ends_today = row.until == clock.today()
    enters = may_enter(request.actor, row.module)
    return {
        "approve": state is NormState.WAITING and may_approve(request.actor, row),
        "withdraw": state in open_states and not ends_today and enters,
    }


@guard(SETTINGS, "update", also=NORM)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def set_norm(request: Request, module: str, name: str) -> HttpResponse:
    """The form for one figure: value, first and last day, legal basis, reason."""
    _ask(request, module)
    if not may_enter(request.actor, module):
        raise Http404
    row, leaf = _leaf(module, name, _steps(request.GET.get("bagian", "")))
    form = NormForm(leaf, request.POST or None)
    if request.method == "POST" and form.is_valid() and _entered(request, module, leaf, form):
        told = _("Noted. It counts once the leader has approved it.")
        if not approval_asked(module):
            told = _("Noted. It counts from its first day.")
        return done(request, reverse("portal:norm", args=[module, name]), told)
    context = {
        "module": module,
        "name": name,
        "module_title": module_name(module),
        "title": norm_name(module, name),
        "place": path_name(row.value, leaf.path[1:]),
        "now": shown(leaf.value),
        "row": row,
        "source": source_name(row.source),
        "leaf": leaf,
        "approval": approval_asked(module),
        "form": form,
    }
    return page(request, "portal/norm_form.html", context, status=422 if form.errors else 200)


def _entered(request: Request, module: str, leaf: Leaf, form: NormForm) -> bool:
    try:
        entering.enter_norm(module, leaf.key, by=request.actor, **form.cleaned_data)
    except Invalid as problem:
        form.refuse({problem.field: problem.message})
    except Conflict as problem:
        form.refuse({"since": problem.message})
    return not form.errors


@guard(SETTINGS, "update", also=NORM)
@require_POST
def withdraw_norm(request: Request, pk: int) -> HttpResponse:
    """Take a figure back, with a reason."""
    row = _row(request, pk)
    form = WithdrawForm(request.POST)
    name = row.steps[0]
    if not form.is_valid():
        words = str(form.problems[0].message) if form.problems else ""
        return _norm_page(request, row.module, name, problem=words, status=422)
    try:
        row = entering.withdraw_norm(row, by=request.actor, reason=form.cleaned_data["reason"])
    except Invalid as problem:
        return _norm_page(request, row.module, name, problem=problem.message, status=422)
    told = _("Withdrawn before its first day.") if row.is_void else _("Today is its last day.")
    return done(request, reverse("portal:norm", args=[row.module, name]), told)


@guard(NORM, "approve")
@require_POST
def approve_norm(request: Request, pk: int) -> HttpResponse:
    """Approve a figure somebody else entered."""
    row = entering.approve_norm(_row(request, pk), by=request.actor)
    address = reverse("portal:norm", args=[row.module, row.steps[0]])
    return done(request, address, _("Approved. It counts from its first day."))


def _row(request: Request, pk: int) -> DatedNorm:
    row = get_object_or_404(DatedNorm.objects.all(), pk=pk)
    _ask(request, row.module)
    return row


def _ask(request: Request, module: str) -> None:
    if module not in reading.modules() or not may_see(request.actor, module):
        raise Http404


def _leaf(module: str, name: str, path: tuple[str, ...]) -> tuple[Any, Leaf]:
    known = name in rows_of(module)
    found = reading.leaf_of(module, name, path, clock.today()) if known else None
    if found is None or not found[1].is_settable:
        raise Http404
    return found


def _steps(text: str) -> tuple[str, ...]:
    return tuple(text[:200].split(BETWEEN)) if text else ()


def _day(request: Request) -> date:
    try:
        found = date.fromisoformat(request.GET.get("pada", ""))
    except ValueError:
        return clock.today()
    return found if EARLIEST <= found <= LATEST else clock.today()


def _on(request: Request) -> dict[str, Any]:
    return {"on": _day(request), "today": clock.today()}
