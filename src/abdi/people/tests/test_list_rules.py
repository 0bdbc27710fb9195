"""What follows from a line of a staff list: named examples."""

from datetime import date

from abdi.people.rules import day_to_begin, differs, post_of, told_alike

TODAY = date(2026, 3, 2)


def test_capitals_and_spaces_make_no_difference():
    assert told_alike("SARI  WULANDARI", "Sari Wulandari")
    assert not told_alike("Sari", "Sara")


def test_a_post_is_known_by_its_echelon_or_the_end_of_its_title():
    assert post_of("Kepala Seksi Jalan", "IV.a") == ("administration", "PENGAWAS", True)
    assert post_of("Kepala Dinas", "II.b") == ("high_leadership", "JPT_PRATAMA", True)
    assert post_of("Pranata Komputer Ahli Muda", "") == ("functional", "JF_AHLI_MUDA", False)
    assert post_of("Analis", "") == ("administration", "PELAKSANA", False)


def test_a_new_seat_never_begins_on_or_before_the_one_before():
    assert day_to_begin(None, None, TODAY) == TODAY
    assert day_to_begin(date(2020, 1, 1), None, TODAY) == date(2020, 1, 1)
    assert day_to_begin(date(2020, 1, 1), date(2021, 1, 1), TODAY) == TODAY
    assert day_to_begin(None, TODAY, TODAY) == date(2026, 3, 3)


def test_texts_differ_by_more_than_capitals_and_other_values_by_themselves():
    assert not differs("DINAS  SOSIAL", "Dinas Sosial")
    assert differs("", "Dinas Sosial")
    assert differs(None, TODAY)
    assert not differs(TODAY, TODAY)
