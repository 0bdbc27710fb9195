"""What waits for whom: the rows of Beranda, and who could go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from abdi.duty import queries as duty
from abdi.platform.access import Actor
from abdi.platform.pages.todo import ToDo
from abdi.reports import rules
from abdi.reports.choices import Jurisdiction
from abdi.reports.models import Report
from abdi.reports.models.reports import IS_OPEN, is_past
from abdi.reports.queries.handover import waiting_book
from abdi.reports.queries.scopes import visible_work

MOST_JOBS = 5


@dataclass(frozen=True)
class Crew:
    """Somebody on duty who could be sent, with what he has already."""

    person_id: int
    person_name: str
    unit_id: int
    unit_name: str
    ends_at: datetime
    is_standby: bool
    open_jobs: int


def crews(report: Report, at: datetime) -> list[Crew]:
    """Who is on duty for the report's unit, those at their post first, the least busy before."""
    standing = duty.on_call(report.unit_id, at)
    busy = dict(
        Report.objects.open()
        .filter(person_id__in=[one.person_id for one in standing])
        .values_list("person_id")
        .annotate(n=Count("id"))
    )
    found = [
        Crew(
            one.person_id,
            one.person_name,
            one.unit_id,
            one.unit_name,
            one.ends_at,
            one.is_standby,
            busy.get(one.person_id, 0),
        )
        for one in standing
    ]
    return sorted(found, key=lambda crew: (crew.is_standby, crew.open_jobs))


def protected_waiting(actor: Actor) -> QuerySet[Report]:
    """Protected cases nobody has taken, for those who may take one: number and time, no more."""
    if not actor.reach("reports.protected_case", "assign").all:
        return Report.objects.none()
    rows: QuerySet[Report] = Report.objects.open()
    return (
        rows.filter(is_protected=True, person__isnull=True)
        .only("number", "received_at", "ack_due_at", "version")
        .order_by("received_at")
    )


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """What waits for this actor in reports. At most three queries, whatever waits."""
    found: list[ToDo] = []
    desk = actor.reach("reports.dispatch", "create")
    if desk.all or desk.agency_ids:
        found += _of_the_desk(actor, at)
    if actor.person_id and actor.reach("reports.dispatch", "accept").assigned:
        found += _of_the_crew(actor.person_id)
    return found + _of_the_shift(actor)


def _of_the_shift(actor: Actor) -> list[ToDo]:
    """A handover of his room that waits for the coming shift; not for who signed it himself."""
    sign = actor.reach("reports.handover_book", "sign")
    if actor.person_id is None or not (sign.all or actor.agency_id in sign.agency_ids):
        return []
    book = waiting_book(actor.agency_id)
    if book is None or book.leaving_id == actor.person_id:
        return []
    return [
        ToDo(
            "handover",
            _("A handover waits for your shift"),
            _("%(name)s has signed; read it and sign too.") % {"name": book.leaving.display_name},
            f"/serah-terima/{book.pk}",
            _("Read and sign"),
            due_at=book.to_at,
            tone="amber",
        )
    ]


def _of_the_desk(actor: Actor, at: datetime) -> list[ToDo]:
    ours = Q(jurisdiction=Jurisdiction.CITY)
    fresh = Q(acknowledged_at__isnull=True)
    asked = Q(hide_asked_by__isnull=False, hidden_at__isnull=True)
    found = (
        visible_work(actor)
        .filter(IS_OPEN)
        .aggregate(
            fresh=Count("id", filter=fresh),
            first=Min("ack_due_at", filter=fresh),
            late=Count("id", filter=ours & is_past(at)),
            waiting=Count("id", filter=Q(status__in=rules.AT_DESK, acknowledged_at__isnull=False)),
            asked=Count("id", filter=asked & ~Q(hide_asked_by=actor.person_id)),
        )
    )
    return [todo for todo in _desk_rows(found, at) if todo is not None]


def _desk_rows(found: dict[str, Any], at: datetime) -> list[ToDo | None]:
    late, fresh, asked = found["late"], found["fresh"], found["asked"]
    button = _("Open the queue")
    return [
        ToDo(
            "warn",
            ngettext(
                "%(n)d report is past its promise", "%(n)d reports are past their promise", late
            )
            % {"n": late},
            _("The reporters can see that."),
            "/antrean?saring=terlambat",
            button,
            tone="red",
        )
        if late
        else None,
        ToDo(
            "inbox",
            ngettext("%(n)d new report", "%(n)d new reports", fresh) % {"n": fresh},
            _("Nobody has looked at it yet."),
            "/antrean",
            button,
            due_at=found["first"],
            tone="blue",
        )
        if fresh
        else None,
        ToDo(
            "eye-off",
            ngettext("%(n)d report to be hidden", "%(n)d reports to be hidden", asked)
            % {"n": asked},
            _("A second person decides."),
            "/antrean?saring=sembunyikan",
            _("Decide"),
            tone="amber",
        )
        if asked
        else None,
    ]


def _of_the_crew(person_id: int) -> list[ToDo]:
    rows = (
        Report.objects.open()
        .filter(person_id=person_id)
        .select_related("category")
        .order_by("due_at", "id")[:MOST_JOBS]
    )
    return [
        ToDo(
            row.category.icon,
            title_of(row),
            _("Given to you, %(number)s") % {"number": row.number},
            f"/tugas/{row.number}",
            _("Open the job"),
            due_at=row.due_at,
            tone="amber",
        )
        for row in rows
    ]


def title_of(report: Report, *, with_place: bool = True) -> str:
    """What and where, in the reader's language: the category and the place.

    Citizens type the place: without `with_place` it stays closed like their other words.
    """
    english = get_language() == "en" and report.category.name_en
    name = report.category.name_en if english else report.category.name
    return f"{name}, {report.place_text}" if with_place and report.place_text else name
