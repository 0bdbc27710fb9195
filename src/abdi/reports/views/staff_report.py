"""One report for the staff: what happened, photos, messages, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.files import file_response
from abdi.platform.forms import CleanForm
from abdi.platform.labels import label
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.reports import actions, permissions, queries
from abdi.reports.choices import (
    ContactField,
    Identity,
    Jurisdiction,
    Obstacle,
    ReportClass,
    Status,
)
from abdi.reports.forms.desk import (
    ClassForm,
    MessageForm,
    NoteForm,
    PassOnForm,
    PauseForm,
    RejectForm,
    RevealForm,
)
from abdi.reports.models import Report, StatusChange
from abdi.reports.queries import desk
from abdi.reports.views import clock_words
from abdi.reports.views import staff_words as words
from abdi.reports.views.staff_queue import opened

ICONS = {
    Status.RECEIVED: "inbox",
    Status.ON_THE_WAY: "truck",
    Status.IN_PROGRESS: "tool",
    Status.WAITING_REPORTER: "chat",
    Status.REOPENED: "rotate",
}


@guard("reports.dispatch", "view")
def report_page(request: Request, number: str) -> HttpResponse:
    """Everything about one report but who told it."""
    return _page(request, opened(request, number))


def _page(
    request: Request,
    report: Report,
    *,
    status: int = 200,
    conflict: str = "",
    revealed: str = "",
    forms: dict[str, CleanForm] | None = None,
) -> HttpResponse:
    now, actor = clock.now(), request.actor
    photos = queries.photos_of(report) if permissions.may_see_photo(actor, report) else []
    given = forms or {}
    lines = clock_words.lines_of(report, now)
    context = clock_words.class_of(report, now) | {
        "report": report,
        "title": words.kind_of(report),
        "left": words.promise_of(report, now),
        "status": words.status_of(report.status),
        "lines": lines,
        "clock_title": clock_words.title_of(report, now, lines),
        "stopped": clock_words.stopped_since(report, now),
        "broken": clock_words.broken_of(report, now),
        "pauses": clock_words.pauses_of(report, now),
        "class_form": given.get("class") or ClassForm(),
        "pause_form": given.get("pause") or PauseForm(),
        "steps": [_step(one) for one in queries.steps_of(report)] + _coming(report),
        "photos": photos,
        "messages": queries.messages_of(report),
        "may": _may(request, report),
        "message_form": given.get("message") or MessageForm(),
        "pass_on_form": given.get("pass_on") or PassOnForm(),
        "reject_form": given.get("reject") or RejectForm(),
        "reveal_form": given.get("reveal") or RevealForm(),
        "note_form": given.get("note") or NoteForm(),
        "problems": [line for form in given.values() for line in form.problems],
        "conflict": conflict,
        "revealed": revealed,
        "is_known": report.identity == Identity.OPEN,
    }
    return page(request, "reports/queue_report.html", context, status=status)


def _may(request: Request, report: Report) -> dict[str, bool]:
    actor = request.actor
    resolved = report.status == Status.RESOLVED
    return {
        "close": resolved and permissions.may_close(actor, report),
        "reopen": report.status in (Status.RESOLVED, Status.CLOSED, Status.REJECTED)
        and permissions.may_reopen(actor, report),
        "write": permissions.may_contact(actor, report),
        "settle": report.is_open and permissions.may_check(actor, report),
        "reveal": permissions.may_reveal(actor, report),
        "pause": _can_pause(report) and permissions.may_pause(actor, report),
        "resume": report.paused_at is not None and permissions.may_pause(actor, report),
        "work": report.person_id is not None and report.person_id == actor.person_id,
    }


def _can_pause(report: Report) -> bool:
    """Whether there is a running promise to stop."""
    runs = report.paused_at is None and report.broken_at is None and report.due_at >= clock.now()
    return report.is_open and report.jurisdiction == Jurisdiction.CITY and runs


def _step(change: StatusChange) -> dict[str, Any]:
    who = change.person.display_name if change.person else ""
    unit = change.unit.name if change.unit else ""
    parts = [part for part in (who, unit) if part]
    if change.obstacle:
        parts.append(label(change.obstacle, Obstacle))
    if change.note:
        parts.append(change.note)
    return {
        "title": words.status_of(change.status),
        "text": ", ".join(parts),
        "at": change.at,
        "full": True,
        "icon": ICONS.get(Status(change.status), ""),
        "state": "done",
    }


def _coming(report: Report) -> list[dict[str, Any]]:
    """What happens next, dashed."""
    if report.is_open and words.is_stopped(report):
        return [{"title": _("The clock runs again, then it is solved"), "state": "next"}]
    if report.is_open:
        return [{"title": _("Solved, as promised"), "when": _due(report), "state": "next"}]
    if report.status == Status.RESOLVED:
        return [{"title": _("The reporter confirms, or it closes by itself"), "state": "next"}]
    return []


def _due(report: Report) -> str:
    from abdi.platform.pages import formats

    moment = formats.moment_short(report.due_at, clock.zone(), words.lang())
    return _("until %(time)s") % {"time": moment}


@guard("reports.photo_original", "view")
def photo(request: Request, number: str, pk: int) -> HttpResponse:
    """One photo, for those who work on the report."""
    report = opened(request, number)
    if not permissions.may_see_photo(request.actor, report):
        raise Http404
    found = queries.photo_of(report, pk)
    if found is None:
        raise Http404
    name = f"{report.number}-{found.pk}.jpg"
    return cast(HttpResponse, file_response(found.key, kind="jpg", name=name))


# ------------------------------------------------------------------ acts


def _act(
    request: Request,
    report: Report,
    name: str,
    form: Any,
    run: Callable[[Any], str],
) -> HttpResponse:
    """Check the form, run the act, say what happened; the page again where it is refused."""
    if not form.is_valid():
        return _page(request, report, status=422, forms={name: form})
    try:
        message = run(form.cleaned_data)
    except Invalid as refusal:
        form.refuse([(refusal.field, refusal.message)])
        return _page(request, report, status=422, forms={name: form})
    except Conflict as conflict:
        fresh = get_object_or_404(desk.work_of(request.actor), pk=report.pk)
        return _page(request, fresh, status=409, conflict=words.conflict_of(conflict))
    return done(request, reverse("reports:report", args=[report.number]), message)


@guard("reports.closing", "confirm")
@require_POST
@once
def close(request: Request, number: str) -> HttpResponse:
    """Confirm that the work is done; never by the one who did it."""
    report = opened(request, number)

    def run(given: dict[str, Any]) -> str:
        actions.close_report(report, by=request.actor, note=given["note"], version=given["version"])
        return _("Closed. The reporter is asked to rate it.")

    return _act(request, report, "note", NoteForm(request.POST), run)


@guard("reports.closing", "reopen")
@require_POST
@once
def reopen(request: Request, number: str) -> HttpResponse:
    """It is not done: back to the desk under the same number."""
    report = opened(request, number)

    def run(given: dict[str, Any]) -> str:
        actions.reopen(report, by=request.actor, note=given["note"], version=given["version"])
        return _("Reopened. It is back in the queue.")

    return _act(request, report, "note", NoteForm(request.POST), run)


@guard("reports.work_log", "create")
@require_POST
@once
def pause(request: Request, number: str) -> HttpResponse:
    """Stop the clock with a reason; the reporter sees it."""
    report = opened(request, number)

    def run(given: dict[str, Any]) -> str:
        actions.pause_clock(
            report,
            by=request.actor,
            reason=given["reason"],
            note=given["note"],
            question=given["question"],
            version=given["version"],
        )
        return _("The clock stands still. The reporter sees why.")

    return _act(request, report, "pause", PauseForm(request.POST), run)


@guard("reports.work_log", "create")
@require_POST
@once
def resume(request: Request, number: str) -> HttpResponse:
    """Let the clock run again."""
    report = opened(request, number)

    def run(given: dict[str, Any]) -> str:
        actions.resume_clock(report, by=request.actor, version=given["version"])
        return _("The clock runs again.")

    return _act(request, report, "note", NoteForm(request.POST), run)


@guard("reports.report", "update")
@require_POST
@once
def set_class(request: Request, number: str) -> HttpResponse:
    """Give the report another class of SP4N; its days are counted anew."""
    report = opened(request, number)

    def run(given: dict[str, Any]) -> str:
        actions.set_class(
            report,
            by=request.actor,
            report_class=ReportClass(given["report_class"]),
            reason=given["why"],
            version=given["version"],
        )
        return _("The class is changed; its days are counted from receipt.")

    return _act(request, report, "class", ClassForm(request.POST), run)


@guard("reports.reporter", "contact")
@require_POST
@once
def message(request: Request, number: str) -> HttpResponse:
    """Write to the reporter through the program."""
    report = opened(request, number)

    def run(given: dict[str, Any]) -> str:
        actions.send_message(
            report,
            by=request.actor,
            text=given["text"],
            is_question=given["is_question"],
            version=given["version"],
        )
        return _("Sent to the reporter.")

    return _act(request, report, "message", MessageForm(request.POST), run)


@guard("reports.report", "update")
@require_POST
@once
def pass_on(request: Request, number: str) -> HttpResponse:
    """Hand over to whom it belongs to."""
    report = opened(request, number)

    def run(given: dict[str, Any]) -> str:
        actions.pass_on(
            report,
            by=request.actor,
            jurisdiction=given["jurisdiction"],
            owner=given["owner"],
            is_safe=given["is_safe"],
            version=given["version"],
        )
        return _("Handed over to %(owner)s. The reporter sees where it went.") % given

    return _act(request, report, "pass_on", PassOnForm(request.POST), run)


@guard("reports.report", "update")
@require_POST
@once
def reject(request: Request, number: str) -> HttpResponse:
    """End what no crew works on, with the reason the reporter reads."""
    report = opened(request, number)

    def run(given: dict[str, Any]) -> str:
        actions.reject(
            report,
            by=request.actor,
            reason=given["reason"],
            note=given["note"],
            version=given["version"],
        )
        return _("Ended. The reporter sees why and may object.")

    return _act(request, report, "reject", RejectForm(request.POST), run)


@guard("reports.reporter", "reveal")
@require_POST
def reveal(request: Request, number: str) -> HttpResponse:
    """Show one field of the reporter's contact, once; he sees who looked and why."""
    report = opened(request, number)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, report, status=422, forms={"reveal": form})
    field = ContactField(form.cleaned_data["field"])
    value = actions.reveal(
        report, by=request.actor, field=field, reason=form.cleaned_data["reason"]
    )
    return _page(request, report, revealed=value or _("Nothing was left that may be shown."))
