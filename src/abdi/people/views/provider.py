"""Sign-in at the institution's own provider."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from abdi.people import entering, oidc, passkeys
from abdi.people.forms import SignInForm
from abdi.people.views.entry import SIGN_IN, let_in
from abdi.platform.access import Request, public
from abdi.platform.before_factor import VOUCHED, open_before_factor
from abdi.platform.pages import page

TRIP = "provider_trip"


def _callback() -> str:
    return str(settings.ABDI_PUBLIC_URL.rstrip("/") + reverse("people:provider_return"))


@open_before_factor
@public(SIGN_IN)
@require_POST
def provider_start(request: Request) -> HttpResponse:
    """Go to the provider; the session keeps what the return must match.

    A page that goes on by itself: browsers refuse a form that is redirected to another host.
    """
    if not oidc.is_offered():
        raise Http404
    try:
        address, kept = oidc.start(_callback())
    except oidc.NotProved as problem:
        return _refused(request, str(problem))
    request.session[TRIP] = {**kept, "place": entering.next_place(request)}
    return page(request, "people/to_provider.html", {"address": address})


@open_before_factor
@public(SIGN_IN)
@require_GET
def provider_return(request: Request) -> HttpResponse:
    """Back from the provider: the session opens, or a sentence says why not."""
    if not oidc.is_offered():
        raise Http404
    kept = request.session.pop(TRIP, None)
    try:
        account = oidc.finish(kept, request.GET.dict(), _callback())
    except oidc.NotProved as problem:
        return _refused(request, str(problem))
    closed = entering.closed_text(account)
    if closed:
        return _refused(request, closed)
    if entering.ask_for_code(request, account):
        request.session["next"] = kept["place"]
        return redirect("people:code")
    answer = let_in(request, account, kept["place"])
    request.session[VOUCHED] = account.pk
    return answer


def _refused(request: Request, sentence: str) -> HttpResponse:
    form = SignInForm({})
    form.errors.clear()
    form.add_error(None, sentence)
    context = {"form": form, "next": "/beranda", "ended": False, "provider": True}
    context["passkeys"] = passkeys.are_possible()
    return page(request, "people/sign_in.html", context, status=422)
