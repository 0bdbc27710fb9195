"""Forms of the people floor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.people import queries
from abdi.people.choices import PrivacyAsk
from abdi.people.models import Unit
from abdi.people.rules import CORRECTABLE
from abdi.platform.access import Actor, law
from abdi.platform.forms import (
    CleanForm,
    DayField,
    LongTextField,
    MomentField,
    OneOfField,
    TextField,
    WholeField,
    YesField,
)
from abdi.platform.labels import pairs


class PasswordField(forms.CharField):
    """A password: any characters, nothing stripped."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.PasswordInput(attrs={"autocomplete": "current-password"})
        )
        super().__init__(strip=False, max_length=128, **options)


class SignInForm(CleanForm):
    """Employee number or e-mail, and password."""

    login = TextField(
        label=_("Employee number (NIP) or e-mail"),
        limit=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = PasswordField(label=_("Password"))


class UsedUp(forms.TextInput):
    """A line that never shows again what was sent: a code counts once."""

    def format_value(self, value: Any) -> str:
        """Nothing."""
        return ""


class CodeForm(CleanForm):
    """Six digits of the app, or a backup code. At a duty PC it is typed unseen, like a PIN."""

    code = TextField(
        label=_("Code from your app, or a backup code"),
        limit=20,
        widget=UsedUp(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *given: Any, unseen: bool = False, **options: Any) -> None:
        super().__init__(*given, **options)
        if unseen:
            self.fields["code"].widget = forms.PasswordInput(attrs={"autocomplete": "off"})


class PasskeyNameForm(CleanForm):
    """What its owner calls a passkey."""

    name = TextField(
        label=_("Name of the passkey"),
        help_text=_("By which you know it, such as: office laptop."),
        limit=40,
    )


class PasskeyForm(PasskeyNameForm):
    """A passkey that a device just made: the script fills in its answer."""

    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput())


class NewPhoneForm(CleanForm):
    """Why somebody needs a new phone for his codes."""

    reason = TextField(
        label=_("What happened to the old phone"),
        help_text=_("Such as: lost, stolen, broken, replaced."),
        limit=300,
    )


class ResetFactorForm(CleanForm):
    """Whose factors are to be taken off, and why."""

    login = TextField(label=_("Employee number (NIP), e-mail or sign-in name"), limit=150)
    reason = TextField(label=_("Why, as the second person reads it"), limit=300)


class FactorAnswerForm(CleanForm):
    """The answer of the second person."""

    granted = OneOfField(
        label=_("Your answer"), choices=[("yes", _("Confirm it")), ("no", _("Refuse it"))]
    )
    seen_in_person = YesField(label=_("I saw the person and his card just now"), required=False)
    answer = TextField(label=_("The reason, as the person will read it"), limit=300)
    version = WholeField(low=1, high=1_000_000)


class StepUpForm(CleanForm):
    """The password once more."""

    password = PasswordField(label=_("Password"))


class PasswordChangeForm(CleanForm):
    """The old password and a new one."""

    old = PasswordField(label=_("Password until now"))
    new = PasswordField(
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewPasswordForm(CleanForm):
    """A new password alone, right after sign-in."""

    new = PasswordField(
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class GrantForm(CleanForm):
    """Who gets which role, at which agency."""

    login = TextField(label=_("Employee number (NIP), e-mail or sign-in name"), limit=150)
    role = forms.ChoiceField(label=_("Role"))
    agency: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Agency"), queryset=None, required=False
    )

    last_on = DayField(
        label=_("Last day"), help_text=_("Empty: until somebody ends it."), required=False
    )

    def __init__(self, *inputs: Any, actor: Actor, role: str = "", **options: Any) -> None:
        super().__init__(*inputs, **options)
        offered = [(key, law().roles[key]["label_id"]) for key in queries.given_roles(actor)]
        self.fields["role"].choices = offered  # type: ignore[attr-defined]
        self.fields["role"].initial = role
        reach = actor.reach("system.role_grant", "create")
        places = queries.agencies()
        if not reach.all:
            places = places.filter(pk__in=reach.agency_ids)
            self.fields["agency"].required = True
        self.fields["agency"].queryset = places  # type: ignore[attr-defined]


FIELD_WORDS = {
    "name": _("Name"),
    "title_prefix": _("Title before the name"),
    "title_suffix": _("Title behind the name"),
    "birth_on": _("Date of birth, like 1990-12-31"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "education": _("Education"),
}


class LeavingForm(CleanForm):
    """The last day of somebody who leaves."""

    left_on = DayField(label=_("Last day in service"))


class ReasonForm(CleanForm):
    """Why something is taken back."""

    reason = TextField(label=_("Reason"), limit=300)


class AskPrivacyForm(CleanForm):
    """A request about own data."""

    kind = OneOfField(label=_("What do you ask for"), choices=pairs(PrivacyAsk))
    field = OneOfField(
        label=_("Which part of your record"),
        choices=[("", _("Something else")), *((key, FIELD_WORDS[key]) for key in CORRECTABLE)],
        required=False,
    )
    wanted = TextField(label=_("How it should read"), limit=254, required=False)
    words = LongTextField(label=_("In your own words"), limit=2_000, required=False)


class AnswerPrivacyForm(CleanForm):
    """An answer to a request, with its reason."""

    granted = OneOfField(
        label=_("Your answer"), choices=[("yes", _("Do it")), ("no", _("Refuse it"))]
    )
    answer = LongTextField(label=_("The reason, as the person will read it"), limit=2_000)


class BreachForm(CleanForm):
    """What happened, and whose records to look for."""

    title = TextField(label=_("In a few words"), limit=150)
    what_happened = LongTextField(label=_("What happened, when and how"), limit=4_000)
    what_data = LongTextField(label=_("Which data"), limit=2_000)
    found_at = MomentField(label=_("When it was found"))
    login = TextField(
        label=_("Sign-in name that was misused"),
        help_text=_("Everybody whose record it opened in that time is put on the list."),
        limit=150,
        required=False,
    )
    start_at = MomentField(label=_("Misused from"), required=False)
    end_at = MomentField(label=_("Misused until"), required=False)


class BreachStepForm(CleanForm):
    """A duty that was met."""

    step = OneOfField(
        label=_("Step"),
        choices=[
            ("people", _("The people were told")),
            ("body", _("The supervisory body was told")),
            ("close", _("Close")),
        ],
    )
    handling = LongTextField(
        label=_("What was done, and how it is kept from happening again"),
        limit=4_000,
        required=False,
    )
