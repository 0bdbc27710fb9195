"""Receipts: what gateways and devices say became of a message. Signed, or nothing happens."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography.fernet import InvalidToken
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from abdi.duty import actions, links, telegraph
from abdi.duty.actions.gateways import PURPOSE
from abdi.duty.choices import TellingState
from abdi.duty.models import AlertGateway, Telling
from abdi.platform import clock, sealing
from abdi.platform.access import SYSTEM, public
from abdi.platform.outgoing import signature

LARGEST: Final = 10_000
FRESH: Final = timedelta(minutes=5)
LONGEST: Final = 200


@csrf_exempt
@public("a gateway says what became of a message; its signature is asked, not a session")
@require_POST
def gateway_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """A gateway's receipt: {"key", "state", "problem"}, signed like our own messages."""
    gateway = AlertGateway.objects.filter(pk=pk, off_at__isnull=True).first()
    if gateway is None or not _is_signed(request, gateway):
        return JsonResponse({"title": "no such gateway, or a wrong signature"}, status=401)
    told = _read(request.body)
    state = telegraph.STATES.get(str(told.get("state")))
    key = told.get("key")
    if state is None or not isinstance(key, str):
        return JsonResponse({"title": "key and state are asked"}, status=422)
    telling = Telling.objects.filter(key=key, channel=gateway.channel).first()
    if telling is None:
        return JsonResponse({"title": "no such message"}, status=404)
    if state != TellingState.SENT:
        problem = str(told.get("problem") or "")[:LONGEST]
        actions.note_receipt(telling, by=SYSTEM, state=state, problem=problem)
    return HttpResponse(status=204)


def _is_signed(request: HttpRequest, gateway: AlertGateway) -> bool:
    """Whether the body was signed with the gateway's secret within the last minutes."""
    moment = request.headers.get("Abdi-Time", "")
    if not moment.isdecimal() or len(moment) > 11 or len(request.body) > LARGEST:
        return False
    at = datetime.fromtimestamp(int(moment), UTC)
    if abs(clock.now() - at) > FRESH:
        return False
    try:
        secret = sealing.unseal(gateway.sealed, PURPOSE).encode()
    except InvalidToken:
        return False
    wanted = signature(secret, request.body, at)["Abdi-Signature"]
    return hmac.compare_digest(wanted, request.headers.get("Abdi-Signature", ""))


def _read(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@csrf_exempt
@public("a device says that it rang; the signed link of the message is asked, not a session")
@require_POST
def device_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """A device's receipt: the message arrived."""
    pk = links.telling_of(token, links.RECEIPT)
    telling = Telling.objects.filter(pk=pk).first() if pk is not None else None
    if telling is None:
        return JsonResponse({"title": "no such message"}, status=404)
    actions.note_receipt(telling, by=SYSTEM, state=TellingState.DELIVERED)
    return HttpResponse(status=204)
