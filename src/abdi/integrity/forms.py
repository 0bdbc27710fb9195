"""What people fill in at the desks of integrity."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from abdi.integrity.choices import AdviceKind
from abdi.platform.forms import (
    CleanForm,
    LongTextField,
    OneOfField,
    TextField,
    WholeField,
    YesField,
)
from abdi.platform.labels import pairs


class SignForm(CleanForm):
    """The tick under the declaration, and the version of its words."""

    text_version = TextField(limit=20)
    agree = YesField(label=_("I have read this and I will keep to it"))


class AskForm(CleanForm):
    """A may-I question in one's own words."""

    kind = OneOfField(choices=pairs(AdviceKind), label=_("About"))
    question = LongTextField(
        limit=2000,
        rows=4,
        label=_("Your question"),
        help_text=_("Say what, when and in which role. Leave out names of others."),
    )


class AnswerForm(CleanForm):
    """An officer's answer."""

    text = LongTextField(
        limit=4000,
        rows=6,
        label=_("Your answer"),
        help_text=_("It stands on record with your name. Say what is allowed, what not, and why."),
    )
    seen = WholeField(required=False)


class PatternForm(CleanForm):
    """An answer for all."""

    kind = OneOfField(choices=pairs(AdviceKind), label=_("About"))
    text = LongTextField(
        limit=2000,
        rows=4,
        label=_("The answer for all"),
        help_text=_("No names, no unit, nothing by which somebody could be known."),
    )


class SettleForm(CleanForm):
    """Whether an examination begins, and why."""

    take_up = OneOfField(
        choices=[("ya", _("An examination begins")), ("tidak", _("It is not followed"))],
        label=_("Decision"),
    )
    words = TextField(limit=500, label=_("Reason"))
