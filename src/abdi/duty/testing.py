"""Builders for tests: units with turns of the day, rosters in force, people on duty."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from abdi.duty import actions, working
from abdi.duty.actions import Pattern
from abdi.duty.choices import PlanKind, Severity
from abdi.duty.models import Alert, Coverage, Plan, Roster, Shift, Turn
from abdi.duty.rules import Step, week_start
from abdi.people.testing import a_person
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit

DAY_AND_NIGHT = (
    Pattern("siang", "P", time(6), time(18)),
    Pattern("malam", "M", time(18), time(6)),
)
THREE_TURNS = (
    Pattern("pagi", "P", time(6), time(14)),
    Pattern("sore", "S", time(14), time(22)),
    Pattern("malam", "M", time(22), time(6)),
)


def a_coverage(
    unit: Unit,
    patterns: tuple[Pattern, ...] = DAY_AND_NIGHT,
    *,
    round_the_clock: bool = True,
) -> Coverage:
    """A unit with turns of the day."""
    return actions.set_coverage(unit, by=SYSTEM, patterns=patterns, round_the_clock=round_the_clock)


def a_crew(unit: Unit, size: int = 6) -> list[Person]:
    """People who can stand in a unit."""
    return [a_person(unit, name=f"Petugas {n:02}") for n in range(1, size + 1)]


def a_roster(unit: Unit, week_start_on: date | None = None, *, published: bool = True) -> Roster:
    """A week laid out and filled by rotation; in force unless asked otherwise."""
    if Coverage.objects.filter(unit=unit).first() is None:
        a_coverage(unit)
    monday = week_start_on or week_start(clock.today())
    roster = actions.draft_roster(unit, by=SYSTEM, week_start_on=monday)
    return actions.publish(roster, by=SYSTEM) if published else roster


def a_turn(roster: Roster, at: datetime) -> Turn:
    """The turn of a roster that runs at a moment."""
    return Turn.objects.get(roster=roster, starts_at__lte=at, ends_at__gt=at)


def a_shift(person: Person, unit: Unit, at: datetime | None = None) -> Shift:
    """This very person stands at a moment (now, unless said), by a roster in force."""
    moment = at or clock.now()
    if Coverage.objects.filter(unit=unit).first() is None:
        a_coverage(unit)
    monday = week_start(clock.local(moment).date())
    roster = Roster.objects.filter(unit=unit, week_start_on=monday).first() or a_roster(
        unit, monday
    )
    turn = a_turn(roster, moment)
    found = Shift.objects.filter(turn=turn, person=person).first()
    if found is not None:
        return found
    for other in Shift.objects.filter(turn=turn, is_standby=False)[: 1 - turn.missing]:
        actions.remove_shift(other, by=SYSTEM)
    return actions.set_shift(turn, person, by=SYSTEM, override_reason="uji")


def a_call(
    unit: Unit,
    *,
    key: str = "call",
    about: str = "x.y:1",
    severity: Severity = Severity.P1,
    note: str = "",
    first: Step | None = None,
) -> Alert:
    """A call about something at a unit; the first of its chain is told."""
    return actions.raise_alert(
        unit,
        actions.Happening(about, "Lampu jalan padam", "/laporan/CD-1", severity, note=note),
        by=SYSTEM,
        key=key,
        first=first,
    )


def a_quiet_week(unit: Unit, monday: date, stands: Sequence[tuple[Person, datetime]]) -> Roster:
    """A week in force on which only these people stand, each on the turn that runs then."""
    if Coverage.objects.filter(unit=unit).first() is None:
        a_coverage(unit)
    roster = actions.draft_roster(unit, by=SYSTEM, week_start_on=monday)
    for shift in Shift.objects.filter(roster=roster):
        actions.remove_shift(shift, by=SYSTEM)
    for person, at in stands:
        actions.set_shift(a_turn(roster, at), person, by=SYSTEM, override_reason="uji")
    return actions.publish(roster, by=SYSTEM)


def a_plan(
    unit: Unit,
    monday: date,
    *,
    weeks: int = 1,
    by: Actor = SYSTEM,
    kind: PlanKind = PlanKind.MONTH,
    is_anew: bool = False,
) -> Plan:
    """A plan that waits for the worker."""
    last = monday + timedelta(days=7 * weeks - 1)
    return actions.ask_plan(unit, by=by, first_on=monday, last_on=last, kind=kind, is_anew=is_anew)


def worked_out(plan: Plan) -> Plan:
    """The same plan with the answer of the solver, found in this process."""
    with in_this_process():
        working.work_out(plan)
    plan.refresh_from_db()
    return plan


@contextmanager
def in_this_process() -> Iterator[None]:
    """The solver without a process of its own: the same search, a second faster to start."""
    from abdi.duty.solving.search import solve

    def here(sheet: Any, seconds: float, tell: Any) -> Any:
        facts: list[dict[str, Any]] = []  # told from the threads of the search
        answer = solve(json.loads(json.dumps(sheet)), min(seconds, 5), facts.append)
        for fact in facts:
            tell(fact)
        return json.loads(json.dumps(answer))

    before: Any = working.solver[0]
    working.solver[0] = here
    try:
        yield
    finally:
        working.solver[0] = before
