"""A call by web push: sealed for the device, signed by the institution's key, without names.

The push service carries what it cannot read (RFC 8291) and knows the sender by a key (RFC 8292).
The payload holds no personal data: the device asks Abdi for the rest when it is tapped.
"""

from __future__ import annotations

import hashlib
import json
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from py_vapid import Vapid02
from pywebpush import WebPusher

from abdi.duty import links
from abdi.duty.actions import devices
from abdi.duty.models import PushDevice, Telling
from abdi.duty.sent import NotCarried, words_of
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.outgoing import NotSent, Outgoing

TTL_SECONDS: Final = 1800
TOKEN_SECONDS: Final = 3600
_FINE: Final = range(200, 300)
_GONE: Final = (404, 410)


def send(telling: Telling, line: Outgoing) -> None:
    """Ring every device of the person; one that took it is enough.

    A device whose service says it is gone is removed. Raises NotCarried where none took it.
    """
    payload = payload_of(telling)
    topic = hashlib.sha256(telling.key.encode()).hexdigest()[:32]
    key = devices.push_key()
    problems, taken, gone = [], 0, 0
    for device in PushDevice.objects.filter(person_id=telling.person_id).order_by("id"):
        try:
            status = _post(device, payload, topic, key, line)
        except NotSent as problem:
            problems.append(str(problem))
            continue
        taken += status in _FINE
        if status in _GONE:
            devices.drop_expired(device, by=SYSTEM)
            gone += 1
        elif status not in _FINE:
            problems.append(f"HTTP {status}")
    if not taken:
        raise NotCarried(problems[0] if problems else "no device", for_ever=not problems)


def payload_of(telling: Telling) -> bytes:
    """What the device gets: a title without names, the page of the call, where its receipt goes."""
    words = words_of(telling)
    return json.dumps(
        {
            "title": words.title,
            "tag": telling.key,
            "path": urlsplit(words.answer).path,
            "receipt": reverse(
                "duty:device_receipt", args=[links.token_of(telling.pk, links.RECEIPT)]
            ),
        },
        separators=(",", ":"),
    ).encode()


def _post(device: PushDevice, payload: bytes, topic: str, key: Vapid02, line: Outgoing) -> int:
    where = urlsplit(device.endpoint)
    claims = {
        "aud": f"{where.scheme}://{where.netloc}",
        "exp": int(clock.now().timestamp()) + TOKEN_SECONDS,
        "sub": f"mailto:{settings.ABDI_MAIL_FROM}",
    }
    asked = {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}}
    body = WebPusher(asked).encode(payload)["body"]
    headers = {
        **key.sign(claims),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL_SECONDS),
        "Urgency": "high",
        "Topic": topic,
    }
    return line.request("POST", device.endpoint, body=body, headers=headers).status
