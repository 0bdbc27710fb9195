"""Swaps of turns before they happen: ask, refuse, withdraw, lapse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.duty import events, queries, rules
from abdi.duty import swap_words as words
from abdi.duty.actions import telling
from abdi.duty.choices import LapseCause, SwapState
from abdi.duty.models import Shift, Swap
from abdi.duty.permissions import (
    may_answer_swap,
    may_ask_swap,
    may_decide_swap,
    may_withdraw_swap,
    only_other_modules,
)
from abdi.people import queries as people
from abdi.people.queries.own_data import names_of
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import record
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import Person


@dataclass(frozen=True)
class Held:
    """People and shifts held until the transaction ends."""

    people: dict[int, Person]
    shifts: dict[int, Shift]

    def shift(self, key: int | None) -> Shift | None:
        """A shift that is still there."""
        return None if key is None else self.shifts.get(key)


def hold(person_ids: set[int], shift_ids: set[int]) -> Held:
    """Hold people, then shifts, each in the order of their numbers, so that nobody waits in a ring.

    Whoever holds these may read calendars and rosters and write by what he read.
    """
    persons = people.persons().filter(id__in=person_ids).order_by("id")
    found = {one.pk: one for one in persons.select_for_update(of=("self",))}
    rows = Shift.objects.filter(id__in=shift_ids).select_related("turn", "roster__unit")
    shifts = {one.pk: one for one in rows.order_by("id").select_for_update(of=("self",))}
    return Held(found, shifts)


@action(allowed=may_ask_swap)
def ask_swap(
    shift: Shift,
    *,
    by: Actor,
    taker: Person | None = None,
    wanted: Shift | None = None,
    note: str = "",
) -> Swap:
    """Ask a colleague to take a turn, for one of his own or for nothing; without one, everybody.

    Raises Conflict where the turn is not as the person saw it, has begun, or is asked about
    already; Invalid where a rule speaks against it or it is too late to ask one person.
    """
    ids = {one.pk for one in (shift, wanted) if one is not None}
    held = hold({shift.person_id} | ({taker.pk} if taker else set()), ids)
    given = _as_seen(held, shift)
    back = _as_seen(held, wanted) if wanted is not None else None
    if wanted is not None and (taker is None or wanted.person_id != taker.pk):
        raise Invalid(_("Choose the turn of the colleague you ask."), field="pick")
    told = _receivers(given, taker, back)
    swap = _written(given, taker, back, note)
    fact = events.SwapAsked(
        swap_id=swap.pk,
        shift_id=given.pk,
        giver_id=swap.giver_id,
        taker_id=swap.taker_id or 0,
        wanted_id=swap.wanted_id or 0,
    )
    record(fact, by=by, about=swap)
    telling.tell_asked(swap, told, by)
    return swap


def _as_seen(held: Held, seen: Shift) -> Shift:
    """The shift as it is now, where it is still the one the person saw and has not begun."""
    now = held.shift(seen.pk)
    if now is None or queries.bound_now(now) != queries.bound_now(seen):
        raise Conflict(words.moved_words())
    if now.starts_at <= clock.now():
        raise Conflict(_("This turn has begun already."))
    return now


def _receivers(given: Shift, taker: Person | None, back: Shift | None) -> list[Person]:
    """Who is asked; each of them fits."""
    if taker is not None:
        crew = people.people_of_unit(given.roster.unit_id)
        if not crew.filter(pk=taker.pk).exists():
            raise Invalid(_("This person does not work in your unit."), field="pick")
        against_rules(given, taker, back)
        return [taker]
    ids = [one.person_id for one in queries.fits_of(given).takers]
    if not ids:
        raise Invalid(_("Nobody of your unit is free and rested for this turn."), field="pick")
    return list(people.persons().filter(id__in=ids).order_by("id"))


def against_rules(given: Shift, taker: Person, back: Shift | None) -> None:
    """Raises Invalid where a rule speaks against a swap, for one of the two."""
    if back is not None and back.starts_at == given.starts_at:
        raise Invalid(_("Both turns begin at the same time."), field="pick")
    theirs, mine = queries.both_sides(given.person_id, taker.pk, given, back)
    if not theirs.fits:
        raise Invalid(words.problem_words(taker.display_name, [theirs]), field="pick")
    if mine is not None and not mine.fits:
        raise Invalid(words.problem_words(_("You"), [mine]), field="pick")


def _written(given: Shift, taker: Person | None, back: Shift | None, note: str) -> Swap:
    figures = norms("duty", on=clock.local(given.starts_at).date())
    starts = [one.starts_at for one in (given, back) if one is not None]
    until = rules.answer_by(starts, of_one=taker is not None, norms=figures)
    if until <= clock.now():
        raise Invalid(
            _("It is too late to ask one colleague. Offer the turn to everybody who fits."),
            field="pick",
        )
    return insert(swap_of(given, taker, back, note=note, answer_by=until))


def swap_of(given: Shift, taker: Person | None, back: Shift | None, **more: object) -> Swap:
    """A swap bound to its turns as they are now, not saved yet."""
    return Swap(
        unit_id=given.roster.unit_id,
        giver_id=given.person_id,
        taker=taker,
        shift=given,
        name=given.turn.name,
        starts_at=given.starts_at,
        ends_at=given.ends_at,
        wanted=back,
        wanted_name=back.turn.name if back is not None else "",
        wanted_starts_at=back.starts_at if back is not None else None,
        wanted_ends_at=back.ends_at if back is not None else None,
        asked_at=clock.now(),
        **more,
    )


def insert(swap: Swap) -> Swap:
    """Save a new swap; Conflict where the turn has an open one."""
    try:
        with transaction.atomic():
            swap.save()
    except IntegrityError:
        raise Conflict(_("This turn is being swapped already.")) from None
    return swap


def open_or_conflict(swap: Swap, *states: SwapState) -> None:
    """Raises Conflict, with what happened to it, where a swap is not in one of these states."""
    if swap.state in states:
        return
    sentences = {
        SwapState.DONE: _("Somebody else has taken this turn already."),
        SwapState.AGREED: _("Somebody else has agreed already."),
        SwapState.OPEN: _("The other one has not agreed yet."),
        SwapState.WITHDRAWN: _("This swap was withdrawn."),
        SwapState.REFUSED: _("This swap was refused."),
        SwapState.LAPSED: words.lapse_words(swap),
    }
    raise Conflict(sentences[SwapState(swap.state)], current=swap)


def undecided_or_conflict(swap: Swap) -> None:
    """Raises Conflict, with who decided and when, where a swap is done or refused."""
    if swap.state not in (SwapState.DONE, SwapState.REFUSED):
        return
    name = names_of({swap.ended_by}).get(swap.ended_by, _("The program"))
    raise Conflict(words.decided_words(swap, name), current=swap)


def ended(swap: Swap, state: SwapState, by: Actor, **more: str) -> Swap:
    """Write down that a swap ended."""
    swap.state = state
    swap.ended_at = clock.now()
    swap.ended_by = by.ref
    for name, value in more.items():
        setattr(swap, name, value)
    swap.version += 1
    swap.save(update_fields=["state", "ended_at", "ended_by", "version", *more])
    return swap


def _may_refuse(by: Actor, swap: Swap) -> bool:
    asked = swap.taker_id is not None and may_answer_swap(by, swap)
    return asked or may_decide_swap(by, swap)


@action(allowed=_may_refuse)
def refuse_swap(swap: Swap, *, by: Actor, reason: str = "") -> Swap:
    """Say no: the one who was asked, or the commander. The turns stay as they are."""
    swap = lock(swap)
    undecided_or_conflict(swap)
    open_or_conflict(swap, SwapState.OPEN, SwapState.AGREED)
    ended(swap, SwapState.REFUSED, by, reason=reason)
    record(events.SwapRefused(swap_id=swap.pk), by=by, about=swap)
    telling.tell_refused(swap, by)
    return swap


@action(allowed=may_withdraw_swap)
def withdraw_swap(swap: Swap, *, by: Actor) -> Swap:
    """Take a swap back before it is done."""
    swap = lock(swap)
    open_or_conflict(swap, SwapState.OPEN, SwapState.AGREED)
    ended(swap, SwapState.WITHDRAWN, by)
    record(events.SwapWithdrawn(swap_id=swap.pk), by=by, about=swap)
    telling.tell_withdrawn(swap, by)
    return swap


@action(allowed=only_other_modules)
def lapse_swap(swap: Swap, *, by: Actor, cause: LapseCause) -> Swap:
    """A swap ends by itself; both are told why. Raises Conflict where it ended before."""
    swap = lock(swap)
    open_or_conflict(swap, SwapState.OPEN, SwapState.AGREED)
    ended(swap, SwapState.LAPSED, by, lapse=str(cause))
    fact = events.SwapLapsed(swap_id=swap.pk, cause=str(cause))
    record(fact, by=by, about=swap)
    telling.tell_lapsed(swap, by)
    return swap
