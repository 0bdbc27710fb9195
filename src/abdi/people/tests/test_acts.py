"""Dated acts: the organisation before, after and on any day between."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abdi.people import actions, jobs, queries
from abdi.people.actions import ActGiven
from abdi.people.models import Act, Assignment, Contest, Position, Service, Unit
from abdi.people.testing import (
    a_city,
    a_person,
    a_position,
    a_unit,
    actor_for,
    an_actor,
    an_agency,
)
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
LATER = date(2026, 7, 1)


def act_on(unit, kind, on=TODAY, **more):
    """An act prepared by one and approved by another."""
    first, second = an_actor("organisation_office"), an_actor("organisation_office")
    given = ActGiven(kind=kind, on=on, decree="Perwali 7/2026", **more)
    act = actions.prepare_act(unit, by=first, given=given)
    return actions.approve_act(act, by=second, seen=act.version)


def test_a_rename_shows_from_its_day_and_the_old_name_stays_before():
    unit = a_city().section
    act_on(unit, "rename", new_name="Seksi Penerangan")
    unit.refresh_from_db()
    assert unit.name == "Seksi Penerangan"
    assert queries.unit_at(unit, TODAY - timedelta(days=1)).name == "Seksi Lampu Jalan"
    assert queries.unit_at(unit, TODAY).name == "Seksi Penerangan"
    assert Entry.objects.filter(kind="people.OrganisationChanged").count() == 1


def test_a_later_act_takes_effect_on_its_day_and_only_once():
    unit = a_city().section
    act = act_on(unit, "rename", LATER, new_name="Seksi Baru")
    unit.refresh_from_db()
    assert (act.state, unit.name) == ("approved", "Seksi Lampu Jalan")
    assert queries.unit_at(unit, LATER).name == "Seksi Baru"
    jobs.take_effect_of_acts()
    with clock.at(clock.now() + timedelta(days=125)):
        jobs.take_effect_of_acts()
        jobs.take_effect_of_acts()
    unit.refresh_from_db()
    assert unit.name == "Seksi Baru"
    assert Entry.objects.filter(kind="people.OrganisationChanged").count() == 1


def test_a_move_takes_everything_below_along_and_changes_the_line():
    city = a_city()
    crew = a_unit(city.section)
    member = a_person(crew)
    other = an_agency("Dinas Lain")
    boss = a_person(other, head=True)
    act_on(city.section, "move", new_parent=other)
    before = TODAY - timedelta(days=1)
    assert queries.superior(city.head.pk, before) == city.agency_head
    assert queries.superior(city.head.pk, TODAY) == boss
    assert queries.superior(member.pk, TODAY) == city.head
    assert city.head.pk in queries.team_ids(boss.pk, TODAY)
    assert city.head.pk in queries.team_ids(city.agency_head.pk, before)
    crew.refresh_from_db()
    assert crew.agency_id == other.pk
    assert crew.pk in queries.unit_and_below(other.pk)


def test_a_merge_takes_people_posts_units_and_services_along():
    city = a_city()
    other = a_unit(city.agency, name="Seksi Taman")
    child, member = a_unit(other), a_person(other, name="Umi")
    old_head = a_person(other, head=True)
    service = Service.objects.create(unit=other, code="taman", name="Taman")
    post = queries.position_of(member.pk)
    act_on(city.section, "merge", units=[other])
    assert queries.unit_of(member.pk, TODAY) == city.section
    assert queries.unit_of(member.pk, TODAY - timedelta(days=1)) == other
    assert queries.position_of(member.pk, TODAY).predecessor == post
    assert queries.unit_of(old_head.pk, TODAY) is None
    assert queries.unit_at(child, TODAY).parent_id == city.section.pk
    service.refresh_from_db()
    assert service.unit == city.section
    assert other not in Unit.objects.on(TODAY)
    assert other in Unit.objects.on(TODAY - timedelta(days=1))
    assert [row.after for row in queries.successions_of(other)] == [city.section]


def test_a_split_makes_a_unit_with_a_vacant_head_and_the_chosen_posts():
    city = a_city()
    post = queries.position_of(city.crew.pk)
    given = {"new_name": "Seksi Panel", "new_code": "panel", "positions": [post]}
    act_on(city.section, "split", services=[city.service], **given)
    made = Unit.objects.get(code="panel")
    assert queries.unit_of(city.crew.pk, TODAY) == made
    assert queries.superior(city.crew.pk, TODAY) == city.agency_head
    assert queries.superior(city.second_crew.pk, TODAY) == city.head
    head = Position.objects.get(unit=made, is_head=True)
    assert not Assignment.objects.filter(position=head).exists()
    city.service.refresh_from_db()
    assert city.service.unit == made


def test_one_prepares_and_another_approves():
    city, office = a_city(), an_actor("organisation_office")
    given = ActGiven(kind="rename", on=TODAY, decree="1", new_name="Baru")
    act = actions.prepare_act(city.section, by=office, given=given)
    with pytest.raises(Refused):
        actions.approve_act(act, by=office, seen=act.version)
    with pytest.raises(Refused):
        actions.approve_act(act, by=actor_for(city.crew), seen=act.version)
    with pytest.raises(Conflict):
        actions.approve_act(act, by=an_actor("personnel_office"), seen=act.version + 5)
    actions.cancel_act(act, by=office, seen=act.version)
    with pytest.raises(Conflict):
        actions.cancel_act(act, by=office, seen=act.version)
    fresh = Act.objects.get(pk=act.pk)
    with pytest.raises(Conflict):
        actions.approve_act(fresh, by=an_actor("personnel_office"), seen=fresh.version)


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("rename", {}, "new name"),
        ("move", {}, "unit above"),
        ("merge", {}, "choose the units"),
        ("split", {}, "name of the new unit"),
        ("split", {"new_name": "X"}, "code"),
        ("split", {"new_name": "X", "new_code": "x"}, "what goes"),
    ],
)
def test_an_act_that_lacks_something_says_what(kind, more, words):
    given = ActGiven(kind=kind, on=TODAY, decree="1", **more)
    with pytest.raises(Invalid, match=words):
        actions.prepare_act(a_city().section, by=SYSTEM, given=given)


def test_a_unit_never_stands_below_itself():
    city = a_city()
    low = a_unit(city.section)
    for kind, more in (("move", {"new_parent": low}), ("merge", {"units": [city.agency]})):
        given = ActGiven(kind=kind, on=TODAY, decree="1", **more)
        with pytest.raises(Invalid, match="below itself"):
            actions.prepare_act(city.section, by=SYSTEM, given=given)


def test_history_is_added_to_and_not_edited():
    unit = a_city().section
    act_on(unit, "rename", LATER, new_name="Seksi Baru")
    with pytest.raises(Invalid, match="later day"):
        act_on(unit, "rename", LATER, new_name="Lain")


def test_a_seat_from_a_later_day_stands_in_the_way_of_a_merge():
    city = a_city()
    other = a_unit(city.agency)
    post = a_position(other)
    person = a_person(city.agency)
    actions.place_person(person, other, by=SYSTEM, position=post, start_on=LATER)
    with pytest.raises(Invalid, match="or later"):
        act_on(city.section, "merge", units=[other])


def test_the_preview_says_who_is_touched_and_who_needs_a_new_post():
    city = a_city()
    other = a_unit(city.agency, name="Seksi Taman")
    a_person(other, name="Umi")
    a_person(other, head=True, name="Kepala Taman")
    given = ActGiven(kind="merge", on=TODAY, decree="1", units=[other])
    act = actions.prepare_act(city.section, by=SYSTEM, given=given)
    after = {row.name: row.unit_after for row in queries.touched_by(act)}
    assert after == {"Umi": "Seksi Lampu Jalan", "Kepala Taman": ""}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6))
def test_after_random_acts_every_day_has_a_tree(seed):
    chance = random.Random(seed)
    with transaction.atomic():
        units = [an_agency(), an_agency()]
        for _ in range(6):
            units.append(a_unit(chance.choice(units)))
        for _ in range(10):
            unit, other = chance.choice(units), chance.choice(units)
            kind = chance.choice(["rename", "move", "merge"])
            day = TODAY + timedelta(days=chance.randrange(90))
            more = {
                "rename": {"new_name": f"Nama {chance.random()}"},
                "move": {"new_parent": other},
                "merge": {"units": [other]},
            }[kind]
            given = ActGiven(kind=kind, on=day, decree="1", **more)
            try:
                with transaction.atomic():
                    act = actions.prepare_act(unit, by=SYSTEM, given=given)
                    actions.approve_act(act, by=SYSTEM, seen=act.version)
            except Invalid:
                continue
        for day in (TODAY - timedelta(days=9), *(TODAY + timedelta(days=n) for n in (0, 30, 90))):
            _is_a_tree(queries.units_at(day))
        transaction.set_rollback(True)


def _is_a_tree(rows):
    known = {row.id: row for row in rows}
    assert len(known) == len(rows)
    for row in rows:
        if row.parent_id is None:
            assert row.path == f"/{row.id}/"
        else:
            assert row.path == f"{known[row.parent_id].path}{row.id}/"
        assert row.agency_id in row.above_ids


# ------------------------------------------------------------------ a wrong superior


def test_a_wrong_superior_is_contested_and_corrected_with_a_reason():
    city = a_city()
    me, officer = actor_for(city.crew), an_actor("agency_hr", city.agency)
    row = actions.contest_superior(city.crew, by=me, words="Saya di tim lain")
    assert row.shown == city.head
    assert [item.url for item in queries.to_do(officer, clock.now())] == ["/unit/atasan"]
    with pytest.raises(Invalid, match="already"):
        actions.contest_superior(city.crew, by=me, words="lagi")
    actions.decide_contest(
        row, by=officer, seen=row.version, answer="Benar", superior=city.agency_head
    )
    assert queries.superior(city.crew.pk) == city.agency_head
    assert Contest.objects.get().state == "accepted"
    with pytest.raises(Conflict):
        actions.decide_contest(row, by=officer, seen=row.version + 1, answer="lagi")


def test_a_notice_is_decided_with_a_reason_by_another_of_the_agency():
    city = a_city()
    own = an_actor("agency_hr", city.agency, person=city.crew)
    row = actions.contest_superior(city.crew, by=own, words="Salah")
    officer = an_actor("agency_hr", city.agency)
    with pytest.raises(Invalid, match="reason"):
        actions.decide_contest(row, by=officer, seen=row.version, answer="")
    foreign = an_actor("agency_hr", an_agency())
    for stranger in (foreign, own):
        with pytest.raises(Refused):
            actions.decide_contest(row, by=stranger, seen=row.version, answer="Tetap")
    assert queries.to_do(foreign, clock.now()) == []


def test_nobody_leads_himself_nor_the_one_who_leads_him():
    city, office = a_city(), an_actor("personnel_office")
    with pytest.raises(Invalid, match="own superior"):
        actions.set_line(city.crew, city.crew, by=office, reason="x", start_on=TODAY)
    with pytest.raises(Invalid, match="is led by"):
        actions.set_line(city.head, city.crew, by=office, reason="x", start_on=TODAY)
    with pytest.raises(Invalid, match="reason"):
        actions.set_line(city.crew, city.agency_head, by=office, reason="", start_on=TODAY)


def test_a_team_of_several_units_leaves_posts_and_superiors_as_they_are():
    city, office = a_city(), an_actor("personnel_office")
    team = actions.make_team(
        city.agency, by=office, name="Tim Banjir", leader=city.crew, start_on=TODAY
    )
    actions.add_to_team(team, by=office, person=city.head, start_on=TODAY)
    with pytest.raises(Invalid, match="already"):
        actions.add_to_team(team, by=office, person=city.head, start_on=TODAY)
    assert queries.superior(city.crew.pk) == city.head
    assert team.members.count() == 2


def test_the_position_map_counts_need_filled_and_vacant():
    city = a_city()
    post = queries.position_of(city.crew.pk)
    actions.note_needs(city.section, by=SYSTEM, needs={post.pk: 3})
    rows, vacant = queries.position_map(frozenset({city.agency.pk}))
    row = next(row for row in rows if row.position_id == post.pk)
    assert (row.need, row.filled, row.vacant, row.is_counted) == (3, 2, 1, True)
    assert vacant == 1
