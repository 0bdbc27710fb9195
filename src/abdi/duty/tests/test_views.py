"""Pages of duty: what they say, who opens them, what a form does."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions
from abdi.duty.actions import Pattern
from abdi.duty.models import Roster, Shift, Turn
from abdi.duty.testing import a_coverage, a_crew, a_roster, a_shift
from abdi.people.testing import a_city, a_unit, actor_for, an_actor, an_agency
from abdi.platform.access import SYSTEM
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
MONDAY, NEXT = date(2026, 3, 2), date(2026, 3, 9)
SOME_TURN = datetime(2026, 3, 7, 18, tzinfo=WIB)


@pytest.fixture
def city():
    found = a_city()
    a_crew(found.section, 6)
    a_coverage(found.section)
    return found


def text_of(answer):
    return answer.content.decode()


def an_empty_turn(city):
    roster = a_roster(city.section)
    turn = Turn.objects.get(roster=roster, starts_at=SOME_TURN)
    actions.remove_shift(Shift.objects.get(turn=turn), by=SYSTEM)
    return turn


def test_the_title_of_the_week_is_the_finding(city):
    turn = an_empty_turn(city)
    page = text_of(sign_in_as(city.commander).get("/piket"))
    assert "Satu giliran kosong: Seksi Lampu Jalan, Sabtu malam" in page
    assert f"giliran={turn.pk}" in page
    assert "at-" in page
    assert "09.00" in page


def test_a_full_week_says_so_and_a_week_without_roster_offers_to_fill_it(city):
    a_roster(city.section)
    client = sign_in_as(city.commander)
    assert "Semua giliran pekan ini terisi" in text_of(client.get("/piket"))
    page = text_of(client.get("/piket?pekan=2026-03-11"))
    assert "Belum ada jadwal untuk pekan ini" in page
    assert "Isi otomatis: Seksi Lampu Jalan" in page


def test_who_only_reads_sees_no_buttons_that_change(city):
    turn = an_empty_turn(city)
    page = text_of(sign_in_as(city.dispatcher).get(f"/piket?giliran={turn.pk}"))
    assert "Satu giliran kosong" in page
    assert "/piket/susun" not in page
    assert "/piket/giliran/" not in page


def test_the_panel_of_a_turn_proposes_people_who_are_free_and_rested(city):
    turn = an_empty_turn(city)
    client = sign_in_as(city.commander)
    page = text_of(client.get(f"/piket?giliran={turn.pk}"))
    assert "Luang dan cukup istirahat" in page
    code = page.split('name="person" value="')[1].split('"')[0]
    answer = client.post(f"/piket/giliran/{turn.pk}", {"person": code})
    assert answer.status_code == 302
    assert Shift.objects.get(turn=turn).person.code == code
    again = client.post(f"/piket/giliran/{turn.pk}", {"person": code})
    assert again.status_code == 409


def test_filling_laying_out_and_putting_in_force_from_the_page(city):
    client = sign_in_as(city.commander)
    answer = client.post("/piket/susun", {"unit": city.section.pk, "pekan": "2026-03-09"})
    assert answer.status_code == 302
    roster = Roster.objects.get()
    page = text_of(client.get(answer.headers["Location"]))
    assert "jadwal ini masih rancangan" in page
    sent = {"version": roster.version}
    assert client.post(f"/piket/{roster.pk}/berlakukan", sent).status_code == 302
    roster.refresh_from_db()
    assert roster.is_published
    assert client.post(f"/piket/{roster.pk}/berlakukan", sent).status_code == 409


def test_taking_somebody_off_opens_the_place(city):
    roster = a_roster(city.section, NEXT)
    shift = Shift.objects.filter(roster=roster).first()
    client = sign_in_as(city.commander)
    sent = {"reason": "Ikut upacara"}
    assert client.post(f"/piket/petugas/{shift.pk}/lepas", sent).status_code == 302
    assert not Shift.objects.filter(pk=shift.pk).exists()
    assert client.post(f"/piket/petugas/{shift.pk}/lepas").status_code == 404


def test_sending_a_form_twice_acts_once(city):
    client = sign_in_as(city.commander)
    sent = {"unit": city.section.pk, "pekan": "2026-03-09", "_once": "a" * 32}
    first = client.post("/piket/susun", sent)
    second = client.post("/piket/susun", sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert Roster.objects.count() == 1


def test_foreign_and_unknown_things_answer_404(city):
    other = an_agency("Dinas Lain")
    foreign = a_unit(other)
    a_crew(foreign, 4)
    draft = a_roster(foreign, NEXT, published=False)
    turn, shift = Turn.objects.filter(roster=draft).first(), Shift.objects.first()
    client = sign_in_as(city.commander)
    assert client.post(f"/piket/{draft.pk}/berlakukan").status_code == 404
    assert client.post(f"/piket/giliran/{turn.pk}", {"person": "x"}).status_code == 404
    assert client.post(f"/piket/petugas/{shift.pk}/lepas").status_code == 404
    assert client.get(f"/piket?giliran={turn.pk}").status_code == 404
    sent = {"unit": foreign.pk, "pekan": "2026-03-09"}
    assert client.post("/piket/susun", sent).status_code == 404
    assert client.post("/piket/susun", {"unit": "x", "pekan": "kemarin"}).status_code == 404


def test_those_without_grant_are_refused_and_visitors_sent_to_sign_in(city, client):
    assert client.get("/piket").status_code == 302
    clerk = sign_in_as(actor_for(city.crew))
    assert clerk.post("/piket/susun", {"unit": city.section.pk}).status_code == 403
    assert sign_in_as(an_actor("sysadmin")).get("/piket").status_code == 403


def test_strange_addresses_of_the_week_are_understood_as_this_week(city):
    client = sign_in_as(city.commander)
    for query in ("pekan=kemarin", "pekan=1900-01-01", "unit=x", "giliran=-4", "unit=99999"):
        assert client.get(f"/piket?{query}").status_code == 200


def test_my_turns_begin_with_the_one_i_stand_now(city):
    a_shift(city.crew, city.section)
    page = text_of(sign_in_as(actor_for(city.crew)).get("/piket/saya"))
    assert "Anda bertugas sampai 18.00 WIB" in page
    empty = text_of(sign_in_as(actor_for(city.head)).get("/piket/saya"))
    assert "Tidak ada giliran untuk Anda" in empty


def test_who_is_on_duty_now_stands_by_unit(city):
    shift = a_shift(city.crew, city.section)
    shift.person.phone = "+6281234567890"
    shift.person.save(update_fields=["phone"])
    page = text_of(sign_in_as(city.dispatcher).get("/siapa-berpiket"))
    assert "Satu orang sedang bertugas" in page
    assert "Bayu Petugas" in page
    assert "0812-****-7890" in page


@pytest.mark.parametrize("size", [10, 100])
def test_the_week_takes_the_same_queries_for_ten_and_a_hundred_people(city, size):
    section = a_unit(city.agency, name="Seksi Besar")
    a_crew(section, size)
    a_coverage(
        section, (Pattern("siang", "P", time(6), time(18), size // 2),), round_the_clock=False
    )
    a_roster(section)
    a_roster(city.section)
    client = sign_in_as(city.dispatcher)
    client.get("/piket")
    with counted_queries(8):
        assert client.get("/piket").status_code == 200
