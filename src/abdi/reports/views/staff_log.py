"""Log a report somebody told by phone or WhatsApp: paste, check the proposals, confirm."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.norms import norms
from abdi.platform.pages import done, page
from abdi.reports import actions, links, queries
from abdi.reports.actions import Given
from abdi.reports.forms.desk import LogForm, PasteForm
from abdi.reports.queries.desk import Tab
from abdi.reports.rules import words as rules
from abdi.reports.views import staff_words as words
from abdi.reports.views.staff_queue import queue_address


@guard("reports.dispatch", "create")
@require_http_methods(["GET", "POST"])
def log(request: Request) -> HttpResponse:
    """First the pasted message, then the form it proposes."""
    if request.method == "GET":
        return _page(request, paste=PasteForm())
    if "message" in request.POST:
        paste = PasteForm(request.POST)
        if not paste.is_valid():
            return _page(request, paste=paste, status=422)
        return _page(request, form=LogForm(initial=_proposal(paste.cleaned_data)))
    form = LogForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    return _save(request, form)


def _page(
    request: Request,
    *,
    paste: PasteForm | None = None,
    form: LogForm | None = None,
    status: int = 200,
) -> HttpResponse:
    kinds = [(row.code, words.name_of(row)) for row in queries.categories()] if form else []
    context = {"paste": paste, "form": form, "kinds": kinds, "now": clock.now()}
    return page(request, "reports/queue_log.html", context, status=status)


def _proposal(given: dict[str, Any]) -> dict[str, Any]:
    """What the words tell: kind, place and number; the clock runs from when it was heard."""
    text = given["message"]
    figures = rules.words_of_norms(norms("reports", on=clock.today()))
    likely = rules.suggestions(text, "", 0, figures)
    found = rules.read_message(text)
    return {
        "key": links.new_key(),
        "category": likely[0].code if likely else rules.OTHER,
        "text": text,
        "place_text": found.place,
        "phone": found.phone,
        "heard_at": clock.local(clock.now()).strftime("%Y-%m-%dT%H:%M"),
        "channel": given["channel"],
    }


def _save(request: Request, form: LogForm) -> HttpResponse:
    given = form.cleaned_data
    category = queries.category_of(given["category"])
    if category is None:
        form.refuse([("category", _("Please choose one of the list."))])
        return _page(request, form=form, status=422)
    told = Given(
        text=given["text"],
        place_text=given["place_text"],
        phone=given["phone"],
        channel=given["channel"],
        received_at=given["heard_at"],
    )
    try:
        report = actions.receive_report(
            category, by=request.actor, given=told, client_key=given["key"]
        )
    except Invalid as refusal:
        form.refuse([(refusal.field, refusal.message)])
        return _page(request, form=form, status=422)
    if report.is_protected:
        message = _("Kept as a protected case %(number)s.") % {"number": report.number}
        return done(request, reverse("reports:queue"), message)
    message = _("Report %(number)s is in the queue.") % {"number": report.number}
    return done(request, queue_address(Tab.NEW, report.number), message)
