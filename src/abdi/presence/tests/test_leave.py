"""Leave: asked, decided, cancelled; what stands in the calendar and what is left."""

from datetime import date, timedelta

import pytest

from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.choices import Employment, TimeKind
from abdi.people.testing import a_city, a_person, a_position, actor_for, an_actor, seat
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry
from abdi.presence import actions, queries
from abdi.presence.choices import LeaveKind, LeaveState
from abdi.presence.models import BalanceStatement, Leave
from abdi.presence.queries.scope import bounds
from abdi.presence.testing import MONDAY, a_leave

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)


def busy(person, first=MONDAY, last=FRIDAY):
    return people.busy([person.pk], *bounds(first, last))


def test_a_week_asked_by_the_person_decided_by_the_head_blocks_the_calendar():
    city = a_city()
    row = actions.request_leave(
        city.crew, by=actor_for(city.crew), kind="annual", first_on=MONDAY, last_on=FRIDAY
    )
    assert (row.state, row.days, busy(city.crew)) == (LeaveState.REQUESTED, 5, [])
    actions.decide_leave(row, by=actor_for(city.head), state="approved")
    [taken] = busy(city.crew)
    assert (taken.kind, taken.about) == (TimeKind.LEAVE, row.ref)
    assert [step.state for step in queries.steps_of(row.pk)] == ["requested", "approved"]
    assert Entry.objects.filter(kind="presence.LeaveDecided").count() == 1


def test_cancelling_frees_the_days_again():
    city = a_city()
    row = a_leave(city.crew, approved=True)
    actions.cancel_leave(row, by=actor_for(city.crew))
    assert busy(city.crew) == []
    assert queries.balance_of(city.crew.pk).total == 12


def test_nobody_decides_his_own_leave_nor_that_of_another_team():
    city = a_city()
    row = a_leave(city.head)
    for stranger in (city.head, city.crew):
        with pytest.raises(Refused):
            actions.decide_leave(row, by=actor_for(stranger), state="approved")
    actions.decide_leave(row, by=actor_for(city.agency_head), state="approved")


def test_a_colleague_asks_no_leave_for_another_but_the_agency_officer_does():
    city = a_city()
    with pytest.raises(Refused):
        actions.request_leave(
            city.crew, by=actor_for(city.second_crew), kind="sick", first_on=MONDAY, last_on=MONDAY
        )
    hr = an_actor("agency_hr", city.agency)
    row = actions.request_leave(city.crew, by=hr, kind="sick", first_on=MONDAY, last_on=MONDAY)
    assert row.asked_by_id == hr.person_id


def test_an_acting_head_decides_leave_but_not_unpaid_leave():
    city = a_city()
    section = a_position(city.section, is_head=True)
    acting = a_person(city.agency)
    seat(acting, section, kind="plh", start_on=date(2026, 3, 1), end_on=date(2026, 3, 20))
    sick = a_leave(city.crew, kind=LeaveKind.SICK)
    actions.decide_leave(sick, by=actor_for(acting), state="approved")
    unpaid = a_leave(city.second_crew, kind=LeaveKind.UNPAID)
    with pytest.raises(Refused):
        actions.decide_leave(unpaid, by=actor_for(acting), state="approved")


def test_a_long_unpaid_leave_blocks_every_day_of_it():
    city = a_city()
    a_leave(city.crew, days=1000, kind=LeaveKind.UNPAID, approved=True)
    for offset in (0, 299, 300, 650, 999):
        day = MONDAY + timedelta(days=offset)
        assert busy(city.crew, day, day), offset


@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        ({"last_on": MONDAY - timedelta(days=1)}, "last_on"),
        ({"first_on": date(2026, 3, 7), "last_on": date(2026, 3, 8)}, "first_on"),
        ({"first_on": date(2029, 1, 1), "last_on": date(2029, 1, 2)}, "first_on"),
        ({"last_on": MONDAY + timedelta(days=60)}, "last_on"),
        ({"kind": "maternity", "last_on": MONDAY + timedelta(days=200)}, "last_on"),
        ({"kind": "holiday"}, "kind"),
    ],
)
def test_a_request_that_cannot_be_gets_its_sentence(inputs, field):
    city = a_city()
    asked = {"kind": "annual", "first_on": MONDAY, "last_on": FRIDAY, **inputs}
    with pytest.raises(Invalid) as refused:
        actions.request_leave(city.crew, by=actor_for(city.crew), **asked)
    assert refused.value.field == field


def test_a_contract_civil_servant_gets_no_long_leave():
    city = a_city()
    person = a_person(city.section, employment=Employment.PPPK)
    with pytest.raises(Invalid):
        a_leave(person, kind=LeaveKind.LONG)


def test_two_leaves_never_share_a_day():
    city = a_city()
    a_leave(city.crew)
    with pytest.raises(Conflict):
        a_leave(city.crew, MONDAY + timedelta(days=4), 1)
    a_leave(city.crew, MONDAY + timedelta(days=7), 1)


def test_a_refusal_needs_words_and_is_final():
    city = a_city()
    row, head = a_leave(city.crew), actor_for(city.head)
    with pytest.raises(Invalid):
        actions.decide_leave(row, by=head, state="refused")
    actions.decide_leave(row, by=head, state="postponed", words="Tunggu pekan depan")
    actions.decide_leave(row, by=head, state="refused", words="Semua lampu padam")
    with pytest.raises(Conflict):
        actions.decide_leave(row, by=head, state="approved")


def test_a_leave_that_has_begun_is_not_cancelled_by_a_press():
    city = a_city()
    row = a_leave(city.crew, date(2026, 3, 2), 2, approved=True)
    with pytest.raises(Conflict):
        actions.cancel_leave(row, by=actor_for(city.crew))


def test_a_stale_decision_is_refused():
    city = a_city()
    row = a_leave(city.crew)
    with pytest.raises(Conflict):
        actions.decide_leave(row, by=actor_for(city.head), state="approved", seen=row.version + 1)


def test_a_shift_inside_warns_and_refuses_nothing():
    city = a_city()
    start, _end = bounds(MONDAY, MONDAY)
    people_actions.take_time(
        city.crew,
        start=start + timedelta(hours=7),
        end=start + timedelta(hours=15),
        kind=TimeKind.SHIFT,
        about="duty.shift:1",
        by=SYSTEM,
    )
    row = a_leave(city.crew)
    assert [one.kind for one in queries.clashes(city.crew.pk, MONDAY, FRIDAY)] == ["shift"]
    actions.decide_leave(row, by=actor_for(city.head), state="approved")
    found = queries.calendar_of(city.crew.pk, MONDAY, FRIDAY)
    assert sorted(one.kind for one in found) == ["leave", "shift"]


def test_the_balance_rests_on_the_newest_statement_less_what_came_after():
    city = a_city()
    from abdi.platform import clock

    BalanceStatement.objects.create(
        person=city.crew, at=clock.now() - timedelta(hours=1), year=2026, left_n=7, left_n1=3
    )
    a_leave(city.crew, approved=True)
    balance = queries.balance_of(city.crew.pk)
    assert (balance.left.n, balance.left.n1, balance.total) == (5, 0, 5)


def test_a_statement_of_last_year_is_carried_over():
    city = a_city()
    from abdi.platform import clock

    BalanceStatement.objects.create(
        person=city.crew, at=clock.now() - timedelta(days=100), year=2025, left_n=9, left_n1=2
    )
    left = queries.balance_of(city.crew.pk).left
    assert (left.n, left.n1, left.n2) == (12, 6, 2)


def test_asked_days_are_not_asked_for_twice():
    city = a_city()
    a_leave(city.crew, MONDAY, 12)
    assert queries.balance_of(city.crew.pk).total < 12 - 5
    with pytest.raises(Invalid):
        a_leave(city.crew, date(2026, 6, 1), 12)


def test_each_sees_the_leave_of_his_reach_and_no_more():
    city = a_city()
    row = a_leave(city.crew)
    sees = [city.crew, city.head]
    for person in (city.crew, city.second_crew, city.head):
        visible = queries.visible_leaves(actor_for(person)).filter(pk=row.pk).exists()
        assert visible == (person in sees), person
    assert queries.visible_leaves(an_actor("agency_hr", city.agency)).filter(pk=row.pk).exists()
    assert list(queries.waiting_for(actor_for(city.head))) == [row]
    assert list(queries.waiting_for(actor_for(city.crew))) == []


def test_the_desk_sees_dates_of_approved_leave_and_no_reason():
    city = a_city()
    row = a_leave(city.crew, approved=True)
    assert list(queries.away_between(city.dispatcher, MONDAY, FRIDAY)) == [row]
    assert not queries.visible_leaves(city.dispatcher).filter(pk=row.pk).exists()
    assert list(queries.away_between(actor_for(city.second_crew), MONDAY, FRIDAY)) == []


def test_small_groups_stay_hidden_in_totals():
    city = a_city()
    a_leave(city.crew, approved=True)
    assert queries.away_totals(MONDAY, FRIDAY) == [(city.agency.name, None)]


def test_days_lost_of_a_unit_count_a_person_once_a_day():
    city = a_city()
    a_leave(city.crew, approved=True)
    a_leave(city.second_crew, FRIDAY, 4, kind=LeaveKind.SICK, approved=True)
    lost = queries.days_absent([city.section.pk, city.agency.pk], MONDAY, FRIDAY)
    assert lost == {city.section.pk: 6, city.agency.pk: 0}


def test_what_waits_stands_on_the_first_page():
    from abdi.platform import clock

    city = a_city()
    a_leave(city.crew)
    [todo] = queries.to_do(actor_for(city.head), clock.now())
    assert city.crew.name in todo.title
    assert queries.to_do(actor_for(city.second_crew), clock.now()) == []


def test_approved_leave_missing_in_the_calendar_is_found():
    from abdi.presence import jobs

    city = a_city()
    row = a_leave(city.crew, approved=True)
    assert jobs.approved_leave_missing_in_the_calendar() == 0
    people_actions.free_time(row.ref, by=SYSTEM)
    assert jobs.approved_leave_missing_in_the_calendar() == 1
    assert Leave.objects.count() == 1


def test_the_permit_of_an_approved_leave_is_drafted_once():
    from abdi.letters import queries as letters

    city = a_city()
    row, hr = a_leave(city.crew), an_actor("agency_hr", city.agency)
    with pytest.raises(Conflict):
        actions.draft_permit(row, by=hr)
    actions.decide_leave(row, by=actor_for(city.head), state="approved")
    with pytest.raises(Refused):
        actions.draft_permit(row, by=actor_for(city.crew))
    for _time in range(2):
        actions.draft_permit(row, by=hr)
    letter = letters.drafted_for(row.ref)
    assert letter is not None
    assert letter.kind == "leave_permit"
