"""How things look on the page, in both languages."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.platform.pages import formats

EVENING = datetime(2026, 11, 23, 12, 12, tzinfo=UTC)
DAY = date(2026, 11, 23)
WITA, WIT = ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")


def test_days_are_written_as_people_say_them():
    assert formats.date_long(DAY) == "Senin, 23 November 2026"
    assert formats.date_long(DAY, "en") == "Monday, 23 November 2026"
    assert formats.date_short(DAY) == "23 Nov 2026"
    assert formats.date_plain(date(2026, 8, 17)) == "17 Agustus 2026"
    assert formats.date_table(DAY) == "23-11-2026"
    assert formats.month_year(DAY) == "November 2026"


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (DAY, "23 November 2026"),
        (date(2026, 11, 29), "23–29 November 2026"),
        (date(2026, 12, 2), "23 November – 2 Desember 2026"),
        (date(2027, 1, 2), "23 November 2026 – 2 Januari 2027"),
    ],
)
def test_a_span_says_each_part_once(last, words):
    assert formats.date_span(DAY, last) == words


def test_times_carry_the_dot_and_the_zone():
    assert formats.clock_time(EVENING) == "19.12 WIB"
    assert formats.clock_time(EVENING, WITA) == "20.12 WITA"
    assert formats.clock_time(EVENING, WIT) == "21.12 WIT"
    assert formats.clock_time(EVENING, ZoneInfo("Europe/Berlin")) == "13.12 UTC+1"
    assert formats.hour(EVENING) == "19.12"
    assert formats.moment_long(EVENING) == "Senin, 23 November 2026, pukul 19.12 WIB"
    assert formats.moment_long(EVENING, lang="en") == "Monday, 23 November 2026, at 19.12 WIB"
    assert formats.moment_short(EVENING) == "23 Nov 2026, 19.12 WIB"
    assert formats.moment_machine(EVENING) == "2026-11-23T12:12:00Z"


@pytest.mark.parametrize(
    ("minutes", "words", "english"),
    [
        (0, "baru saja (19.12 WIB)", "just now (19.12 WIB)"),
        (25, "25 menit lalu (19.12 WIB)", "25 minutes ago (19.12 WIB)"),
        (61, "1 jam lalu (19.12 WIB)", "1 hour ago (19.12 WIB)"),
        (3 * 1440, "3 hari lalu (23 Nov 2026, 19.12 WIB)", "3 days ago (23 Nov 2026, 19.12 WIB)"),
        (-30, "30 menit lagi (19.12 WIB)", "in 30 minutes (19.12 WIB)"),
    ],
)
def test_relative_times_stand_beside_the_absolute_one(minutes, words, english):
    now = EVENING + timedelta(minutes=minutes)
    assert formats.relative(EVENING, now) == words
    assert formats.relative(EVENING, now, lang="en") == english


@pytest.mark.parametrize(
    ("minutes", "long", "short"),
    [
        (0, "0 menit", "0 m"),
        (220, "3 jam 40 menit", "3 j 40 m"),
        (60, "1 jam", "1 j"),
        (1500, "25 jam", "25 j"),
        (2 * 1440, "2 hari", "2 hari"),
        (3 * 1440 + 125, "3 hari 2 jam", "3 hari 2 j"),
        (-5, "0 menit", "0 m"),
    ],
)
def test_durations_have_at_most_two_parts(minutes, long, short):
    assert formats.duration(minutes) == long
    assert formats.duration_short(minutes) == short


def test_english_durations_know_their_plural():
    assert formats.duration(61, "en") == "1 hour 1 minute"
    assert formats.duration_short(220, "en") == "3 h 40 m"


def test_numbers_use_the_marks_of_the_language():
    assert formats.number(1248) == "1.248"
    assert formats.number(1248, "en") == "1,248"
    assert formats.decimal(814, 1) == "81,4"
    assert formats.decimal(-1250) == "−12,5"
    assert formats.decimal(500, 2, trim=False) == "5,00"
    assert formats.percent(780) == "7,8%"
    assert formats.percent(9100) == "91%"
    assert formats.percent(9150, places=0) == "92%"
    assert formats.percent(784, "en") == "7.8%"


def test_a_share_shows_its_base():
    assert formats.percent_of(1278, 1404) == "91% (1.278 dari 1.404)"
    assert formats.percent_of(1, 3, "en") == "33% (1 of 3)"
    assert formats.percent_of(0, 0) == "–"


def test_money_is_in_rupiah():
    assert formats.rupiah(18_400_000) == "Rp 18.400.000"
    assert formats.rupiah(-500) == "−Rp 500"
    assert formats.rupiah_round(1_200_000_000) == "Rp 1,2 miliar"
    assert formats.rupiah_round(31_500_000, "en") == "Rp 31.5 million"
    assert formats.rupiah_round(999_999) == "Rp 999.999"
    assert formats.rupiah_round(2_000_000_000_000) == "Rp 2 triliun"


def test_codes_are_grouped_for_the_eye():
    assert formats.nip("197902282006041003") == "19790228 200604 1 003"
    assert formats.nip("kontrak-7") == "kontrak-7"
    assert formats.phone("+6281234567890") == "0812-3456-7890"
    assert formats.phone("081234567890") == "0812-3456-7890"
    assert formats.phone("+442071234567") == "+442071234567"
    assert formats.phone_masked("+6281234567890") == "0812-****-7890"
    assert formats.phone_masked("112") == "****"
    assert formats.receipt("ABCD2345") == "ABCD 2345"


@pytest.mark.parametrize(
    ("name", "bare", "letters"),
    [
        ("Dr. Ir. Sri Wahyuni, M.T.", "Sri Wahyuni", "SW"),
        ("H. Suparman, S.Sos., M.M.", "Suparman", "S"),
        ("Rina Puspitasari, S.Sos.", "Rina Puspitasari", "RP"),
        ("Ir", "Ir", "I"),
        ("", "", "?"),
    ],
)
def test_names_lose_their_titles_for_sorting_and_avatars(name, bare, letters):
    assert formats.bare_name(name) == bare
    assert formats.initials(name) == letters


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_number_keeps_its_digits(value):
    assert int(formats.number(value).replace(".", "")) == value


@given(st.integers(min_value=0, max_value=10**7))
def test_a_duration_is_never_empty(minutes):
    assert formats.duration(minutes)
    assert formats.duration_short(minutes, "en")
