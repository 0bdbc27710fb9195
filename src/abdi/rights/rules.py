"""Rights that fall due by themselves: dates computed from the record, nothing asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from abdi.people.rules import (
    FUNCTIONAL_TIERS,
    months_later,
    next_rank,
    pension_age,
    pension_date,
)
from abdi.rights.choices import RightKind

Norms = Mapping[str, Any]


@dataclass(frozen=True)
class Held:
    """A rank held from a day on."""

    rank: str
    start_on: date


@dataclass(frozen=True)
class Record:
    """What the rules need to know of a person."""

    person_id: int
    employment: str
    tier: str = ""
    education: str = ""
    birth_on: date | None = None
    appointed_on: date | None = None
    ranks: tuple[Held, ...] = ()
    raised_on: date | None = None
    pension_age: int | None = None


@dataclass(frozen=True)
class Due:
    """A right with its day: `what` is the rank, the years or the age, `base_on` the day counted
    from."""

    kind: RightKind
    due_on: date
    base_on: date
    what: str


def service_start(record: Record) -> date | None:
    """The day service began: the first rank, else the appointment in the employee number."""
    if record.ranks:
        return min(held.start_on for held in record.ranks)
    return record.appointed_on


def raise_due(record: Record, first: date, last: date, norms: Norms) -> Due | None:
    """The periodic raise between two days: every two years from the last one, or from service.

    A promotion does not start the count anew.
    """
    figures = norms["periodic_raise"]
    base = record.raised_on or service_start(record)
    if base is None or record.employment not in figures["employment"]:
        return None
    step = int(figures["months"])
    passed = (first.year - base.year) * 12 + first.month - base.month
    number = max(1, passed // step)
    due = months_later(base, step * number)[0]
    while due < first:
        number += 1
        due = months_later(base, step * number)[0]
    rank = record.ranks[-1].rank if record.ranks else ""
    return Due(RightKind.RAISE, due, base, rank) if due <= last else None


def promotion_due(record: Record, last: date, norms: Norms, people: Norms) -> Due | None:
    """The regular promotion up to a day, also one that should have been: four years in the rank.

    The first day of a month; not beyond what the education allows; functional posts rise by
    credit points, which stand elsewhere.
    """
    figures = norms["regular_promotion"]
    if not record.ranks or record.employment not in figures["employment"]:
        return None
    if record.tier in FUNCTIONAL_TIERS:
        return None
    held = record.ranks[-1]
    above = next_rank(held.rank, people)
    if above is None or not _education_allows(record.education, above, people):
        return None
    due = first_of_month(months_later(held.start_on, 12 * int(figures["years"]))[0])
    return Due(RightKind.PROMOTION, due, held.start_on, above) if due <= last else None


def _education_allows(education: str, rank: str, people: Norms) -> bool:
    known = people["education"].get(education)
    if known is None:
        return True
    highest: int = people["ranks"][known["highest_rank"]]["order"]
    return int(people["ranks"][rank]["order"]) <= highest


def first_of_month(day: date) -> date:
    """The day itself where it is the first of a month, else the first of the next."""
    if day.day == 1:
        return day
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def medal_due(record: Record, first: date, last: date, norms: Norms) -> Due | None:
    """The long-service medal of ten, twenty or thirty years between two days."""
    figures = norms["service_medal"]
    base = service_start(record)
    if base is None or record.employment not in figures["employment"]:
        return None
    for years in figures["years"]:
        due = months_later(base, 12 * int(years))[0]
        if first <= due <= last:
            return Due(RightKind.MEDAL, due, base, str(years))
    return None


def pension_due(record: Record, first: date, last: date, norms: Norms, people: Norms) -> Due | None:
    """The pension between two days, with the file that has to be ready by then."""
    figures = norms["pension_file"]
    if record.birth_on is None or record.employment not in figures["employment"]:
        return None
    if record.tier not in people["pension_ages"] and record.pension_age is None:
        return None
    age = pension_age(record.tier, people, own=record.pension_age)
    if age is None:
        return None
    due = pension_date(record.birth_on, age)
    return Due(RightKind.PENSION, due, record.birth_on, str(age)) if first <= due <= last else None


def rights_due(record: Record, today: date, norms: Norms, people: Norms) -> list[Due]:
    """All that falls due in the months ahead, and the promotion a person waits for."""
    year = months_later(today, int(norms["announced_months_ahead"]))[0]
    longer = months_later(today, int(norms["pension_file"]["months_ahead"]))[0]
    found = (
        raise_due(record, today, year, norms),
        promotion_due(record, year, norms, people),
        medal_due(record, today, year, norms),
        pension_due(record, today, longer, norms, people),
    )
    return sorted((one for one in found if one is not None), key=lambda one: one.due_on)


def late_share(states: Iterable[tuple[date, bool]], today: date) -> tuple[int, int]:
    """Late ones and their base: rights whose day has come, given or not: (late, base)."""
    come = [is_open for due, is_open in states if due <= today]
    return sum(come), len(come)
