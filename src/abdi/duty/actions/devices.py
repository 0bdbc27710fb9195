"""How a person is reached: his wishes, the devices that ring, the institution's push key."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from py_vapid import Vapid02

from abdi.duty import events
from abdi.duty.choices import AlertChannel
from abdi.duty.models import AlertWish, PushDevice, PushKey
from abdi.duty.permissions import may_be_called, may_take_off, only_other_modules
from abdi.platform import clock, sealing
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.actions import Conflict, Invalid, action
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.people.models import Person

PURPOSE: Final = "push key"
MOST_DEVICES: Final = 5
_POINT: Final = 65
_AUTH: Final = 16


@action(allowed=may_be_called)
def set_wish(
    person: Person, *, by: Actor, order: Iterable[str], is_quiet_at_night: bool
) -> AlertWish:
    """Say by which channels one is called first, and whether what can wait stays quiet at night.

    Raises Invalid for an unknown channel.
    """
    wanted = list(dict.fromkeys(order))
    if not set(wanted) <= set(AlertChannel.outside()):
        raise Invalid(_("Choose from the channels of the list."), field="order")
    row, _made = AlertWish.objects.update_or_create(
        person=person,
        defaults={"order": " ".join(wanted), "is_quiet_at_night": is_quiet_at_night},
    )
    fact = events.AlertWishSet(
        person_id=person.pk, order=row.order, is_quiet_at_night=is_quiet_at_night
    )
    record(fact, by=by, about=row)
    return row


@action(allowed=may_be_called)
def add_device(
    person: Person, *, by: Actor, endpoint: str, p256dh: str, auth: str, name: str
) -> PushDevice:
    """Let a browser ring for oneself; the same browser again is the same device.

    Raises Invalid for what no browser sends, Conflict for a sixth device.
    """
    _check_device(endpoint, p256dh, auth)
    digest = hashlib.sha256(endpoint.encode()).hexdigest()
    others = PushDevice.objects.filter(person=person).exclude(endpoint_hash=digest)
    if others.count() >= MOST_DEVICES:
        raise Conflict(_("Five devices ring for you already. Take one off first."))
    row, _made = PushDevice.objects.update_or_create(
        endpoint_hash=digest,
        defaults={
            "person": person,
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
            "name": name,
            "made_at": clock.now(),
        },
    )
    fact = events.PushDeviceAdded(device_id=row.pk, person_id=person.pk)
    record(fact, by=by, about=row)
    return row


def _check_device(endpoint: str, p256dh: str, auth: str) -> None:
    parts = urlsplit(endpoint)
    if parts.scheme != "https" or not parts.hostname or parts.username or not endpoint.isascii():
        raise Invalid(_("This browser gave no address to ring."), field="endpoint")
    point = _bytes(p256dh)
    if len(point) != _POINT or len(_bytes(auth)) != _AUTH:
        raise Invalid(_("This browser gave no keys."), field="keys")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValueError, UnsupportedAlgorithm):
        raise Invalid(_("This browser gave no keys."), field="keys") from None


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return b""


@action(allowed=may_take_off)
def remove_device(device: PushDevice, *, by: Actor) -> None:
    """Take one of one's own devices off. Raises Conflict where it is gone already."""
    if not PushDevice.objects.filter(pk=device.pk).delete()[0]:
        raise Conflict(_("This device rings for you no more."))
    fact = events.PushDeviceRemoved(person_id=device.person_id, expired=False)
    record(fact, by=by, about=device.ref)


@action(allowed=only_other_modules)
def drop_expired(device: PushDevice, *, by: Actor) -> None:
    """Its push service says that the device is gone."""
    fact = events.PushDeviceRemoved(person_id=device.person_id, expired=True)
    record(fact, by=by, about=device.ref)
    PushDevice.objects.filter(pk=device.pk).delete()


def push_key() -> Vapid02:
    """The key of the institution for push services, made at the first use."""
    row = PushKey.objects.first()
    if row is None:
        try:
            with transaction.atomic():
                row = make_push_key(by=SYSTEM)
        except IntegrityError:
            row = PushKey.objects.get()
    return Vapid02.from_pem(sealing.unseal(row.sealed, PURPOSE).encode())


@action(allowed=only_other_modules)
def make_push_key(*, by: Actor) -> PushKey:
    """Make the key; there is one for each institution."""
    made = Vapid02()
    made.generate_keys()
    sealed = sealing.seal(made.private_pem().decode(), PURPOSE)
    row = PushKey.objects.create(sealed=sealed, made_at=clock.now())
    record(events.PushKeyMade(key_id=row.pk), by=by, about=row)
    return row


def public_push_key() -> str:
    """The open half of the key, as a browser wants it."""
    point = push_key().public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
