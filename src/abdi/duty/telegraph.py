"""A call by a gateway for WhatsApp or text messages: a signed message to its address.

docs/gateway-messages.md describes what is sent and what a gateway answers.
"""

from __future__ import annotations

import json
from typing import Final

from cryptography.fernet import InvalidToken
from django.urls import reverse

from abdi.duty import queries
from abdi.duty.actions.gateways import PURPOSE
from abdi.duty.choices import TellingState
from abdi.duty.models import Telling
from abdi.duty.sent import NotCarried, words_of
from abdi.platform import clock, sealing
from abdi.platform.notices.telling import link
from abdi.platform.outgoing import NotSent, Outgoing, signature

STATES: Final = {
    "sent": TellingState.SENT,
    "delivered": TellingState.DELIVERED,
    "read": TellingState.READ,
    "failed": TellingState.FAILED,
}
_FINE: Final = range(200, 300)
_FOR_EVER: Final = (400, 404, 410, 422)


def send(telling: Telling, line: Outgoing) -> None:
    """Hand the message to the gateway. Raises NotCarried with the problem."""
    gateway = queries.address_of_gateway(telling.channel)
    if gateway is None or not telling.person.phone:
        raise NotCarried("no gateway or no number", for_ever=True)
    words = words_of(telling)
    told = {
        "key": telling.key,
        "channel": telling.channel,
        "to": telling.person.phone,
        "title": words.title,
        "text": words.body,
        "link": words.answer,
        "severity": telling.alert.severity,
        "receipt": link(reverse("duty:receipt", args=[gateway.pk])),
    }
    body = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
    try:
        secret = sealing.unseal(gateway.sealed, PURPOSE).encode()
        headers = {
            "Content-Type": "application/json",
            "Abdi-Key": telling.key,
            "Abdi-Topic": "alert",
            **signature(secret, body, clock.now()),
        }
        status = line.request("POST", gateway.address, body=body, headers=headers).status
    except NotSent as problem:
        raise NotCarried(str(problem)) from problem
    except InvalidToken as problem:
        raise NotCarried("the secret cannot be read", for_ever=True) from problem
    if status not in _FINE:
        raise NotCarried(f"HTTP {status}", for_ever=status in _FOR_EVER)
