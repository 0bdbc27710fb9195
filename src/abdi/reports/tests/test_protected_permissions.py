"""A protected case asks its own cells for every act; other cells do not open it."""

from __future__ import annotations

import pytest

from abdi.people.models import Person
from abdi.people.testing import an_actor
from abdi.reports import actions, permissions
from abdi.reports.testing import a_report, a_report_city, reporter_of

pytestmark = pytest.mark.django_db
BY_ONE = (
    permissions.may_see,
    permissions.may_see_work,
    permissions.may_check,
    permissions.may_accept,
    permissions.may_work,
    permissions.may_propose,
    permissions.may_contact,
    permissions.may_see_photo,
    permissions.may_add_photo,
    permissions.may_write,
)
NEVER = (permissions.may_reveal, permissions.may_follow)


@pytest.fixture
def city():
    return a_report_city()


@pytest.fixture
def taken(city):
    me = Person.objects.get(pk=city.dispatcher.person_id)
    return actions.assign(a_report("violence_women_child"), me, by=city.dispatcher)


@pytest.mark.parametrize("may", BY_ONE, ids=lambda may: may.__name__)
def test_who_took_the_case_may_and_the_rest_of_the_desk_may_not(city, taken, may):
    assert may(city.dispatcher, taken)
    for role in ("dispatcher", "duty_commander", "executive", "sysadmin"):
        assert not may(an_actor(role), taken)


@pytest.mark.parametrize("may", NEVER, ids=lambda may: may.__name__)
def test_nobody_reveals_or_follows_a_protected_case(city, taken, may):
    assert not may(city.dispatcher, taken)


def test_a_protected_case_is_never_joined_with_another(city, taken):
    other = a_report(key="other")
    assert not permissions.may_merge(city.dispatcher, taken, other)
    assert not permissions.may_merge(city.dispatcher, other, taken)


def test_the_rest_of_the_desk_does_not_close_it_and_its_reporter_sees_it(city, taken):
    other = an_actor("dispatcher")
    assert not permissions.may_close(other, taken)
    assert not permissions.may_reopen(other, taken)
    assert permissions.may_see(reporter_of(taken), taken)
    assert not permissions.may_see(an_actor("employee"), taken)
