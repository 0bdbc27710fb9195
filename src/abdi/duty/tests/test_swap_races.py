"""Two hundred swaps at once, and two takers of one turn; each with a control that must fail."""

import random
from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, OperationalError
from django.db.models import Count, F

from abdi.duty import actions, rules
from abdi.duty.actions import Pattern, exchanging
from abdi.duty.choices import SwapState
from abdi.duty.models import Shift, Swap, Turn
from abdi.duty.testing import DAY_AND_NIGHT, a_coverage, a_crew, a_quiet_week, a_roster
from abdi.people import queries as people
from abdi.people.testing import a_city, a_unit, actor_for
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.norms import norms
from abdi.platform.testing.races import all_at_once, at_once

pytestmark = pytest.mark.django_db(transaction=True)
WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 3, 9, tzinfo=WIB).date()
PEOPLE, HANDS, EACH = 20, 8, 25


@pytest.fixture
def crew(inside_institution):
    """Twenty people who share two weeks, three by day and two by night."""
    unit = a_unit(a_city().agency, name="Regu Ramai")
    found = a_crew(unit, PEOPLE)
    day, night = DAY_AND_NIGHT
    turns = (
        Pattern(day.name, day.letter, day.starts, day.ends, 3),
        Pattern(night.name, night.letter, night.starts, night.ends, 2),
    )
    a_coverage(unit, turns)
    for monday in (MONDAY, MONDAY + timedelta(days=7)):
        a_roster(unit, monday)
    return found


def drawn_swaps(crew):
    """Two hundred swaps drawn by lot: a turn, who takes it, and for half of them his own in return.

    All are read before any is done, as people see them on their pages.
    """
    chance = random.Random(4)
    shifts = list(Shift.objects.select_related("roster__unit", "turn").order_by("id"))
    found = []
    for n in range(HANDS * EACH):
        given, wanted = chance.sample(shifts, 2)
        taker = next(one for one in crew if one.pk == wanted.person_id)
        found.append((given, taker, wanted if n % 2 else None))
    return [found[n * EACH : (n + 1) * EACH] for n in range(HANDS)]


def swapping(some):
    """How many of some swaps went through; the turns are taken as they are by now."""
    count = 0
    for given, taker, wanted in some:
        fresh = Shift.objects.select_related("roster__unit", "turn")
        now = fresh.get(pk=given.pk)
        back = fresh.get(pk=wanted.pk) if wanted is not None else None
        if back is not None and back.person_id != taker.pk:
            taker = back.person  # noqa: PLW2901 - the turn has another owner by now
        if now.person_id == taker.pk:
            continue
        try:
            actions.arrange_swap(now, taker, by=SYSTEM, wanted=back, reason="uji")
        except (Conflict, Invalid, IntegrityError, OperationalError):
            continue  # said no, or waited too long: then nothing of it is written
        count += 1
    return count


def broken_promises():
    """What must never be: two posts at a time, little rest, many nights, a wrong calendar."""
    figures = norms("duty", on=MONDAY)
    found = []
    own = {}
    for shift in Shift.objects.order_by("starts_at"):
        start, end = clock.local(shift.starts_at), clock.local(shift.ends_at)
        own.setdefault(shift.person_id, []).append(rules.Stand(start, end, shift.person_id))
    for person_id, stands in own.items():
        for one, other in pairwise(stands):
            if other.start - one.end < timedelta(hours=figures["rest_hours"]):
                found.append(("rest", person_id, one.end, other.start))
        if rules.nights_in_a_row(stands, figures) > figures["most_nights_in_a_row"]:
            found.append(("nights", person_id))
        first, last = stands[0].start, stands[-1].end
        busy = [(row.start_at, row.end_at) for row in people.busy([person_id], first, last)]
        if busy != [(stand.start, stand.end) for stand in stands]:
            found.append(("calendar", person_id))
    return found


def placed_once(before):
    """Every shift still has one person, every turn as many people as before."""
    assert Counter(Shift.objects.values_list("pk", flat=True)) == Counter(before)
    wrong = Turn.objects.annotate(placed=Count("shifts__person", distinct=True))
    assert not wrong.exclude(placed=F("taken_count")).exists()


def test_two_hundred_swaps_at_once_keep_posts_rest_and_calendars(crew):
    before = list(Shift.objects.values_list("pk", flat=True))
    assert broken_promises() == []
    done = sum(all_at_once(swapping, drawn_swaps(crew)))
    assert done >= 20
    assert Swap.objects.filter(state=SwapState.DONE).count() == done
    assert broken_promises() == []
    placed_once(before)


def test_control_without_looking_again_under_the_lock_swaps_break_the_promises(crew, monkeypatch):
    monkeypatch.setattr(exchanging, "_tested", lambda *_things: {})
    all_at_once(swapping, [some[:8] for some in drawn_swaps(crew)])
    assert broken_promises()


# ------------------------------------------------------------------ one turn, two takers


def an_offer():
    """A turn of tomorrow's night offered to all, and two who could take it."""
    unit = a_unit(a_city().agency, name="Regu Kecil")
    giver, *takers = a_crew(unit, 3)
    monday = datetime(2026, 3, 2, tzinfo=WIB)
    a_quiet_week(unit, monday.date(), [(giver, monday.replace(hour=20))])
    shift = Shift.objects.select_related("roster__unit", "turn").get(person=giver)
    swap = actions.ask_swap(shift, by=actor_for(giver))
    seen = [Swap.objects.select_related("unit").get(pk=swap.pk) for _one in takers]
    actors = [actor_for(one) for one in takers]
    return [
        partial(actions.take_swap_now, copy, by=actor)
        for copy, actor in zip(seen, actors, strict=True)
    ]


def test_one_of_two_takers_gets_the_turn(inside_institution):
    acts = an_offer()
    assert len(at_once(*acts)) == 1
    assert Shift.objects.count() == 1
    swap = Swap.objects.get()
    assert (swap.state, swap.taker_id) == (SwapState.DONE, Shift.objects.get().person_id)


def test_control_without_asking_for_the_state_both_are_told_they_have_it(
    inside_institution, monkeypatch
):
    acts = an_offer()
    monkeypatch.setattr(exchanging, "open_or_conflict", lambda *_things: None)
    monkeypatch.setattr(exchanging.rules, "has_moved", lambda _then, _now: False)
    monkeypatch.setattr(exchanging, "ended", lambda swap, *_things, **_more: swap)
    assert len(at_once(*acts)) == 2
