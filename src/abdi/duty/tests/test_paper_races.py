"""Two at one moment: hours handed over, a month put in force, a swap decided; with controls."""

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError

from abdi.duty import actions
from abdi.duty.actions import exchanging, pay, planning, swaps
from abdi.duty.choices import RosterState, SwapState
from abdi.duty.models import PayLine, PayList, Roster, Shift, Swap
from abdi.duty.queries.pay import draft_of
from abdi.duty.testing import a_coverage, a_crew, a_quiet_week, a_roster
from abdi.people.models import Unit
from abdi.people.testing import a_city, a_unit, actor_for, an_actor
from abdi.platform.journal import Entry
from abdi.platform.notices.models import Notice
from abdi.platform.testing.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WIB = ZoneInfo("Asia/Jakarta")
FEBRUARY, FIRST, LAST = date(2026, 2, 1), date(2026, 3, 9), date(2026, 3, 22)


def entries(kind):
    return Entry.objects.filter(kind=f"duty.{kind}").count()


# ------------------------------------------------------------------ the pay list


def handing_over():
    """The same month of one unit, by two of the pay office who looked at the same figures."""
    city = a_city()
    a_coverage(city.section)
    a_crew(city.section, 3)
    a_roster(city.section, date(2026, 2, 2))
    mark = draft_of(city.section.pk, FEBRUARY).mark
    units = [Unit.objects.get(pk=city.section.pk) for _one in range(2)]
    offices = [an_actor("personnel_office") for _one in range(2)]
    return [
        partial(actions.hand_over_hours, unit, by=office, month_on=FEBRUARY, seen=mark)
        for unit, office in zip(units, offices, strict=True)
    ]


def test_a_pay_list_handed_over_twice_at_once_is_handed_over_once(inside_institution):
    [row] = at_once(*handing_over())
    assert PayList.objects.get() == row
    people = list(PayLine.objects.values_list("person_id", flat=True))
    assert len(people) == len(set(people)) > 0
    assert entries("HoursHandedOver") == 1


def test_control_without_holding_the_unit_the_second_finds_out_too_late(
    inside_institution, monkeypatch
):
    """Only the constraint of the table is left: no answer in words, and one of two breaks."""
    monkeypatch.setattr(pay, "lock", lambda unit: unit)
    monkeypatch.setattr(pay, "list_of", lambda *_things: None)
    with pytest.raises(IntegrityError):
        at_once(*handing_over())


# ------------------------------------------------------------------ a month in force


def publishing():
    """Two weeks of drafts, put in force by two commanders."""
    city = a_city()
    a_crew(city.section, 4)
    for monday in (FIRST, date(2026, 3, 16)):
        a_roster(city.section, monday, published=False)
    act = partial(
        actions.publish_weeks, city.section, by=city.commander, first_on=FIRST, last_on=LAST
    )
    return [act, act]


def test_a_month_put_in_force_twice_at_once_comes_into_force_once(inside_institution):
    assert at_once(*publishing()) == [2]
    assert entries("RosterPublished") == 2
    told = list(Notice.objects.values_list("receiver", flat=True))
    assert len(told) == len(set(told)) > 0
    assert Roster.objects.filter(state=RosterState.PUBLISHED).count() == 2


def test_control_without_looking_again_under_the_lock_a_month_comes_into_force_twice(
    inside_institution, monkeypatch
):
    monkeypatch.setattr(
        planning, "drafts_held", lambda ids: list(Roster.objects.filter(pk__in=ids))
    )
    monkeypatch.setattr(planning, "guard_version", lambda *_things: None)
    monkeypatch.setattr(
        planning.queries,
        "drafts_between",
        lambda unit_id, *_days: list(
            Roster.objects.filter(unit_id=unit_id).values_list("pk", flat=True)
        ),
    )
    assert at_once(*publishing()) == [2, 2]
    assert entries("RosterPublished") == 4


# ------------------------------------------------------------------ two heads, one swap


def deciding():
    """A swap both agreed on; one head approves, another refuses, at one moment."""
    city = a_city()
    unit = a_unit(city.agency, name="Regu Kecil")
    giver, taker = a_crew(unit, 2)
    monday = datetime(2026, 3, 9, tzinfo=WIB)
    a_quiet_week(unit, monday.date(), [(giver, monday.replace(hour=20))])
    shift = Shift.objects.select_related("roster__unit", "turn").get(person=giver)
    swap = actions.ask_swap(shift, by=actor_for(giver), taker=taker)
    actions.agree_to_swap(swap, by=actor_for(taker))
    assert Swap.objects.get().state == SwapState.AGREED
    first, second = (Swap.objects.select_related("unit").get() for _head in range(2))
    other = an_actor("duty_commander", city.agency)
    return [
        partial(actions.approve_swap, first, by=city.commander),
        partial(actions.refuse_swap, second, by=other, reason="Kurang orang malam itu"),
    ]


def decided():
    return entries("SwapDone") + entries("SwapRefused")


def test_of_two_heads_who_decide_one_swap_one_decides_it(inside_institution):
    acts = deciding()
    taker_id = Swap.objects.get().taker_id
    assert len(at_once(*acts)) == 1
    swap, shift = Swap.objects.get(), Shift.objects.get()
    assert (swap.state == SwapState.DONE) is (shift.person_id == taker_id)
    assert swap.state in (SwapState.DONE, SwapState.REFUSED)
    assert decided() == 1


def test_control_without_asking_for_the_state_both_heads_decide(inside_institution, monkeypatch):
    for module in (exchanging, swaps):
        for guard in ("open_or_conflict", "undecided_or_conflict"):
            monkeypatch.setattr(module, guard, lambda *_things: None)
    acts = deciding()
    assert len(at_once(*acts)) == 2
    assert decided() == 2
