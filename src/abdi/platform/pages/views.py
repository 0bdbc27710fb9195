"""The reader's own switches (language, theme) and the gallery of all parts."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from abdi.platform.access import public
from abdi.platform.before_factor import open_before_factor
from abdi.platform.pages import gallery_data
from abdi.platform.pages.answers import page, safe_next
from abdi.platform.pages.shell import THEME_COOKIE, THEMES

YEAR_SECONDS = 365 * 24 * 3600


@open_before_factor
@public("everybody may read in his language and in the light he likes")
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the language or the theme in a cookie, and go back to where the reader was."""
    answer = HttpResponseRedirect(safe_next(request, request.POST.get("next", "/")))
    lang, theme = request.POST.get("lang", ""), request.POST.get("theme", "")
    if lang in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, lang)
    if theme in THEMES:
        _keep(answer, THEME_COOKIE, theme)
    elif theme:
        answer.delete_cookie(THEME_COOKIE, samesite="Lax")
    return answer


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=YEAR_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


@public("a help page for everybody who builds or checks pages; holds invented data only")
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part in use, with invented data."""
    return page(request, "gallery/staff.html", gallery_data.staff(request))


@public("a help page for everybody who builds or checks pages; holds invented data only")
@require_GET
def gallery_console(request: HttpRequest) -> HttpResponse:
    """The work queue in use, with invented data."""
    return page(request, "gallery/console.html", gallery_data.console())


@public("a help page for everybody who builds or checks pages; holds invented data only")
@require_GET
def gallery_public(request: HttpRequest) -> HttpResponse:
    """The parts of citizens' pages, with invented data."""
    return page(request, "gallery/public.html", gallery_data.public(request))


@open_before_factor
@public("shown when there is no network")
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What to do without signal; kept by the device."""
    return page(request, "errors/offline.html")
