"""Error pages in plain words, with a way on and a reference number where one helps."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from abdi.platform.pages.answers import page


def error_page(
    request: HttpRequest, status: int, message: str = "", reference: str = ""
) -> HttpResponse:
    """The answer for a request that failed: a page for people, JSON for machines."""
    if request.path.startswith(("/api/", "/open311/")):
        return JsonResponse({"error": message, "reference": reference or None}, status=status)
    context = {"message": message, "reference": reference, "current": None, "field": ""}
    return page(request, f"errors/{status}.html", context, status=status).render()


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: moved or never there."""
    return error_page(request, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: another role's page."""
    return error_page(request, 403, _("This page is not for your role."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form could not be read."""
    return error_page(request, 400)


def still_working(request: HttpRequest) -> HttpResponse:
    """202: a long task goes on in the background; its result will stand on the home page."""
    return page(request, "errors/slow.html", status=202)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; plain where even the page fails."""
    reference = secrets.token_hex(4).upper()
    try:
        return error_page(request, 500, reference=reference)
    except Exception:  # the page itself may be what is broken
        text = _("Something went wrong on our side. Your entries are safe. Try again in a minute.")
        return HttpResponse(f"{text} (Ref {reference})", status=500, content_type="text/plain")
