"""A long list is applied beside the pages: progress, notice, failure, twice, a killed worker."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.imports import actions, jobs, progress, queries
from abdi.imports.models import ApplyOrder, ImportRun
from abdi.imports.testing import a_draft
from abdi.imports.tests.pages import UNIT, records
from abdi.people.models import Person
from abdi.people.testing import an_actor, an_agency
from abdi.platform import clock
from abdi.platform.actions import Conflict
from abdi.platform.notices.telling import notices_for
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
FEW = 4


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ABDI_DATA_DIR = tmp_path


@pytest.fixture
def office():
    return an_actor("personnel_office", unit=an_agency(UNIT))


@pytest.fixture
def client(office):
    return sign_in_as(office)


@pytest.fixture
def draft(office):
    return a_draft(records(FEW), by=office)


@pytest.fixture
def order(office, draft):
    return actions.ask_apply(draft, by=office, seen=draft.version)


def listed():
    """How many people came by a list."""
    return Person.objects.filter(employee_number__isnull=False).count()


def news(actor):
    """What an actor was told, the newest first."""
    return list(notices_for(f"people.person:{actor.person_id}"))


def test_a_long_list_goes_to_the_worker_and_its_page_leads_on(client, office, draft, monkeypatch):
    monkeypatch.setattr("abdi.imports.actions.AT_ONCE", FEW - 1)
    pressed = client.post(f"/pegawai/impor/{draft.pk}/terapkan", {"version": draft.version})
    order = ApplyOrder.objects.get()
    place = f"/pegawai/impor/menerapkan/{order.pk}"
    assert (pressed.status_code, pressed["Location"], listed()) == (302, place, 0)
    progress.note(order.pk, 3)
    shown = client.get(place).content.decode()
    assert "3 dari 4 baris" in shown
    assert f'hx-get="{place}"' in shown
    assert '<noscript><meta http-equiv="refresh"' in shown
    assert place in client.get(f"/pegawai/impor/{draft.pk}").content.decode()
    progress.clear(order.pk)
    assert jobs.apply_long_lists() == 1
    run = ImportRun.objects.get()
    result = f"/pegawai/impor/hasil/{run.pk}"
    assert client.get(place)["Location"] == result
    polled = client.get(place, headers={"HX-Request": "true"})
    assert (polled.status_code, polled["HX-Redirect"]) == (204, result)
    assert (listed(), run.by) == (FEW, office.ref)
    [told] = news(office)
    assert result in told.body
    actions.undo_run(run, by=office)
    assert listed() == 0


def test_a_short_list_counts_at_once(client, draft):
    pressed = client.post(f"/pegawai/impor/{draft.pk}/terapkan", {"version": draft.version})
    assert "/hasil/" in pressed["Location"]
    assert (listed(), ApplyOrder.objects.count()) == (FEW, 0)


def test_pressed_twice_it_is_one_order_and_acts_once(office, draft, order):
    assert actions.ask_apply(draft, by=office, seen=draft.version) == order
    assert [jobs.apply_long_lists(), jobs.apply_long_lists()] == [1, 0]
    assert (listed(), ImportRun.objects.count(), len(news(office))) == (FEW, 1, 1)
    with pytest.raises(Conflict):
        actions.carry_out(order, by=office, note=print)


def test_a_draft_that_changed_meanwhile_is_left_as_it_is_and_the_page_says_why(
    client, office, draft, order
):
    line = queries.rows_of(draft).first().line
    actions.leave_out(draft, by=office, line=line)
    assert jobs.apply_long_lists() == 1
    shown = client.get(f"/pegawai/impor/menerapkan/{order.pk}").content.decode()
    order.refresh_from_db()
    assert order.problem
    assert order.problem in shown
    assert (listed(), queries.counts_of(draft).ready) == (0, FEW - 1)
    [told] = news(office)
    assert order.problem in told.body
    again = actions.ask_apply(draft, by=office)
    assert again != order
    assert jobs.apply_long_lists() == 1
    assert listed() == FEW - 1


def test_who_lost_his_role_meanwhile_applies_nothing(office, draft, order):
    from abdi.people.models import RoleGrant

    RoleGrant.objects.filter(account_id=office.account_id).delete()
    assert jobs.apply_long_lists() == 1
    order.refresh_from_db()
    assert (order.state, listed()) == ("failed", 0)


def test_an_order_of_a_killed_worker_is_taken_again_and_given_up_after_three_tries(office, order):
    assert actions.lease_order(order)
    assert jobs.apply_long_lists() == 0
    with clock.at(clock.now() + timedelta(seconds=61)):
        progress.note(order.pk, 2)
        assert jobs.apply_long_lists() == 0  # somebody is at it still
        progress.clear(order.pk)
        assert jobs.apply_long_lists() == 1
    assert listed() == FEW
    assert not progress.rows_done(order.pk)


def test_what_stops_the_program_is_tried_three_times_then_said(office, draft, order, monkeypatch):
    def broken(*_things, **_more):
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr("abdi.imports.actions.applying._change", broken)
    assert [jobs.apply_long_lists() for _turn in range(5)] == [1, 1, 1, 1, 0]
    order.refresh_from_db()
    assert (order.state, order.tries) == ("failed", 4)
    assert (listed(), queries.counts_of(draft).ready, len(news(office))) == (0, FEW, 1)


def test_another_agency_does_not_see_how_far_it_is(order):
    stranger = sign_in_as(an_actor("agency_hr", an_agency("Dinas Lain")))
    assert stranger.get(f"/pegawai/impor/menerapkan/{order.pk}").status_code == 404


def test_many_rows_are_more_than_a_request_should_carry():
    assert actions.AT_ONCE == 500
