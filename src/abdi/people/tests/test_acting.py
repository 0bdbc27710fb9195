"""Acting heads: the legal term, one extension, and what is announced."""

from __future__ import annotations

from datetime import date

import pytest

from abdi.people import actions
from abdi.people.models import Assignment
from abdi.people.testing import a_city, a_person, a_position, actor_for, an_actor
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
FIRST = {"kind": "plt", "start_on": date(2026, 3, 2), "end_on": date(2026, 6, 1)}
SECOND = {"kind": "plt", "start_on": date(2026, 6, 2), "end_on": date(2026, 9, 1)}
THIRD = {"kind": "plt", "start_on": date(2026, 9, 2), "end_on": date(2026, 10, 1)}


@pytest.fixture
def vacant():
    """The head's post of a section after its holder left, and somebody to act."""
    city = a_city()
    post = a_position(city.section, is_head=True)
    held = Assignment.objects.get(position=post)
    actions.end_placement(held, by=SYSTEM, end_on=date(2026, 2, 28))
    return post, city.crew, an_actor("personnel_office")


def test_an_acting_head_is_announced_with_his_term(vacant):
    post, person, office = vacant
    row = actions.appoint_acting(post, person, by=office, decree="800/12", **FIRST)
    entry = Entry.objects.get(kind="people.ActingAppointed")
    assert entry.about == row.ref
    assert entry.data == {
        "assignment_id": row.pk,
        "person_id": person.pk,
        "position_id": post.pk,
        "kind": "plt",
        "start": "2026-03-02",
        "end": "2026-06-01",
        "extension": 0,
    }


def test_a_term_is_extended_once_and_a_third_is_refused(vacant):
    post, person, office = vacant
    actions.appoint_acting(post, person, by=office, **FIRST)
    assert actions.appoint_acting(post, person, by=office, **SECOND).extension == 1
    with pytest.raises(Invalid, match="this long"):
        actions.appoint_acting(post, person, by=office, **THIRD)


def test_a_gap_of_a_day_does_not_begin_a_new_first_term(vacant):
    post, person, office = vacant
    actions.appoint_acting(post, person, by=office, **FIRST)
    actions.appoint_acting(post, person, by=office, **SECOND)
    later = {**THIRD, "start_on": date(2026, 9, 4)}
    with pytest.raises(Invalid):
        actions.appoint_acting(post, person, by=office, **later)


def test_three_months_and_a_day_are_too_long(vacant):
    post, person, office = vacant
    with pytest.raises(Invalid, match="this long"):
        actions.appoint_acting(post, person, by=office, **{**FIRST, "end_on": date(2026, 6, 2)})


def test_two_acting_heads_on_one_day_are_refused(vacant):
    post, person, office = vacant
    actions.appoint_acting(post, person, by=office, **FIRST)
    with pytest.raises(Invalid, match="Somebody else"):
        actions.appoint_acting(post, a_person(post.unit), by=office, **FIRST)
    with pytest.raises(Invalid, match="already"):
        actions.appoint_acting(post, person, by=office, **{**FIRST, "kind": "plh"})


def test_a_held_post_has_a_stand_in_and_no_plt():
    city = a_city()
    post, office = a_position(city.section, is_head=True), an_actor("personnel_office")
    with pytest.raises(Invalid, match="Plh"):
        actions.appoint_acting(post, city.crew, by=office, **FIRST)
    row = actions.appoint_acting(post, city.crew, by=office, **{**FIRST, "kind": "plh"})
    assert row.kind == "plh"


def test_a_post_that_leads_nothing_has_no_acting_head(vacant):
    post, person, office = vacant
    other = a_position(post.unit, title="Analis")
    with pytest.raises(Invalid, match="head's post"):
        actions.appoint_acting(other, person, by=office, **FIRST)
    turned = {**FIRST, "end_on": date(2026, 3, 1)}
    with pytest.raises(Invalid, match="before the first"):
        actions.appoint_acting(post, person, by=office, **turned)


def test_nobody_appoints_himself_nor_outside_his_agency(vacant):
    post, person, _office = vacant
    own = an_actor("personnel_office", person=person)
    with pytest.raises(Refused):
        actions.appoint_acting(post, person, by=own, **FIRST)
    with pytest.raises(Refused):
        actions.appoint_acting(post, person, by=actor_for(person), **FIRST)


def test_who_appoints_himself_reads_it_at_the_field(vacant):
    post, person, _office = vacant
    client = sign_in_as(an_actor("personnel_office", person=person))
    answer = client.post(f"/jabatan/{post.pk}/plt", {**FIRST, "person": person.name})
    assert answer.status_code == 422
    assert 'id="id_person-error"' in answer.content.decode()


def test_a_post_ends_once_and_not_before_it_began(vacant):
    _post, person, office = vacant
    row = Assignment.objects.get(person=person)
    with pytest.raises(Invalid):
        actions.end_placement(row, by=office, end_on=date(2020, 1, 1))
    actions.end_placement(row, by=office, end_on=date(2026, 3, 31))
    with pytest.raises(Conflict):
        actions.end_placement(row, by=office, end_on=date(2026, 4, 30))
