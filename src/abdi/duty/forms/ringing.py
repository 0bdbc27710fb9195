"""Input: how a person is called, and a device that rings."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from abdi.duty.choices import AlertChannel
from abdi.duty.models import AlertWish
from abdi.platform.forms import CleanForm, OneOfField, TextField, YesField
from abdi.platform.labels import label

PLACES = 3
LARGEST = 2000


def _channels() -> list[tuple[str, str]]:
    return [("", "–"), *((one.value, label(one)) for one in AlertChannel.outside())]


class WishForm(CleanForm):
    """The order of channels, and quiet nights."""

    first = OneOfField(required=False, label=_("First"), choices=_channels)
    second = OneOfField(required=False, label=_("Then, without a receipt"), choices=_channels)
    third = OneOfField(required=False, label=_("Then"), choices=_channels)
    is_quiet_at_night = YesField(
        required=False, label=_("At night only by e-mail for what can wait (P3 and P4)")
    )

    @staticmethod
    def initial_of(wish: AlertWish | None) -> dict[str, Any]:
        """What is set, or what counts without a wish."""
        order = wish.order.split() if wish else []
        order += [one.value for one in AlertChannel.outside() if one not in order]
        places = dict(zip(("first", "second", "third"), order, strict=False))
        return {**places, "is_quiet_at_night": bool(wish and wish.is_quiet_at_night)}

    def wish(self) -> dict[str, Any]:
        """The wish, for the action."""
        data = self.cleaned_data
        order = [data[name] for name in ("first", "second", "third") if data[name]]
        return {"order": order, "is_quiet_at_night": data["is_quiet_at_night"]}


class DeviceForm(CleanForm):
    """What the browser gives for a device: PushSubscription.toJSON(), and its name."""

    subscription = TextField(limit=LARGEST)
    name = TextField(limit=80, required=False)

    def device(self) -> dict[str, str]:
        """Address, keys and name; empty texts where the browser gave none."""
        try:
            found = json.loads(self.cleaned_data["subscription"])
        except (ValueError, RecursionError):
            found = None
        told = found if isinstance(found, dict) else {}
        given = told.get("keys")
        keys = given if isinstance(given, dict) else {}
        return {
            "endpoint": _text(told.get("endpoint"))[:500],
            "p256dh": _text(keys.get("p256dh"))[:100],
            "auth": _text(keys.get("auth"))[:40],
            "name": self.cleaned_data["name"] or "–",
        }


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


class GatewayForm(CleanForm):
    """A gateway for calls."""

    name = TextField(label=_("Which program"), limit=80)
    channel = OneOfField(
        label=_("What it carries"),
        choices=[(one.value, label(one)) for one in (AlertChannel.WHATSAPP, AlertChannel.SMS)],
    )
    address = TextField(
        label=_("Its address"),
        help_text=_("Begins with https:// and is reachable from the open internet."),
        limit=500,
    )
