"""Pages of operators: gateways that turn calls into WhatsApp and text messages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from abdi.duty import actions, queries
from abdi.duty.forms.ringing import GatewayForm
from abdi.duty.models import AlertGateway
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page


@guard("system.webhook", "view")
@require_safe
def gateways(request: Request) -> HttpResponse:
    """The gateways, those in use first, with what they carried lately."""
    context = {"rows": queries.gateway_rows()}
    return page(request, "duty/gateways.html", context)


@guard("system.webhook", "create")
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: Request) -> HttpResponse:
    """Register a gateway and show its secret, this once. Sent twice, the channel is taken."""
    form = GatewayForm(request.POST or None)
    if form.is_valid():
        try:
            gateway, secret = actions.make_gateway(by=request.actor, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return _shown(request, gateway, secret)
    status = 422 if form.is_bound else 200
    return page(request, "duty/new_gateway.html", {"form": form}, status=status)


def _shown(request: Request, gateway: AlertGateway, secret: str) -> HttpResponse:
    context = {"gateway": gateway, "secret": secret}
    shown = page(request, "duty/gateway_secret.html", context)
    shown["Cache-Control"] = "no-store"
    return shown


@guard("system.webhook", "update")
@require_POST
def renew(request: Request, pk: int) -> HttpResponse:
    """A new secret, shown this once."""
    gateway = get_object_or_404(AlertGateway, pk=pk)
    return _shown(request, gateway, actions.renew_gateway_secret(gateway, by=request.actor))


@guard("system.webhook", "update")
@require_POST
@once
def switch_off(request: Request, pk: int) -> HttpResponse:
    """Nothing goes by this gateway any more."""
    actions.switch_off_gateway(get_object_or_404(AlertGateway, pk=pk), by=request.actor)
    said = _("Nothing goes by this gateway any more; the other channels are used.")
    return done(request, reverse("duty:gateways"), said)
