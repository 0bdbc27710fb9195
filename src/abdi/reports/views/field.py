"""The crew's pages: my jobs, and one job from yes to done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.platform import clock, files
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.images import BadPhoto, clean_photo
from abdi.platform.once import once, run_once
from abdi.platform.pages import done, page
from abdi.reports import actions, queries
from abdi.reports.actions import PhotoGiven
from abdi.reports.choices import Outcome, PhotoKind, PhotoSource, Status
from abdi.reports.forms.field import DeclineForm, DoneForm, JobPhotoForm, PostponeForm
from abdi.reports.models import Photo, Report
from abdi.reports.queries import desk
from abdi.reports.views import staff_words as words

AT_THE_PLACE = frozenset({Status.IN_PROGRESS})
LAST_HOUR = time(17, 0)


def _mine(request: Request) -> Any:
    person_id = request.actor.person_id or 0
    return desk.work_of(request.actor).filter(person_id=person_id, joined_to__isnull=True)


def _job(request: Request, number: str) -> Report:
    found: Report = get_object_or_404(_mine(request), number=number[:12].upper())
    return found


@guard("reports.dispatch", "accept")
def jobs(request: Request) -> HttpResponse:
    """What was given to me, the least time left first; what I finished today."""
    now = clock.now()
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = list(_mine(request).open().order_by("due_at", "id")[:50])
    finished = _mine(request).filter(resolved_by=request.actor.person_id, resolved_at__gte=midnight)
    context = {
        "rows": [(row, words.kind_of(row), words.left_of(row, now)) for row in rows],
        "finished": [
            (row, words.kind_of(row), words.status_of(row.status))
            for row in finished.order_by("-resolved_at")[:20]
        ],
    }
    return page(request, "reports/field_list.html", context)


@guard("reports.dispatch", "accept")
def job(request: Request, number: str) -> HttpResponse:
    """One job."""
    return _page(request, _job(request, number))


def _page(
    request: Request,
    report: Report,
    *,
    status: int = 200,
    conflict: str = "",
    forms: dict[str, Any] | None = None,
) -> HttpResponse:
    now, given = clock.now(), forms or {}
    photos: dict[str, list[Photo]] = {}
    for photo in queries.of_this_round(report, queries.photos_of(report)):
        photos.setdefault(photo.kind, []).append(photo)
    numbers = list(
        _mine(request).open().order_by("due_at", "id").values_list("number", flat=True)[:50]
    )
    context = {
        "report": report,
        "title": words.kind_of(report),
        "left": words.left_of(report, now),
        "status": words.status_of(report.status),
        "place": numbers.index(report.number) + 1 if report.number in numbers else 0,
        "count": len(numbers),
        "photos": photos,
        "accepted": report.accepted_at is not None,
        "arrived": report.status in AT_THE_PLACE,
        "ended": report.status not in (Status.FORWARDED, Status.ON_THE_WAY, Status.IN_PROGRESS),
        "done_form": given.get("done") or DoneForm(opd_kind=report.category.opd_kind),
        "postpone_form": given.get("postpone") or PostponeForm(),
        "decline_form": given.get("decline") or DeclineForm(),
        "problems": [line for form in given.values() for line in form.problems],
        "opens": next(iter(given), ""),
        "conflict": conflict,
    }
    return page(request, "reports/field_job.html", context, status=status)


def _act(
    request: Request, report: Report, name: str, form: Any, run: Callable[[Any], str]
) -> HttpResponse:
    """Check the form, run the step, come back to the job."""
    if form is not None and not form.is_valid():
        return _page(request, report, status=422, forms={name: form})
    try:
        message = run(form.cleaned_data if form is not None else {})
    except Invalid as refusal:
        if form is None:
            raise
        form.refuse([(refusal.field, refusal.message)])
        return _page(request, report, status=422, forms={name: form})
    except Conflict as conflict:
        fresh = _mine(request).filter(pk=report.pk).first()
        if fresh is None:
            return done(request, reverse("reports:jobs"), words.conflict_of(conflict))
        return _page(request, fresh, status=409, conflict=words.conflict_of(conflict))
    after = _mine(request).filter(pk=report.pk, status__in=_STILL_MINE).exists()
    place = reverse("reports:job", args=[report.number]) if after else reverse("reports:jobs")
    return done(request, place, message)


_STILL_MINE = (Status.FORWARDED, Status.ON_THE_WAY, Status.IN_PROGRESS)


def _seen(request: Request) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


@guard("reports.dispatch", "accept")
@require_POST
@once
def accept(request: Request, number: str) -> HttpResponse:
    """Take the job."""
    report = _job(request, number)

    def run(_given: Any) -> str:
        actions.accept(report, by=request.actor, version=_seen(request))
        return _("The job is yours.")

    return _act(request, report, "", None, run)


@guard("reports.dispatch", "accept")
@require_POST
@once
def decline(request: Request, number: str) -> HttpResponse:
    """Give the job back to the desk."""
    report = _job(request, number)

    def run(given: dict[str, Any]) -> str:
        actions.decline(
            report,
            by=request.actor,
            reason=given["reason"],
            note=given["note"],
            version=given["version"],
        )
        return _("Given back to the desk.")

    return _act(request, report, "decline", DeclineForm(request.POST), run)


@guard("reports.work_log", "create")
@require_POST
@once
def start(request: Request, number: str) -> HttpResponse:
    """Set out."""
    report = _job(request, number)

    def run(_given: Any) -> str:
        actions.start(report, by=request.actor, version=_seen(request))
        return _("The reporter sees that you are on the way.")

    return _act(request, report, "", None, run)


@guard("reports.work_log", "create")
@require_POST
@once
def arrive(request: Request, number: str) -> HttpResponse:
    """At the place."""
    report = _job(request, number)

    def run(_given: Any) -> str:
        actions.arrive(report, by=request.actor, version=_seen(request))
        return _("Arrived.")

    return _act(request, report, "", None, run)


def _stored(form: JobPhotoForm | DoneForm) -> PhotoGiven:
    """Clean and store the photo of a form; never inside a transaction. Raises BadPhoto."""
    clean = clean_photo(form.cleaned_data["photo"])
    stored = files.store(clean.data)
    lat, lng = form.point()
    source = PhotoSource.GALLERY if form.cleaned_data["gallery"] else PhotoSource.CAMERA
    return PhotoGiven(
        key=stored.key,
        sha256=stored.sha256,
        size=stored.size,
        width=clean.width,
        height=clean.height,
        fingerprint=clean.fingerprint,
        source=source,
        taken_at=clock.now(),
        lat_e6=lat,
        lng_e6=lng,
    )


def _with_photo(
    request: Request, report: Report, name: str, form: Any, run: Callable[[Any, Any], str]
) -> HttpResponse:
    """An act with a photo: it is cleaned and stored first, then the act runs once."""
    given: PhotoGiven | None = None
    if form.is_valid() and form.cleaned_data["photo"]:
        try:
            given = _stored(form)
        except BadPhoto as refusal:
            form.refuse([("photo", str(refusal))])
            return _page(request, report, status=422, forms={name: form})
    return run_once(
        request,
        f"reports.field_{name}",
        lambda: _act(request, report, name, form, lambda data: run(data, given)),
    )


@guard("reports.work_log", "create")
@require_POST
def photo(request: Request, number: str) -> HttpResponse:
    """Keep a photo of the place."""
    report = _job(request, number)
    form = JobPhotoForm(request.POST, request.FILES)

    def run(data: dict[str, Any], given: PhotoGiven) -> str:
        actions.add_photo(report, by=request.actor, given=given, kind=PhotoKind(data["kind"]))
        return _("Photo kept at %(time)s.") % {"time": f"{clock.local(clock.now()):%H.%M}"}

    return _with_photo(request, report, "photo", form, run)


@guard("reports.closing", "propose")
@require_POST
def finish(request: Request, number: str) -> HttpResponse:
    """Done, with the photo of the result: the citizen is asked."""
    report = _job(request, number)
    form = DoneForm(request.POST, request.FILES, opd_kind=report.category.opd_kind)

    def run(data: dict[str, Any], given: PhotoGiven | None) -> str:
        if given is not None:
            actions.add_photo(report, by=request.actor, given=given, kind=PhotoKind.AFTER)
        actions.propose_done(
            report,
            by=request.actor,
            outcome=data["outcome"] or Outcome.FIXED,
            note=form.words(),
            is_photo_later=data["photo_later"],
            version=data["version"],
        )
        return _("Done. The reporter is asked to confirm.")

    return _with_photo(request, report, "done", form, run)


@guard("reports.work_log", "create")
@require_POST
@once
def postpone(request: Request, number: str) -> HttpResponse:
    """Not possible now: why, and the new day for the citizen."""
    report = _job(request, number)

    def run(given: dict[str, Any]) -> str:
        day = given["new_day"]
        moment = datetime.combine(day, LAST_HOUR, clock.zone()) if day else None
        actions.postpone(
            report,
            by=request.actor,
            reason=given["reason"],
            new_date_at=moment,
            note=given["note"],
            version=given["version"],
        )
        return _("Noted. The reporter hears why.")

    return _act(request, report, "postpone", PostponeForm(request.POST), run)
