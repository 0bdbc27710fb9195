from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import translation

from abdi.platform import forms

pytestmark = pytest.mark.usefixtures("in_english")


class SampleForm(forms.CleanForm):
    title = forms.TextField(limit=20)
    story = forms.LongTextField(limit=50, required=False)
    email = forms.EmailField(required=False)
    phone = forms.PhoneField(required=False)
    count = forms.WholeField(low=1, high=100, required=False)
    price = forms.RupiahField(required=False)
    width = forms.NumberField(low="0", high="9.99", required=False)
    day = forms.DayField(required=False, earliest=date(2020, 1, 1), latest=date(2030, 12, 31))
    moment = forms.MomentField(required=False)
    status = forms.OneOfField(choices=[("new", "New"), ("old", "Old")], required=False)
    tags = forms.SomeOfField(choices=[("a", "A"), ("b", "B")], most=1, required=False)
    photo = forms.UploadField(limit=1_000_000, required=False)


def filled(field, value):
    form = SampleForm({"title": "Lampu", field: value})
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("title", "  Lampu mati  ", "Lampu mati"),
        ("story", "a\r\nb", "a\nb"),
        ("email", "budi@example.org", "budi@example.org"),
        ("phone", "0812-3456-7890", "+6281234567890"),
        ("phone", "+62 351 123456", "+62351123456"),
        ("count", "7", 7),
        ("price", "Rp 1.500.000", 1_500_000),
        ("width", "2,50", Decimal("2.50")),
        ("day", "17-08-2026", date(2026, 8, 17)),
        ("day", "2026-08-17", date(2026, 8, 17)),
        ("moment", "2026-08-17T10:00", datetime(2026, 8, 17, 3, 0, tzinfo=UTC)),
        ("status", "new", "new"),
        ("tags", ["a"], ["a"]),
        ("tags", ["a", "a"], ["a"]),
    ],
)
def test_good_input_becomes_its_value(field, typed, value):
    form = filled(field, typed)
    assert form.errors == {}
    assert form.cleaned_data[field] == value


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "", "Please fill in Title."),
        ("title", "x" * 21, "Please use at most 20 characters."),
        ("title", "a\nb", "Please write this on one line."),
        ("title", "\ud800", "broken character"),
        ("title", "a\x00", "hidden control character"),
        ("email", "budi", "name@example.org"),
        ("phone", "lampu", "phone number"),
        ("phone", "1", "phone number"),
        ("count", "0", "Please use 1 or more."),
        ("count", "101", "Please use 100 or less."),
        ("count", "9" * 5000, "whole number"),
        ("count", "1e5", "whole number"),
        ("count", "seven", "whole number"),
        ("price", "-5", "0 or more"),
        ("width", "NaN", "write a number"),
        ("width", "1" * 400, "write a number"),
        ("width", "1.234", "at most 2 digits"),
        ("width", "99", "9.99 or less"),
        ("day", "31-02-2026", "write a date"),
        ("day", "2019-12-31", "from 2020-01-01"),
        ("moment", "yesterday", "date and a time"),
        ("moment", "0001-01-01T00:00", "date and a time"),
        ("status", "stolen", "one of the list"),
        ("tags", ["c"], "from the list"),
        ("tags", ["a", "b"], "at most 1"),
    ],
)
def test_bad_input_gets_a_short_sentence(field, typed, sentence):
    form = filled(field, typed)
    [message] = form.errors[field]
    assert sentence in message
    assert len(message.split()) <= 20


def test_files_over_the_limit_are_refused():
    big = SimpleUploadedFile("a.jpg", b"x" * 1_000_001)
    form = SampleForm({"title": "a"}, {"photo": big})
    assert form.errors["photo"] == ["This file is larger than 1 MB."]


def test_empty_files_are_refused():
    form = SampleForm({"title": "a"}, {"photo": SimpleUploadedFile("a.jpg", b"")})
    assert form.errors["photo"] == ["This file is empty. Please choose another."]


def test_the_page_does_not_cut_pasted_text():
    assert "maxlength" not in str(SampleForm()["title"])


def test_the_summary_points_at_the_fields():
    form = SampleForm({"title": ""})
    assert form.problems == [forms.Problem("id_title", "Please fill in Title.")]


def test_refusals_of_an_action_stand_at_their_fields():
    form = SampleForm({"title": "a"})
    assert form.is_valid()
    form.refuse({"title": "Taken.", "elsewhere": "Closed."})
    assert form.errors["title"] == ["Taken."]
    assert form.problems[1] == forms.Problem("", "Closed.")


def test_a_field_may_keep_its_own_words():
    class Own(forms.CleanForm):
        title = forms.TextField(error_messages={"required": "A title, please."})
        agree = forms.YesField()

    assert Own(QueryDict("")).errors == {
        "title": ["A title, please."],
        "agree": ["Please tick Agree."],
    }


def test_every_field_of_django_that_is_left_speaks_short_too():
    class Plain(forms.CleanForm):
        at = django_forms.TimeField()

    assert Plain({"at": "noon"}).errors["at"] == ["Please write a time, for example 07:30."]


def test_a_form_speaks_the_language_of_each_reader():
    """The short sentences are kept for a form and a language, not for the first who asked."""

    def said():
        return str(SampleForm({}).errors["title"][0])

    english = said()
    with translation.override("id"):
        indonesian = said()
    assert english == "Please fill in Title."
    assert indonesian != english
    assert said() == english


def test_what_one_form_says_does_not_reach_the_next():
    first = SampleForm({})
    first.fields["title"].error_messages["required"] = "Lain"
    assert SampleForm({}).fields["title"].error_messages["required"] == "Please fill in Title."
