"""Pages of planning: what they say, who opens them, how often they ask the database."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions, queries
from abdi.duty.choices import PlanKind
from abdi.duty.models import Plan, Roster, Shift, Turn
from abdi.duty.testing import a_coverage, a_crew, a_plan, a_roster, a_turn, worked_out
from abdi.duty.tests.test_unit_rules_pages import a_skill
from abdi.people import actions as people_actions
from abdi.people.choices import TimeKind
from abdi.people.testing import a_city, a_unit, actor_for, an_agency
from abdi.platform.access import SYSTEM
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
MONDAY, NEXT = date(2026, 3, 2), date(2026, 3, 9)


@pytest.fixture
def city():
    found = a_city()
    a_crew(found.section, 6)
    a_coverage(found.section)
    return found


def moment(day, hour):
    return datetime(2026, 3, day, hour, tzinfo=WIB)


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_month_is_asked_looked_at_taken_and_put_in_force_from_the_pages(city):
    client = sign_in_as(city.commander)
    page = text_of(client.get(f"/piket/bulan?unit={city.section.pk}"))
    assert "Seksi Lampu Jalan belum punya jadwal untuk Maret" in page
    sent = {"unit": city.section.pk, "first_on": "2026-03-09", "weeks": 2}
    answer = client.post("/piket/rencana", sent)
    assert answer.status_code == 302
    address = answer.headers["Location"]
    waiting = text_of(client.get(address))
    assert "Seksi Lampu Jalan sedang disusun" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert "Program sedang menyusun" in text_of(client.get(f"/piket/bulan?unit={city.section.pk}"))
    worked_out(Plan.objects.get())
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Semua giliran dapat terisi" in part
    assert "hx-trigger" not in part
    assert "<html" not in part
    assert 'href="/piket/bulan?' in part, "a way back"
    assert client.post(f"{address}/terapkan").status_code == 302
    page = text_of(client.get(f"/piket/bulan?unit={city.section.pk}"))
    assert "2 pekan masih rancangan" in page
    sent = {"unit": city.section.pk, "first_on": "2026-03-01", "last_on": "2026-03-31"}
    assert client.post("/piket/bulan/berlakukan", sent).status_code == 302
    page = text_of(client.get(f"/piket/bulan?unit={city.section.pk}"))
    assert "Maret: 2 dari 6 pekan Seksi Lampu Jalan sudah tersusun" in page
    assert Roster.objects.filter(state="published").count() == 2


def test_the_red_note_of_the_week_mends_with_the_fewest_changes(city):
    roster = a_roster(city.section)
    turn = a_turn(roster, moment(7, 20))
    actions.remove_shift(Shift.objects.get(turn=turn), by=SYSTEM)
    client = sign_in_as(city.commander)
    page = text_of(client.get("/piket"))
    assert "Isi dengan perubahan paling sedikit" in page
    sent = {"unit": city.section.pk, "first_on": "2026-03-02", "last_on": "2026-03-08"}
    address = client.post("/piket/rencana/isi", sent).headers["Location"]
    plan = worked_out(Plan.objects.get())
    page = text_of(client.get(address))
    assert plan.found["changes"] == 1
    assert "Satu perubahan mengisi semua giliran" in page
    assert client.post(f"{address}/terapkan", {"reason": "Kosong"}).status_code == 302
    assert "Semua giliran pekan ini terisi" in text_of(client.get("/piket"))
    assert "Susunan ini sudah diterapkan" in text_of(client.get(address))


def test_what_cannot_be_filled_is_said_with_the_rule_that_would_help(city):
    actions.set_unit_rules(city.section, by=SYSTEM, figures={"ramadan_week_minutes": 720})
    plan = worked_out(a_plan(city.section, NEXT))
    page = text_of(sign_in_as(city.commander).get(f"/piket/rencana/{plan.pk}"))
    assert f"{plan.found['open']} tempat tetap kosong" in page
    assert "orang lagi: mengisi" in page
    assert "Terbukti tidak ada susunan yang mengisi lebih banyak" in page


def test_why_me_names_what_spoke_against_each_other_person(city):
    roster = a_roster(city.section)
    turn = a_turn(roster, moment(5, 8))
    shift = Shift.objects.get(turn=turn)
    away = next(one for one in queries.crew_of(city.section.pk, MONDAY) if one != shift.person_id)
    person = type(shift.person)._default_manager.get(pk=away)
    Shift.objects.filter(person=person).delete()
    people_actions.take_time(
        person, start=moment(5, 0), end=moment(6, 0), kind=TimeKind.LEAVE, about="l:1", by=SYSTEM
    )
    page = text_of(
        sign_in_as(actor_for(shift.person)).get(
            f"/piket/giliran/{turn.pk}/mengapa/{shift.person.code}"
        )
    )
    assert "Mengapa saya?" in page
    assert "Ada kegiatan lain" in page
    other = sign_in_as(city.commander).get(f"/piket/giliran/{turn.pk}/mengapa/{person.code}")
    assert other.status_code == 404


def test_the_panel_shows_the_effect_of_each_candidate_and_asks_a_reason_for_the_others(city):
    roster = a_roster(city.section)
    turn = a_turn(roster, moment(7, 20))
    actions.remove_shift(Shift.objects.get(turn=turn), by=SYSTEM)
    page = text_of(sign_in_as(city.commander).get(f"/piket?giliran={turn.pk}"))
    assert "tempat kosong 1 → 0" in page
    assert "selisih malam" in page
    assert "Tetap minta" in page
    other = a_turn(roster, moment(5, 8))
    page = text_of(sign_in_as(city.commander).get(f"/piket?giliran={other.pk}"))
    assert "Mengapa giliran ini berubah" in page
    shift = Shift.objects.get(turn=other)
    answer = sign_in_as(city.commander).post(f"/piket/petugas/{shift.pk}/lepas")
    assert answer.status_code == 422


def test_platoons_are_lines_of_the_week_and_stand_beside_names_of_the_month(city):
    crew = queries.crew_of(city.section.pk, MONDAY)[:6]
    platoons = [("Regu A", crew[:2]), ("Regu B", crew[2:4]), ("Regu C", crew[4:])]
    actions.set_platoons(city.section, by=SYSTEM, platoons=platoons)
    a_roster(city.section)
    client = sign_in_as(city.commander)
    assert "Regu B" in text_of(client.get(f"/piket?unit={city.section.pk}"))
    page = text_of(client.get(f"/piket/bulan?unit={city.section.pk}"))
    assert "Regu B: " in page, "beside the hours, under the name"
    assert "(sebelumnya 0), akhir pekan" in page
    assert not re.search(r"jam, \d+ malam berturut-turut", page), "nights of a month, in no row"


def test_strange_addresses_and_foreign_units_are_met(city):
    foreign = a_unit(an_agency("Dinas Lain"))
    a_crew(foreign, 4)
    a_coverage(foreign)
    plan = a_plan(foreign, NEXT)
    client = sign_in_as(city.commander)
    for query in ("bulan=kemarin", "bulan=1900-01", "bulan=2026-13", "unit=x", "unit=99999"):
        assert client.get(f"/piket/bulan?{query}").status_code == 200
    assert client.get(f"/piket/rencana/{plan.pk}").status_code == 404
    assert client.post(f"/piket/rencana/{plan.pk}/terapkan").status_code == 404
    assert client.post(f"/piket/rencana/{plan.pk}/singkirkan").status_code == 404
    sent = {"unit": foreign.pk, "first_on": "2026-03-09", "last_on": "2026-03-15", "weeks": 1}
    for path in ("/piket/rencana", "/piket/rencana/isi", "/piket/bulan/berlakukan"):
        assert client.post(path, sent).status_code == 404
        assert client.post(path, {"unit": "x"}).status_code == 404


def test_those_without_grant_read_the_month_and_change_nothing(city, client):
    a_roster(city.section)
    draft = a_roster(city.section, NEXT, published=False)
    plan = a_plan(city.section, NEXT, kind=PlanKind.REPAIR)
    clerk = sign_in_as(actor_for(city.crew))
    page = text_of(clerk.get(f"/piket/bulan?unit={city.section.pk}"))
    assert "/piket/rencana" not in page
    assert "rancangan" not in page
    turn = Turn.objects.filter(roster=draft).first()
    shift = Shift.objects.get(turn=turn)
    assert clerk.get(f"/piket/giliran/{turn.pk}/mengapa/{shift.person.code}").status_code == 404
    for path in (
        "/piket/rencana", "/piket/rencana/isi", "/piket/bulan/berlakukan",
        f"/piket/rencana/{plan.pk}/terapkan", f"/piket/rencana/{plan.pk}/singkirkan",
    ):  # fmt: skip
        assert clerk.post(path).status_code == 403
    assert clerk.get(f"/piket/rencana/{plan.pk}").status_code == 403
    assert client.get("/piket/bulan").status_code == 302


@pytest.mark.parametrize("size", [10, 24])
def test_month_panel_and_reason_take_the_same_queries_for_ten_and_more_people(city, size):
    section = a_unit(city.agency, name="Seksi Besar")
    a_crew(section, size)
    a_coverage(section)
    roster = a_roster(section)
    turn = a_turn(roster, moment(7, 20))
    shift = Shift.objects.get(turn=a_turn(roster, moment(5, 8)))
    actions.remove_shift(Shift.objects.get(turn=turn), by=SYSTEM)
    client = sign_in_as(city.commander)
    client.get("/piket/bulan")
    with counted_queries(22):
        text_of(client.get(f"/piket/bulan?unit={section.pk}"))
    with counted_queries(38):
        text_of(client.get(f"/piket?unit={section.pk}&giliran={turn.pk}"))
    with counted_queries(30):
        text_of(client.get(f"/piket/giliran/{shift.turn_id}/mengapa/{shift.person.code}"))


def test_the_page_of_rules_sets_skill_zone_figures_platoons_and_who_stands_no_nights(city):
    client, pk = sign_in_as(city.commander), city.section.pk
    page = text_of(client.get(f"/piket/aturan?unit={pk}"))
    assert "tidak mensyaratkan keahlian pada giliran mana pun" in page
    crew = queries.crew_of(pk, MONDAY)
    assert f'<option value="{city.crew.code}"' in page
    a_skill(city.crew, "Panel")
    clerk = sign_in_as(actor_for(city.crew))
    for part, sent in (
        ("giliran", {"letter": "M", "zone": "Utara", "skill": "Panel", "level": 2, "count": 1}),
        ("angka", {"rest_hours": 12}),
        ("regu", {"count": 3}),
        ("tidak-malam",
         {"person": city.crew.code, "start_on": "2026-03-02", "end_on": "2026-03-31"}),
    ):  # fmt: skip
        assert client.post(f"/piket/aturan/{pk}/{part}", sent).status_code == 302
        assert clerk.post(f"/piket/aturan/{pk}/{part}", sent).status_code == 403
        nonsense = {**dict.fromkeys(sent, "x"), "rest_hours": "x"}
        assert client.post(f"/piket/aturan/{pk}/{part}", nonsense).status_code == 404
    page = text_of(client.get(f"/piket/aturan?unit={pk}"))
    assert "bertugas dalam 3 regu" in page
    assert "Panel tingkat 2" in page
    assert "Utara" in page
    assert len(queries.platoons_of(pk)) == 3
    members = queries.planning_of(queries.asked_of(a_plan(city.section, NEXT))).members
    assert {one.person_id for one in members if one.is_day_only} == {city.crew.pk}
    assert {one.person_id for one in members} == set(crew)
    assert sign_in_as(actor_for(city.crew)).get("/piket/aturan").status_code == 403
    foreign = a_unit(an_agency("Dinas Lain"))
    assert client.post(f"/piket/aturan/{foreign.pk}/regu", {"count": 2}).status_code == 404
