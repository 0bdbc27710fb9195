"""Layouts of lists that go out: what a line says, and the order."""

from dataclasses import replace
from datetime import date

from abdi.imports.choices import Layout
from abdi.imports.rules import find_header
from abdi.imports.rules.layouts import TABLES, Staff, day_text, rank_order, unit_order

ONE = Staff(
    pk=1, code="abcdefgh23", name="Budi Santoso", prefix="Drs.", suffix="M.Si.",
    number="197103121995031902", employment="PNS", sex="male", birth_on=date(1971, 3, 12),
    phone="", email="", education="S2", education_order=9, unit="Bidang", unit_code="u1",
    unit_above="Dinas", unit_order="/1/2/", is_head=False, title="Analis", post_kind="functional",
    tier="JF_AHLI_MUDA", echelon="", seated_on=date(2022, 1, 2), rank="IV/a",
    ranked_on=date(2020, 4, 1), institution="Kota", as_of=date(2026, 3, 2),
)  # fmt: skip


def test_the_number_tells_the_appointment_and_the_months_served():
    assert ONE.appointed_on == date(1995, 3, 1)
    assert ONE.served_months == 31 * 12
    assert replace(ONE, employment="PPPK").appointed_on is None
    assert replace(ONE, number="").served_months is None


def test_a_full_name_has_its_titles_and_no_empty_places():
    assert ONE.full_name == "Drs. Budi Santoso, M.Si."
    assert replace(ONE, prefix="", suffix="").full_name == "Budi Santoso"
    assert day_text(None) == ""


def test_a_layout_holds_whom_it_is_for_and_has_a_cell_for_each_heading():
    for table in TABLES.values():
        assert len(table.line(ONE, 1)) == len(table.heads[-1])
        assert find_header(table.heads).weight > (5, 5)
    assert len(TABLES[Layout.SIASN].heads[0]) == 67
    assert TABLES[Layout.DUK].holds(ONE)
    assert not TABLES[Layout.PPPK].holds(ONE)


def test_the_order_of_rank_goes_by_rank_day_post_service_education_and_age():
    later = [
        replace(ONE, birth_on=date(1972, 1, 1)),
        replace(ONE, education_order=8),
        replace(ONE, number="197103121996031902"),
        replace(ONE, tier="JF_AHLI_PERTAMA"),
        replace(ONE, ranked_on=date(2021, 4, 1)),
        replace(ONE, rank="III/d"),
    ]
    assert sorted(reversed([ONE, *later]), key=rank_order) == [ONE, *later]


def test_the_order_of_units_has_heads_first_and_people_without_a_unit_last():
    head = replace(ONE, is_head=True, rank="III/a")
    nowhere = replace(ONE, unit_order="")
    assert sorted([nowhere, ONE, head], key=unit_order) == [head, ONE, nowhere]
