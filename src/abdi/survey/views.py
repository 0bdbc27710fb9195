"""Pages of the survey: rate a service without account; the results."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Request, guard, public
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.norms import norms
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.ratelimit import address_of, limit
from abdi.survey import actions, queries
from abdi.survey.forms import AnswerForm, PeriodForm

COOKIE = "abdi_nilai"
COOKIE_LIFE_SECONDS = 400 * 24 * 3600
MOST_ANSWERS_AN_HOUR = 30
ANYBODY = "citizens rate a service without an account"


@public(ANYBODY)
@guard("survey.answer", "create")
def rate_list(request: Request) -> HttpResponse:
    """Services that can be rated now."""
    open_now = queries.open_periods()
    services = list(people.services().filter(id__in=open_now, is_public=True))
    context = {"rows": [(service, open_now[service.pk]) for service in services]}
    return page(request, "survey/rate_list.html", context)


@public(ANYBODY)
@guard("survey.answer", "create")
@require_http_methods(["GET", "POST"])
@once
def rate(request: Request, code: str) -> HttpResponse:
    """Nine questions about one service."""
    service = get_object_or_404(people.services().filter(is_public=True), code=code)
    period = queries.open_period(service.pk)
    if period is None:
        return page(request, "survey/closed.html", {"service": service})
    token = request.COOKIES.get(COOKIE, "")[:64]
    figures = norms("survey", on=clock.today())
    form = AnswerForm(request.POST if request.method == "POST" else None, norms=figures)
    context = {"service": service, "period": period, "form": form}
    if request.method == "POST" and form.is_valid():
        limit(f"survey:{address_of(request)}", most=MOST_ANSWERS_AN_HOUR, seconds=3600)
        try:
            answers = form.answers()
            actions.answer_survey(service, answers=answers, by=request.actor, token=token)
        except Invalid as refusal:
            form.refuse([(refusal.field, refusal.message)])
        except Conflict as refusal:
            return page(request, "survey/thanks.html", {**context, "again": refusal.message})
        else:
            return page(request, "survey/thanks.html", {**context, "again": ""})
    who = actions.sealed(period.pk, request.actor, token)
    if request.method == "GET" and queries.has_answered(period.pk, who):
        again = _("You have answered this survey already. Thank you.")
        return page(request, "survey/thanks.html", {**context, "again": again})
    status = 422 if form.errors else 200
    return _with_token(page(request, "survey/rate.html", context, status=status), token)


def _with_token(answer: HttpResponse, token: str) -> HttpResponse:
    """The device remembers a random word, so that it answers once; it says nothing else."""
    if not token:
        answer.set_cookie(
            COOKIE,
            secrets.token_hex(16),
            max_age=COOKIE_LIFE_SECONDS,
            path=reverse("survey:rate_list"),
            secure=not settings.ABDI_PLAIN_HTTP,
            httponly=True,
            samesite="Lax",
        )
    return answer


@public("results of the satisfaction survey are published")
@guard("survey.result", "view")
def results(request: Request) -> HttpResponse:
    """The newest result of every surveyed service, or one of them with all its elements."""
    found = queries.results()
    chosen = request.GET.get("layanan", "")[:40]
    one = next((row for row in found if row.service_code == chosen), None)
    if chosen and one is None:
        raise Http404
    if one is None and len(found) == 1:
        one = found[0]
    context = {"rows": found, "one": one, **_managed(request)}
    return page(request, "survey/results.html", context)


def _managed(request: Request, form: PeriodForm | None = None, code: str = "") -> dict[str, Any]:
    """What those in charge may open and close."""
    if not request.actor.is_signed_in or request.actor.reach("survey.form", "publish").nothing:
        return {"services": [], "form": None, "code": ""}
    services = list(queries.manageable_services(request.actor)[:100])
    open_now = queries.open_periods([service.pk for service in services])
    rows = [(service, open_now.get(service.pk)) for service in services]
    return {"services": rows, "form": form or PeriodForm(), "code": code}


@guard("survey.form", "publish")
@require_POST
@once
def open_survey(request: Request, code: str) -> HttpResponse:
    """Open a survey of a service."""
    service = get_object_or_404(queries.manageable_services(request.actor), code=code)
    form = PeriodForm(request.POST)
    if form.is_valid():
        try:
            actions.open_period(service, by=request.actor, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse([(refusal.field, refusal.message)])
        else:
            message = _("The survey is open at %(address)s.") % {"address": f"/nilai/{code}"}
            return done(request, reverse("survey:results"), message)
    context = {"rows": queries.results(), "one": None, **_managed(request, form, code)}
    return page(request, "survey/results.html", context, status=422)


@guard("survey.form", "publish")
@require_POST
@once
def close_survey(request: Request, pk: int) -> HttpResponse:
    """End a survey and show its result."""
    period = get_object_or_404(queries.manageable_periods(request.actor), pk=pk)
    seen = request.POST.get("version", "")
    actions.close_period(period, by=request.actor, seen=int(seen) if seen.isdecimal() else None)
    address = f"{reverse('survey:results')}?layanan={period.service.code}"
    return done(request, address, _("The survey has ended. This is its result."))
