"""Input of the desk: which list, which report, what to do with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from abdi.platform import clock
from abdi.platform.forms import (
    CleanForm,
    LongTextField,
    MomentField,
    OneOfField,
    PhoneField,
    TextField,
    WholeField,
    YesField,
)
from abdi.platform.labels import pairs
from abdi.reports.choices import (
    Channel,
    ContactField,
    Jurisdiction,
    PauseReason,
    RejectReason,
    ReportClass,
)

TYPED_CHANNELS = (
    Channel.WHATSAPP,
    Channel.PHONE_112,
    Channel.WALK_IN,
    Channel.SMS,
    Channel.SOCIAL_MEDIA,
    Channel.EMAIL,
    Channel.LEADER_ORDER,
    Channel.COUNCIL,
)
OLDEST_CALL = timedelta(days=30)


class SeenForm(CleanForm):
    """The version a person had before him, and the list he came from."""

    version = WholeField(required=False, low=1, widget=forms.HiddenInput())
    tab = TextField(required=False, limit=20, widget=forms.HiddenInput())


class CategoryForm(SeenForm):
    """Settle the kind of a report."""

    category = TextField(limit=30, label=gettext_lazy("Kind"))
    keep_words_back = YesField(required=False, label=gettext_lazy("The words name a person"))


class AssignForm(SeenForm):
    """Give a report to somebody."""

    person = WholeField(low=1, widget=forms.HiddenInput())


class MergeForm(SeenForm):
    """Join reports to the one that is open."""

    others = TextField(limit=400, widget=forms.HiddenInput())

    def numbers(self) -> list[str]:
        """The numbers of the other reports."""
        return [one for one in self.cleaned_data["others"].split(",") if one][:20]


class MessageForm(SeenForm):
    """Write to the reporter."""

    text = LongTextField(limit=1_000, rows=3, label=gettext_lazy("Message to the reporter"))
    is_question = YesField(required=False, label=gettext_lazy("Wait for an answer"))


class PassOnForm(SeenForm):
    """Hand a report over to whom it belongs to."""

    jurisdiction = OneOfField(
        label=gettext_lazy("Whose task it is"),
        choices=[pair for pair in pairs(Jurisdiction) if pair[0] != Jurisdiction.CITY],
    )
    owner = TextField(limit=200, label=gettext_lazy("Name of the owner"))
    is_safe = YesField(required=False, label=gettext_lazy("The place has been made safe"))


class RejectForm(SeenForm):
    """End a report that nobody works on."""

    reason = OneOfField(
        label=gettext_lazy("Why"),
        choices=[
            pair
            for pair in pairs(RejectReason)
            if pair[0] not in (RejectReason.DUPLICATE, RejectReason.NOT_AUTHORITY)
        ],
    )
    note = TextField(limit=300, required=False, label=gettext_lazy("Words to the reporter"))


class PauseForm(SeenForm):
    """Stop the clock: why, in words the reporter reads."""

    reason = OneOfField(
        label=gettext_lazy("Why the clock stops"),
        choices=[pair for pair in pairs(PauseReason) if pair[0] != PauseReason.MATERIAL],
    )
    question = LongTextField(
        limit=1_000, required=False, rows=2, label=gettext_lazy("Question to the reporter")
    )
    note = TextField(limit=300, required=False, label=gettext_lazy("Note for the desk"))


class ClassForm(SeenForm):
    """Another class of SP4N, and why."""

    report_class = OneOfField(label=gettext_lazy("Class"), choices=pairs(ReportClass))
    why = TextField(limit=300, label=gettext_lazy("Why it is of this class"))


class NoteForm(SeenForm):
    """A step with a sentence, where one is wanted."""

    note = TextField(limit=300, required=False, label=gettext_lazy("Note"))


class RevealForm(CleanForm):
    """Ask for one field of the reporter's contact."""

    field = OneOfField(label=gettext_lazy("What"), choices=pairs(ContactField))
    reason = TextField(limit=200, label=gettext_lazy("Why you need it"))


class PasteForm(CleanForm):
    """The message as it was pasted."""

    message = LongTextField(limit=2_000, rows=6, label=gettext_lazy("Message or notes"))
    channel = OneOfField(
        label=gettext_lazy("How it came in"),
        choices=[pair for pair in pairs(Channel) if pair[0] in TYPED_CHANNELS],
        initial=Channel.WHATSAPP.value,
    )


class LogForm(CleanForm):
    """A report somebody else told: proposals to confirm."""

    key = TextField(limit=64, widget=forms.HiddenInput())
    category = TextField(limit=30, label=gettext_lazy("Kind"))
    text = LongTextField(limit=2_000, rows=3, required=False, label=gettext_lazy("Words"))
    place_text = TextField(limit=200, label=gettext_lazy("Place"))
    phone = PhoneField(required=False, label=gettext_lazy("Phone number of the reporter"))
    heard_at = MomentField(label=gettext_lazy("Heard at"))
    channel = OneOfField(
        label=gettext_lazy("How it came in"),
        choices=[pair for pair in pairs(Channel) if pair[0] in TYPED_CHANNELS],
    )

    def clean_heard_at(self) -> Any:
        """Not in the future, and not older than thirty days."""
        moment = self.cleaned_data["heard_at"]
        now = clock.now()
        if not now - OLDEST_CALL <= moment <= now + timedelta(minutes=5):
            raise forms.ValidationError(_("Choose a time of the last thirty days."))
        return moment
