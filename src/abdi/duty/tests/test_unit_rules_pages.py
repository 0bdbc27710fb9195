"""The page of a unit's rules: skills from a list, who holds them, members of platoons by name."""

from datetime import date

import pytest

from abdi.duty import actions, queries
from abdi.duty.testing import a_coverage, a_crew
from abdi.people import actions as people_actions
from abdi.people.models import Person
from abdi.people.testing import a_city, actor_for
from abdi.platform.access import SYSTEM
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


@pytest.fixture
def city():
    found = a_city()
    a_crew(found.section, 5)
    a_coverage(found.section)
    return found


def a_skill(person, name="Panjat tiang", grade="good"):
    """A skill of a person that was checked."""
    row = people_actions.say_skill(
        person, by=actor_for(person), kind="skill", name=name, grade=grade
    )
    return people_actions.check_skill(row, by=SYSTEM, seen=row.version, confirmed=True)


def page_of(city):
    answer = sign_in_as(city.commander).get(f"/piket/aturan?unit={city.section.pk}")
    assert answer.status_code == 200
    return answer.content.decode()


def people_of(city):
    ids = queries.crew_of(city.section.pk, MONDAY)
    return list(Person.objects.filter(pk__in=ids).order_by("name"))


def test_a_skill_is_chosen_from_a_list_that_says_how_many_hold_it(city):
    a_skill(city.crew)
    page = page_of(city)
    assert 'optgroup label="Keahlian yang sudah diperiksa"' in page
    assert '<option value="Panjat tiang">Panjat tiang (1 orang)</option>' in page
    assert "Bayu Petugas (tingkat 2)" in page
    client, path = sign_in_as(city.commander), f"/piket/aturan/{city.section.pk}/giliran"
    wanted = {"letter": "M", "zone": "", "level": 2, "count": 1}
    assert client.post(path, {**wanted, "skill": "Panjat tiang"}).status_code == 302
    assert "Yang menguasai: Bayu Petugas" in page_of(city)
    assert client.post(path, {**wanted, "skill": "Panjat tiang", "level": 3}).status_code == 302
    assert "Belum ada yang menguasainya pada tingkat ini" in page_of(city)


def test_a_skill_of_no_list_is_not_taken_and_one_nobody_holds_any_more_stays(city):
    row = a_skill(city.crew)
    client, path = sign_in_as(city.commander), f"/piket/aturan/{city.section.pk}/giliran"
    wanted = {"letter": "M", "zone": "", "level": 1, "count": 1}
    assert client.post(path, {**wanted, "skill": "Karangan"}).status_code == 404
    assert client.post(path, {**wanted, "skill": "M.2"}).status_code == 302
    assert client.post(path, {**wanted, "skill": "Panjat tiang"}).status_code == 302
    people_actions.drop_skill(row, by=actor_for(city.crew))
    assert '<option value="Panjat tiang" selected>Panjat tiang (belum ada di sini)' in page_of(city)


def test_members_of_a_platoon_are_chosen_by_name(city):
    client, pk = sign_in_as(city.commander), city.section.pk
    assert "Pilih siapa di regu mana" not in page_of(city)
    assert client.post(f"/piket/aturan/{pk}/regu", {"count": 2}).status_code == 302
    first, second = queries.platoons_of(pk)
    crew = people_of(city)
    page = page_of(city)
    assert "Pilih siapa di regu mana" in page
    assert f'name="of-{crew[0].code}"' in page
    sent = {f"of-{one.code}": second for one in crew[2:]} | {f"of-{crew[0].code}": first}
    sent |= {f"name-{first}": "Regu Elang", f"name-{second}": "Regu Rajawali"}
    assert client.post(f"/piket/aturan/{pk}/regu/anggota", sent).status_code == 302
    rows = queries.rules_of(pk)["platoons"]
    found = {one.name: {member.person_id for member in one.members.all()} for one in rows}
    assert found == {
        "Regu Elang": {crew[0].pk},
        "Regu Rajawali": {one.pk for one in crew[2:]},
    }


def test_platoons_that_changed_meanwhile_or_stand_empty_are_said(city):
    client, pk = sign_in_as(city.commander), city.section.pk
    client.post(f"/piket/aturan/{pk}/regu", {"count": 2})
    first, second = queries.platoons_of(pk)
    crew = people_of(city)
    sent = {f"of-{one.code}": first for one in crew}
    sent |= {f"name-{first}": "Regu A", f"name-{second}": "Regu B"}
    path = f"/piket/aturan/{pk}/regu/anggota"
    assert client.post(path, sent).status_code == 422, "the second platoon is empty"
    client.post(f"/piket/aturan/{pk}/regu", {"count": 3})
    assert client.post(path, sent).status_code == 409
    clerk = sign_in_as(actor_for(city.crew))
    assert clerk.post(path, sent).status_code == 403
    assert len(queries.platoons_of(pk)) == 3


@pytest.mark.parametrize("size", [4, 12])
def test_the_page_takes_the_same_queries_for_few_people_and_for_many(city, size):
    for person in a_crew(city.section, size):
        a_skill(person, grade="expert")
    crew = queries.crew_of(city.section.pk, MONDAY)
    actions.set_platoons(city.section, by=SYSTEM, platoons=[("A", crew[::2]), ("B", crew[1::2])])
    client = sign_in_as(city.commander)
    path = f"/piket/aturan?unit={city.section.pk}"
    client.get(path)
    with counted_queries(27):
        client.get(path)
