"""The pages of a person: the same few queries however much is kept about him."""

from datetime import timedelta

import pytest

from abdi.people import actions, queries
from abdi.people.models import Assignment
from abdi.people.permissions import agency_of_person
from abdi.people.testing import a_city, a_person, a_position, a_unit, actor_for, an_agency, seat
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db


def lives_long(person, city, years=10):
    """So many earlier posts, and two more today."""
    last = clock.today() - timedelta(days=1)
    earlier = a_position(city.section)
    for number in range(years):
        day = last - timedelta(days=100 * (number + 1))
        Assignment.objects.create(
            person=person, position=earlier, kind="additional",
            start_on=day, end_on=day + timedelta(days=9),
        )  # fmt: skip
    seat(person, a_position(a_unit(an_agency("Dinas lain"))), kind="additional")
    seat(person, a_position(city.agency), kind="additional")


def own_page(city):
    return sign_in_as(actor_for(city.crew)), "/profil"


def why_page(city):
    return sign_in_as(actor_for(city.crew)), "/profil/atasan"


def page_of_a_colleague(city):
    return sign_in_as(actor_for(city.second_crew)), f"/pegawai/{city.crew.code}"


@pytest.mark.parametrize("opened", [own_page, why_page, page_of_a_colleague])
def test_a_page_of_a_person_costs_eight_queries_at_most(opened):
    city = a_city()
    reader, path = opened(city)
    reader.get(path)
    with counted_queries(at_most=8) as first:
        assert city.head.display_name in reader.get(path).content.decode()
    lives_long(city.crew, city)
    with counted_queries(at_most=8) as second:
        reader.get(path)
    actions.set_line(
        city.crew, city.agency_head, by=SYSTEM, reason="Khusus", start_on=clock.today()
    )
    with counted_queries(at_most=8):
        assert city.agency_head.display_name in reader.get(path).content.decode()
    assert len(second) == len(first)


def test_the_record_says_what_the_single_questions_say():
    city = a_city()
    idle = a_person(city.section)
    Assignment.objects.filter(person=idle).delete()
    lives_long(city.head, city)
    for person in (city.crew, city.head, city.agency_head, idle):
        record = queries.record_of(person.pk)
        held = Assignment.objects.filter(person=person).order_by("-start_on", "-id")
        assert record.history == list(held)
        assert record.seat == queries.assignment_of(person.pk)
        assert record.agency_id == agency_of_person(person.pk)
        assert record.superior() == record.superior_told(None) == queries.superior(person.pk)


def test_an_exception_goes_before_the_organisation():
    city = a_city()
    today = clock.today()
    actions.set_line(city.crew, city.agency_head, by=SYSTEM, reason="a", start_on=today)
    record = queries.record_of(city.crew.pk)
    own = queries.own_profile(actor_for(city.crew))
    assert record.superior() == record.superior_told(own.told_superior_id) == city.agency_head
    above = queries.above(city.crew.pk)
    assert (above.superior, above.appraiser) == (city.agency_head, city.agency_head)
    assert above.line == queries.lines([city.crew.pk])[city.crew.pk]


def test_an_exception_of_the_appraiser_leaves_the_superior():
    city = a_city()
    actions.set_line(
        city.crew, city.agency_head, by=SYSTEM, reason="a", start_on=clock.today(), line="appraiser"
    )
    above = queries.above(city.crew.pk)
    assert (above.superior, above.appraiser) == (city.head, city.agency_head)
    assert queries.own_profile(actor_for(city.crew)).told_superior_id is None


def test_yesterday_had_its_own_superior():
    city = a_city()
    today = clock.today()
    actions.set_line(city.crew, city.agency_head, by=SYSTEM, reason="a", start_on=today)
    assert queries.superior(city.crew.pk, today - timedelta(days=1)) == city.head
    assert queries.record_of(city.crew.pk, today - timedelta(days=1)).superior() == city.head
