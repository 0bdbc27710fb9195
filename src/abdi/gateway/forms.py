"""Forms of the gateway."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from abdi.gateway.choices import HookTopic, Scope
from abdi.platform import clock
from abdi.platform.forms import CleanForm, OneOfField, SomeOfField, TextField, WholeField
from abdi.platform.labels import label, pairs

LIVES = (("30", _("30 days")), ("90", _("90 days")), ("365", _("One year")))


class KeyForm(CleanForm):
    """A new key: what for, what it may do, how long."""

    name = TextField(label=_("Which program"), limit=80)
    reason = TextField(label=_("What it needs the key for"), limit=300)
    scopes = SomeOfField(label=_("What the key may do"), choices=())
    days = OneOfField(label=_("How long it lives"), choices=LIVES)

    def __init__(self, *inputs: Any, offered: list[Scope], **options: Any) -> None:
        super().__init__(*inputs, **options)
        rows = [(scope.value, label(scope)) for scope in offered]
        self.fields["scopes"].choices = rows  # type: ignore[attr-defined]

    def expires_on(self) -> date:
        """The last day of the key."""
        return clock.today() + timedelta(days=int(self.cleaned_data["days"]))


class HookForm(CleanForm):
    """An address of another program, and what it is told of."""

    name = TextField(label=_("Which program"), limit=80)
    address = TextField(
        label=_("Its address"),
        help_text=_("Begins with https:// and is reachable from the open internet."),
        limit=500,
    )
    topics = SomeOfField(label=_("What it is told of"), choices=pairs(HookTopic))


class VersionForm(CleanForm):
    """What the person saw."""

    version = WholeField(label=_("Version"), low=1, high=1_000_000)


class SwitchForm(VersionForm):
    """On or off, and what the person saw."""

    on = OneOfField(label=_("Status"), choices=(("yes", _("on")), ("no", _("off"))))
