"""Forms of the people floor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.people import queries
from abdi.people.models import Unit
from abdi.platform.access import law
from abdi.platform.forms import CleanForm, TextField


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


class CodeForm(CleanForm):
    """Six digits of the app, or a backup code."""

    code = TextField(
        label=_("Code from your app, or a backup code"),
        limit=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class StepUpForm(CleanForm):
    """The password once more."""

    password = PasswordField(label=_("Password"))


class PasswordChangeForm(CleanForm):
    """The old password and a new one."""

    old = PasswordField(label=_("Password until now"))
    new = PasswordField(
        label=_("New password, at least 12 characters"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class GrantForm(CleanForm):
    """Who gets which role, at which agency."""

    login = TextField(label=_("Employee number (NIP), e-mail or sign-in name"), limit=150)
    role = forms.ChoiceField(label=_("Role"))
    agency: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Agency"), queryset=None, required=False
    )

    def __init__(self, *inputs: Any, **options: Any) -> None:
        super().__init__(*inputs, **options)
        derived = ("citizen", "employee", "superior")
        roles = [(key, row["label_id"]) for key, row in law().roles.items() if key not in derived]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["agency"].queryset = queries.agencies()  # type: ignore[attr-defined]
