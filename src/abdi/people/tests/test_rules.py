"""Rules of the people floor by examples and drawn cases."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.people import rules
from abdi.platform import formula_cli
from abdi.platform.inputs import BadInput
from abdi.platform.norms import norms

TODAY = date(2026, 3, 2)
NORMS = norms("people", on=TODAY)


def run(name, **values):
    return formula_cli.run(name, values, today=TODAY)


# ------------------------------------------------------------------ employee number


def test_a_nip_says_birth_appointment_sex_and_serial():
    found = run("nip.check", value="199002152015032007")
    assert found["kind"] == "PNS"
    assert (found["birth"], found["appointed"]) == (date(1990, 2, 15), "2015-03")
    assert (found["sex"], found["serial"]) == ("female", 7)


def test_a_contract_number_says_the_year():
    found = run("nip.check", value="19900215 2023 21 1 012")
    assert (found["kind"], found["appointed"], found["sex"]) == ("PPPK", "2023", "male")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", "nip_length"),
        ("19900215201503200", "nip_length"),
        ("1990021520150320071", "nip_length"),
        ("19900215201503200X", "nip_digits"),
        ("١٩٩٠٠٢١٥٢٠١٥٠٣٢٠٠٧", "nip_digits"),
        ("199002302015032007", "nip_birth"),
        ("000001012015032007", "nip_birth"),
        ("202603032015032007", "nip_birth"),
        ("199002152015002007", "nip_month"),
        ("199002152015132007", "nip_month"),
        ("199002152015202007", "nip_month"),
        ("199002152015033007", "nip_sex"),
        ("199002152015032000", "nip_serial"),
    ],
)
def test_the_first_fault_of_a_number_is_named(value, reason):
    found = run("nip.check", value=value)
    assert (found["valid"], found["reason"]) == (False, reason)


def test_a_number_without_quotes_is_refused():
    with pytest.raises(BadInput) as bad:
        run("nip.check", value=199002152015032007)
    assert bad.value.field == "value"


# ------------------------------------------------------------------ pension


@pytest.mark.parametrize(
    ("values", "age", "day"),
    [
        ({"birth": "1968-12-15", "tier": "PENGAWAS"}, 58, date(2027, 1, 1)),
        ({"birth": "1968-02-29", "tier": "JPT_PRATAMA"}, 60, date(2028, 3, 1)),
        ({"birth": "1968-02-29", "tier": "ADMINISTRATOR"}, 58, date(2026, 3, 1)),
        ({"birth": "1970-05-01", "tier": "JF_AHLI_MUDA", "group": "teacher"}, 60, date(2030, 6, 1)),
        ({"birth": "1970-05-31", "tier": "JF_AHLI_UTAMA"}, 65, date(2035, 6, 1)),
        (
            {"birth": "1970-05-31", "tier": "PELAKSANA", "group": "teacher", "pension_age": 62},
            62,
            date(2032, 6, 1),
        ),
    ],
)
def test_pension_begins_the_month_after_the_age_is_reached(values, age, day):
    found = run("retirement.date", **values)
    assert (found["pension_age"], found["date"]) == (age, day)
    assert found["contract_end_latest"] is None


@pytest.mark.parametrize("employment", ["PPPK", "PPPK_PW"])
def test_a_contract_ends_before_the_pension_date(employment):
    found = run("retirement.date", birth="1970-05-31", tier="PELAKSANA", employment=employment)
    assert found["contract_end_latest"] == date(2028, 5, 31)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"birth": "1970-05-31", "tier": "JF_AHLI_MUDA", "group": "doctor"}, "pension_age"),
        ({"birth": "2026-03-03", "tier": "PELAKSANA"}, "birth"),
        ({"birth": "1970-05-31"}, "tier"),
        ({"birth": "1970-05-31", "tier": "STAFF"}, "tier"),
        ({"birth": "1970-05-31", "tier": "PELAKSANA", "pension_age": 5}, "pension_age"),
    ],
)
def test_a_pension_nobody_can_compute_is_refused(values, field):
    with pytest.raises(BadInput) as bad:
        run("retirement.date", **values)
    assert bad.value.field == field


# ------------------------------------------------------------------ acting heads


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2026-01-15", date(2026, 4, 14)),
        ("2026-01-01", date(2026, 3, 31)),
        ("2026-01-31", date(2026, 4, 30)),
        ("2025-11-30", date(2026, 2, 28)),
        ("2025-11-29", date(2026, 2, 28)),
        ("2023-11-29", date(2024, 2, 28)),
        ("2023-11-30", date(2024, 2, 29)),
        ("2026-11-15", date(2027, 2, 14)),
    ],
)
def test_a_plt_ends_the_day_before_three_months_are_full(start, last):
    assert run("acting.term", kind="plt", start=start)["latest_end"] == last


def test_a_planned_end_beyond_the_term_is_too_long():
    kept = run("acting.term", kind="plt", start="2026-01-15", end="2026-04-14")
    late = run("acting.term", kind="plt", start="2026-01-15", end="2026-04-15")
    assert (kept["allowed"], kept["reason"]) == (True, None)
    assert (late["allowed"], late["reason"]) == (False, "too_long")
    assert late["latest_end"] == date(2026, 4, 14)


def test_a_plt_is_extended_once():
    once = run("acting.term", kind="plt", start="2026-04-15", extension=1)
    twice = run("acting.term", kind="plt", start="2026-07-15", extension=2, end="2026-07-20")
    assert once["latest_end"] == date(2026, 7, 14)
    assert twice["latest_end"] is None
    assert (twice["allowed"], twice["reason"]) == (False, "no_further_extension")


def test_a_plh_stays_while_the_holder_is_away():
    found = run("acting.term", kind="plh", start="2026-01-15", end="2027-01-15")
    assert (found["latest_end"], found["allowed"]) == (None, True)


def test_a_term_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadInput) as bad:
        run("acting.term", kind="plt", start="2026-01-15", end="2026-01-14")
    assert bad.value.field == "end"


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_term_of_three_months_lasts_about_that_long(start):
    length = rules.acting_last_day(start, 3) - start
    assert timedelta(days=87) <= length <= timedelta(days=92)


# ------------------------------------------------------------------ job class


@pytest.mark.parametrize(
    ("points", "job_class"),
    [(190, 1), (240, 1), (241, 2), (300, 2), (4050, 16), (4051, 17), (999_999, 17)],
)
def test_points_give_the_class(points, job_class):
    assert run("evjab.class", points=points, kind="structural")["job_class"] == job_class


@pytest.mark.parametrize("points", [189, 0, -5, 1_000_000, True, "190"])
def test_points_below_the_first_class_are_refused(points):
    with pytest.raises(BadInput) as bad:
        run("evjab.class", points=points, kind="functional")
    assert bad.value.field == "points"


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("text", "name", "letters"),
    [
        ("Dr. Ir. Sri Wahyuni, M.T.", "Sri Wahyuni", "SW"),
        ("Drs. H. Ahmad Fauzi", "Ahmad Fauzi", "AF"),
        ("dr. Bayu", "Bayu", "B"),
        ("Prof. Dr. drg. Ni Luh Ayu Candra, Sp.Ort.", "Ni Luh Ayu Candra", "NC"),
        ("M. Rizki", "M. Rizki", "MR"),
        ("Hidayat", "Hidayat", "H"),
        ("H.", "H.", "H"),
        ("", "", "?"),
    ],
)
def test_names_are_read_without_titles(text, name, letters):
    assert rules.split_titles(text).name == name
    assert rules.initials(text) == letters


def test_lists_sort_without_titles():
    people = ["Prof. Zainal", "Ir. Budi, M.T.", "andi", "Élok"]
    assert sorted(people, key=rules.sort_key) == ["andi", "Ir. Budi, M.T.", "Élok", "Prof. Zainal"]


def test_the_next_rank_follows_the_order_and_grades_have_none():
    assert rules.next_rank("III/d", NORMS) == "IV/a"
    assert rules.next_rank("IV/e", NORMS) is None
    assert rules.next_rank("IX", NORMS) is None
    assert {"I/a", "XVII"} <= rules.rank_codes(NORMS)
