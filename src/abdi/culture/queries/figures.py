"""What the reports say of a group's theme: by month, before and after, in citizens' words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from abdi.culture import rules
from abdi.culture.choices import Verdict
from abdi.culture.models import Circle
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.norms import norms
from abdi.reports import queries as reports

if TYPE_CHECKING:
    from abdi.reports.models import Report

MOST_WORDS = 5


def theme_reports(circle: Circle) -> QuerySet[Report]:
    """All reports of the kind and place of a theme, hidden and joined ones left out."""
    place = Q(area=circle.area) | Q(area="", cell=circle.area)
    return reports.visible_reports(SYSTEM).filter(
        place, category__code=circle.category, hidden_at__isnull=True, joined_to__isnull=True
    )


@dataclass(frozen=True)
class Month:
    """Reports of the theme in one calendar month."""

    first: date
    count: int


def months_of(circle: Circle, until: date) -> list[Month]:
    """Reports by month, from half a year before the group began to a day. Two queries."""
    begin = clock.local(circle.started_at).date()
    first = (begin - timedelta(days=_days_before(begin))).replace(day=1)
    rows = (
        theme_reports(circle)
        .filter(received_at__gte=_midnight(first), received_at__lt=_midnight(until))
        .annotate(month=TruncMonth("received_at", tzinfo=clock.zone()))
        .values_list("month")
        .annotate(n=Count("id"))
        .order_by("month")
    )
    counts = {clock.local(month).date(): n for month, n in rows}
    return [Month(one, counts.get(one, 0)) for one in _months(first, until)]


def _known_from() -> date | None:
    """The day of the first report that is kept. One query."""
    rows = reports.visible_reports(SYSTEM).order_by("received_at", "id")
    first = rows.values_list("received_at", flat=True).first()
    return clock.local(first).date() if first else None


def _days_before(begin: date) -> int:
    """How many days before a group count as its past: no more than are known, at least a month."""
    most: int = norms("culture", on=begin)["circle_figures"]["days_before"]
    known = _known_from() or begin
    return max(rules.MONTH_DAYS, min(most, (begin - known).days))


def _months(first: date, until: date) -> list[date]:
    found, at = [], first
    while at < until:
        found.append(at)
        at = (at + timedelta(days=32)).replace(day=1)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), clock.zone())


@dataclass(frozen=True)
class Baseline:
    """How it was before: reports, reopened ones, per 30 days."""

    days: int
    reports: int
    reopened: int
    per_month: int


def baseline_of(circle: Circle) -> Baseline:
    """The half year before the group began, or as far back as reports are kept. Two queries."""
    end = clock.local(circle.started_at).date()
    days = _days_before(end)
    found = (
        theme_reports(circle)
        .filter(
            received_at__gte=_midnight(end - timedelta(days=days)), received_at__lt=_midnight(end)
        )
        .aggregate(n=Count("id"), again=Sum("reopened_count"))
    )
    return Baseline(days, found["n"], found["again"] or 0, rules.per_month(found["n"], days))


@dataclass(frozen=True)
class Effect:
    """Equal stretches before and after the work, and what came of it."""

    spans: rules.Spans
    before: int
    after: int
    before_per_month: int
    after_per_month: int
    target: int
    verdict: Verdict

    @property
    def left_permyriad(self) -> int:
        """What is left of the problem, in ten-thousandths."""
        return int(rules.improvement(self.before, self.after))

    def as_figures(self) -> dict[str, Any]:
        """What is frozen with the step: counts, spans, target and verdict."""
        spans = {name: day.isoformat() for name, day in asdict(self.spans).items()}
        return {
            **spans,
            "days": self.spans.days,
            "before": self.before,
            "after": self.after,
            "before_per_month": self.before_per_month,
            "after_per_month": self.after_per_month,
            "target": self.target,
            "verdict": self.verdict.value,
        }


def days_after(circle: Circle, today: date) -> int:
    """Whole days since the work was done."""
    spans = _spans(circle, today)
    return spans.days if spans else 0


def _spans(circle: Circle, today: date) -> rules.Spans | None:
    if circle.executed_at is None:
        return None
    begin, done = (clock.local(at).date() for at in (circle.started_at, circle.executed_at))
    return rules.compared_spans(begin, done, today, norms("culture", on=begin), _known_from())


def effect_of(circle: Circle, today: date) -> Effect | None:
    """Before and after from live reports; None before a day has passed. Two queries."""
    spans = _spans(circle, today)
    if spans is None or spans.days == 0 or circle.target_count is None:
        return None
    counts: dict[str, Any] = theme_reports(circle).aggregate(
        before=Count(
            "id",
            filter=Q(
                received_at__gte=_midnight(spans.before_start),
                received_at__lt=_midnight(spans.before_end),
            ),
        ),
        after=Count(
            "id",
            filter=Q(
                received_at__gte=_midnight(spans.after_start),
                received_at__lt=_midnight(spans.after_end),
            ),
        ),
    )
    before = int(rules.per_month(counts["before"], spans.days))
    after = int(rules.per_month(counts["after"], spans.days))
    verdict = Verdict(rules.verdict_code(before, after, circle.target_count))
    return Effect(
        spans, counts["before"], counts["after"], before, after, circle.target_count, verdict
    )


def words_of(circle: Circle) -> list[Report]:
    """The newest reports of the cluster whose words everybody may read. One query."""
    rows = reports.visible_reports(SYSTEM).filter(
        pk__in=circle.report_ids,
        published_at__isnull=False,
        is_confidential=False,
        hidden_at__isnull=True,
    )
    return list(rows.exclude(text="").order_by("-received_at", "-id")[:MOST_WORDS])
