import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.platform.text import BadText, clean_text

pytestmark = pytest.mark.usefixtures("in_english")

SHARED = Path(__file__).parents[5] / "shared" / "data"


@pytest.mark.parametrize(
    "text", ["", "Lampu mati", "Jl. Serayu №5 — 'Taman' & <b>", "ꦱꦸꦒꦼꦁ 🙏🏽", "a\tb"]
)
def test_ordinary_text_stays(text):
    assert clean_text(text, 100) == text


def test_letters_come_out_composed():
    assert clean_text("e\u0301", 1) == "é"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_all_line_ends_become_one(ending):
    assert clean_text(f"a{ending}b", 10) == "a\nb"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\x00b", "control"),
        ("a\x1b[31m", "control"),
        ("\x7f", "control"),
        ("\x9f", "control"),
        ("\ud800", "surrogate"),
        ("x\udfff", "surrogate"),
        ("\uffff", "control"),
        ("\U0001fffe", "control"),
        ("\ufdd0", "control"),
        ("x" * 11, "limit"),
        ("x" * 10_000_000, "limit"),
        (b"bytes", "type"),
        (None, "type"),
        (7, "type"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_a_sentence(text, code):
    with pytest.raises(BadText) as refusal:
        clean_text(text, 10)
    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")


def test_length_is_refused_and_not_cut():
    assert clean_text("x" * 10, 10) == "x" * 10
    with pytest.raises(BadText, match="at most 10 characters"):
        clean_text("x" * 11, 10)


def test_one_line_means_one_line():
    assert clean_text("a b", 10, lines=False) == "a b"
    with pytest.raises(BadText, match="one line"):
        clean_text("a\r\nb", 10, lines=False)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_what_is_accepted_is_clean_and_stays_so(text):
    try:
        clean = clean_text(text, 50)
    except BadText:
        return
    assert len(clean) <= 50
    assert "\x00" not in clean
    assert "\r" not in clean
    clean.encode()
    assert unicodedata.is_normalized("NFC", clean)
    assert clean_text(clean, 50) == clean


def test_hostile_strings_are_kept_or_refused_but_never_break():
    path = SHARED / "hostile" / "blns.json"
    if not path.exists():
        pytest.skip("the list of hostile strings is not beside this checkout")
    outcomes = [outcome(text) for text in json.loads(path.read_text(encoding="utf-8"))]
    assert outcomes.count("kept") > 400
    assert set(outcomes) <= {"kept", "control"}


def outcome(text):
    try:
        clean_text(text, 10_000)
    except BadText as refusal:
        return refusal.code
    return "kept"
