"""Gateways for WhatsApp and text messages: registered with a secret that is shown once."""

from __future__ import annotations

import secrets
from typing import Final
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.duty import events
from abdi.duty.choices import AlertChannel
from abdi.duty.models import AlertGateway
from abdi.duty.permissions import may_change_gateway, may_make_gateway
from abdi.platform import clock, sealing
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action
from abdi.platform.journal import record
from abdi.platform.outgoing import is_public

PURPOSE: Final = "alert gateway"
KIND: Final = (AlertChannel.WHATSAPP, AlertChannel.SMS)


@action(allowed=may_make_gateway)
def make_gateway(*, by: Actor, name: str, channel: str, address: str) -> tuple[AlertGateway, str]:
    """Register a gateway and return it with its secret, which is shown this once.

    Raises Invalid for an address that may not be asked, or a second gateway of the same channel.
    """
    if channel not in KIND:
        raise Invalid(_("A gateway carries WhatsApp or text messages."), field="channel")
    _check_address(address)
    secret = "kait_" + secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            row = AlertGateway.objects.create(
                name=name,
                channel=channel,
                address=address,
                sealed=sealing.seal(secret, PURPOSE),
                made_by=by.ref,
                made_at=clock.now(),
            )
    except IntegrityError:
        raise Invalid(_("There is a gateway for this channel already."), field="channel") from None
    _note(row, by, "made")
    return row, secret


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    whole = parts.scheme == "https" and parts.hostname and port in (None, 443)
    if not whole or parts.username or not address.isascii() or " " in address:
        raise Invalid(
            _("Give a whole https address without a password and with the usual port."),
            field="address",
        )
    host = str(parts.hostname)
    if (host.replace(".", "").isdigit() or ":" in host) and not is_public(host):
        raise Invalid(_("This address is not on the open internet."), field="address")


@action(allowed=may_change_gateway)
def renew_gateway_secret(gateway: AlertGateway, *, by: Actor) -> str:
    """A new secret, returned this once; the old one signs nothing any more."""
    secret = "kait_" + secrets.token_urlsafe(32)
    rows = AlertGateway.objects.filter(pk=gateway.pk, off_at__isnull=True)
    if not rows.update(sealed=sealing.seal(secret, PURPOSE)):
        raise Conflict(_("This gateway is switched off."))
    _note(gateway, by, "renewed")
    return secret


@action(allowed=may_change_gateway)
def switch_off_gateway(gateway: AlertGateway, *, by: Actor) -> None:
    """Nothing goes by this gateway any more; raises Conflict where it is off already."""
    rows = AlertGateway.objects.filter(pk=gateway.pk, off_at__isnull=True)
    if not rows.update(off_at=clock.now()):
        raise Conflict(_("This gateway is switched off."))
    _note(gateway, by, "off")


def _note(row: AlertGateway, by: Actor, what: str) -> None:
    fact = events.AlertGatewaySet(gateway_id=row.pk, channel=row.channel, what=what)
    record(fact, by=by, about=row)
