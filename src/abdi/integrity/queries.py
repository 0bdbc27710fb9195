"""Reads of integrity: who signed, which questions, what was answered for all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.integrity.models import AbsenceProposal, Advice, AdvicePattern, Pledge
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.pages.todo import ToDo

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit

MART_COLUMNS = ("person_id", "unit_id", "year", "signed_at")


def signed_person_ids(year: int) -> set[int]:
    """Ids of everybody who signed the declaration of a year. One query."""
    return set(Pledge.objects.filter(year=year).values_list("person_id", flat=True))


def mart_rows() -> QuerySet[Pledge, tuple[object, ...]]:
    """Declarations for analysis, in the order of MART_COLUMNS."""
    return Pledge.objects.order_by("id").values_list(*MART_COLUMNS)


def pledge_of(person_id: int, year: int) -> Pledge | None:
    """The declaration of a person for a year."""
    return Pledge.objects.filter(person_id=person_id, year=year).first()


def pledges_of(person_id: int) -> list[Pledge]:
    """All declarations of a person, newest first."""
    return list(Pledge.objects.filter(person_id=person_id).order_by("-year"))


@dataclass(frozen=True)
class UnitPledges:
    """One unit: how many of its people signed in a year."""

    unit: Unit
    people: int
    signed: int

    @property
    def missing(self) -> int:
        """People who have not signed."""
        return self.people - self.signed


def pledge_table(actor: Actor, year: int) -> list[UnitPledges]:
    """People and signatures of a year, those with most missing first. Three queries.

    Agencies for who sees the city, units for who sees an agency; nothing for a team alone.
    A signature counts for the unit in which it was given.
    """
    reach = actor.reach("integrity.pledge", "view")
    units = people.units()
    if not reach.all:
        units = units.filter(agency_id__in=reach.agency_ids)
    shown = {unit.pk: unit for unit in units} if reach.all or reach.agency_ids else {}
    if not shown:
        return []
    signed = dict(
        Pledge.objects.filter(year=year, unit_id__in=list(shown))
        .values_list("unit_id")
        .annotate(n=Count("id"))
        .order_by()
    )
    counts = people.headcounts()
    total, done = Counter[int](), Counter[int]()
    for unit in shown.values():
        key = unit.agency_id if reach.all and unit.agency_id in shown else unit.pk
        total[key] += counts.get(unit.pk, 0)
        done[key] += signed.get(unit.pk, 0)
    table = [UnitPledges(shown[pk], total[pk], min(done[pk], total[pk])) for pk in +total]
    return sorted(table, key=lambda row: (-row.missing, row.unit.name))


def unsigned(actor: Actor, year: int, agency_id: int | None = None) -> QuerySet[Person]:
    """People of the actor's reach who have not signed, by name; one agency where it is named."""
    reach = actor.reach("integrity.pledge", "view")
    rows = people.visible_people(SYSTEM).order_by("name", "id")
    rows = rows.exclude(pk__in=Pledge.objects.filter(year=year).values("person_id"))
    seen = Q(pk__in=reach.team_ids)
    for one in reach.agency_ids:
        seen |= Q(pk__in=people.people_of_unit(one).values("pk"))
    if not reach.all:
        rows = rows.filter(seen)
    if agency_id is not None:
        rows = rows.filter(pk__in=people.people_of_unit(agency_id).values("pk"))
    return rows


def visible_advice(actor: Actor) -> QuerySet[Advice]:
    """Questions this actor may read: his own; all for an officer. Newest first."""
    reach = actor.reach("integrity.advice", "view")
    rows: QuerySet[Advice] = Advice.objects.select_related("person", "answered_by")
    if not reach.all:
        rows = rows.filter(person_id=reach.self_id) if reach.self_id else rows.none()
    return rows.order_by("-asked_at", "-id")


def own_advice(actor: Actor) -> list[Advice]:
    """The actor's own questions, newest first, at most 20."""
    if actor.person_id is None:
        return []
    return list(visible_advice(actor).filter(person_id=actor.person_id)[:20])


def waiting_advice(actor: Actor) -> QuerySet[Advice]:
    """Questions an officer has still to answer, the oldest first; never his own."""
    if not actor.reach("integrity.advice", "answer").all:
        return Advice.objects.none()
    rows: QuerySet[Advice] = Advice.objects.waiting().select_related("person")
    return rows.exclude(person_id=actor.person_id or 0).order_by("asked_at", "id")


def patterns() -> dict[str, AdvicePattern]:
    """Answers published for all, by kind."""
    return {row.kind: row for row in AdvicePattern.objects.all()}


def questions_by_kind() -> dict[str, int]:
    """How many different people asked about each kind. For officers; small ones stay inside."""
    rows = Advice.objects.values_list("kind").annotate(n=Count("person_id", distinct=True))
    return dict(rows.order_by("kind"))


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """The year's declaration, a fresh answer, questions that wait. Three queries at most."""
    if actor.person_id is None:
        return []
    found = []
    year = clock.local(at).year
    if actor.holds("integrity.pledge", "create") and pledge_of(actor.person_id, year) is None:
        found.append(_sign(year))
    fresh = Advice.objects.filter(
        Q(answered_at__isnull=False), person_id=actor.person_id, read_at__isnull=True
    )
    found += [_read(row) for row in fresh.order_by("answered_at")[:5]]
    if actor.holds("integrity.advice", "answer"):
        found += _answer(actor)
    return found


def _sign(year: int) -> ToDo:
    return ToDo(
        icon="scale",
        title=_("Sign the declaration of neutrality %(year)s") % {"year": year},
        reason=_("Five sentences, once a year."),
        url=reverse("integrity:pledge"),
        button=_("Read and sign"),
    )


def _read(row: Advice) -> ToDo:
    return ToDo(
        icon="question",
        title=_("Your question was answered"),
        reason=row.get_kind_display(),
        url=reverse("integrity:advice", args=[row.pk]),
        button=_("Read"),
        tone="green",
    )


def _answer(actor: Actor) -> list[ToDo]:
    days = list(waiting_advice(actor).values_list("due_on", flat=True)[:100])
    if not days:
        return []
    title = ngettext(
        "%(count)s question waits for your answer",
        "%(count)s questions wait for your answer",
        len(days),
    )
    return [
        ToDo(
            icon="question",
            title=title % {"count": len(days)},
            reason=_("May I? The oldest stands first."),
            url=reverse("integrity:questions"),
            button=_("Answer"),
            due_at=datetime.combine(min(days), time(16), clock.zone()),
        )
    ]


def visible_proposals(actor: Actor) -> QuerySet[AbsenceProposal]:
    """Proposals from absence this actor may see: one's own, the team's, the city's."""
    reach = actor.reach("integrity.discipline", "view")
    rows = AbsenceProposal.objects.select_related("person").order_by("state", "-made_at", "-id")
    if reach.all:
        return rows
    return rows.filter(person_id__in=set(reach.team_ids) | ({reach.self_id} - {None}))
