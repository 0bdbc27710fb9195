"""What a text tells, by named examples and drawn texts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.platform.norms import norms
from abdi.reports.rules import words

KNOWN = words.words_of_norms(norms("reports", on=date(2026, 3, 2)))


def codes(text, chosen="other", similar=0):
    return [one.code for one in words.suggestions(text, chosen, similar, KNOWN)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lampu jalan depan rumah padam, gelap", "street_light_out"),
        ("Pohon tumbang menutup jalan", "fallen_tree_blocking"),
        ("banjir setinggi betis sejak sore", "flood"),
        ("Ada sarang tawon di sekolah", "animal_rescue"),
        ("PDAM: pipa bocor di trotoar", "water_supply"),
    ],
)
def test_suggestions_follow_the_words(text, code):
    best = words.suggestions(text, "", 0, KNOWN)[0]
    assert best.code == code
    assert best.words


def test_the_reporters_choice_alone_is_a_sure_suggestion():
    best = words.suggestions("", "pothole", 0, KNOWN)[0]
    assert (best.code, best.is_chosen) == ("pothole", True)
    assert best.confidence >= words.SURE


def test_words_against_the_choice_make_it_less_sure():
    alone = words.suggestions("", "pothole", 0, KNOWN)[0].confidence
    against = words.suggestions("lampu jalan padam gelap", "pothole", 0, KNOWN)
    assert next(one for one in against if one.code == "pothole").confidence < alone


def test_similar_reports_nearby_add_a_little():
    few = words.suggestions("gelap", "street_light_out", 0, KNOWN)[0].confidence
    many = words.suggestions("gelap", "street_light_out", 3, KNOWN)[0].confidence
    assert many >= few


def test_a_weak_word_alone_is_not_sure_and_nothing_suggests_nothing():
    assert words.suggestions("ada bau", "other", 0, KNOWN)[0].confidence < words.SURE
    assert codes("xyz") == []


def test_a_word_inside_another_word_does_not_count():
    assert "animal_rescue" not in codes("mengular antre di loket")


@given(st.text(max_size=300), st.sampled_from([*KNOWN, "other", ""]), st.integers(0, 20))
def test_confidence_stays_between_nothing_and_almost_sure(text, chosen, similar):
    for one in words.suggestions(text, chosen, similar, KNOWN):
        assert 0 <= one.confidence <= words.MOST


def test_likeness_grows_with_nearness_time_and_common_words():
    near = words.likeness("lampu mati kenanga", "lampu mati di kenanga", 10, 30)
    far = words.likeness("lampu mati kenanga", "gelap", 140, 2_500)
    assert near > 80
    assert far < 10
    assert words.likeness("", "", 1_000, 10_000) == 0


@pytest.mark.parametrize(
    ("message", "place", "phone"),
    [
        (
            "Pagi pak, lampu mati di Jl. Kenanga depan SDN 2, tolong. WA saya 0812-3456-7890",
            "Jl. Kenanga depan SDN 2",
            "081234567890",
        ),
        ("gang Melati gelap; +62 813 1111 2222", "gang Melati gelap", "+6281311112222"),
        ("tidak ada apa-apa", "", ""),
    ],
)
def test_read_message_finds_place_and_number(message, place, phone):
    found = words.read_message(message)
    assert found.place.startswith(place)
    assert found.phone == phone


def test_plain_words_leave_out_punctuation():
    assert words.plain_words("Jl. Kenanga, No.2!") == ["jl", "kenanga", "no", "2"]
