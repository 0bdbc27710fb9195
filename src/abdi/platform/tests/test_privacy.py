import pytest
from django.db import models

from abdi.platform.privacy import Privacy, at_least, mask, personal_fields, undeclared

WHOLE = {"purpose": "answer citizens", "basis": "public_task", "keep": "archive schedule"}


def a_model(privacy, **columns):
    """A model class with the given columns that never meets a database."""
    meta = type("Meta", (), {"app_label": "sample"})
    body = {"__module__": __name__, "Meta": meta, **columns}
    if privacy is not None:
        body["privacy"] = privacy
    return type(f"Sample{next(_NUMBERS)}", (models.Model,), body)


_NUMBERS = iter(range(1000))


def test_a_field_takes_what_it_does_not_say_from_its_model():
    privacy = Privacy("internal", **WHOLE, phone=Privacy("personal", keep="12 months"))
    phone = privacy.of("phone")
    assert (phone.level, phone.keep, phone.purpose) == ("personal", "12 months", "answer citizens")
    assert privacy.of("title") is privacy


def test_an_unknown_class_is_refused():
    with pytest.raises(ValueError, match="none of"):
        Privacy("secret-ish")


def test_classes_have_an_order():
    assert at_least("secret", "sensitive")
    assert not at_least("internal", "personal")
    assert Privacy("sensitive").is_masked
    assert not Privacy("personal").is_masked


def test_a_model_without_declaration_is_found():
    assert undeclared(a_model(None)) == [f"sample.Sample{_last()} declares no privacy"]


def test_a_declaration_must_say_purpose_basis_and_retention():
    found = undeclared(a_model(Privacy("personal")))
    assert [line.rsplit(" ", 1)[1] for line in found] == ["purpose", "basis", "keep"]


def test_free_text_and_contacts_need_their_own_word():
    model = a_model(
        Privacy("internal", **WHOLE),
        note=models.TextField(),
        work_phone=models.CharField(max_length=20),
        code=models.CharField(max_length=20),
    )
    assert [line.split(".")[2].split()[0] for line in undeclared(model)] == ["note", "work_phone"]


def test_named_columns_are_enough():
    privacy = Privacy("internal", **WHOLE, note=Privacy("personal"), phone=Privacy("personal"))
    model = a_model(privacy, note=models.TextField(), phone=models.CharField(max_length=20))
    assert undeclared(model) == []
    assert personal_fields(model) == ["note", "phone"]


def test_a_name_without_column_is_found():
    assert (
        "which it has not"
        in undeclared(a_model(Privacy("public", **WHOLE, ghost=Privacy("public"))))[0]
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [("081234567890", "••••••••••90"), ("ab", "••"), ("", ""), ("abcde", "•••de")],
)
def test_masks_leave_the_end_readable(value, shown):
    assert mask(value) == shown


def _last():
    return next(_NUMBERS) - 1
