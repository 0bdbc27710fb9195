"""Until somebody has the second factor that a role of his asks for: what stays open, what not."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from abdi.platform.access import Actor, law

View = TypeVar("View", bound=Callable[..., HttpResponse])
VOUCHED: Final = "factor_vouched_for"
"""In a session: the account whose second factor the institution's provider has asked."""


def open_before_factor(view: View) -> View:
    """Declare that a page stays open: it sets a factor up, signs in or out, or helps to read."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    run.abdi_before_factor = True  # type: ignore[attr-defined]
    return run  # type: ignore[return-value]


def stays_open(view: Any) -> bool:
    """Whether a page stays open for who still owes a factor."""
    return getattr(view, "abdi_before_factor", False) is True


def roles_asking() -> frozenset[str]:
    """The roles that ask for a second factor, by the permission file."""
    return frozenset(name for name, row in law().roles.items() if row.get("mfa") == "required")


def is_asked(request: HttpRequest, account_id: int) -> bool:
    """Whether this installation asks a factor of its own of this session.

    Not of the invented accounts of the demo's city, and not where the operator lets the
    institution's provider vouch for it and this session came from there.
    """
    if not settings.ABDI_FACTOR_BY_ROLE:
        return False
    if request.institution.code in settings.ABDI_FACTOR_EXEMPT:  # type: ignore[attr-defined]
        return False
    by_provider = settings.ABDI_OIDC_SECOND_FACTOR == "provider"
    return not (by_provider and request.session.get(VOUCHED) == account_id)


def owed_text(actor: Actor) -> str:
    """The sentence for who owes a factor, with the role that asks for it; empty for others."""
    if not actor.owes_factor:
        return ""
    role = law().roles[actor.owes_factor]["label_id"]
    return _("Your role “%(role)s” asks for a second factor. Set one up, then all else opens.") % {
        "role": role
    }


def to_set_up(request: HttpRequest) -> HttpResponse:
    """On to the page that sets a factor up; 403 with the sentence for fragments."""
    place = reverse(settings.ABDI_FACTOR_ROUTE)
    if not getattr(request, "htmx", False):
        return HttpResponseRedirect(place)
    sentence = owed_text(request.actor)  # type: ignore[attr-defined]
    answer = HttpResponse(sentence, status=403, content_type="text/plain; charset=utf-8")
    answer["HX-Redirect"] = place
    return answer
