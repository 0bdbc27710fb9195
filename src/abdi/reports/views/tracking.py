"""What became of it: the public view by number, the reporter's by his link."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from abdi.platform import clock, files
from abdi.platform.access import Actor, citizen, guard, public
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.headers import personal
from abdi.platform.once import FIELD as ONCE
from abdi.platform.once import run_once
from abdi.platform.pages import done, page
from abdi.platform.ratelimit import address_of, limit
from abdi.reports import actions, links, permissions, queries
from abdi.reports.actions import Given
from abdi.reports.choices import PhotoKind, Status
from abdi.reports.forms.citizens import CodeForm, FollowForm, MessageForm, ResultForm
from abdi.reports.models import Photo, Report
from abdi.reports.offers import offer_of
from abdi.reports.views import telling
from abdi.survey import queries as ratings

OPEN_WHY = "the number opens what everybody may see, the secret link what the reporter may"


@public("everybody may look up a number")
@guard("reports.report", "view")
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Type a number, see the report."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(reverse("reports:track", args=[form.cleaned_data["code"].upper()]))
    status = 422 if request.method == "POST" else 200
    return page(request, "reports/find.html", {"form": form}, status=status)


def _opened(code: str) -> tuple[Report, bool]:
    """The report of a code; one answer for everything that is not there."""
    found = queries.opened_by(code)
    if found is None:
        raise Http404
    return found


def _holder(report: Report) -> Actor:
    """The actor of the secret link."""
    return citizen(report.institution_id, report.token_hash)


def _mine(code: str) -> Report:
    """The report of a secret link; the number opens nothing that writes."""
    report, is_reporter = _opened(code)
    if not is_reporter:
        raise Http404
    return report


@public(OPEN_WHY)
@guard("reports.report", "view")
@personal
@require_GET
def track(request: HttpRequest, code: str) -> HttpResponse:
    """Where the report stands, what comes next, until when."""
    report, is_reporter = _opened(code)
    return page(request, "reports/track.html", _track_context(request, report, is_reporter, code))


def _track_context(
    request: HttpRequest, report: Report, is_reporter: bool, code: str
) -> dict[str, Any]:
    shown = report.joined_to or report
    is_told = is_reporter or shown.is_text_public
    photos = queries.of_this_round(shown, _shown_photos(report, is_reporter))
    address = request.build_absolute_uri(reverse("reports:track", args=[shown.number]))
    words = _("Report %(number)s, %(what)s") % {
        "number": shown.number,
        "what": queries.title_of(shown, with_place=shown.is_text_public),
    }
    return {
        "report": shown,
        "own": report,
        "code": code,
        "is_reporter": is_reporter,
        "story": telling.story_of(
            shown,
            queries.steps_of(shown),
            clock.now(),
            with_place=is_told,
            is_reporter=is_reporter,
        ),
        "place": shown.place_text if is_told else shown.area,
        "words": shown.text if is_told else "",
        "before": _first(photos, PhotoKind.BEFORE) or _first(photos, PhotoKind.CITIZEN),
        "after": _first(photos, PhotoKind.AFTER),
        "messages_here": queries.messages_of(report) if is_reporter else [],
        "reveals": queries.reveals_of(report) if is_reporter else [],
        "public_url": address,
        "share_url": f"https://wa.me/?text={quote(f'{words} {address}')}",
        "form": MessageForm(),
        "can_confirm": is_reporter and _may_confirm(report),
        "can_rate": is_reporter and report.status == Status.CLOSED and report.stars is None,
        "offer": offer_of(shown.category.code),
    }


def _shown_photos(report: Report, is_reporter: bool) -> list[Photo]:
    if not is_reporter and not report.is_text_public:
        return []
    return queries.photos_of(report.joined_to or report)


def _first(photos: list[Photo], kind: PhotoKind) -> Photo | None:
    return next((photo for photo in photos if photo.kind == kind), None)


def _may_confirm(report: Report) -> bool:
    holder = _holder(report)
    return report.status == Status.RESOLVED and permissions.may_close(holder, report)


@public(OPEN_WHY)
@guard("reports.report", "view")
@personal
@require_GET
def photo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One photo, for those who may see it."""
    report, is_reporter = _opened(code)
    shown = {one.pk: one for one in _shown_photos(report, is_reporter)}
    if pk not in shown:
        raise Http404
    return cast(HttpResponse, files.file_response(shown[pk].key, kind="jpg", name=f"foto-{pk}"))


@public("everybody may follow a report")
@guard("reports.report", "create")
@require_POST
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Follow a report that is there already: an own link to the same work."""
    report, _is_reporter = _opened(code)
    limit(f"follow|{address_of(request)}", most=60, seconds=3600)
    form = FollowForm(request.POST)
    contact = form.cleaned_data["contact"] if form.is_valid() else ""
    key = request.POST.get(ONCE, "")
    key = key if len(key) == 32 and key.isascii() and key.isalnum() else links.new_key()
    told = Given(phone="" if "@" in contact else contact, email=contact if "@" in contact else "")
    by = citizen(report.institution_id, links.hash_of(links.token_of(key)))
    actions.follow(report.joined_to or report, by=by, given=told, client_key=key)
    return redirect(reverse("reports:track", args=[links.token_of(key)]))


@public("the reporter writes by his secret link")
@guard("reports.report", "update")
@personal
@require_POST
def message(request: HttpRequest, code: str) -> HttpResponse:
    """A message to those who handle the report."""
    report = _mine(code)
    limit(f"message|{report.pk}", most=20, seconds=3600)
    form = MessageForm(request.POST)
    if not form.is_valid():
        context = _track_context(request, report, True, code)
        return page(request, "reports/track.html", {**context, "form": form}, status=422)

    def act() -> HttpResponse:
        actions.send_message(report, by=_holder(report), text=form.cleaned_data["text"])
        return done(
            request, reverse("reports:track", args=[code]), _("Your message has been sent.")
        )

    return run_once(request, "reports.message", act)


@public("the reporter confirms, objects and rates by his secret link")
@guard("reports.closing", "confirm")
@personal
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, code: str) -> HttpResponse:
    """Is it fixed? Before and after, yes or no, stars."""
    report, is_reporter = _opened(code)
    if report.is_protected:
        raise Http404
    if request.method != "POST":
        form = ResultForm(initial={"version": report.version})
        return _result_page(request, report, code, form=form, is_reporter=is_reporter)
    if not is_reporter:
        raise Http404
    form = ResultForm(request.POST)
    if not form.is_valid():
        return _result_page(request, report, code, form=form, status=422)
    try:
        return _answered(request, report, code, form)
    except (Conflict, Invalid) as problem:
        form.add_error(None, problem.message)
        return _result_page(request, report, code, form=form, status=409)


def _answered(request: HttpRequest, report: Report, code: str, form: ResultForm) -> HttpResponse:
    data, holder = form.cleaned_data, _holder(report)
    if data["answer"] == "no":
        actions.reopen(report, by=holder, note=data["words"], version=data["version"])
        said = _("The report is open again. The desk knows.")
    else:
        if data["answer"] == "yes":
            actions.close_report(report, by=holder, version=data["version"])
        if data["stars"]:
            actions.rate_report(report, by=holder, stars=data["stars"], words=data["words"])
        said = _("Thank you. Your answer has been kept.")
    return done(request, reverse("reports:track", args=[code]), said)


def _result_page(
    request: HttpRequest,
    report: Report,
    code: str,
    *,
    form: ResultForm,
    is_reporter: bool = True,
    status: int = 200,
) -> HttpResponse:
    photos = queries.of_this_round(report.joined_to or report, _shown_photos(report, is_reporter))
    rating = ratings.rating_of(report.ref) if is_reporter else None
    context = {
        "report": report,
        "code": code,
        "is_reporter": is_reporter,
        "title": queries.title_of(report, with_place=is_reporter or report.is_text_public),
        "before": _first(photos, PhotoKind.BEFORE) or _first(photos, PhotoKind.CITIZEN),
        "after": _first(photos, PhotoKind.AFTER),
        "can_confirm": is_reporter and _may_confirm(report),
        "can_rate": is_reporter and report.status == Status.CLOSED and rating is None,
        "can_object": is_reporter
        and report.status == Status.CLOSED
        and report.reply_until is not None
        and report.reply_until > clock.now(),
        "rating": rating,
        "offer": offer_of(report.category.code),
        "form": form,
    }
    return page(request, "reports/result.html", context, status=status)
