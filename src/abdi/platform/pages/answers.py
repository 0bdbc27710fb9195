"""How views answer: a page, or `done` after a write."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme

ENGINE = "jinja2"


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> TemplateResponse:
    """A page of ours: the Jinja2 template with this context, rendered after the view."""
    return TemplateResponse(request, template, context or {}, status=status, using=ENGINE)


def done(request: HttpRequest, url: str, message: str = "", *, undo: str = "") -> HttpResponse:
    """After a write: go to `url` and say once what happened. htmx gets the same by its header.

    `undo` is an address of this site that takes the write back when it is posted to.
    """
    if message:
        messages.success(request, message, extra_tags=undo)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def safe_next(request: HttpRequest, given: str, fallback: str = "/") -> str:
    """`given` where it is an address of this site, else `fallback`."""
    hosts = {request.get_host()}
    return given if url_has_allowed_host_and_scheme(given, hosts, request.is_secure()) else fallback
