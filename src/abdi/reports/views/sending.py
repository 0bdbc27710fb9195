"""The citizen's three taps: what is wrong, where, send. And what we promise."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from abdi.platform import clock
from abdi.platform.access import Actor, citizen, guard, public
from abdi.platform.actions import Invalid
from abdi.platform.headers import needs
from abdi.platform.images import BadPhoto
from abdi.platform.norms import norms
from abdi.platform.once import FIELD as ONCE
from abdi.platform.pages import page
from abdi.platform.ratelimit import TooMany, address_of, device_of, limit, remember_device
from abdi.reports import actions, links, queries
from abdi.reports.actions import PhotoGiven
from abdi.reports.choices import Priority
from abdi.reports.forms.citizens import MOST_PHOTOS, ReportForm
from abdi.reports.models import Category, Report
from abdi.reports.offers import ELSE, OFFERS, Offer, offer_named
from abdi.reports.queries import Near
from abdi.reports.views import photos, telling

OPEN_WHY = "everybody may report a problem of his city, without an account"
KEY_LENGTH = 32
PREFILLED = ("kind", "lat", "lon", "place")
BATCH_DAYS = timedelta(days=90)


@public(OPEN_WHY)
@guard("reports.report", "create")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is wrong nearby? Eight tiles, what is being worked on, what we promise."""
    now = clock.now()
    known = {category.code: category for category in queries.categories()}
    month = month_start(now)
    closed, kept = queries.in_time_share(None, month, now)
    lamp = known.get(OFFERS[0].codes[0])
    half = queries.half_done_minutes(lamp.pk, now - BATCH_DAYS, now) if lamp else None
    context = {
        "offers": [offer for offer in OFFERS if any(code in known for code in offer.codes)],
        "other": ELSE,
        "recent": [(row, *_row_of(row)) for row in queries.recent(_reader(request))],
        "closed": closed,
        "kept": kept,
        "half_minutes": half,
        "phone": _emergency_phone(request),
    }
    answer = page(request, "reports/home.html", context)
    remember_device(request, answer)
    return answer


@public(OPEN_WHY)
@guard("reports.report", "create")
@needs("camera", "geolocation")
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one kind of problem; sending it leads to the reporter's own link."""
    offer = offer_named(kind)
    known = _known(offer) if offer else {}
    if offer is None or not known:
        raise Http404
    if request.method == "POST":
        return _sent(request, offer, known)
    if offer.is_emergency and "lanjut" not in request.GET:
        context = {"offer": offer, "phone": _emergency_phone(request)}
        return page(request, "reports/emergency.html", context)
    asked = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    return _form_page(request, offer, ReportForm(kinds=_kinds(known), initial=asked))


def _sent(request: HttpRequest, offer: Offer, known: dict[str, Category]) -> HttpResponse:
    kinds = _kinds(known)
    uploads = request.FILES.getlist("photos")
    form = _form(get_language(), tuple(kinds)).filled_with(request.POST)
    if len(uploads) > MOST_PHOTOS or not form.is_valid():
        form = ReportForm(request.POST, kinds=kinds)  # one of its own, to be shown
    if len(uploads) > MOST_PHOTOS:
        form.add_error(None, _("Please send at most 3 photos."))
    if not form.is_valid():
        return _form_page(request, offer, form, status=422)
    try:
        if uploads:
            _count(request)
        return _received(request, offer, form, known[form.code], photos.taken_in(uploads))
    except TooMany:
        form.add_error(
            None,
            _("You have sent 5 reports in 10 minutes. Please wait, or follow the same report."),
        )
        return _form_page(request, offer, form, status=429)
    except BadPhoto as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, offer, form, status=422)


@lru_cache(maxsize=256)
def _form(_language: str | None, kinds: tuple[tuple[str, str], ...]) -> ReportForm:
    return ReportForm(kinds=kinds)


def _received(
    request: HttpRequest,
    offer: Offer,
    form: ReportForm,
    category: Category,
    kept: list[PhotoGiven],
) -> HttpResponse:
    key = request.POST.get(ONCE, "")
    key = key if len(key) == KEY_LENGTH and key.isascii() and key.isalnum() else links.new_key()
    token = links.token_of(key)
    try:
        report = actions.receive_report(
            category,
            by=_reporter(request, token),
            given=form.given(kept),
            client_key=key,
            # Without photos the count and the report are one transaction: one wait for the disk.
            first=None if kept else lambda: _count(request),
        )
    except Invalid as refusal:
        photos.forget(kept)
        form.refuse({refusal.field: refusal.message})
        return _form_page(request, offer, form, status=422)
    photos.forget(kept, report)
    return redirect(reverse("reports:track", args=[token]))


def _reporter(request: HttpRequest, token: str) -> Actor:
    """Who hands in: a signed-in person as himself, everybody else by the link he will get."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.is_signed_in:
        return actor
    return citizen(actor.institution_id, links.hash_of(token))


def _count(request: HttpRequest) -> None:
    """5 reports in 10 minutes from one device, 60 in an hour from one address."""
    if device := device_of(request):
        limit(f"report|device|{device}", most=5, seconds=600)
    limit(f"report|address|{address_of(request)}", most=60, seconds=3600)


def _form_page(
    request: HttpRequest, offer: Offer, form: ReportForm, status: int = 200
) -> HttpResponse:
    now = clock.now()
    category = queries.category_of(form.default_kind)
    half = queries.half_done_minutes(category.pk, now - BATCH_DAYS, now) if category else None
    context = {
        "offer": offer,
        "form": form,
        "half_minutes": half,
        "has_point": bool(form["lat"].value() and form["lon"].value()),
        "phone": _emergency_phone(request),
    }
    answer = page(request, "reports/send.html", context, status=status)
    remember_device(request, answer)
    return answer


@public(OPEN_WHY)
@guard("reports.report", "create")
@require_GET
def near(request: HttpRequest, kind: str) -> HttpResponse:
    """Similar reports around a point, as a part of the form."""
    offer = offer_named(kind)
    kinds = _kinds(_known(offer)) if offer else []
    if offer is None or not kinds:
        raise Http404
    form = ReportForm(
        {"lat": request.GET.get("lat", ""), "lon": request.GET.get("lon", ""), "place": "-"},
        kinds=kinds,
    )
    found: list[Near] = []
    category = queries.category_of(request.GET.get("kind") or form.default_kind)
    if form.is_valid() and category is not None:
        told = form.given([])
        if told.lat_e6 is not None and told.lng_e6 is not None:
            found = queries.near(
                category, told.lat_e6, told.lng_e6, clock.now(), actor=_reader(request)
            )
    return page(request, "reports/_near.html", {"similar": found[:1], "count": len(found)})


@public("what the city promises, and how often it kept it")
@guard("reports.report", "view")
@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """The service promises with the share kept in the last 90 days."""
    now = clock.now()
    kept = queries.promises_kept(now - BATCH_DAYS, now)
    figures = norms("reports", on=clock.today())
    rows: list[dict[str, Any]] = [
        {
            "name": _name(category),
            "icon": category.icon,
            "minutes": _promised(category, figures["categories"], figures["priorities"]),
            "is_working": category.priority == Priority.P4,
            "closed": kept.get(category.code, (0, 0))[0],
            "kept": kept.get(category.code, (0, 0))[1],
        }
        for category in queries.categories()
        if not category.is_protected
    ]
    rows.sort(key=lambda row: (-row["closed"], row["name"]))
    closed, good = (sum(pair[n] for pair in kept.values()) for n in (0, 1))
    context = {"rows": rows, "closed": closed, "kept": good, "since": now - BATCH_DAYS}
    return page(request, "reports/promises.html", context)


def _promised(
    category: Category, kinds: dict[str, dict[str, int]], priorities: dict[str, dict[str, int]]
) -> int:
    own = kinds.get(category.code, {})
    general = priorities[category.priority]
    hours = own.get("resolve_hours") or general.get("resolve_hours") or general["make_safe_hours"]
    return int(hours) * 60


def _name(category: Category) -> str:
    return category.name_en if get_language() == "en" else category.name


def _known(offer: Offer) -> dict[str, Category]:
    """The active kinds of a tile with their units, in the tile's order. One query."""
    return queries.categories_of(offer.codes)


def _kinds(known: dict[str, Category]) -> list[tuple[str, str]]:
    """Codes and names for the form."""
    return [(code, _name(category)) for code, category in known.items()]


def _row_of(report: Report) -> tuple[str, str, str]:
    return (queries.title_of(report), *telling.chip_of(report))


def _reader(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _emergency_phone(request: HttpRequest) -> str:
    return str(request.institution.emergency_phone)  # type: ignore[attr-defined]


def month_start(at: datetime) -> datetime:
    """The first moment of the month on the institution's wall."""
    return clock.local(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
