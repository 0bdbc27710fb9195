"""Pages: addresses of other programs that are told of changes, and what was sent to them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from abdi.gateway import actions, queries
from abdi.gateway.forms import HookForm, SwitchForm, VersionForm
from abdi.gateway.models import Hook
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of


def _hook(request: Request, pk: int) -> Hook:
    found: Hook = get_object_or_404(queries.visible_hooks(request.actor), pk=pk)
    return found


@guard("system.webhook", "create")
@require_http_methods(["GET", "HEAD", "POST"])
def make_hook(request: Request) -> HttpResponse:
    """Register an address and show its secret, this once. Sent twice, the name is taken."""
    form = HookForm(request.POST or None)
    if form.is_valid():
        try:
            hook, secret = actions.make_hook(by=request.actor, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return _shown(request, hook, secret)
    status = 422 if form.is_bound else 200
    return page(request, "gateway/new_hook.html", {"form": form}, status=status)


def _shown(request: Request, hook: Hook, secret: str, *, renewed: bool = False) -> HttpResponse:
    context = {"hook": hook, "secret": secret, "renewed": renewed}
    shown = page(request, "gateway/hook_secret.html", context)
    shown["Cache-Control"] = "no-store"
    return shown


@guard("system.webhook", "update")
@require_POST
def renew_secret(request: Request, pk: int) -> HttpResponse:
    """A new secret, shown this once. Sent twice, the second press is told of the first."""
    hook = _hook(request, pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Load the page again, then choose once more."))
    seen = form.cleaned_data["version"]
    secret = actions.renew_hook_secret(hook, by=request.actor, seen=seen)
    return _shown(request, hook, secret, renewed=True)


@guard("system.webhook", "view")
@require_safe
def hook_page(request: Request, pk: int) -> HttpResponse:
    """One address: what it is told of, whether it answers, and every delivery."""
    hook = _hook(request, pk)
    context = {
        "hook": hook,
        "deliveries": page_of(queries.deliveries_of(hook), request),
        "paused": hook.paused_until is not None and hook.paused_until > clock.now(),
    }
    return page(request, "gateway/hook.html", context)


@guard("system.webhook", "update")
@require_POST
def try_hook(request: Request, pk: int) -> HttpResponse:
    """Send a test."""
    hook = _hook(request, pk)
    actions.try_hook(hook, by=request.actor)
    place = f"/atur/integrasi/kait/{hook.pk}"
    return done(request, place, _("The test leaves within seconds. Load the page again to see it."))


@guard("system.webhook", "update")
@require_POST
def switch_hook(request: Request, pk: int) -> HttpResponse:
    """Switch an address on or off."""
    hook = _hook(request, pk)
    form = SwitchForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Load the page again, then choose once more."))
    on = form.cleaned_data["on"] == "yes"
    actions.switch_hook(hook, by=request.actor, on=on, seen=form.cleaned_data["version"])
    said = _("The program is told again.") if on else _("The program is told nothing any more.")
    return done(request, f"/atur/integrasi/kait/{hook.pk}", said)


@guard("system.webhook", "update")
@require_POST
def send_again(request: Request, pk: int, delivery: int) -> HttpResponse:
    """Try a delivery that was given up once more."""
    hook = _hook(request, pk)
    row = get_object_or_404(queries.deliveries_of(hook), pk=delivery)
    actions.send_again(hook, row, by=request.actor)
    return done(request, f"/atur/integrasi/kait/{hook.pk}", _("It is sent again within seconds."))
