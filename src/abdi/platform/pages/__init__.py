"""Pages: one way to answer with a template."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> TemplateResponse:
    """Answer with a Jinja page."""
    return TemplateResponse(request, template, context or {}, status=status)


def done(request: HttpRequest, url: str, message: str = "") -> HttpResponse:
    """After a change: go on to `url`."""
    return redirect(url)
