"""Plans: asked for, worked out by the program, looked at, applied all or nothing, put in force."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from abdi.duty import events, queries, rules
from abdi.duty.actions.notifying import note_changes, tell_in_force
from abdi.duty.actions.rosters import WEEKS_AHEAD, lay_out, shift_of, take_places
from abdi.duty.choices import ChangeKind, PlanKind, PlanState, RosterState
from abdi.duty.models import Plan, Roster, Shift, Turn
from abdi.duty.permissions import (
    may_apply,
    may_plan,
    may_publish_weeks,
    only_other_modules,
)
from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.people.models import Unit

MOST_WEEKS = 6
MOST_TRIES = 3
LEASE = timedelta(seconds=60)


@action(allowed=may_plan)
def ask_plan(
    unit: Unit,
    *,
    by: Actor,
    first_on: date,
    last_on: date,
    kind: PlanKind = PlanKind.MONTH,
    is_anew: bool = False,
) -> Plan:
    """Ask the program for the turns between two days, 6 weeks at most; weeks are laid out.

    A month fills what is open in whole weeks; `is_anew` also frees what the program placed in
    drafts. A repair fills with as few changes as possible. Raises Invalid for a stretch that is
    over, too long or too far ahead, or a unit without turns or people; Conflict while another
    plan of the unit is worked out.
    """
    _check_stretch(first_on, last_on)
    if not queries.crew_of(unit.pk, max(first_on, clock.today())):
        raise Invalid(_("Nobody works in this unit yet, its head apart."), field="unit")
    if kind == PlanKind.MONTH:
        first_on = rules.week_start(first_on)
        last_on = rules.week_start(last_on) + timedelta(days=6)
        _lay_out_weeks(unit, first_on, last_on)
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                unit=unit,
                kind=kind,
                first_on=first_on,
                last_on=last_on,
                is_anew=is_anew,
                asked_by=by.ref,
                asked_at=clock.now(),
            )
    except IntegrityError as error:
        raise Conflict(_("The program is still working out this unit.")) from error
    record(events.PlanAsked(plan_id=plan.pk, unit_id=unit.pk, kind=str(kind)), by=by, about=plan)
    return plan


def _check_stretch(first_on: date, last_on: date) -> None:
    if last_on < max(first_on, clock.today()):
        raise Invalid(_("These days are over."), field="last_on")
    if last_on - first_on >= timedelta(weeks=MOST_WEEKS):
        raise Invalid(_("Six weeks at most are worked out at once."), field="last_on")
    if last_on > clock.today() + timedelta(weeks=WEEKS_AHEAD):
        raise Invalid(_("These weeks are too far ahead."), field="first_on")


def _lay_out_weeks(unit: Unit, first_on: date, last_on: date) -> None:
    for offset in range(0, (last_on - first_on).days, rules.DAYS_A_WEEK):
        monday = first_on + timedelta(days=offset)
        roster, made = Roster.objects.get_or_create(unit=unit, week_start_on=monday)
        if made:
            lay_out(roster)


# ------------------------------------------------------------------ the worker's side


def lease_plan(plan: Plan) -> bool:
    """Take a plan for a minute; a second worker gets nothing. A killed one's lease runs out."""
    now = clock.now()
    taken = Plan.objects.unfinished().filter(pk=plan.pk, version=plan.version)
    return bool(
        taken.update(
            state=PlanState.RUNNING,
            leased_until=now + LEASE,
            tries=F("tries") + 1,
            version=F("version") + 1,
        )
    )


def note_progress(plan: Plan, fact: dict[str, Any]) -> None:
    """How far the search is; keeps the lease. No fact of the unit, so nothing in the journal."""
    Plan.objects.unfinished().filter(pk=plan.pk).update(
        progress=fact, leased_until=clock.now() + LEASE
    )


@action(allowed=only_other_modules)
def keep_plan(
    plan: Plan,
    *,
    by: Actor,
    pairs: list[tuple[int, int]],
    before: list[tuple[int, int]],
    found: dict[str, Any],
) -> Plan:
    """Keep what was worked out, to be looked at. Raises Conflict where it was put away."""
    plan = lock(plan)
    if not plan.is_open:
        raise Conflict(_("This plan was put away meanwhile."))
    plan.state, plan.leased_until, plan.done_at = PlanState.DONE, None, clock.now()
    plan.pairs, plan.before = [list(one) for one in pairs], [list(one) for one in before]
    plan.found = found
    plan.save(update_fields=["state", "leased_until", "done_at", "pairs", "before", "found"])
    fact = events.PlanWorkedOut(
        plan_id=plan.pk,
        unit_id=plan.unit_id,
        open=int(found["open"]),
        changes=int(found["changes"]),
    )
    record(fact, by=by, about=plan)
    return plan


@action(allowed=only_other_modules)
def fail_plan(plan: Plan, *, by: Actor, problem: str) -> Plan:
    """Give a plan up, with the reason in words."""
    plan = lock(plan)
    if not plan.is_open:
        raise Conflict(_("This plan was put away meanwhile."))
    plan.state, plan.leased_until, plan.problem = PlanState.FAILED, None, problem[:300]
    plan.save(update_fields=["state", "leased_until", "problem"])
    record(events.PlanFailed(plan_id=plan.pk, unit_id=plan.unit_id), by=by, about=plan)
    return plan


# ------------------------------------------------------------------ applying


@action(allowed=may_apply)
def drop_plan(plan: Plan, *, by: Actor) -> Plan:
    """Put a plan away; rosters stay as they are. Raises Conflict once it was applied."""
    plan = lock(plan)
    if plan.state in (PlanState.APPLIED, PlanState.DROPPED):
        raise Conflict(_("This plan was applied or put away already."), current=plan)
    plan.state, plan.leased_until = PlanState.DROPPED, None
    plan.save(update_fields=["state", "leased_until"])
    record(events.PlanDropped(plan_id=plan.pk, unit_id=plan.unit_id), by=by, about=plan)
    return plan


@action(allowed=may_apply)
def apply_plan(plan: Plan, *, by: Actor, reason: str = "") -> int:
    """Put the people of a plan on their turns, all or nothing; nothing comes into force by it.

    Weeks, turns and people are held first. Raises Conflict where the roster, a calendar or a
    rule changed since it was worked out. Who has or loses a turn of a roster in force is told.
    Returns the number of turns given.
    """
    plan = lock(plan)
    if plan.state != PlanState.DONE:
        raise Conflict(_("This plan is not ready, or was applied already."), current=plan)
    wanted = {(key, person_id) for key, person_id in plan.pairs}
    turns, shifts = _held(plan, wanted)
    now = {(one.turn_id, one.person_id) for one in shifts}
    if now != {(key, person_id) for key, person_id in plan.before}:
        raise _moved()
    gone = [one for one in shifts if (one.turn_id, one.person_id) not in wanted]
    new = sorted(wanted - now)
    if any(turns[key].starts_at <= clock.now() for key in {key for key, _p in new}):
        raise _moved()
    _take_off(turns, gone, by)
    check_new(plan, new)
    _put_on(turns, new, by)
    changes = [(turns[one.turn_id], one.person_id, ChangeKind.TAKEN) for one in gone]
    changes += [(turns[key], person_id, ChangeKind.GIVEN) for key, person_id in new]
    note_changes(changes, by, reason=reason or _("The roster was worked out again."))
    _record_weeks(plan, turns, gone, new, by)
    plan.state = PlanState.APPLIED
    plan.save(update_fields=["state"])
    return len(new)


def _moved() -> Conflict:
    return Conflict(_("The roster has changed since this was worked out. Work it out again."))


def _held(plan: Plan, wanted: set[tuple[int, int]]) -> tuple[dict[int, Turn], list[Shift]]:
    """The turns of a plan and who stands them, with weeks, turns and people held."""
    keys = {key for key, _person in (*plan.pairs, *plan.before)}
    rows = Turn.objects.filter(pk__in=keys)
    list(
        Roster.objects.filter(pk__in=rows.values("roster_id"))
        .order_by("id")
        .select_for_update(of=("self",))
        .values_list("id", flat=True)
    )
    hold_people({person_id for _key, person_id in (*wanted, *map(tuple, plan.before))})
    turns = {
        one.pk: one
        for one in rows.select_related("roster__unit")
        .order_by("id")
        .select_for_update(of=("self",))
    }
    shifts = Shift.objects.filter(turn__in=turns, is_standby=False).order_by("id")
    return turns, list(shifts)


def hold_people(ids: set[int]) -> None:
    """Hold people, in one order, so that nobody is placed twice at a time."""
    rows = people.visible_people(SYSTEM).filter(id__in=ids).order_by("id")
    list(rows.select_for_update(of=("self",)).values_list("id", flat=True))


def _take_off(turns: dict[int, Turn], gone: list[Shift], by: Actor) -> None:
    for key, count in Counter(one.turn_id for one in gone).items():
        Turn.objects.filter(pk=key).update(taken_count=F("taken_count") - count)
    if gone:
        people_actions.free_times(
            [one.ref for one in gone], about=turns[gone[0].turn_id].roster.ref, by=by
        )
    Shift.objects.filter(pk__in=[one.pk for one in gone]).delete()


def check_new(plan: Plan, new: list[tuple[int, int]]) -> None:
    """Look at every calendar and rule again, now that the people are held."""
    planning = queries.planning_of(queries.asked_of(plan))
    known = {(key, person_id) for key, person_id in planning.fixed + planning.held}
    place, members = planning.place, {one.person_id for one in planning.members}
    for key, person_id in new:
        if key not in place or person_id not in members:
            raise _moved()
    chosen = sorted(known | set(new))
    if rules.broken_rules(planning, chosen, only=set(new)):
        raise _moved()


def _put_on(turns: dict[int, Turn], new: list[tuple[int, int]], by: Actor) -> None:
    if not new:
        return
    shifts = Shift.objects.bulk_create(
        [shift_of(turns[key], turns[key].roster_id, person_id) for key, person_id in new]
    )
    for key, count in Counter(key for key, _person in new).items():
        take_places(turns[key], count)
    people_actions.take_times(
        [(one.person_id, one.starts_at, one.ends_at, one.ref) for one in shifts],
        kind=TimeKind.SHIFT,
        about=turns[new[0][0]].roster.ref,
        by=by,
    )


def _record_weeks(
    plan: Plan,
    turns: dict[int, Turn],
    gone: list[Shift],
    new: list[tuple[int, int]],
    by: Actor,
) -> None:
    """One entry for each week that changed, or one for the plan where nothing did."""
    given = Counter(turns[key].roster_id for key, _person in new)
    taken = Counter(one.roster_id for one in gone)
    rosters = {turn.roster_id: turn.roster for turn in turns.values()}
    changed = sorted(set(given) | set(taken))
    for pk in changed:
        guard_version(rosters[pk], None)
        fact = events.RosterPlanned(
            roster_id=pk,
            unit_id=plan.unit_id,
            plan_id=plan.pk,
            given=given[pk],
            taken=taken[pk],
        )
        record(fact, by=by, about=rosters[pk])
    if not changed:
        record(events.PlanApplied(plan_id=plan.pk, unit_id=plan.unit_id), by=by, about=plan)


@action(allowed=may_publish_weeks)
def publish_weeks(unit: Unit, *, by: Actor, first_on: date, last_on: date) -> int:
    """Put all drafts of a unit within these days in force; everybody in them is told once.

    Returns the number of weeks. Raises Conflict where there is nothing to put in force.
    """
    ids = queries.drafts_between(unit.pk, first_on, last_on)
    rosters = drafts_held(ids)
    if not rosters:
        raise Conflict(_("There is no draft with people in these weeks."))
    for roster in rosters:
        roster.state, roster.published_at = RosterState.PUBLISHED, clock.now()
        roster.save(update_fields=["state", "published_at"])
        guard_version(roster, None)
        short = sum(turn.missing for turn in Turn.objects.short().filter(roster=roster))
        fact = events.RosterPublished(roster_id=roster.pk, unit_id=unit.pk, open=short)
        record(fact, by=by, about=roster)
    tell_in_force(unit, rosters, by)
    return len(rosters)


def drafts_held(ids: list[int]) -> list[Roster]:
    """Those of these weeks that are drafts still, held until they are in force."""
    rows = Roster.objects.filter(pk__in=ids, state=RosterState.DRAFT).order_by("id")
    return list(rows.select_for_update(of=("self",)).select_related("unit"))
