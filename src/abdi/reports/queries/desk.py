"""The desk's lists: tabs with their counts, the chosen report, what is alike, what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Max, Q, QuerySet, When

from abdi.platform.access import Actor
from abdi.platform.choices import N_, Choice
from abdi.platform.norms import norms
from abdi.reports import rules
from abdi.reports.choices import Jurisdiction, Status
from abdi.reports.models import Category, Report
from abdi.reports.models.reports import IS_OPEN, is_past
from abdi.reports.queries.finding import near
from abdi.reports.queries.scopes import visible_work
from abdi.reports.rules import words

LIST_LENGTH = 50


class Tab(Choice):
    """The lists of the desk."""

    NEW = "baru", N_("New")
    RUNNING = "berjalan", N_("Under way")
    LATE = "lewat", N_("Past its promise")
    WAITING = "tunggu", N_("On hold")
    HIDE = "sembunyikan", N_("To hide")


@dataclass(frozen=True)
class Alike:
    """A report close by that may say the same."""

    report: Report
    metres: int
    likeness: int


@dataclass(frozen=True)
class Advice:
    """The kind a report probably is, or the three it could be."""

    best: words.Suggestion | None
    category: Category | None
    others: list[tuple[words.Suggestion, Category]]


def condition(tab: Tab, at: datetime) -> Q:
    """Which reports of the actor's reach stand in a list."""
    return {
        Tab.NEW: IS_OPEN & Q(status__in=rules.AT_DESK),
        Tab.RUNNING: IS_OPEN & Q(status__in=rules.IN_FIELD),
        Tab.LATE: IS_OPEN & Q(jurisdiction=Jurisdiction.CITY) & is_past(at),
        Tab.WAITING: Q(
            status__in=(Status.WAITING_REPORTER, Status.RESOLVED), joined_to__isnull=True
        ),
        Tab.HIDE: Q(hide_asked_by__isnull=False, hidden_at__isnull=True),
    }[tab]


def tab_counts(actor: Actor, at: datetime) -> dict[Tab, int]:
    """How many reports stand in each list. One query."""
    wanted = Q(status__in=(*rules.OPEN_STATUSES, Status.RESOLVED))
    counted: dict[str, int] = (
        visible_work(actor)
        .filter(wanted)
        .aggregate(**{tab.name.lower(): Count("id", filter=condition(tab, at)) for tab in Tab})
    )
    return {tab: counted[tab.name.lower()] for tab in Tab}


def tab_rows(actor: Actor, tab: Tab, at: datetime) -> list[Report]:
    """The first rows of a list, the least time left first. One query."""
    rows = (
        visible_work(actor).filter(condition(tab, at)).select_related("category", "unit", "person")
    )
    first = Case(When(acknowledged_at__isnull=True, then="ack_due_at"), default="due_at")
    return list(rows.order_by(first if tab == Tab.NEW else "due_at", "id")[:LIST_LENGTH])


def work_of(actor: Actor) -> QuerySet[Report]:
    """Reports whose work this actor may see, with all that a page of one needs."""
    return visible_work(actor).select_related(
        "category", "unit", "person", "joined_to", "service", "resolved_by"
    )


def newest_id(rows: list[Report]) -> int:
    """The newest report of a list as it was shown."""
    return max((row.pk for row in rows), default=0)


def came_since(actor: Actor, known_id: int, at: datetime) -> tuple[int, int]:
    """How many reports came in after one that was seen, and the newest of them. One query."""
    found = (
        visible_work(actor)
        .filter(condition(Tab.NEW, at), pk__gt=known_id)
        .aggregate(count=Count("id"), newest=Max("id"))
    )
    return found["count"], found["newest"] or known_id


def alike(report: Report, at: datetime, *, actor: Actor) -> list[Alike]:
    """Open reports of the same kind within 150 m and 48 hours, the likest first. One query."""
    if report.lat_e6 is None or report.lng_e6 is None:
        return []
    found = [
        Alike(
            one.report,
            one.metres,
            words.likeness(
                report.text,
                one.report.text,
                one.metres,
                abs(int((one.report.received_at - report.received_at).total_seconds())) // 60,
            ),
        )
        for one in near(report.category, report.lat_e6, report.lng_e6, at, actor=actor)
        if one.report.pk != report.pk
    ]
    return sorted(found, key=lambda one: -one.likeness)[:5]


def advice(report: Report, similar: int) -> Advice:
    """What kind the words, the reporter's choice and the reports nearby suggest.

    One query, and none where the suggestion is the kind the report has.
    """
    figures = words.words_of_norms(norms("reports", on=report.received_at.date()))
    found = words.suggestions(report.text, report.category.code, similar, figures)
    best = next((one for one in found if one.confidence >= words.SURE), None)
    if best is not None and best.code == report.category.code:
        return Advice(best, report.category, [])
    codes = [one.code for one in found]
    kinds = {
        row.code: row
        for row in Category.objects.filter(code__in=codes, is_active=True).select_related("unit")
    }
    known = [(one, kinds[one.code]) for one in found if one.code in kinds]
    if best is not None and best.code in kinds:
        return Advice(best, kinds[best.code], [])
    return Advice(None, None, known)
