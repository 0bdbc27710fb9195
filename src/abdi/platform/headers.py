"""Security headers on every answer, and what a page must ask for to get more.

@guard("reports.report", "create")
@needs("camera", "geolocation")
def report_form(request): ...
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]
ViewT = TypeVar("ViewT", bound=View)

POWERS: Final = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
"""What a page could ask the device for; all of it is off unless a page needs it."""
YEAR_SECONDS: Final = 31_536_000
_NEEDS: Final = "abdi_needs"
_NO_REFERRER: Final = "abdi_no_referrer"
_PERSONAL: Final = "abdi_personal"


class SecurityHeaders:
    """Middleware, the outermost one: also errors and static files leave with these headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.fixed = _fixed_headers()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then add what the answer does not say itself."""
        response = self.get_response(request)
        for name, value in self.fixed.items():
            response.headers.setdefault(name, value)
        response.headers["Permissions-Policy"] = permissions_policy(getattr(response, _NEEDS, ()))
        if getattr(response, _NO_REFERRER, False):
            response.headers["Referrer-Policy"] = "no-referrer"
        if _is_personal(request, response):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def content_policy(tiles: str = "") -> str:
    """The Content-Security-Policy of pages; `tiles` is the address of the base map, if any."""
    pictures = " ".join(filter(None, ["'self' data: blob:", _origin(tiles)]))
    return (
        "default-src 'self'; script-src 'self'; style-src 'self'; "
        f"img-src {pictures}; connect-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def permissions_policy(allowed: object = ()) -> str:
    """The Permissions-Policy that opens `allowed` to this site and nothing to others."""
    return _policy(
        frozenset(allowed) if isinstance(allowed, set | frozenset | tuple | list) else frozenset()
    )


@lru_cache(maxsize=256)
def _policy(wanted: frozenset[object]) -> str:
    return ", ".join(f"{power}=({'self' if power in wanted else ''})" for power in POWERS)


def needs(*powers: str) -> Callable[[ViewT], ViewT]:
    """Let a page ask the device for `powers`, of POWERS. Raises ValueError for unknown ones."""
    if unknown := set(powers) - set(POWERS):
        raise ValueError(f"no such power: {', '.join(sorted(unknown))}")
    return _marking(_NEEDS, powers)


def no_referrer(view: ViewT) -> ViewT:
    """Send no referrer from this page, not even to ourselves: integrity pages."""
    return _marking(_NO_REFERRER, True)(view)


def personal(view: ViewT) -> ViewT:
    """Never store this page, also where nobody is signed in: tracking and evidence links."""
    return _marking(_PERSONAL, True)(view)


def _marking(mark: str, value: object) -> Callable[[ViewT], ViewT]:
    def decorate(view: ViewT) -> ViewT:
        @wraps(view)
        def marked(*args: object, **options: object) -> HttpResponseBase:
            response = view(*args, **options)
            setattr(response, mark, value)
            return response

        return cast(ViewT, marked)

    return decorate


def _is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    if getattr(response, _PERSONAL, False):
        return True
    session = getattr(request, "session", None)
    return session is not None and session.accessed and SESSION_KEY in session


def _fixed_headers() -> dict[str, str]:
    headers = {
        "Content-Security-Policy": content_policy(getattr(settings, "ABDI_TILES", "")),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if not getattr(settings, "ABDI_PLAIN_HTTP", False):
        headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}; includeSubDomains"
    return headers


def _origin(address: str) -> str:
    """Scheme and host of an address; `{s}` for one of several hosts becomes a star."""
    if not address:
        return ""
    parts = urlsplit(address.replace("{s}", "*"))
    if parts.scheme != "https" or not parts.netloc or set(parts.netloc) & set(" ;,'\""):
        raise ValueError("ABDI_TILES must be an address that begins with https://")
    return f"https://{parts.netloc}"
