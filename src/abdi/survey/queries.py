"""Reads of the survey: ratings of reports, results of closed periods. Answers are never read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.cells import publish_cells
from abdi.platform.norms import norms
from abdi.platform.pages.todo import ToDo
from abdi.survey import rules
from abdi.survey.choices import Element, Grade
from abdi.survey.models import ElementTotal, Invitation, Participation, Period, Rating

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class ElementRow:
    """One element of a result. `value` in hundredths of a point; None where too few answered."""

    element: Element
    respondents: int | None
    value: int | None
    grade: Grade | None
    is_low: bool = False


@dataclass(frozen=True)
class Result:
    """What a closed survey says of a service. Nothing is told of groups below five."""

    period: Period
    service_id: int
    service_code: str
    service_name: str
    unit_name: str
    index: int | None
    grade: Grade | None
    rows: tuple[ElementRow, ...]
    wanted: int | None = None

    @property
    def is_told(self) -> bool:
        """Whether enough people answered every element."""
        return self.index is not None

    @property
    def lowest(self) -> list[ElementRow]:
        """The elements that go into the follow-up plan, lowest first."""
        return sorted((row for row in self.rows if row.is_low), key=lambda row: row.value or 0)

    @property
    def respondents(self) -> int:
        """People who answered the element most of them answered."""
        return max((row.respondents or 0 for row in self.rows), default=0)


def invitation_for(about: str) -> Invitation | None:
    """The newest invitation to rate a thing, with its rating."""
    rows = Invitation.objects.filter(about=about).select_related("rating")
    return rows.order_by("-round").first()


def rating_of(about: str) -> Rating | None:
    """The newest rating of a thing."""
    rows = Rating.objects.filter(invitation__about=about).select_related("invitation")
    return rows.order_by("-invitation__round").first()


def rating_totals(unit_ids: Iterable[int], start: datetime, end: datetime) -> tuple[int, int]:
    """Number of ratings given to units between two moments, and the sum of their stars."""
    found = Rating.objects.filter(
        invitation__unit_id__in=list(unit_ids), rated_at__gte=start, rated_at__lt=end
    ).aggregate(count=Count("id"), stars=Sum("stars"))
    return found["count"], found["stars"] or 0


def open_period(service_id: int) -> Period | None:
    """The survey of a service that takes answers now."""
    return Period.objects.filter(service_id=service_id, closed_on__isnull=True).first()


def open_periods(service_ids: Iterable[int] | None = None) -> dict[int, Period]:
    """Surveys that take answers now, by service."""
    rows = Period.objects.filter(closed_on__isnull=True)
    if service_ids is not None:
        rows = rows.filter(service_id__in=list(service_ids))
    return {row.service_id: row for row in rows}


def due_to_close(day: date) -> QuerySet[Period]:
    """Surveys whose last day has passed."""
    return Period.objects.filter(closed_on__isnull=True, closes_on__lt=day).select_related(
        "service__unit"
    )


def has_answered(period_id: int, who: str) -> bool:
    """Whether this reader has answered; `who` is the sealed word of actions.sealed()."""
    return Participation.objects.filter(period_id=period_id, who=who).exists()


def manageable_periods(actor: Actor) -> QuerySet[Period]:
    """Surveys this actor may end."""
    reach = actor.reach("survey.form", "publish")
    rows = Period.objects.select_related("service__unit")
    return rows if reach.all else rows.filter(service__unit__agency_id__in=reach.agency_ids)


def manageable_services(actor: Actor) -> QuerySet[Any]:
    """Services whose surveys this actor may open."""
    reach = actor.reach("survey.form", "publish")
    rows = people.services().filter(is_public=True)
    return rows if reach.all else rows.filter(unit__agency_id__in=reach.agency_ids)


def results(*, service_id: int | None = None) -> list[Result]:
    """The newest result of each surveyed service, by name; small groups are left untold.

    Three queries, whatever the number of services.
    """
    rows = Period.objects.filter(closed_on__isnull=False).select_related("service__unit")
    if service_id is not None:
        rows = rows.filter(service_id=service_id)
    newest = {row.service_id: row for row in rows.order_by("closed_on", "id")}
    return _results(sorted(newest.values(), key=lambda row: row.service.name))


def result_of(period: Period) -> Result:
    """The result of one closed survey; its service and unit must be loaded."""
    return _results([period])[0]


def _results(periods: list[Period]) -> list[Result]:
    totals: dict[int, dict[str, ElementTotal]] = {}
    for row in ElementTotal.objects.filter(period__in=[period.pk for period in periods]):
        totals.setdefault(row.period_id, {})[row.element] = row
    return [_result(period, totals.get(period.pk, {})) for period in periods]


def _result(period: Period, totals: dict[str, ElementTotal]) -> Result:
    figures = norms("survey", on=period.closed_on or period.opened_on)
    counts: dict[Hashable, int] = {key: row.respondents for key, row in totals.items()}
    shown = publish_cells(counts, smallest=figures["fewest_shown"], totals=[])
    told = {key for key, count in counts.items() if count and shown.shows(key)}
    index = _index(period, totals, figures) if told == set(Element.codes()) else None
    rows = tuple(
        _row(element, totals.get(element), element in told, index, figures) for element in Element
    )
    return Result(
        period=period,
        service_id=period.service_id,
        service_code=period.service.code,
        service_name=period.service.name,
        unit_name=period.service.unit.name,
        index=int(index.value * 100) if index else None,
        grade=Grade(index.grade) if index else None,
        rows=rows,
        wanted=rules.sample_size(period.people_served, figures) if period.people_served else None,
    )


def _index(period: Period, totals: dict[str, ElementTotal], figures: rules.Norms) -> rules.Index:
    return rules.satisfaction_index(
        {key: row.answers_sum for key, row in totals.items()},
        {key: row.respondents for key, row in totals.items()},
        period.weight,
        figures,
    )


def _row(
    element: Element,
    total: ElementTotal | None,
    is_told: bool,
    index: rules.Index | None,
    figures: rules.Norms,
) -> ElementRow:
    if total is None or not is_told:
        return ElementRow(element, None, None, None)
    value = rules.element_value(total.answers_sum, total.respondents)
    return ElementRow(
        element,
        total.respondents,
        value,
        Grade(rules.grade(value, figures)),
        is_low=index is not None and element.value in rules.follow_up(index, figures),
    )


def index_of_service(service_id: int, start: date, end: date) -> dict[str, Any] | None:
    """The index over all surveys of a service closed from `start` to `end`, as `skm.index` says it.

    Elements add up over the surveys; the newest survey's weight rule counts. None where no
    survey closed or fewer than five people answered an element.
    """
    rows = Period.objects.filter(service_id=service_id, closed_on__range=(start, end))
    periods = list(rows.order_by("closed_on", "id"))
    if not periods:
        return None
    figures = norms("survey", on=periods[-1].closed_on or end)
    sums, counts = dict.fromkeys(Element.codes(), 0), dict.fromkeys(Element.codes(), 0)
    for row in ElementTotal.objects.filter(period__in=periods):
        if row.respondents >= figures["fewest_shown"]:
            sums[row.element] += row.answers_sum
            counts[row.element] += row.respondents
    if not all(counts.values()):
        return None
    return _as_named(rules.satisfaction_index(sums, counts, periods[-1].weight, figures))


def _as_named(index: rules.Index) -> dict[str, Any]:
    return {
        "index": index.value,
        "grade": index.grade,
        "lowest_element": index.lowest[0],
        "lowest_three": list(index.lowest[:3]),
        "elements": {
            one.key: {
                "n": one.respondents,
                "value": Decimal(one.value).scaleb(-2),
                "grade": one.grade,
            }
            for one in index.elements
        },
        "weight": index.weight,
    }


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """What waits for those in charge: services that were not surveyed for a year."""
    if actor.reach("survey.form", "publish").nothing:
        return []
    day = clock.local(at).date()
    recent = Period.objects.filter(service_id=OuterRef("pk"), opened_on__gt=day - YEAR)
    names = list(
        manageable_services(actor).exclude(Exists(recent)).values_list("name", flat=True)[:50]
    )
    if not names:
        return []
    title = ngettext(
        "One service was not surveyed for a year", "%(num)d services were not surveyed for a year",
        len(names),
    ) % {"num": len(names)}  # fmt: skip
    return [
        ToDo(
            icon="thumb-up",
            title=title,
            reason=_("First: %(name)s. Each service is surveyed at least once a year.")
            % {"name": names[0]},
            url=reverse("survey:results"),
            button=_("Open a survey"),
        )
    ]
