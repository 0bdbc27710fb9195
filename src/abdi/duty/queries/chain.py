"""Reads of on call: the chain of a unit, whom a step reaches now, by which ways a person can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from abdi.duty import rules
from abdi.duty.choices import AlertChannel, Hours, Severity, SkipReason, Whom
from abdi.duty.models import AlertGateway, AlertWish, ChainStep, Coverage, PushDevice
from abdi.duty.queries.standing import OnDuty, on_call, standing
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.calendar import NATIONAL
from abdi.platform.norms import norms
from abdi.platform.notices.telling import mail_is_set

if TYPE_CHECKING:
    from abdi.people.models import Unit

MOST_COMMANDERS = 3
MOST_IN_ROOM = 12
DISPATCHER, COMMANDER = "dispatcher", "duty_commander"
_INSTANT = timedelta(seconds=1)


def steps_of(unit_id: int) -> list[ChainStep]:
    """The steps of a unit's own chain, in order."""
    rows = ChainStep.objects.filter(unit_id=unit_id).select_related("person")
    return list(rows.order_by("number"))


def kinds_at(at: datetime) -> frozenset[Hours]:
    """What a moment is for the chain: office hours, night, day off."""
    local = clock.local(at)
    figures = norms("duty", on=local.date())
    office = NATIONAL.hours[local.weekday()]
    works = NATIONAL.is_working_day(local.date())
    return rules.kinds_of_time(local, works=works, office=office, norms=figures)


def chain_for(
    unit: Unit, at: datetime, severity: Severity, area: str = "", first: rules.Step | None = None
) -> tuple[rules.Planned, ...]:
    """The whole chain of a call that begins at a moment in a unit; two queries."""
    above = [unit.pk, *(one for one in _above(unit) if one != unit.pk)]
    own: dict[int, list[rules.Step]] = {}
    rows = ChainStep.objects.filter(unit_id__in=above).order_by("unit_id", "number")
    for row in rows:
        own.setdefault(row.unit_id, []).append(_step(row))
    return rules.plan(
        [rules.Level(one, tuple(own.get(one, ()))) for one in above],
        severity=severity,
        area=area,
        kinds=kinds_at(at),
        norms=norms("duty", on=clock.local(at).date()),
        first=first,
    )


def _above(unit: Unit) -> list[int]:
    return [int(part) for part in reversed(unit.path.strip("/").split("/")) if part]


def _step(row: ChainStep) -> rules.Step:
    return rules.Step(
        Whom(row.whom),
        row.delay_seconds,
        Hours(row.hours),
        tuple(row.severities.split()),
        row.area,
        row.role,
        row.person_id,
    )


@dataclass
class Finder:
    """Whom steps reach at one moment; asks the roster and the organisation of that moment."""

    at: datetime

    def __call__(self, step: rules.Planned) -> rules.Found:
        """Who a step reaches: neither on leave nor beyond reach; else why nobody."""
        named = self._named(step)
        if not named:
            return rules.Found()
        here = without_leave(named, self.at)
        if not here:
            return rules.Found(reason=SkipReason.ON_LEAVE)
        ways = ways_to(here)
        reached = tuple(one for one in here if ways[one])
        return rules.Found(reached) if reached else rules.Found(reason=SkipReason.NO_WAY)

    def _named(self, step: rules.Planned) -> list[int]:
        if step.whom in (Whom.ASSIGNED, Whom.PERSON):
            return [step.person_id] if step.person_id else []
        if step.whom in (Whom.ON_DUTY, Whom.STANDBY):
            return self._rostered(step)
        if step.whom == Whom.HEAD:
            head = people.head_of(step.unit_id, clock.local(self.at).date())
            return [head[0].pk] if head else []
        if step.whom == Whom.CONTROL_ROOM:
            return self._in_role(DISPATCHER, None, MOST_IN_ROOM)
        role = COMMANDER if step.whom == Whom.COMMANDER else step.role
        return self._in_role(role, _agency_of(step.unit_id), MOST_COMMANDERS)

    def _rostered(self, step: rules.Planned) -> list[int]:
        """Those of the unit itself; people of other units of the agency are not woken."""
        below = set(people.unit_and_below(step.unit_id))
        wanted = step.whom == Whom.STANDBY
        stands: list[OnDuty] = on_call(step.unit_id, self.at)
        return [
            one.person_id for one in stands if one.unit_id in below and one.is_standby == wanted
        ]

    def _in_role(self, role: str, agency_id: int | None, most: int) -> list[int]:
        """Holders of a role, those on duty now alone where there are any."""
        held = people.people_in_role(role, agency_id)
        on_duty = set(
            standing(self.at).filter(person_id__in=held).values_list("person_id", flat=True)
        )
        return [one for one in held if one in on_duty][:most] or held[:most]


def _agency_of(unit_id: int) -> int | None:
    unit = people.visible_units(SYSTEM).filter(pk=unit_id).first()
    return unit.agency_id if unit else None


def without_leave(person_ids: Sequence[int], at: datetime) -> list[int]:
    """These people without those on leave at a moment; one query."""
    rows = people.busy(person_ids, at, at + _INSTANT)
    away = {row.person_id for row in rows if row.kind == TimeKind.LEAVE}
    return [one for one in person_ids if one not in away]


def ways_to(person_ids: Iterable[int]) -> dict[int, list[AlertChannel]]:
    """By which channels people can be reached, the program first; five queries at most."""
    ids = list(person_ids)
    accounts = people.addresses_of(ids)
    devices = set(PushDevice.objects.filter(person_id__in=ids).values_list("person_id", flat=True))
    gateways = set(AlertGateway.objects.filter(off_at=None).values_list("channel", flat=True))
    rows = people.persons().filter(pk__in=ids).values_list("id", "phone", "email")
    found: dict[int, list[AlertChannel]] = {}
    for person_id, phone, email in rows:
        can = {
            AlertChannel.PROGRAM: person_id in accounts,
            AlertChannel.PUSH: person_id in devices and person_id in accounts,
            AlertChannel.WHATSAPP: bool(phone) and AlertChannel.WHATSAPP in gateways,
            AlertChannel.SMS: bool(phone) and AlertChannel.SMS in gateways,
            AlertChannel.EMAIL: mail_is_set() and bool(accounts.get(person_id) or email),
        }
        found[person_id] = [channel for channel, is_there in can.items() if is_there]
    return {one: found.get(one, []) for one in ids}


def channels_for(
    person_ids: Sequence[int], severity: Severity, at: datetime
) -> dict[int, list[AlertChannel]]:
    """The channels of each person in the order they are tried, without the program itself."""
    ways, kinds = ways_to(person_ids), kinds_at(at)
    wishes = {row.person_id: row for row in AlertWish.objects.filter(person_id__in=person_ids)}
    found: dict[int, list[AlertChannel]] = {}
    for one in person_ids:
        wish = wishes.get(one)
        found[one] = rules.channels_in_order(
            wish.order.split() if wish else [],
            ways[one],
            quiet=rules.is_quiet(severity, kinds, asked=bool(wish and wish.is_quiet_at_night)),
        )
    return found


def address_of(person_id: int) -> str:
    """Where a person reads mail: his account's address, else the one of his record."""
    found = people.addresses_of([person_id]).get(person_id)
    return found or str(people.persons().values_list("email", flat=True).get(pk=person_id))


def is_reachable(person_id: int) -> bool:
    """Whether a call could reach a person at all."""
    return bool(ways_to([person_id])[person_id])


@dataclass(frozen=True)
class Preview:
    """One step of a chain as it would go at a moment: names, or why it is passed over."""

    number: int
    whom: Whom
    unit_name: str
    names: tuple[str, ...]
    skip_reason: SkipReason | None
    after_minutes: int


def preview(unit: Unit, at: datetime, severity: Severity, area: str = "") -> list[Preview]:
    """Who would be called at a moment and when, if nobody answered."""
    chain = chain_for(unit, at, severity, area)
    find, told, found = Finder(at), set[int](), list[Preview]()
    units = dict(
        people.units().filter(pk__in={one.unit_id for one in chain}).values_list("id", "name")
    )
    number, seconds = 1, 0
    while number <= len(chain):
        went = rules.advance(chain, number, find, told)
        found += [_seen(step, units, (), why, seconds) for step, why in went.skipped]
        if went.told is None:
            break
        names = tuple(
            one.display_name
            for one in people.persons().filter(pk__in=went.person_ids).order_by("id")
        )
        found.append(_seen(went.told, units, names, None, seconds))
        told |= set(went.person_ids)
        seconds += went.told.delay_seconds
        number = went.told.number + 1
    return found


def _seen(
    step: rules.Planned,
    units: dict[int, str],
    names: tuple[str, ...],
    why: SkipReason | None,
    seconds: int,
) -> Preview:
    return Preview(step.number, step.whom, units[step.unit_id], names, why, seconds // 60)


def chain_units(
    agency_ids: Iterable[int] | None, own_agency_id: int | None = None
) -> list[tuple[int, str]]:
    """Units with turns of the day or a chain of their own, those of one's own agency first.

    `agency_ids` None: of every agency. One query.
    """
    kept = Q(pk__in=Coverage.objects.values("unit_id")) | Q(
        pk__in=ChainStep.objects.values("unit_id")
    )
    rows = people.units().filter(kept)
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=list(agency_ids))
    found = list(rows.order_by("name").values_list("id", "name", "agency_id"))
    found.sort(key=lambda row: row[2] != own_agency_id)
    return [(pk, name) for pk, name, _agency_id in found]
