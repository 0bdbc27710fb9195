"""A shift is handed over: it fills itself in, both sign, what was signed stays."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.test import Client

from abdi.duty import actions as duty
from abdi.duty.actions import Pattern
from abdi.duty.models import Roster
from abdi.duty.testing import a_coverage, a_shift, a_turn
from abdi.people.models import Person
from abdi.people.testing import a_person, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.platform.testing import sign_in_as
from abdi.platform.testing.queries import counted_queries
from abdi.reports import actions, queries, rules
from abdi.reports.models import Handover, Report
from abdi.reports.queries import handover
from abdi.reports.testing import a_report, a_report_city
from abdi.reports.tests.control_room import Room

pytestmark = pytest.mark.django_db
BOOK = "/serah-terima"
HOUR = timedelta(hours=1)
TWO_EACH = (
    Pattern("siang", "P", time(6), time(18), 2),
    Pattern("malam", "M", time(18), time(6), 2),
)


class Desk:
    """Two dispatchers of one agency: one leaves, one comes."""

    def __init__(self) -> None:
        self.where = a_report_city()
        self.agency = self.where.city.agency
        self.leaving = self.a_dispatcher("Dewi Pulang")
        self.coming = self.a_dispatcher("Budi Datang")

    def a_dispatcher(self, name):
        return an_actor("dispatcher", person=a_person(self.agency, name=name))

    def left(self, words="Genset dipinjam"):
        return actions.leave_shift(self.agency, by=self.leaving, words=words)


@pytest.fixture
def desk():
    return Desk()


def texts_of(client, address):
    return client.get(address).content.decode()


def test_a_shift_is_handed_over_by_two_and_printed(desk):
    report = a_report()
    a_shift(desk.where.crew, desk.where.city.section)
    first, second = sign_in_as(desk.leaving), sign_in_as(desk.coming)
    page = first.get(BOOK)
    text = page.content.decode()
    assert report.number in text
    assert desk.where.crew.display_name in text
    given = {
        "seen": page.context_data["seen"],
        "words": "Genset dipinjam",
        "equipment": "HT 3 rusak",
    }
    place = first.post(BOOK, given)["Location"]
    assert "Budi" in texts_of(second, "/beranda") or "Dewi Pulang" in texts_of(second, "/beranda")
    opened = second.get(place)
    assert "Genset dipinjam" in opened.content.decode()
    assert "HT 3 rusak" in opened.content.decode()
    seen = {"seen": opened.context_data["seen"]}
    assert second.post(f"{place}/tanda-tangan", seen)["Location"] == place
    row = Handover.objects.get()
    assert (row.leaving_id, row.coming_id) == (desk.leaving.person_id, desk.coming.person_id)
    assert row.is_intact
    paper = second.get(f"{place}/berkas.pdf")
    assert paper.content.startswith(b"%PDF")
    kinds = Entry.objects.filter(about=row.ref).order_by("id").values_list("kind", "by")
    assert list(kinds) == [
        ("reports.HandoverLeft", desk.leaving.ref),
        ("reports.HandoverTaken", desk.coming.ref),
    ]


def test_nobody_signs_both_sides(desk):
    row = desk.left()
    with pytest.raises(Refused):
        actions.take_shift(row, by=desk.leaving)
    client = sign_in_as(desk.leaving)
    answer = client.post(f"{BOOK}/{row.pk}/tanda-tangan", {"seen": 0})
    assert answer.status_code == 403
    assert not Handover.objects.get().is_signed


def test_somebody_of_the_same_turn_is_no_coming_shift(desk):
    a_coverage(desk.where.city.section, TWO_EACH)
    for who in (desk.leaving, desk.coming):
        a_shift(a_person_of(who), desk.where.city.section)
    row = desk.left()
    assert row.leaving_shift
    with pytest.raises(Invalid):
        actions.take_shift(row, by=desk.coming)
    at_five = clock.now() + 8 * HOUR
    night = desk.a_dispatcher("Citra Malam")
    roster = Roster.objects.get(unit=desk.where.city.section)
    turn = a_turn(roster, at_five + 2 * HOUR)
    duty.set_shift(turn, a_person_of(night), by=SYSTEM, override_reason="uji")
    with clock.at(at_five):
        assert actions.take_shift(row, by=night).is_signed


def test_the_roster_has_to_know_both_to_keep_one_from_signing():
    assert rules.same_shift("duty.turn:1", "duty.turn:1")
    assert not rules.same_shift("duty.turn:1", "duty.turn:2")
    assert not rules.same_shift("", "")
    assert not rules.same_shift("", "duty.turn:1")


def a_person_of(actor):
    return Person.objects.get(pk=actor.person_id)


def test_a_case_that_came_in_between_is_seen_before_the_signature(desk):
    first = sign_in_as(desk.leaving)
    seen = first.get(BOOK).context_data["seen"]
    report = a_report()
    answer = first.post(BOOK, {"seen": seen, "words": "Semua tenang"})
    assert answer.status_code == 409
    assert report.number in answer.content.decode()
    assert "Semua tenang" in answer.content.decode(), "his words are kept"
    row = desk.left()
    second = sign_in_as(desk.coming)
    seen = second.get(f"{BOOK}/{row.pk}").context_data["seen"]
    later = a_report(key="k" * 32)
    answer = second.post(f"{BOOK}/{row.pk}/tanda-tangan", {"seen": seen})
    assert answer.status_code == 409
    assert later.number in answer.content.decode()
    again = second.post(f"{BOOK}/{row.pk}/tanda-tangan", {"seen": answer.context_data["seen"]})
    assert again.status_code == 302


def test_one_handover_waits_and_a_second_signature_comes_too_late(desk):
    row = desk.left()
    with pytest.raises(Conflict):
        desk.left()
    actions.take_shift(row, by=desk.coming)
    with pytest.raises(Conflict):
        actions.take_shift(row, by=desk.a_dispatcher("Citra Datang"))


def test_what_is_signed_stays_and_remarks_are_added(desk):
    row = desk.left()
    client = sign_in_as(desk.coming)
    place = f"{BOOK}/{row.pk}"
    assert client.post(f"{place}/tambah", {"text": ""}).status_code == 422
    assert client.post(f"{place}/tambah", {"text": "Genset kembali 09.10"})["Location"] == place
    assert "Genset kembali 09.10" in texts_of(client, place)
    assert Handover.objects.get().is_intact
    Handover.objects.update(words="Lain")
    assert not Handover.objects.get().is_intact
    assert "bukan lagi" in texts_of(client, place)


def test_broken_promises_and_p1_since_the_last_handover_stand_there(desk):
    actions.take_shift(desk.left(), by=desk.coming)
    old, fresh = a_report(key="a" * 32), a_report(key="b" * 32)
    Report.objects.filter(pk=old.pk).update(broken_at=clock.now() - 2 * HOUR)
    Report.objects.filter(pk=fresh.pk).update(broken_at=clock.now() + HOUR)
    with clock.at(clock.now() + 8 * HOUR):
        since = handover.begins_at(desk.agency.pk, clock.now())
        content = handover.content_of(desk.leaving, since, clock.now())
    assert [case[1] for case in content["unusual"]] == [fresh.number]
    assert content["open_total"] == 2


@pytest.mark.parametrize("cases", [1, 6])
def test_the_book_fills_itself_with_seven_queries_whatever_is_open(desk, cases):
    for n in range(cases):
        a_report(key=f"{n:032}")
    a_shift(desk.where.crew, desk.where.city.section)
    now = clock.now()
    with counted_queries(7) as asked:
        content = handover.content_of(desk.leaving, now - HOUR, now)
    assert len(asked) == 7
    assert len(content["open"]) == cases


def test_an_unsigned_handover_stands_in_the_to_do_and_on_the_board():
    room = Room()
    row = actions.leave_shift(room.agency, by=room.dewi, words="Rahasia kecil")
    titles = [one.url for one in queries.to_do(room.budi, clock.now())]
    assert f"{BOOK}/{row.pk}" in titles
    assert f"{BOOK}/{row.pk}" not in [one.url for one in queries.to_do(room.dewi, clock.now())]
    board = texts_of(room.pc(), "/papan")
    assert "Serah terima" in board
    assert "Rahasia kecil" not in board
    assert "Dewi" not in board
    actions.take_shift(row, by=room.budi)
    assert "Serah terima" not in texts_of(room.pc(), "/papan")


def test_former_books_are_found_by_day_and_only_in_the_own_reach(desk):
    row = desk.left()
    client = sign_in_as(desk.coming)
    day = clock.today().isoformat()
    assert f"{BOOK}/{row.pk}" in texts_of(client, f"{BOOK}?tanggal={day}")
    assert f'href="{BOOK}/{row.pk}"' not in first_list(
        texts_of(client, f"{BOOK}?tanggal=2020-01-01")
    )
    stranger = sign_in_as(an_actor("duty_commander", a_report_city().city.agency))
    assert stranger.get(f"{BOOK}/{row.pk}").status_code == 404
    assert stranger.get(f"{BOOK}/{row.pk}/berkas.pdf").status_code == 404
    assert Client().get(BOOK)["Location"].startswith("/masuk")
    reader = sign_in_as(an_actor("inspectorate", unit=desk.agency))
    assert "Genset" in texts_of(reader, f"{BOOK}/{row.pk}")
    assert reader.post(f"{BOOK}/{row.pk}/tambah", {"text": "x"}).status_code == 403


def first_list(page):
    """The part of the page with former books."""
    return page.split('name="tanggal"')[1]


def test_the_fingerprint_knows_every_part(desk):
    row = desk.left()
    others = [
        {"words": "Genset dipinjam."},
        {"equipment": "HT"},
        {"leaving_id": desk.coming.person_id},
        {"to_at": row.to_at + timedelta(seconds=1)},
        {"from_at": row.from_at - timedelta(seconds=1)},
        {"content": {**row.content, "open_total": 1}},
    ]
    for other in others:
        changed = Handover.objects.get()
        for name, value in other.items():
            setattr(changed, name, value)
        assert not changed.is_intact, other
    assert rules.fingerprint({"a": 1, "b": 2}) == rules.fingerprint({"b": 2, "a": 1})
