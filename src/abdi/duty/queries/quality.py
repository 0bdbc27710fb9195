"""The quality of rosters, week by week, a year ahead: three queries for any number of units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum

from abdi.duty.models import Roster, Shift, Turn
from abdi.duty.rules import MINUTE
from abdi.duty.rules import quality as rules
from abdi.duty.rules.quality import WeekQuality
from abdi.platform import clock
from abdi.platform.norms import norms

WEEK = timedelta(days=7)
LENGTH = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())
NONE = timedelta(0)


@dataclass
class RosterFacts:
    """What the score of a roster is made of."""

    week_start_on: date
    published_on: date | None
    is_published: bool
    promised: int = 0
    empty: int = 0
    by_person: dict[int, int] = field(default_factory=dict)
    shifts: int = 0
    broken: int = 0


@dataclass(frozen=True)
class WeekLine:
    """A week of a unit; without a roster there is nothing to judge and the score is 0."""

    week_start_on: date
    quality: WeekQuality | None
    is_published: bool = False

    @property
    def score(self) -> int:
        """0 to 100."""
        return self.quality.score if self.quality else 0


def quality_of(
    unit_ids: Iterable[int], first: date, today: date, *, weeks: int = rules.WEEKS
) -> dict[int, list[WeekLine]]:
    """The weeks of these units from a Monday on, by unit; three queries, whatever their number."""
    wanted = list(unit_ids)
    rosters = _rosters(wanted, first - (rules.FAIR_OVER_WEEKS - 1) * WEEK, first + weeks * WEEK)
    figures = norms("duty", on=today)
    found = {}
    for unit_id in wanted:
        known = rosters.get(unit_id, {})
        mondays = [first + n * WEEK for n in range(weeks)]
        found[unit_id] = [_line(known, monday, today, figures) for monday in mondays]
    return found


def _rosters(unit_ids: list[int], first: date, end: date) -> dict[int, dict[date, RosterFacts]]:
    rows = Roster.objects.filter(
        unit_id__in=unit_ids, week_start_on__gte=first, week_start_on__lt=end
    )
    by_id: dict[int, RosterFacts] = {}
    found: dict[int, dict[date, RosterFacts]] = {}
    for roster in rows:
        published = clock.local(roster.published_at).date() if roster.published_at else None
        facts = RosterFacts(roster.week_start_on, published, roster.is_published)
        by_id[roster.pk] = found.setdefault(roster.unit_id, {})[roster.week_start_on] = facts
    _add_turns(by_id)
    _add_shifts(by_id)
    return found


def _add_turns(by_id: Mapping[int, RosterFacts]) -> None:
    rows = (
        Turn.objects.filter(roster_id__in=list(by_id))
        .order_by()
        .values("roster_id")
        .annotate(promised=Sum(LENGTH), empty=Sum(LENGTH, filter=Q(taken_count=0)))
    )
    for row in rows:
        facts = by_id[row["roster_id"]]
        facts.promised = (row["promised"] or NONE) // MINUTE
        facts.empty = (row["empty"] or NONE) // MINUTE


def _add_shifts(by_id: Mapping[int, RosterFacts]) -> None:
    rows = (
        Shift.objects.filter(roster_id__in=list(by_id), is_standby=False)
        .order_by()
        .values("roster_id", "person_id")
        .annotate(
            stood=Sum(LENGTH), shifts=Count("id"), broken=Count("id", ~Q(override_problem=""))
        )
    )
    for row in rows:
        facts = by_id[row["roster_id"]]
        facts.by_person[row["person_id"]] = (row["stood"] or NONE) // MINUTE
        facts.shifts += row["shifts"]
        facts.broken += row["broken"]


def _line(
    known: Mapping[date, RosterFacts], monday: date, today: date, figures: Mapping[str, Any]
) -> WeekLine:
    facts = known.get(monday)
    if facts is None or not facts.promised:
        return WeekLine(monday, None)
    lately: dict[int, int] = {}
    for back in range(rules.FAIR_OVER_WEEKS):
        earlier = known.get(monday - back * WEEK)
        for person_id, minutes in earlier.by_person.items() if earlier else ():
            lately[person_id] = lately.get(person_id, 0) + minutes
    return WeekLine(monday, _judged(facts, lately, today, figures), facts.is_published)


def _judged(
    facts: RosterFacts, lately: Mapping[int, int], today: date, figures: Mapping[str, Any]
) -> WeekQuality:
    stood = sum(facts.by_person.values())
    above = rules.above_norm(facts.by_person.values(), figures["quality_week_hours"] * 60)
    moved = rules.moved_minutes(lately.values())
    days = ((facts.week_start_on) - (facts.published_on or today)).days
    weights = figures["quality_weights"]
    parts = (
        rules.gap_points(facts.promised, facts.empty),
        rules.overload_points(facts.shifts, facts.broken, stood, above),
        rules.fairness_points(sum(lately.values()), moved),
        rules.timeliness_points(max(days, 0), figures["published_days_before"]),
    )
    names = ("gaps", "overload", "fairness", "timeliness")
    score = rules.score_of(*parts, *(weights[name] for name in names))
    return WeekQuality(
        score,
        *parts,
        promised_minutes=facts.promised,
        empty_minutes=facts.empty,
        broken_count=facts.broken,
        above_minutes=above,
        moved_minutes=moved,
    )
