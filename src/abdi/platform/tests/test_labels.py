"""Labels of choices in the reader's language."""

import pytest
from django.utils import translation

from abdi.platform.choices import N_, Choice
from abdi.platform.labels import label, pairs


class Status(Choice):
    """A kind of its own: the platform knows no module."""

    ALL = "", N_("All")
    RECEIVED = "received", N_("Received")
    CLOSED = "closed", N_("Closed")


def test_pairs_are_codes_with_labels():
    with translation.override("en"):
        found = [(code, str(text)) for code, text in pairs(Status)]
    assert found[1] == ("received", "Received")
    assert [code for code, _ in found] == list(Status.codes())


def test_a_label_is_found_for_a_member_and_for_a_stored_code():
    with translation.override("en"):
        assert label(Status.CLOSED) == "Closed"
        assert label("closed", Status) == "Closed"
        assert label("closed") == "closed"
        assert (label(None), label("")) == ("", "")
        assert label(Status.ALL) == "All"  # its code is empty, its label is not


def test_a_code_its_kind_does_not_know_is_refused():
    with pytest.raises(ValueError, match="lost"):
        label("lost", Status)
