"""What the journal says of a list, person by person."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.people import actions, queries
from abdi.people.models import Assignment, Person
from abdi.people.rules import Listed, ListedChange, from_signs, joined, looks_for
from abdi.people.testing import an_agency
from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry, seal_all, verify_chain

ids = st.integers(min_value=1, max_value=2**40)
seats = st.one_of(st.just((0, 0)), st.tuples(ids, ids))
changes = st.builds(
    lambda who, how, seat, rank: ListedChange(who, how == "new", how == "other", *seat, rank),
    ids,
    st.sampled_from(("new", "other", "")),
    seats,
    st.sampled_from(("", "III/a", "IX", "IV/e")),
)


@given(st.lists(changes))
def test_what_is_said_in_signs_is_read_again(told):
    assert list(from_signs(joined(told))) == told


@given(ids, changes)
def test_a_person_is_looked_for_by_his_whole_number(person_id, other):
    told = f'"{joined([other, ListedChange(person_id, rank="III/a"), other])}"'
    assert re.search(looks_for(person_id), told)
    found = re.search(looks_for(person_id), f'"{joined([other])}"')
    assert bool(found) == (other.person_id == person_id)


@pytest.mark.django_db
def test_a_person_is_found_in_the_entry_of_his_list_and_no_other():
    unit = an_agency("Dinas Perhubungan")
    rows = [
        Listed(line=at, person_id=None, facts={"name": f"Orang {at}", "employment": "contract"},
               unit_id=unit.pk, title="Petugas", rank="III/a", rank_since=date(2020, 4, 1))
        for at in range(12)
    ]  # fmt: skip
    entered = actions.enter_people(rows, by=SYSTEM)
    person = Person.objects.get(name="Orang 1")
    phone = [Listed(line=1, person_id=person.pk, facts={"phone": "+628123456789"})]
    actions.enter_people(phone, by=SYSTEM)
    seat = Assignment.objects.get(person=person)
    first, second = queries.list_entries_of(person.pk)
    assert first[1] == ListedChange(person.pk, True, False, seat.pk, unit.pk, "III/a")
    assert second[1] == ListedChange(person.pk, False, True)
    assert len(queries.list_entries_of(entered[2].person_id)) == 1
    assert queries.list_entries_of(max(one.person_id for one in entered) + 1) == []
    assert Entry.objects.filter(kind__startswith="people.Pe").count() == 2
    seal_all()
    assert verify_chain().whole
