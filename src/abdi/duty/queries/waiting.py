"""What waits for a person in duty."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.duty import rules
from abdi.duty.choices import AlertState, RosterState
from abdi.duty.models import Alert, Shift, Telling, Turn
from abdi.duty.queries.standing import WEEK, next_shift
from abdi.duty.queries.swaps_waiting import swaps_to_do
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.pages.todo import ToDo

SOON = timedelta(hours=24)


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """What waits for a person here: an own turn soon, open turns of his agency, swaps."""
    found: list[ToDo] = []
    if actor.person_id is not None:
        turns, calls = _own(actor.person_id, at)
        found += _calls(calls)
        mine = next_shift(actor.person_id, at) if turns else None
        if mine is not None and mine.starts_at <= at + SOON:
            found.append(_my_turn(mine))
    reach = actor.reach("duty.roster", "update")
    if not reach.nothing:
        found += _open_turns(actor, at)
    return found + swaps_to_do(actor, at)


def _own(person_id: int, at: datetime) -> tuple[list[int], list[int]]:
    """Ids of a person's turns of the coming day, and of calls that wait for him; one query."""
    turns = Shift.objects.in_force().filter(
        person_id=person_id, starts_at__gt=at, starts_at__lte=at + SOON
    )
    told = Telling.objects.filter(alert=OuterRef("pk"), person_id=person_id)
    calls = Alert.objects.filter(Exists(told), state=AlertState.OPEN)
    what = [Value(name, output_field=CharField()) for name in ("turn", "call")]
    rows = list(
        turns.order_by()
        .values_list(what[0], "pk")
        .union(calls.order_by().values_list(what[1], "pk"), all=True)
    )
    return [pk for kind, pk in rows if kind == "turn"], [pk for kind, pk in rows if kind == "call"]


def _calls(ids: list[int]) -> list[ToDo]:
    """Calls that this person was told of and nobody has answered."""
    if not ids:
        return []
    rows = Alert.objects.filter(pk__in=ids).select_related("unit")
    return [
        ToDo(
            icon="bell",
            title=_("%(severity)s: %(subject)s. Are you on it?")
            % {"severity": alert.severity, "subject": alert.subject},
            reason=_("%(unit)s, called at %(time)s. Unless you answer, the next one is called.")
            % {"unit": alert.unit.name, "time": f"{clock.local(alert.raised_at):%H.%M}"},
            url=reverse("duty:alert", args=[alert.pk]),
            button=_("Answer"),
            due_at=alert.next_due_at,
            tone="red",
        )
        for alert in rows.order_by("raised_at")[:5]
    ]


def _my_turn(shift: Shift) -> ToDo:
    return ToDo(
        icon="cal",
        title=_("Your duty: %(turn)s at %(unit)s")
        % {"turn": shift.turn.name, "unit": shift.roster.unit.name},
        reason=_("From %(start)s to %(end)s.")
        % {
            "start": f"{clock.local(shift.starts_at):%H.%M}",
            "end": f"{clock.local(shift.ends_at):%H.%M}",
        },
        url=reverse("duty:mine"),
        button=_("View"),
        due_at=shift.starts_at,
        tone="blue",
    )


def _open_turns(actor: Actor, at: datetime) -> list[ToDo]:
    reach = actor.reach("duty.roster", "update")
    rows = Turn.objects.short().filter(
        roster__state=RosterState.PUBLISHED, starts_at__lt=at + WEEK, ends_at__gt=at
    )
    if not reach.all:
        rows = rows.filter(roster__unit__agency_id__in=reach.agency_ids)
    turns = list(rows.select_related("roster__unit").order_by("starts_at")[:50])
    if not turns:
        return []
    first = turns[0]
    week = rules.week_start(clock.local(first.starts_at).date())
    title = ngettext(
        "One turn of the coming days is empty", "%(num)d turns of the coming days are empty",
        len(turns),
    ) % {"num": len(turns)}  # fmt: skip
    return [
        ToDo(
            icon="warn",
            title=title,
            reason=_("First: %(unit)s, %(turn)s.")
            % {"unit": first.roster.unit.name, "turn": first.name},
            url=f"{reverse('duty:week')}?pekan={week}&giliran={first.pk}",
            button=_("Fill"),
            due_at=first.starts_at,
            tone="red",
        )
    ]
