"""Many people want the last seats at the same moment. The control shows the test can fail."""

from __future__ import annotations

from threading import Barrier

import pytest
from django.db import close_old_connections

from abdi.people.models import Person
from abdi.people.testing import a_person, an_agency
from abdi.platform.access import SYSTEM
from abdi.platform.testing.races import all_at_once
from abdi.training import actions
from abdi.training.actions import seats
from abdi.training.jobs import classes_whose_seats_differ
from abdi.training.models import Class, Enrolment
from abdi.training.testing import a_class

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 8
SEATS = 3


@pytest.fixture
def crowd():
    agency = an_agency()
    return [a_person(agency) for _ in range(PEOPLE)]


def test_eight_people_and_three_seats_make_three_seats(crowd):
    klass = a_class(capacity=SEATS)
    all_at_once(
        lambda person: actions.enrol(Class.objects.get(pk=klass.pk), person, by=SYSTEM), crowd
    )
    close_old_connections()
    klass.refresh_from_db()
    seated = Enrolment.objects.filter(klass=klass, has_seat=True).count()
    waiting = Enrolment.objects.filter(klass=klass, state="waiting").count()
    assert (klass.taken, seated, waiting) == (SEATS, SEATS, PEOPLE - SEATS)
    assert classes_whose_seats_differ() == 0


def test_one_person_pressing_twice_gets_one_seat(crowd):
    klass = a_class(capacity=SEATS)
    person = crowd[0]

    def press(_turn):
        try:
            actions.enrol(
                Class.objects.get(pk=klass.pk), Person.objects.get(pk=person.pk), by=SYSTEM
            )
        except actions_conflict():
            return "conflict"
        return "seat"

    answers = all_at_once(press, [1, 2, 3, 4])
    klass.refresh_from_db()
    assert sorted(answers) == ["conflict"] * 3 + ["seat"]
    assert klass.taken == 1


def actions_conflict():
    from abdi.platform.actions import Conflict

    return Conflict


def test_control_without_the_guard_more_people_sit_than_there_are_seats(crowd, monkeypatch):
    klass = a_class(capacity=SEATS)
    looked = Barrier(PEOPLE)

    def unguarded(person):
        """Count first, then insert: what the guard replaces."""
        taken = Enrolment.objects.filter(klass=klass, has_seat=True).count()
        looked.wait(timeout=20)
        if taken < SEATS:
            monkeypatch.setattr(seats, "take_seat", lambda _klass: True)
            actions.enrol(Class.objects.get(pk=klass.pk), person, by=SYSTEM)

    all_at_once(unguarded, crowd)
    assert Enrolment.objects.filter(klass=klass, has_seat=True).count() > SEATS
    assert classes_whose_seats_differ() == 1
