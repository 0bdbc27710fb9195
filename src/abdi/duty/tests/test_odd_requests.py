"""Requests nobody sends by pressing a button: months far away, people of elsewhere, who leaves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions
from abdi.duty.models import CallOut, PayList
from abdi.duty.queries.pay import draft_of
from abdi.duty.tests.test_swaps import Squad
from abdi.letters.models import Letter
from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.testing import a_person, a_unit, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def squad(inside_institution):
    return Squad()


def test_months_before_the_law_of_2023_open_and_can_be_told(squad):
    client = sign_in_as(squad.commander)
    with clock.at(datetime(2026, 3, 20, 9, tzinfo=WIB)):
        for month in ("2022-06", "2023-02", "2023-04"):
            address = f"?unit={squad.unit.pk}&bulan={month}"
            assert client.get(f"/piket/jam{address}").status_code == 200
            assert client.get(f"/piket/jam.xlsx{address}").status_code == 200


def test_a_month_of_another_century_is_no_month(squad):
    data = {"unit": squad.unit.pk, "bulan": "1900-01-01", "seen": "x"}
    client = sign_in_as(an_actor("personnel_office"))
    assert client.post("/piket/jam/serah", data).status_code == 404


def test_a_month_without_hours_is_not_handed_over(squad):
    office = an_actor("personnel_office")
    month_on = date(2025, 12, 1)
    mark = draft_of(squad.unit.pk, month_on).mark
    with pytest.raises(Conflict):
        actions.hand_over_hours(squad.unit, by=office, month_on=month_on, seen=mark)
    assert not PayList.objects.exists()
    page = sign_in_as(office).get(f"/piket/jam?unit={squad.unit.pk}&bulan=2025-12")
    assert "/piket/jam/serah" not in page.content.decode()


def test_the_commander_hands_no_turn_to_people_of_other_units(squad):
    stranger = a_person(a_unit(an_agency()), name="Orang Luar")
    shift = squad.shift(squad.eko)
    address = f"/piket/tukar/pilihkan/{shift.pk}"
    data = {"pick": stranger.code, "note": "Sakit gigi"}
    client = sign_in_as(squad.commander)
    assert client.post(address, data).status_code == 409
    assert squad.shift(squad.eko) == shift
    assert client.post(address, {**data, "pick": squad.tono.code}).status_code == 302
    assert squad.shift(squad.tono).pk == shift.pk


def test_a_turn_is_given_to_people_of_the_agency_only(squad):
    stranger = a_person(a_unit(an_agency()), name="Orang Luar")
    helper = a_person(a_unit(squad.unit.agency), name="Pembantu Regu Lain")
    shift = squad.shift(squad.eko)
    actions.remove_shift(shift, by=squad.commander, reason="Sakit gigi")
    client = sign_in_as(squad.commander)
    address = f"/piket/giliran/{shift.turn_id}"
    assert client.post(address, {"person": stranger.code}).status_code == 404
    assert client.post(address, {"person": helper.code}).status_code == 302
    assert squad.shift(helper).turn_id == shift.turn_id


def test_the_order_of_a_week_begins_on_its_monday(squad):
    data = {"unit": squad.unit.pk, "pekan": "2026-03-04", "untuk": "pekan"}
    assert sign_in_as(squad.commander).post("/piket/perintah", data).status_code == 302
    texts = Letter.objects.get().facts["texts"]
    assert (texts["start_on"], texts["end_on"]) == ("2026-03-02", "2026-03-08")


def test_who_leaves_before_the_turn_he_gets_in_return_does_not_swap(squad):
    swap = squad.agreed()
    seat = people.seating([squad.dedi.pk], date(2026, 3, 5))[squad.dedi.pk]
    seat.end_on = date(2026, 3, 6)
    seat.save(update_fields=["end_on"])
    with pytest.raises(Conflict):
        actions.approve_swap(swap, by=squad.commander)
    assert squad.shift(squad.bayu).starts_at.astimezone(WIB).day == 7


def test_on_the_last_day_of_a_colleague_the_pages_open_without_him(squad):
    shift = squad.shift(squad.eko)
    with clock.at(datetime(2026, 3, 3, 9, tzinfo=WIB)):
        people_actions.end_service(squad.tono, by=SYSTEM, left_on=date(2026, 3, 3))
        page = sign_in_as(squad.commander).get(f"/piket/tukar/pilihkan/{shift.pk}")
        assert page.status_code == 200
        assert squad.bayu.display_name in page.content.decode()
        assert squad.tono.display_name not in page.content.decode()
        with pytest.raises(Conflict):
            actions.arrange_swap(shift, squad.tono, by=squad.commander, reason="Sakit gigi")


def test_who_has_left_keeps_his_line_in_the_ledger(squad):
    with clock.at(datetime(2026, 3, 20, 9, tzinfo=WIB)):
        people_actions.end_service(squad.eko, by=SYSTEM, left_on=date(2026, 3, 19))
        page = sign_in_as(squad.commander).get(f"/piket/neraca?unit={squad.unit.pk}")
    assert squad.eko.display_name in page.content.decode()


def test_the_pages_of_a_commander_open_at_a_unit_of_his_agency(squad):
    other = a_unit(an_agency(), name="Aaa Regu Lain")
    for unit in (other, squad.unit):
        actions.set_coverage(
            unit, by=an_actor("duty_commander", unit.agency),
            patterns=[actions.Pattern("Pagi", "P", datetime.min.time(), datetime.max.time())],
        )  # fmt: skip
    client = sign_in_as(squad.commander)
    for path in ("neraca", "jam", "mutu"):
        text = client.get(f"/piket/{path}").content.decode()
        assert "Regu Uji, " in text, path
        assert "Aaa Regu Lain, " not in text, path


def test_ones_own_turns_stand_above_many_call_outs(squad):
    now = datetime(2026, 3, 4, 9, tzinfo=WIB)
    CallOut.objects.bulk_create(
        CallOut(person=squad.dedi, about=f"x:{n}", at=now - timedelta(hours=n)) for n in range(1, 9)
    )
    with clock.at(now):
        text = sign_in_as(actor_for(squad.dedi)).get("/piket/saya").content.decode()
    assert 0 < text.index("Giliran saya") < text.index("Panggilan saya")
    assert text.count("Dipanggil ") == 8
    assert text.index("Panggilan sebelumnya") > text.index("Dipanggil ")
    assert "Pada jam kerja" not in text
