"""Turns change hands: agreed by the other one, taken now, decided or arranged by the commander.

Each of these holds both people and both turns, looks at the rules again as they are at this
moment, and writes roster and calendars in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.duty import events, queries, rules
from abdi.duty import swap_words as words
from abdi.duty.actions import telling
from abdi.duty.actions.swaps import (
    Held,
    ended,
    hold,
    insert,
    lapse_swap,
    open_or_conflict,
    swap_of,
    undecided_or_conflict,
)
from abdi.duty.choices import LapseCause, SwapKind, SwapState
from abdi.duty.models import Shift, Swap
from abdi.duty.permissions import (
    may_answer_swap,
    may_arrange_swap,
    may_decide_swap,
    may_override,
)
from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor, Refused
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import Person


@dataclass(frozen=True)
class Trade:
    """Who gives which turn to whom, and what he gets for it; all four are held."""

    giver: Person
    taker: Person
    given: Shift
    wanted: Shift | None


@action(allowed=may_answer_swap)
def agree_to_swap(swap: Swap, *, by: Actor) -> Swap:
    """The other one agrees. The commander decides then, or it is done where the norm says so.

    Raises Conflict where the turn moved, somebody was quicker, or a rule speaks against it now.
    """
    swap, held = _held(swap, by.person_id)
    open_or_conflict(swap, SwapState.OPEN)
    _in_time(swap)
    trade = _trade(swap, held, by.person_id or swap.taker_id)
    _tested(trade, by, "")
    swap.taker, swap.agreed_at = trade.taker, clock.now()
    if not norms("duty", on=clock.local(swap.starts_at).date())["swap_needs_head"]:
        return _done(swap, trade, by, SwapKind.ASKED, {})
    swap.state = SwapState.AGREED
    swap.version += 1
    swap.save(update_fields=["taker", "agreed_at", "state", "version"])
    fact = events.SwapAgreed(swap_id=swap.pk, taker_id=trade.taker.pk)
    record(fact, by=by, about=swap)
    telling.tell_agreed(swap, by)
    return swap


@action(allowed=may_answer_swap)
def take_swap_now(swap: Swap, *, by: Actor) -> Swap:
    """Take an offered turn over at once, in its last hours; the commander is told afterwards.

    Raises Conflict as `agree_to_swap` does, and where the turn is still too far away.
    """
    swap, held = _held(swap, by.person_id)
    open_or_conflict(swap, SwapState.OPEN)
    figures = norms("duty", on=clock.local(swap.starts_at).date())
    if not rules.may_be_taken_now(swap.starts_at, clock.now(), figures):
        raise Conflict(
            _("A turn can be taken over at once in its last %(hours)s hours only.")
            % {"hours": figures["swap_take_now_hours"]}
        )
    trade = _trade(swap, held, by.person_id)
    _tested(trade, by, "")
    swap.taker, swap.agreed_at = trade.taker, clock.now()
    return _done(swap, trade, by, SwapKind.TAKEN_NOW, {})


@action(allowed=may_decide_swap)
def approve_swap(
    swap: Swap, *, by: Actor, override_reason: str = "", seen: int | None = None
) -> Swap:
    """The commander approves what both agreed on; the turns change hands at this moment.

    Raises Conflict where a turn moved or somebody is taken meanwhile, Invalid where a rest rule
    stands against it and no reason is given, Refused where he may not break rest rules.
    """
    swap, held = _held(swap, None)
    undecided_or_conflict(swap)
    open_or_conflict(swap, SwapState.AGREED)
    if seen is not None and seen != swap.version:
        raise Conflict(_("Somebody changed this meanwhile."), current=swap)
    trade = _trade(swap, held, swap.taker_id)
    broken = _tested(trade, by, override_reason)
    swap.reason = override_reason if broken else ""
    return _done(swap, trade, by, SwapKind(swap.kind), broken)


@action(allowed=may_arrange_swap)
def arrange_swap(
    shift: Shift,
    taker: Person,
    *,
    by: Actor,
    reason: str,
    wanted: Shift | None = None,
    break_rule: bool = False,
) -> Swap:
    """The commander swaps for both, with a reason both are told; an open swap of the turn ends.

    `break_rule`: the reason also counts for a rest rule that is broken.
    Raises Conflict, Invalid and Refused as `approve_swap` does; Conflict too for somebody of
    another unit.
    """
    if not reason.strip():
        raise Invalid(_("Both must be told why: please give a reason."), field="reason")
    ids = {one.pk for one in (shift, wanted) if one is not None}
    held = hold({shift.person_id, taker.pk}, ids)
    given, back = held.shift(shift.pk), held.shift(wanted.pk if wanted is not None else None)
    fresh = swap_of(shift, taker, wanted, answer_by=shift.starts_at)
    fresh.shift, fresh.wanted = given, back
    _of_the_unit(fresh, taker)
    trade = _trade(fresh, held, taker.pk)
    broken = _tested(trade, by, reason if break_rule else "")
    known = queries.open_swap_of(trade.given)
    swap = lock(known) if known is not None else None
    if swap is None or swap.taker_id not in (None, taker.pk) or swap.wanted_id != fresh.wanted_id:
        if swap is not None:
            lapse_swap(swap, by=SYSTEM, cause=LapseCause.MOVED)
        swap = insert(fresh)
    swap.taker, swap.reason = trade.taker, reason
    return _done(swap, trade, by, SwapKind.BY_HEAD, broken)


# ------------------------------------------------------------------ the parts of each


def _held(swap: Swap, taker_id: int | None) -> tuple[Swap, Held]:
    """The swap as it is now, with both people and both turns; the swap is held last."""
    now = Swap.objects.get(pk=swap.pk)
    persons = {now.giver_id, now.taker_id, taker_id} - {None}
    held = hold({one for one in persons if one is not None}, _shift_ids(now))
    return lock(now), held


def _shift_ids(swap: Swap) -> set[int]:
    return {one for one in (swap.shift_id, swap.wanted_id) if one is not None}


def _in_time(swap: Swap) -> None:
    if swap.answer_by <= clock.now():
        raise Conflict(_("The time to answer is over."), current=swap)


def _trade(swap: Swap, held: Held, taker_id: int | None) -> Trade:
    """What changes hands, where both turns are still those that were asked about."""
    given, wanted = held.shift(swap.shift_id), held.shift(swap.wanted_id)
    then = swap.wanted_then
    if rules.has_moved(swap.given_then, queries.bound_now(given)) or (
        then is not None and rules.has_moved(then, queries.bound_now(wanted))
    ):
        raise Conflict(words.moved_words(), current=swap)
    starts = [one.starts_at for one in (given, wanted) if one is not None]
    giver, taker = held.people.get(swap.giver_id), held.people.get(taker_id or 0)
    if given is None or giver is None or taker is None or giver.pk == taker.pk:
        raise Conflict(words.moved_words(), current=swap)
    if min(starts) <= clock.now():
        raise Conflict(_("This turn has begun already."), current=swap)
    for one in (given, wanted):
        if one is not None:
            _still_here(one, giver, taker)
    if swap.taker_id is None:
        _of_the_unit(swap, taker)
    return Trade(giver, taker, given, wanted)


def _still_here(shift: Shift, giver: Person, taker: Person) -> None:
    """Both work here on the day of a turn."""
    seated = people.seating([giver.pk, taker.pk], clock.local(shift.starts_at).date())
    for one in (giver, taker):
        if one.pk not in seated or one.left_on is not None:
            raise Conflict(
                _("%(name)s no longer works here on that day.") % {"name": one.display_name}
            )


def _of_the_unit(swap: Swap, taker: Person) -> None:
    """Who takes what is offered to everybody, or is given by the commander, works in its unit."""
    if not people.people_of_unit(swap.unit_id).filter(pk=taker.pk).exists():
        raise Conflict(_("This person does not work in your unit."))


def _tested(trade: Trade, by: Actor, override_reason: str) -> dict[int, str]:
    """What the rules say now: broken rules by shift, each with a reason and the power for it."""
    if trade.wanted is not None and trade.wanted.starts_at == trade.given.starts_at:
        raise Invalid(_("Both turns begin at the same time."), field="pick")
    theirs, mine = queries.both_sides(trade.giver.pk, trade.taker.pk, trade.given, trade.wanted)
    broken: dict[int, str] = {}
    for person, shift, effect in (
        (trade.taker, trade.given, theirs),
        (trade.giver, trade.wanted, mine),
    ):
        if effect is None or shift is None or effect.fits:
            continue
        if effect.is_taken:
            raise Conflict(
                _("%(name)s is already taken at that time.") % {"name": person.display_name}
            )
        if not override_reason:
            raise _speaks_against(person, effect, by, shift)
        if not may_override(by, shift.roster, person):
            raise Refused("not_allowed", resource="duty.override", act="create")
        broken[shift.pk] = str(effect.problems[0])
    return broken


def _speaks_against(
    person: Person, effect: rules.Effect, by: Actor, shift: Shift
) -> Conflict | Invalid:
    sentence = words.problem_words(person.display_name, [effect])
    if may_override(by, shift.roster, person):
        return Invalid(
            _("%(problem)s. Give a reason, or choose another.") % {"problem": sentence},
            field="override_reason",
        )
    return Conflict(_("This swap breaks a rule of rest now. %(problem)s.") % {"problem": sentence})


def _done(swap: Swap, trade: Trade, by: Actor, kind: SwapKind, broken: dict[int, str]) -> Swap:
    """Turns and calendars change hands, the swap ends, others about the same turns lapse."""
    _hand_over(trade.given, trade.taker, swap.reason, by, broken)
    if trade.wanted is not None:
        _hand_over(trade.wanted, trade.giver, swap.reason, by, broken)
    swap.agreed_at = swap.agreed_at or clock.now()
    swap.save(update_fields=["taker", "agreed_at"])
    ended(swap, SwapState.DONE, by, kind=str(kind), reason=swap.reason)
    fact = events.SwapDone(
        swap_id=swap.pk,
        kind=str(kind),
        shift_id=trade.given.pk,
        giver_id=trade.giver.pk,
        taker_id=trade.taker.pk,
        wanted_id=trade.wanted.pk if trade.wanted is not None else 0,
        override=",".join(sorted(set(broken.values()))),
    )
    record(fact, by=by, about=swap)
    telling.tell_done(swap, by, heads=kind == SwapKind.TAKEN_NOW)
    for shift_id in _shift_ids(swap):
        for other in queries.swaps_of_shift(shift_id):
            lapse_swap(other, by=SYSTEM, cause=LapseCause.MOVED)
    # Last: the whole unit waits for these two rows.
    rosters = {one.roster for one in (trade.given, trade.wanted) if one is not None}
    for roster in sorted(rosters, key=lambda one: one.pk):
        guard_version(roster, None)
    return swap


def _hand_over(shift: Shift, new: Person, reason: str, by: Actor, broken: dict[int, str]) -> None:
    """One turn: the roster names the new one, his calendar is taken, the other's is free."""
    people_actions.free_time(shift.ref, by=by)
    shift.person = new
    shift.reminded_at = None
    shift.override_problem = broken.get(shift.pk, "")
    shift.override_reason = reason if shift.override_problem else ""
    shift.save(update_fields=["person", "reminded_at", "override_problem", "override_reason"])
    people_actions.take_time(
        new,
        start=shift.starts_at,
        end=shift.ends_at,
        kind=TimeKind.SHIFT,
        about=shift.ref,
        by=by,
    )
