"""Two at once hand a shift over or take it: one does. The controls show it can be two."""

from __future__ import annotations

from threading import Barrier

import pytest

from abdi.platform import clock
from abdi.platform.testing.races import all_at_once, at_once
from abdi.reports import actions
from abdi.reports.models import Handover
from abdi.reports.queries.handover import waiting_book
from abdi.reports.tests.test_handover import Desk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk():
    return Desk()


def test_two_coming_persons_sign_at_once_and_one_has_signed(desk):
    row = desk.left()
    two = (desk.coming, desk.a_dispatcher("Citra Datang"))
    copies = [(Handover.objects.get(pk=row.pk), by) for by in two]
    signed = at_once(*[lambda c=c, by=by: actions.take_shift(c, by=by) for c, by in copies])
    assert len(signed) == 1
    assert Handover.objects.get().coming_id == signed[0].coming_id


def test_control_who_looks_first_and_signs_later_signs_over_the_other(desk):
    row = desk.left()
    looked = Barrier(2)

    def unguarded(by):
        was_free = not Handover.objects.get(pk=row.pk).is_signed
        looked.wait(timeout=20)
        signed = {"coming_id": by.person_id, "coming_at": clock.now()}
        Handover.objects.filter(pk=row.pk).update(**signed)
        return was_free

    assert all_at_once(unguarded, [desk.coming, desk.a_dispatcher("Citra Datang")]) == [True, True]


def test_two_leaving_persons_sign_at_once_and_one_handover_waits(desk):
    two = (desk.leaving, desk.coming)
    acts = [lambda by=by: actions.leave_shift(desk.agency, by=by, words="") for by in two]
    assert len(at_once(*acts)) == 1
    assert Handover.objects.count() == 1


def test_control_who_only_looks_whether_one_waits_writes_a_second(desk):
    looked = Barrier(2)

    def unguarded(_by):
        is_free = waiting_book(desk.agency.pk) is None
        looked.wait(timeout=20)
        return is_free

    assert all_at_once(unguarded, [desk.leaving, desk.coming]) == [True, True]
