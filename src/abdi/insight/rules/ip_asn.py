"""Professionalism index (IP ASN): from points, or from the record with a reason for each point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final

from abdi.integrity.choices import SanctionLevel
from abdi.people.rules import EDUCATION_LEVELS, TIERS, years_before
from abdi.performance.choices import Predicate
from abdi.platform.formulas import Between, band, formula, named, rounded, steps_of
from abdi.platform.inputs import Day, Flag, ListOf, Number, one_of
from abdi.platform.inputs import Record as RecordSpec
from abdi.training.choices import CourseKind

Norms = Mapping[str, Any]
Hundredths = Annotated[int, Between(0, 10_000)]

DIMENSIONS: Final = ("qualification", "competency", "performance", "discipline")


@formula
def index(
    qualification: Annotated[int, Between(0, 2500)],
    competency: Annotated[int, Between(0, 4000)],
    performance: Annotated[int, Between(0, 3000)],
    discipline: Annotated[int, Between(0, 500)],
) -> int:
    """Index in hundredths of a point: the sum of the four dimensions, weights included."""
    return qualification + competency + performance + discipline


@formula
def category(value: Hundredths, norms: Norms) -> str:
    """Category of an index in hundredths; the lower bound counts, so 90.50 is high."""
    *steps, lowest = steps_of(norms["ip_categories"], "name_id", scale=100)
    found: str = band(value, *steps, otherwise=lowest[1])
    return found


@dataclass(frozen=True)
class Course:
    """A course on record; `fits` says whether it fits the post held."""

    kind: str
    hours: Decimal
    end: date
    fits: bool


@dataclass(frozen=True)
class Sanction:
    """A sanction on record with the day it took effect."""

    level: str
    on: date


@dataclass(frozen=True)
class Record:
    """What the index looks at."""

    tier: str
    education: str
    courses: tuple[Course, ...]
    predicate: str
    sanctions: tuple[Sanction, ...]
    as_of: date


@dataclass(frozen=True)
class Part:
    """One part of the index: its dimension, points, and the row they come from."""

    dimension: str
    key: str
    points: Decimal
    reason: str


def window_begins(as_of: date, years: int) -> date:
    """First day of a window of so many years that ends with `as_of`."""
    return years_before(as_of, years) + timedelta(days=1)


def parts_from_record(record: Record, norms: Norms) -> tuple[Part, ...]:
    """Every part of the index with its points and reason, from the record itself."""
    education = norms["ip_qualification"][record.education]
    performance = norms["ip_performance"][record.predicate]
    return (
        _part("qualification", "qualification", education, f"education {record.education}"),
        *_competency_parts(record, norms),
        _part("performance", "performance", performance, f"predicate {record.predicate}"),
        _discipline_part(record, norms),
    )


def _part(dimension: str, key: str, points: Decimal | int, reason: str) -> Part:
    return Part(dimension, key, Decimal(points), reason)


def _competency_parts(record: Record, norms: Norms) -> Iterable[Part]:
    groups = norms["ip_competency"].values()
    group = next(group for group in groups if record.tier in group["tiers"])
    finders: Mapping[str, Callable[[Record, Norms], tuple[bool, str]]] = {
        "leadership_training": lambda r, n: _one_course(r, CourseKind.LEADERSHIP.value),
        "functional_training": lambda r, n: _one_course(r, CourseKind.FUNCTIONAL.value),
        "technical_training": _technical,
        "seminar": _seminar,
    }
    for key, points in group["parts"].items():
        earned, reason = finders[key](record, norms)
        yield _part("competency", key, points if earned else 0, reason)


def _fitting(record: Record, kind: str, since: date | None) -> list[Course]:
    return [
        course
        for course in record.courses
        if course.kind == kind
        and course.fits
        and course.end <= record.as_of
        and (since is None or course.end >= since)
    ]


def _one_course(record: Record, kind: str) -> tuple[bool, str]:
    found = _fitting(record, kind, None)
    if not found:
        return False, f"no finished {kind} course that fits"
    return True, f"{kind} course finished {max(c.end for c in found).isoformat()}"


def _technical(record: Record, norms: Norms) -> tuple[bool, str]:
    rule = norms["ip_windows"]
    since = window_begins(record.as_of, rule["technical_years"])
    hours = sum((c.hours for c in _fitting(record, CourseKind.TECHNICAL.value, since)), Decimal(0))
    reason = f"{hours.normalize():f} of {rule['technical_jp']} JP since {since.isoformat()}"
    return hours >= rule["technical_jp"], reason


def _seminar(record: Record, norms: Norms) -> tuple[bool, str]:
    since = window_begins(record.as_of, norms["ip_windows"]["seminar_years"])
    found = _fitting(record, CourseKind.SEMINAR.value, since)
    if not found:
        return False, f"no seminar that fits since {since.isoformat()}"
    return True, f"seminar finished {max(course.end for course in found).isoformat()}"


def _discipline_part(record: Record, norms: Norms) -> Part:
    since = window_begins(record.as_of, norms["ip_windows"]["discipline_years"])
    order = SanctionLevel.codes()
    levels = [s.level for s in record.sanctions if since <= s.on <= record.as_of]
    heaviest = max(levels, key=order.index, default=None)
    points = norms["ip_discipline"][heaviest or "none"]
    reason = f"heaviest sanction since {since.isoformat()}: {heaviest or 'none'}"
    return _part("discipline", "discipline", points, reason)


# ------------------------------------------------------------------ by name


def _answer(points: Mapping[str, Decimal], norms: Norms) -> dict[str, Any]:
    exact = [Fraction(points[key]) for key in DIMENSIONS]
    value = rounded(sum(exact, Fraction(0)), 2)
    return {"index": value, "category": category(int(value * 100), norms)}


@named(
    "ip_asn.index",
    inputs={
        "points": RecordSpec(
            parts={
                "qualification": Number(high=25),
                "competency": Number(high=40),
                "performance": Number(high=30),
                "discipline": Number(high=5),
            },
            unit="points, weights included",
        )
    },
    outputs={"index": "points 0 to 100, 2 decimals", "category": "name of the category"},
    source="Peraturan BKN 8/2019",
    verified=True,
    example=(
        {
            "points": {
                "qualification": 15,
                "competency": Decimal("32.5"),
                "performance": 25,
                "discipline": 5,
            }
        },
        {"index": Decimal("77.5"), "category": "Sedang"},
    ),
    norms=("insight",),
)
def index_named(
    points: Mapping[str, Decimal], *, norms: Mapping[str, Norms], today: date
) -> dict[str, Any]:
    """Professionalism index of four dimensions."""
    return _answer(points, norms["insight"])


@named(
    "ip_asn.from_record",
    inputs={
        "tier": one_of(TIERS),
        "education": one_of(EDUCATION_LEVELS),
        "courses": ListOf(
            item=RecordSpec(
                parts={
                    "kind": one_of(CourseKind),
                    "jp": Number(high=10_000),
                    "end": Day(),
                    "fits": Flag(),
                }
            ),
            unit="lesson hours, last day, whether it fits the post",
        ),
        "predicate": one_of(Predicate),
        "sanctions": ListOf(
            item=RecordSpec(parts={"level": one_of(SanctionLevel), "date": Day()}),
            unit="day of effect",
        ),
        "as_of": Day(),
    },
    outputs={
        "points": "points by dimension",
        "parts": "key, points and reason of each part",
        "index": "points 0 to 100, 2 decimals",
        "category": "name of the category",
    },
    source="Peraturan BKN 8/2019; counting rules and the bridge from predicates are ours",
    verified=False,
    example=(
        {
            "tier": "PENGAWAS",
            "education": "S1",
            "courses": [
                {"kind": "leadership", "jp": 900, "end": "2019-11-29", "fits": True},
                {"kind": "technical", "jp": 12, "end": "2025-07-01", "fits": True},
                {"kind": "technical", "jp": 8, "end": "2026-06-30", "fits": True},
            ],
            "predicate": "baik",
            "sanctions": [{"level": "light", "date": "2020-01-10"}],
            "as_of": "2026-06-30",
        },
        {
            "points": {"qualification": 15, "competency": 30, "performance": 25, "discipline": 5},
            "index": 75,
            "category": "Sedang",
        },
    ),
    norms=("insight",),
)
def from_record_named(
    *,
    tier: str,
    education: str,
    courses: list[Mapping[str, Any]],
    predicate: str,
    sanctions: list[Mapping[str, Any]],
    as_of: date,
    norms: Mapping[str, Norms],
    today: date,
) -> dict[str, Any]:
    """Professionalism index from the record, every point with its reason."""
    record = Record(
        tier=tier,
        education=education,
        courses=tuple(Course(c["kind"], c["jp"], c["end"], c["fits"]) for c in courses),
        predicate=predicate,
        sanctions=tuple(Sanction(s["level"], s["date"]) for s in sanctions),
        as_of=as_of,
    )
    parts = parts_from_record(record, norms["insight"])
    points = {
        key: sum((part.points for part in parts if part.dimension == key), Decimal(0))
        for key in DIMENSIONS
    }
    return {
        "points": points,
        "parts": [{"key": p.key, "points": p.points, "reason": p.reason} for p in parts],
        **_answer(points, norms["insight"]),
    }
