"""The ledger of a unit: what each of its people carried between two days. Always six queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q

from abdi.duty.choices import SwapState
from abdi.duty.models import CallOut, Shift, Swap
from abdi.duty.queries.orders import day_bounds
from abdi.duty.rules import MINUTE, Stand
from abdi.duty.rules import ledger as rules
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.calendar import NATIONAL, holidays_of
from abdi.platform.norms import norms


@dataclass(frozen=True)
class CountedShift:
    """A turn a person stood, as a line of the ledger shows it."""

    shift_id: int
    person_id: int
    name: str
    is_standby: bool
    counted: rules.Counted


def ledger(unit_id: int, first: date, last: date) -> dict[int, rules.Entry]:
    """What each person of a unit carried from `first` to `last`, both days counted, by person.

    Turns of the unit's rosters in force that begin on these days, by the plan; call-outs of the
    same people. Who held a post there on any of the days stands in it, also with nothing; so does
    who stood a turn there without a post (`available_days` 0). Six queries, whatever the size.
    """
    start, end = day_bounds(first, last)
    spans = people.unit_spans(unit_id, first, last)
    turns = _turns(unit_id, start, end)
    who = set(spans) | {one.person_id for one in turns}
    calls = _call_outs(who, start, end)
    away = _away(who, start, end)
    taken = taken_over(turns, unit_id, start, end)
    by_person: dict[int, list[CountedShift]] = {person_id: [] for person_id in who}
    for one in turns:
        by_person[one.person_id].append(one)
    return {
        person_id: rules.entry_of(
            person_id,
            [one.counted for one in found if not one.is_standby],
            call_outs=len(calls.get(person_id, ())),
            call_out_minutes=sum(calls.get(person_id, ())),
            taken_over=taken[person_id],
            standby_minutes=sum(one.counted.minutes for one in found if one.is_standby),
            available_days=rules.available_days(spans.get(person_id, ()), away.get(person_id, ())),
        )
        for person_id, found in by_person.items()
    }


def rows_of(person_id: int, unit_id: int, first: date, last: date) -> list[CountedShift]:
    """The turns a person's line is made of, in order of time; one query."""
    start, end = day_bounds(first, last)
    return _turns(unit_id, start, end, person_id=person_id)


def calls_of(person_id: int, first: date, last: date) -> list[CallOut]:
    """The call-outs of a person between two days, newest first; one query."""
    start, end = day_bounds(first, last)
    rows = CallOut.objects.filter(person_id=person_id, at__gte=start, at__lt=end)
    return list(rows.order_by("-at"))


def taken_over(
    turns: Iterable[CountedShift], unit_id: int, start: datetime, end: datetime
) -> Counter[int]:
    """How many of these turns at the post people took from others in a swap, by person; one query.

    Counts for who stands the turn at the end, in an exchange for both; a turn that came back to
    the one it was first asked of is nobody's. `turns` are those of the unit between the moments.
    """
    inside = Q(starts_at__gte=start, starts_at__lt=end)
    back = Q(wanted_starts_at__gte=start, wanted_starts_at__lt=end)
    of_unit = Q(shift__roster__unit_id=unit_id) | Q(wanted__roster__unit_id=unit_id)
    rows = Swap.objects.filter(inside | back, of_unit, state=SwapState.DONE)
    first: dict[int | None, int] = {}
    for shift_id, wanted_id, giver_id, taker_id in rows.order_by("ended_at", "id").values_list(
        "shift_id", "wanted_id", "giver_id", "taker_id"
    ):
        first.setdefault(shift_id, giver_id)
        first.setdefault(wanted_id, taker_id)
    return Counter(
        one.person_id
        for one in turns
        if not one.is_standby and first.get(one.shift_id, one.person_id) != one.person_id
    )


def _turns(unit_id: int, start: datetime, end: datetime, **more: Any) -> list[CountedShift]:
    rows = Shift.objects.in_force().filter(
        roster__unit_id=unit_id, starts_at__gte=start, starts_at__lt=end, **more
    )
    columns = ("id", "person_id", "turn__name", "is_standby", "starts_at", "ends_at")
    norms_on = lru_cache(maxsize=None)(_norms_on)
    return [
        CountedShift(
            shift_id,
            person_id,
            name,
            is_standby,
            rules.counted(
                Stand(clock.local(begin), clock.local(finish), person_id),
                norms_on,
                _is_rest_day,
                _is_holiday,
            ),
        )
        for shift_id, person_id, name, is_standby, begin, finish in rows.order_by(
            "starts_at", "id"
        ).values_list(*columns)
    ]


def _norms_on(day: date) -> Mapping[str, Any]:
    return {"night": norms("duty", on=day)["night"]}


def _is_rest_day(day: date) -> bool:
    return day.weekday() in NATIONAL.rest_days


def _is_holiday(day: date) -> bool:
    """A national holiday or a day of joint leave (cuti bersama)."""
    return day in holidays_of(day.year)


def _call_outs(who: Iterable[int], start: datetime, end: datetime) -> dict[int, list[int]]:
    """The minutes of each call-out by person; 0 for one whose end is not known."""
    rows = CallOut.objects.filter(person_id__in=list(who), at__gte=start, at__lt=end)
    found: dict[int, list[int]] = {}
    for person_id, at, ended_at in rows.values_list("person_id", "at", "ended_at"):
        minutes = (ended_at - at) // MINUTE if ended_at else 0
        found.setdefault(person_id, []).append(minutes)
    return found


def _away(
    who: Iterable[int], start: datetime, end: datetime
) -> dict[int, list[tuple[datetime, datetime]]]:
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for row in people.busy(who, start, end):
        if row.kind == TimeKind.LEAVE:
            span = clock.local(row.start_at), clock.local(row.end_at)
            found.setdefault(row.person_id, []).append(span)
    return found
