"""Rules of insight by examples and drawn cases."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.insight import rules
from abdi.people.rules import EDUCATION_LEVELS
from abdi.platform import formula_cli
from abdi.platform.inputs import BadInput
from abdi.platform.norms import norms

TODAY = date(2026, 3, 2)
NORMS = norms("insight", on=TODAY)
RECORD = {
    "tier": "PENGAWAS",
    "education": "S1",
    "courses": [],
    "predicate": "baik",
    "sanctions": [],
    "as_of": "2026-06-30",
}


def run(name, **values):
    return formula_cli.run(name, values, today=TODAY)


def parts_of(**changes):
    found = run("ip_asn.from_record", **{**RECORD, **changes})
    return {part["key"]: part["points"] for part in found["parts"]}


def course(kind, end, jp=20, fits=True):
    return {"kind": kind, "jp": jp, "end": end, "fits": fits}


# ------------------------------------------------------------------ nine-box


@pytest.mark.parametrize(
    ("predicate", "score", "box"),
    [
        ("kurang", 0, 1),
        ("baik", 59, 2),
        ("sangat_kurang", 60, 3),
        ("sangat_baik", Decimal("59.99"), 4),
        ("baik", Decimal("79.999999999"), 5),
        ("butuh_perbaikan", 80, 6),
        ("sangat_baik", 60, 7),
        ("baik", 80, 8),
        ("sangat_baik", 100, 9),
    ],
)
def test_performance_and_potential_give_the_box(predicate, score, box):
    assert run("talent.nine_box", predicate=predicate, potential_score=score)["box"] == box


@pytest.mark.parametrize("score", [-1, 101, Decimal("100.01"), True, "80"])
def test_a_score_beyond_100_is_refused(score):
    with pytest.raises(BadInput) as bad:
        run("talent.nine_box", predicate="baik", potential_score=score)
    assert bad.value.field == "potential_score"


# ------------------------------------------------------------------ professionalism index


@pytest.mark.parametrize(
    ("value", "category"),
    [
        (10_000, "Sangat Tinggi"),
        (9100, "Sangat Tinggi"),
        (9099, "Tinggi"),
        (9050, "Tinggi"),
        (8100, "Tinggi"),
        (8099, "Sedang"),
        (7100, "Sedang"),
        (7099, "Rendah"),
        (6100, "Rendah"),
        (6099, "Sangat Rendah"),
        (0, "Sangat Rendah"),
    ],
)
def test_a_category_begins_at_its_lower_bound(value, category):
    assert rules.category(value, NORMS) == category


def test_the_index_is_the_sum_of_four_dimensions():
    points = {"qualification": 25, "competency": 40, "performance": 30, "discipline": 5}
    assert run("ip_asn.index", points=points)["index"] == 100
    points = {**points, "competency": Decimal("30.495")}
    found = run("ip_asn.index", points=points)
    assert (found["index"], found["category"]) == (Decimal("90.5"), "Tinggi")


@pytest.mark.parametrize(
    "points",
    [
        {"qualification": 26, "competency": 40, "performance": 30, "discipline": 5},
        {"qualification": 25, "competency": 40, "performance": 30},
        {"qualification": 25, "competency": 40, "performance": 30, "discipline": 5, "x": 1},
        {"qualification": -1, "competency": 40, "performance": 30, "discipline": 5},
        [25, 40, 30, 5],
    ],
)
def test_points_beyond_the_weight_are_refused(points):
    with pytest.raises(BadInput) as bad:
        run("ip_asn.index", points=points)
    assert bad.value.field == "points"


def test_an_empty_record_earns_schooling_predicate_and_clean_hands():
    found = run("ip_asn.from_record", **RECORD)
    assert found["points"] == {
        "qualification": 15,
        "competency": 0,
        "performance": 25,
        "discipline": 5,
    }
    assert (found["index"], found["category"]) == (45, "Sangat Rendah")


def test_a_leadership_course_counts_for_ever_if_it_fits_and_is_finished():
    assert parts_of(courses=[course("leadership", "1999-01-01")])["leadership_training"] == 15
    assert parts_of(courses=[course("leadership", "2026-07-01")])["leadership_training"] == 0
    unfit = course("leadership", "1999-01-01", fits=False)
    assert parts_of(courses=[unfit])["leadership_training"] == 0


def test_technical_hours_are_added_up_inside_one_year():
    inside = [course("technical", "2025-07-01", 12), course("technical", "2026-06-30", 8)]
    assert parts_of(courses=inside)["technical_training"] == 15
    outside = [course("technical", "2025-06-30", 12), course("technical", "2026-06-30", 8)]
    assert parts_of(courses=outside)["technical_training"] == 0


def test_a_seminar_counts_for_two_years():
    assert parts_of(courses=[course("seminar", "2024-07-01", 0)])["seminar"] == 10
    assert parts_of(courses=[course("seminar", "2024-06-30", 0)])["seminar"] == 0


def test_each_group_has_its_own_parts():
    functional = parts_of(tier="JF_MAHIR", courses=[course("functional", "2020-01-01")])
    assert functional["functional_training"] == 15
    assert "leadership_training" not in functional
    staff = [course("technical", "2026-01-01"), course("seminar", "2026-01-01")]
    found = parts_of(tier="PELAKSANA", courses=staff)
    assert (found["technical_training"], found["seminar"]) == (Decimal("22.5"), Decimal("17.5"))


@pytest.mark.parametrize(
    ("sanctions", "points"),
    [
        ([], 5),
        ([{"level": "light", "date": "2021-07-01"}], 3),
        ([{"level": "light", "date": "2021-06-30"}], 5),
        ([{"level": "severe", "date": "2026-07-01"}], 5),
        (
            [{"level": "medium", "date": "2025-01-01"}, {"level": "light", "date": "2026-01-01"}],
            2,
        ),
        ([{"level": "severe", "date": "2026-06-30"}], 1),
    ],
)
def test_the_heaviest_sanction_of_five_years_counts(sanctions, points):
    assert parts_of(sanctions=sanctions)["discipline"] == points


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"courses": [{"kind": "technical", "jp": 5, "end": "2026-01-01"}]}, "courses"),
        ({"courses": [course("workshop", "2026-01-01")]}, "courses"),
        ({"courses": [course("technical", "2026-01-01", fits=1)]}, "courses"),
        ({"courses": [course("technical", "2026-01-01", jp=-1)]}, "courses"),
        ({"sanctions": [{"level": "harsh", "date": "2026-01-01"}]}, "sanctions"),
        ({"education": "SMA"}, "education"),
        ({"as_of": "30-06-2026"}, "as_of"),
        ({"tier": "LURAH"}, "tier"),
    ],
)
def test_a_record_that_cannot_be_is_refused(changes, field):
    with pytest.raises(BadInput) as bad:
        run("ip_asn.from_record", **{**RECORD, **changes})
    assert bad.value.field == field


def test_a_window_begins_the_day_after_the_same_day():
    assert rules.window_begins(date(2026, 6, 30), 1) == date(2025, 7, 1)
    assert rules.window_begins(date(2028, 2, 29), 1) == date(2027, 3, 1)
    assert rules.window_begins(date(2027, 2, 28), 1) == date(2026, 3, 1)


@given(st.sampled_from(sorted(NORMS["ip_performance"])), st.sampled_from(EDUCATION_LEVELS))
def test_the_index_never_leaves_its_scale(predicate, education):
    found = run("ip_asn.from_record", **{**RECORD, "predicate": predicate, "education": education})
    assert 0 <= found["index"] <= 100


def test_shares_and_changes_of_nothing():
    assert rules.share(0, 0) == 0
    assert rules.share(3, 1) == 3333
    assert rules.change(0, 7) == 10_000
    assert rules.change(40, 30) == 7500
