"""What an act that waits does to superiors and appraisers: the preview says what then comes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.people import actions, queries
from abdi.people.choices import LineKind
from abdi.people.models import Act
from abdi.people.testing import a_city, a_person, a_unit, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


def waits(unit, kind, **more) -> Act:
    """An act that waits for the second person."""
    given = actions.ActGiven(kind=kind, on=clock.today(), decree="Perwali 7/2026", **more)
    return actions.prepare_act(unit, by=an_actor("organisation_office"), given=given)


def told(act):
    """The preview: who is above whom from then on."""
    return {
        row.person.pk: (row.superior and row.superior.pk, row.appraiser and row.appraiser.pk)
        for row in queries.line_changes(act)
    }


def then(act, people):
    """What is so once the act is approved."""
    before = {kind: queries.lines(people, act.on, kind=kind) for kind in LineKind}
    actions.approve_act(act, by=an_actor("organisation_office"), seen=act.version)
    after = {kind: queries.lines(people, act.on, kind=kind) for kind in LineKind}
    rows = {one: tuple(after[kind][one].superior_id for kind in LineKind) for one in people}
    was = {one: tuple(before[kind][one].superior_id for kind in LineKind) for one in people}
    return {one: now for one, now in rows.items() if now != was[one]}


def everybody():
    return list(queries.persons().values_list("id", flat=True))


def test_a_move_names_the_new_superior_of_the_head_and_of_those_without_one(city):
    other = an_agency("Dinas Lain")
    boss = a_person(other, head=True)
    crew = a_unit(city.section)
    a_person(crew)
    act = waits(city.section, "move", new_parent=other)
    found = told(act)
    assert found == {city.head.pk: (boss.pk, boss.pk)}
    assert found == then(act, everybody())


def test_a_merge_tells_who_loses_the_post_and_who_leads_the_others(city):
    other = a_unit(city.agency, name="Seksi Taman")
    old_head, member = a_person(other, head=True), a_person(other)
    below = a_unit(other)
    low_head = a_person(below, head=True)
    act = waits(city.section, "merge", units=[other])
    rows = {row.person: row for row in queries.line_changes(act)}
    assert set(rows) == {old_head, member, low_head}
    assert rows[member].superior == rows[low_head].superior == city.head
    assert rows[old_head].needs_post
    assert rows[old_head].has_none
    assert queries.line_changes(act)[0].person == old_head, "those without anybody come first"
    assert told(act) == then(act, everybody())


def test_a_split_leads_from_above_until_its_head_is_named(city):
    post = queries.position_of(city.crew.pk)
    act = waits(city.section, "split", new_name="Panel", new_code="panel", positions=[post])
    found = told(act)
    assert found == {city.crew.pk: (city.agency_head.pk, city.agency_head.pk)}
    assert found == then(act, everybody())


def test_a_move_to_a_place_without_a_head_says_nobody(city):
    act = waits(city.section, "move", new_parent=an_agency("Kosong"))
    row = queries.line_changes(act)[0]
    assert (row.person, row.superior, row.has_none) == (city.head, None, True)
    assert told(act) == then(act, everybody())


def test_an_exception_and_a_stand_in_count_in_the_preview(city):
    today = clock.today()
    other = a_unit(city.agency, name="Seksi Taman")
    member, kept = a_person(other), a_person(other)
    actions.set_line(kept, city.agency_head, by=SYSTEM, reason="Khusus", start_on=today)
    head_post = queries.position_of(city.head.pk)
    days = {"start_on": today, "end_on": today + timedelta(days=9)}
    actions.appoint_acting(head_post, city.crew, by=SYSTEM, kind="plh", **days)
    act = waits(city.section, "merge", units=[other])
    assert told(act) == {member.pk: (city.crew.pk, city.head.pk)}
    assert told(act) == then(act, everybody())


def test_a_rename_changes_nobody(city):
    assert queries.line_changes(waits(city.section, "rename", new_name="Baru")) == []


def test_the_page_of_the_act_shows_it_before_approval(city):
    act = waits(city.section, "move", new_parent=an_agency("Kosong"))
    client = sign_in_as(an_actor("organisation_office"))
    text = client.get(f"/unit/perubahan/{act.pk}").content.decode()
    assert city.agency_head.name in text
    assert "tanpa atasan atau penilai" in text


def test_the_number_of_queries_does_not_grow_with_people(city):
    other = a_unit(city.agency, name="Seksi Taman")
    for _number in range(3):
        a_person(other)
    act = waits(city.section, "merge", units=[other])
    with counted_queries(at_most=25):
        queries.line_changes(act)
    for _number in range(6):
        a_person(other)
    with counted_queries(at_most=25):
        assert len(queries.line_changes(act)) == 9
