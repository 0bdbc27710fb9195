"""Form fields that clean: text through `clean_text`, numbers with both bounds, short errors.

Texts have no `maxlength` in the page on purpose: browsers cut pasted text there without a word.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple, Self

from django import forms
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from abdi.platform import clock
from abdi.platform.text import BadText, clean_text

LINE: Final = 200
LONG: Final = 4_000
MOST: Final = 2**31 - 1
MOST_RUPIAH: Final = 10**15
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2200, 12, 31)
_WIDEST_NUMBER: Final = 30
_CLEANED_BY_DJANGO: Final[Any] = forms.Field._clean_bound_field  # type: ignore[attr-defined]

_MESSAGES: Final[dict[type[forms.Field], dict[str, Any]]] = {
    forms.IntegerField: {
        "invalid": _("Please write a whole number."),
        "min_value": _("Please use %(limit_value)s or more."),
        "max_value": _("Please use %(limit_value)s or less."),
    },
    forms.DecimalField: {
        "invalid": _("Please write a number."),
        "max_decimal_places": _("Please use at most %(max)s digits after the point."),
    },
    forms.DateField: {"invalid": _("Please write a date, for example 2026-08-17.")},
    forms.DateTimeField: {"invalid": _("Please write a date and a time.")},
    forms.TimeField: {"invalid": _("Please write a time, for example 07:30.")},
    forms.ChoiceField: {"invalid_choice": _("Please choose one of the list.")},
    forms.MultipleChoiceField: {
        "invalid_choice": _("Please choose from the list."),
        "invalid_list": _("Please choose from the list."),
    },
    forms.ModelChoiceField: {"invalid_choice": _("Please choose one of the list.")},
    forms.FileField: {
        "invalid": _("Please choose a file."),
        "missing": _("Please choose a file."),
        "empty": _("This file is empty. Please choose another."),
    },
}


class Problem(NamedTuple):
    """One line of the summary above a form."""

    field_id: str
    message: str


class TextField(forms.CharField):
    """One line of text, at most `limit` characters."""

    lines = False

    def __init__(self, *, limit: int = LINE, **options: Any) -> None:
        super().__init__(**options)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        """The cleaned text; the empty value stays empty."""
        if value in self.empty_values:
            return ""
        if self.strip and isinstance(value, str):
            value = value.strip()
        try:
            return clean_text(value, self.limit, lines=self.lines)
        except BadText as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from refusal


class LongTextField(TextField):
    """Text of several lines."""

    widget = forms.Textarea
    lines = True

    def __init__(self, *, limit: int = LONG, rows: int = 4, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(limit=limit, **options)


class EmailField(TextField):
    """An e-mail address."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})

    def __init__(self, **options: Any) -> None:
        super().__init__(limit=254, **options)

    def clean(self, value: Any) -> str:
        """The address, or a sentence that says what it lacks."""
        text: str = super().clean(value)
        if text:
            try:
                validate_email(text)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("Please write an address like name@example.org."), code="email"
                ) from None
        return text


class PhoneField(TextField):
    """A telephone number; the value is in international form, `+62…` where no country is given."""

    widget = forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"})

    def __init__(self, **options: Any) -> None:
        super().__init__(limit=32, **options)

    def clean(self, value: Any) -> str:
        """The number with its country, or a sentence that says what it lacks."""
        import phonenumbers

        text: str = super().clean(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "ID")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise forms.ValidationError(
                _("Please write a phone number, for example 0812 3456 7890."), code="phone"
            )
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class WholeField(forms.IntegerField):
    """A whole number between two bounds, both allowed."""

    def __init__(self, *, low: int = 0, high: int = MOST, **options: Any) -> None:
        options.setdefault("widget", forms.NumberInput(attrs={"inputmode": "numeric"}))
        super().__init__(min_value=low, max_value=high, **options)

    def to_python(self, value: Any) -> int | None:
        """The number; no fractions, exponents or endless digits."""
        if isinstance(value, bool | float) or len(str(value)) > _WIDEST_NUMBER:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class RupiahField(WholeField):
    """An amount in whole rupiah; dots between thousands may be typed."""

    def __init__(self, *, low: int = 0, high: int = MOST_RUPIAH, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(low=low, high=high, **options)

    def to_python(self, value: Any) -> int | None:
        """The amount: `Rp 1.500.000` and `1500000` are the same."""
        if isinstance(value, str):
            value = value.strip().removeprefix("Rp").strip().replace(".", "")
        return super().to_python(value)


class NumberField(forms.DecimalField):
    """A decimal number between two bounds with at most `places` digits behind the point."""

    def __init__(self, *, low: str | int, high: str | int, places: int = 2, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(
            min_value=Decimal(low), max_value=Decimal(high), decimal_places=places, **options
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number; a comma counts as the decimal point."""
        if len(str(value)) > _WIDEST_NUMBER:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if isinstance(value, str):
            value = value.replace(",", ".")
        return super().to_python(value)


class DayField(forms.DateField):
    """A day between two bounds, typed as 2026-08-17 or 17-08-2026."""

    def __init__(self, *, earliest: date = EARLIEST, latest: date = LATEST, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)
        self.earliest = earliest
        self.latest = latest

    def clean(self, value: Any) -> date | None:
        """The day, inside the bounds."""
        day: date | None = super().clean(value)
        if day is not None and not self.earliest <= day <= self.latest:
            raise forms.ValidationError(
                _("Please choose a day from %(first)s to %(last)s."),
                code="bounds",
                params={"first": self.earliest, "last": self.latest},
            )
        return day


class MomentField(forms.DateTimeField):
    """A day and time of the institution's zone; the value is an aware moment."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget",
            forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        )
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options)

    def to_python(self, value: Any) -> datetime | None:
        """The moment in the institution's zone."""
        moment = forms.DateTimeField.to_python(self, value)
        if moment is None:
            return None
        if not EARLIEST <= moment.date() <= LATEST:
            raise forms.ValidationError(self.error_messages["invalid"], code="bounds")
        return moment.replace(tzinfo=clock.zone())


class OneOfField(forms.TypedChoiceField):
    """One value of a list; `choices=pairs(Status)`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_value", "")
        super().__init__(**options)


class SomeOfField(forms.MultipleChoiceField):
    """Any number of values of a list, at most `most`."""

    def __init__(self, *, most: int = 100, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def to_python(self, value: Any) -> list[str]:
        """The values chosen, each once."""
        chosen = list(dict.fromkeys(super().to_python(value)))
        if len(chosen) > self.most:
            raise forms.ValidationError(
                _("Please choose at most %(most)d."), code="most", params={"most": self.most}
            )
        return chosen


class YesField(forms.BooleanField):
    """A box to tick; `required=True` means it must be ticked."""


class UploadField(forms.FileField):
    """A file of at most `limit` bytes; what is in it is judged by the reader of its kind."""

    def __init__(self, *, limit: int = 10_000_000, accept: str = "", **options: Any) -> None:
        if accept:
            options.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(**options)
        self.limit = limit

    def to_python(self, data: Any) -> Any:
        """The upload, refused where it is too large."""
        upload = super().to_python(data)
        if upload is not None and upload.size > self.limit:
            raise forms.ValidationError(
                _("This file is larger than %(limit)d MB."),
                code="limit",
                params={"limit": self.limit // 1_000_000},
            )
        return upload


class CleanForm(forms.Form):
    """The base of all forms: short sentences for errors, Anda for the reader, no surprises."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, sentences in _short_sentences(type(self), get_language()).items():
            self.fields[name].error_messages.update(sentences)

    def filled_with(self, data: Any) -> Self:
        """This form, kept without data, with `data`: for the many that are right at once.

        Its fields are shared, and must not be changed; for a page with what was wrong, make a
        form of its own.
        """
        form = copy.copy(self)
        form.data = data
        form.is_bound = True
        form._bound_fields_cache = {}  # type: ignore[attr-defined]
        return form

    def _clean_fields(self) -> None:
        """As Django, which makes a bound field of each first: here only where the field asks."""
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = self._cleaned(name, field)
                own = getattr(self, f"clean_{name}", None)
                if own is not None:
                    self.cleaned_data[name] = own()
            except forms.ValidationError as refusal:
                self.add_error(name, refusal)

    def _cleaned(self, name: str, field: Any) -> Any:
        if field.disabled or type(field)._clean_bound_field is not _CLEANED_BY_DJANGO:
            return field._clean_bound_field(self[name])
        given = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return field.clean(given)

    @property
    def problems(self) -> list[Problem]:
        """The lines of the summary: the id of the field to jump to, and its sentence."""
        found = []
        for name, messages in self.errors.items():
            target = self[name].id_for_label if name in self.fields else ""
            found += [Problem(target, str(message)) for message in messages]
        return found

    def refuse(self, problems: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
        """Attach refusals that an action gave after the form itself was valid."""
        for name, message in dict(problems).items():
            self.add_error(name if name in self.fields else None, message)


@lru_cache(maxsize=1_024)
def _short_sentences(kind: type[CleanForm], _language: str | None) -> dict[str, dict[str, Any]]:
    """The errors of each field in short words; put together once for form and language (0.3 ms)."""
    fields: dict[str, forms.Field] = kind.base_fields
    return {name: _sentences_of(name, field) for name, field in fields.items()}


def _sentences_of(name: str, field: forms.Field) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    for kind, messages in _MESSAGES.items():
        if isinstance(field, kind):
            wanted.update(messages)
    label = field.label or name.replace("_", " ").capitalize()
    wanted["required"] = _required_sentence(field) % {"field": str(label).rstrip("?")}
    given = _defaults(type(field))
    return {
        code: sentence
        for code, sentence in wanted.items()
        if field.error_messages.get(code) == given.get(code)
    }


def _required_sentence(field: forms.Field) -> Any:
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField):
        return _("Please choose %(field)s.")
    if isinstance(field, forms.BooleanField):
        return _("Please tick %(field)s.")
    return _("Please fill in %(field)s.")


def _defaults(kind: type[forms.Field]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        found.update(getattr(base, "default_error_messages", {}))
    return found
