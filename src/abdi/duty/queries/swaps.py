"""Reads of swaps: who fits a turn and with what effect, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from abdi.duty import rules
from abdi.duty.choices import SwapState
from abdi.duty.models import Shift, Swap
from abdi.duty.models.swaps import SwapQuerySet
from abdi.duty.queries.standing import candidate, candidates, candidates_of
from abdi.duty.queries.weeks import person_names
from abdi.duty.rules import Bound, Candidate, Effect, Opening, Stand
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.norms import norms

EXCHANGED_WITHIN: Final = timedelta(weeks=2)
MOST_SHOWN: Final = 12
MOST_OPEN: Final = 200
KEPT_IN_SIGHT: Final = timedelta(days=60)


@dataclass(frozen=True)
class Fit:
    """A colleague who could take a turn; with `wanted`, what he gives for it.

    `theirs` is the effect on him, `mine` the effect on the one who gives the turn away.
    """

    person_id: int
    code: str
    name: str
    theirs: Effect
    wanted: Shift | None = None
    mine: Effect | None = None

    @property
    def fits(self) -> bool:
        """Nothing speaks against it, for neither of the two."""
        return self.theirs.fits and (self.mine is None or self.mine.fits)


@dataclass(frozen=True)
class Fits:
    """Who could take a turn: for one of his own, or for nothing in return."""

    exchanges: list[Fit]
    takers: list[Fit]
    against: list[Fit]


@dataclass(frozen=True)
class SwapRow:
    """A swap on a page: whether its turn moved, how many people fit, what speaks against it."""

    swap: Swap
    has_moved: bool
    fitting: int
    effects: tuple[Effect, ...]
    can_take_now: bool = False

    @property
    def fits(self) -> bool:
        """Whether the rules still allow what both agreed on."""
        return not self.has_moved and all(effect.fits for effect in self.effects)


@dataclass(frozen=True)
class Waiting:
    """What the page of swaps shows one person."""

    to_decide: list[SwapRow]
    asked_of_me: list[SwapRow]
    offered: list[SwapRow]
    mine: list[SwapRow]
    others: list[SwapRow]
    past: list[Swap]

    @property
    def count(self) -> int:
        """How many wait for this very person."""
        return len(self.to_decide) + len(self.asked_of_me)


def stand_of(shift: Shift, person_id: int | None = None) -> Stand:
    """A shift as the rules see it, in the local zone; for another person where one is named."""
    start, end = clock.local(shift.starts_at), clock.local(shift.ends_at)
    return Stand(start, end, shift.person_id if person_id is None else person_id)


def bound_now(shift: Shift | None) -> Bound | None:
    """What a swap of this shift would be bound to now; None where it is gone or not in force."""
    if shift is None or not shift.roster.is_published:
        return None
    return Bound(shift.person_id, shift.starts_at, shift.ends_at)


def has_moved(swap: Swap) -> bool:
    """Whether a turn of a swap is no longer as it was when asked; shifts and rosters are loaded."""
    if rules.has_moved(swap.given_then, bound_now(swap.shift)):
        return True
    then = swap.wanted_then
    return then is not None and rules.has_moved(then, bound_now(swap.wanted))


def givable_shifts(actor: Actor) -> QuerySet[Shift]:
    """The actor's own shifts in force that have not begun."""
    rows = Shift.objects.in_force().filter(
        person_id=actor.person_id or 0, starts_at__gt=clock.now()
    )
    return rows.select_related("turn", "person", "roster__unit")


def arrangeable_shifts(actor: Actor) -> QuerySet[Shift]:
    """Shifts in force that have not begun, of agencies whose swaps this actor decides."""
    rows = Shift.objects.in_force().filter(starts_at__gt=clock.now())
    rows = rows.select_related("turn", "person", "roster__unit")
    reach = actor.reach("duty.swap", "approve")
    return rows if reach.all else rows.filter(roster__unit__agency_id__in=reach.agency_ids)


def both_sides(
    giver_id: int, taker_id: int, given: Shift, wanted: Shift | None
) -> tuple[Effect, Effect | None]:
    """What a swap does to the one who takes, and to the one who gives; two queries."""
    starts = [one.starts_at for one in (given, wanted) if one is not None]
    ends = [one.ends_at for one in (given, wanted) if one is not None]
    span = Opening(0, min(starts), max(ends))
    return effects(candidate(giver_id, span), candidate(taker_id, span), given, wanted)


def effects(
    giver: Candidate, taker: Candidate, given: Shift, wanted: Shift | None
) -> tuple[Effect, Effect | None]:
    """What a swap does to the one who takes, and to the one who gives where he gets a turn."""
    figures = norms("duty", on=clock.local(given.starts_at).date())
    back = stand_of(wanted, taker.person_id) if wanted is not None else None
    theirs = rules.effect_of(stand_of(given, taker.person_id), taker, figures, without=back)
    if wanted is None:
        return theirs, None
    gone = stand_of(given, giver.person_id)
    return theirs, rules.effect_of(stand_of(wanted, giver.person_id), giver, figures, without=gone)


def fits_of(shift: Shift) -> Fits:
    """Who of the unit could take a shift, and for which of his own; a fixed number of queries.

    The exchanges nearest in time come first, of the others those with the fewest hours.
    """
    now = clock.now()
    start, end = now, max(shift.ends_at, now) + EXCHANGED_WITHIN
    crew = {one.person_id: one for one in candidates(shift.roster.unit_id, start, end)}
    giver = crew.pop(shift.person_id, None) or candidate(shift.person_id, Opening(0, start, end))
    names = person_names(crew)
    takers = []
    for one in sorted(crew.values(), key=lambda p: (rules.minutes_stood(p.stands), p.person_id)):
        takers.append(
            Fit(one.person_id, *names[one.person_id], effects(giver, one, shift, None)[0])
        )
    return Fits(
        exchanges=_exchanges(shift, giver, crew, names),
        takers=[one for one in takers if one.fits],
        against=[one for one in takers if not one.fits and not one.theirs.is_taken],
    )


def _exchanges(
    shift: Shift,
    giver: Candidate,
    crew: Mapping[int, Candidate],
    names: Mapping[int, tuple[str, str]],
) -> list[Fit]:
    now = clock.now()
    end = max(shift.ends_at, now) + EXCHANGED_WITHIN
    theirs = (
        Shift.objects.in_force()
        .filter(person_id__in=list(crew), starts_at__gt=now, starts_at__lt=end)
        .exclude(starts_at=shift.starts_at)
        .select_related("turn", "roster__unit")
    )
    found: list[Fit] = []
    for one in sorted(theirs, key=lambda row: (abs(row.starts_at - shift.starts_at), row.pk)):
        on_him, on_me = effects(giver, crew[one.person_id], shift, one)
        fit = Fit(one.person_id, *names[one.person_id], on_him, one, on_me)
        if fit.fits:
            found.append(fit)
        if len(found) == MOST_SHOWN:
            break
    return found


# ------------------------------------------------------------------ what waits for whom


def _with_all(rows: SwapQuerySet) -> SwapQuerySet:
    return rows.select_related("giver", "taker", "unit", "shift__roster", "wanted__roster")


def _my_units(actor: Actor) -> list[int]:
    """The units of this actor, from his own up to the whole city."""
    if actor.unit_id is None:
        return []
    paths = people.visible_units(SYSTEM).filter(pk=actor.unit_id).values_list("path", flat=True)
    return [int(part) for path in paths for part in path.strip("/").split("/") if part]


def _of_me(actor: Actor, units: list[int]) -> Q:
    """Swaps I asked for, was asked for, or may take because they are offered to my unit."""
    if actor.person_id is None:
        return Q(pk__in=[])
    offered = Q(taker__isnull=True, state=SwapState.OPEN, unit_id__in=units)
    return Q(giver_id=actor.person_id) | Q(taker_id=actor.person_id) | offered


def visible_swaps(actor: Actor) -> SwapQuerySet:
    """Swaps this actor may see: his own, those offered to his unit, those of his agency."""
    return _visible(actor, _my_units(actor))


def _visible(actor: Actor, units: list[int]) -> SwapQuerySet:
    rows = _with_all(Swap.objects.order_by("starts_at", "id"))
    reach = actor.reach("duty.swap", "view")
    if reach.all:
        return rows
    return rows.filter(_of_me(actor, units) | Q(unit__agency_id__in=reach.agency_ids))


def own_swaps(actor: Actor) -> QuerySet[Swap]:
    """Swaps this actor asked for."""
    return _with_all(Swap.objects.filter(giver_id=actor.person_id or 0))


def answerable_swaps(actor: Actor) -> QuerySet[Swap]:
    """Swaps this actor may answer: asked of him, or offered to his unit by somebody else."""
    rows = _with_all(Swap.objects.filter(_of_me(actor, _my_units(actor))))
    return rows.exclude(giver_id=actor.person_id)


def decidable_swaps(actor: Actor) -> QuerySet[Swap]:
    """Swaps of the agencies this actor decides for, whoever the two are."""
    reach = actor.reach("duty.swap", "approve")
    rows = _with_all(Swap.objects.order_by("starts_at", "id"))
    return rows if reach.all else rows.filter(unit__agency_id__in=reach.agency_ids)


def waiting_of(actor: Actor) -> Waiting:
    """What waits for a person and what was lately; by unit three queries, else a fixed number.

    Of others' swaps he sees those under way; notes and reasons are for those they concern.
    """
    units = _my_units(actor)
    seen = _visible(actor, units)
    rows = swap_rows(seen.open()[:MOST_OPEN])
    found: dict[str, list[SwapRow]] = {}
    for one in rows:
        found.setdefault(_place(one.swap, actor, units), []).append(one)
    return Waiting(
        to_decide=found.get("decide", []),
        asked_of_me=found.get("asked", []),
        offered=found.get("offered", []),
        mine=found.get("mine", []),
        others=found.get("other", []),
        past=_past_of(actor, seen),
    )


def _place(swap: Swap, actor: Actor, my_units: list[int]) -> str:
    """Which list of the page an open swap belongs to."""
    me, decides = actor.person_id or 0, actor.reach("duty.swap", "approve")
    if swap.giver_id == me:
        return "mine"
    if swap.taker_id == me:
        return "asked"
    waits = swap.state == SwapState.AGREED or swap.taker_id is None
    if waits and (decides.all or swap.unit.agency_id in decides.agency_ids):
        return "decide"
    return "offered" if swap.taker_id is None and swap.unit_id in my_units else "other"


def _past_of(actor: Actor, seen: SwapQuerySet) -> list[Swap]:
    me, decides = actor.person_id or 0, actor.reach("duty.swap", "approve")
    rows = seen.filter(ended_at__gt=clock.now() - KEPT_IN_SIGHT)
    if not decides.all:
        own = Q(giver_id=me) | Q(taker_id=me) | Q(unit__agency_id__in=decides.agency_ids)
        rows = rows.filter(own)
    return list(rows.order_by("-ended_at", "-id")[:20])


def to_decide(actor: Actor, *, most: int = 4) -> list[SwapRow]:
    """What waits for the decision of a commander: the first few, soonest first."""
    reach = actor.reach("duty.swap", "approve")
    if reach.nothing:
        return []
    rows = decidable_swaps(actor).filter(starts_at__gt=clock.now())
    rows = rows.filter(Q(state=SwapState.AGREED) | Q(state=SwapState.OPEN, taker__isnull=True))
    if actor.person_id is not None:
        rows = rows.exclude(Q(giver_id=actor.person_id) | Q(taker_id=actor.person_id))
    return swap_rows(rows[:most])


def swap_rows(swaps: Iterable[Swap]) -> list[SwapRow]:
    """Swaps with what the rules say of them now; four queries for any number of them."""
    found = list(swaps)
    if not found:
        return []
    first = min(min(one.starts_at, one.wanted_starts_at or one.starts_at) for one in found)
    last = max(max(one.ends_at, one.wanted_ends_at or one.ends_at) for one in found)
    crews = candidates_of({one.unit_id for one in found}, first, last)
    return [_row(one, {who.person_id: who for who in crews[one.unit_id]}) for one in found]


def _row(swap: Swap, crew: Mapping[int, Candidate]) -> SwapRow:
    given = swap.shift
    if given is None or has_moved(swap):
        return SwapRow(swap, has_moved=True, fitting=0, effects=())
    figures = norms("duty", on=clock.local(swap.starts_at).date())
    now_or_never = rules.may_be_taken_now(swap.starts_at, clock.now(), figures)
    giver = crew.get(swap.giver_id) or Candidate(swap.giver_id)
    if swap.taker_id is None:
        fitting = sum(
            effects(giver, one, given, None)[0].fits
            for one in crew.values()
            if one.person_id != swap.giver_id
        )
        return SwapRow(swap, False, fitting, (), now_or_never)
    taker = crew.get(swap.taker_id) or Candidate(swap.taker_id)
    theirs, mine = effects(giver, taker, given, swap.wanted)
    both = (theirs,) if mine is None else (theirs, mine)
    return SwapRow(swap, False, 0, both, now_or_never and swap.state == SwapState.OPEN)


def open_swaps_of(actor: Actor) -> dict[int, Swap]:
    """The open swaps this actor asked for, by shift."""
    rows = Swap.objects.open().filter(giver_id=actor.person_id or 0, shift__isnull=False)
    return {one.shift_id: one for one in rows.select_related("taker") if one.shift_id}


def open_swap_of(shift: Shift) -> Swap | None:
    """The open swap of a shift."""
    return Swap.objects.open().filter(shift=shift).first()


def loose_swaps(at: datetime) -> list[tuple[Swap, str]]:
    """Open swaps that end by themselves at a moment, with the cause; two queries.

    Their turn moved, one of the two has left, nobody answered, or nobody decided in time.
    """
    rows = list(_with_all(Swap.objects.open().order_by("id"))[:500])
    ids = {one.giver_id for one in rows} | {one.taker_id for one in rows if one.taker_id}
    seated = people.seating(ids) if ids else {}
    found = []
    for one in rows:
        gone = one.giver_id not in seated or (one.taker_id and one.taker_id not in seated)
        cause = rules.lapse_cause(
            SwapState(one.state), moved=has_moved(one), gone=bool(gone),
            late=one.answer_by <= at, begun=_first_start(one) <= at,
        )  # fmt: skip
        if cause is not None:
            found.append((one, str(cause)))
    return found


def _first_start(swap: Swap) -> datetime:
    return min(swap.starts_at, swap.wanted_starts_at or swap.starts_at)


def swaps_of_shift(shift_id: int) -> QuerySet[Swap]:
    """Open swaps that give or want a shift."""
    return _with_all(Swap.objects.open().filter(Q(shift_id=shift_id) | Q(wanted_id=shift_id)))


def swaps_of_removed(person_id: int) -> list[Swap]:
    """Open swaps of a person whose turn moved or is gone."""
    rows = _with_all(Swap.objects.open().filter(Q(giver_id=person_id) | Q(taker_id=person_id)))
    return [one for one in rows if has_moved(one)]
