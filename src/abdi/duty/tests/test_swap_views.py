"""Pages of swaps and wishes: what they say, who opens them, what a press does."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from abdi.duty import actions, queries
from abdi.duty.choices import SwapState, WishKind
from abdi.duty.models import Shift, Swap, Wish
from abdi.duty.tests.test_swaps import Squad
from abdi.people.testing import a_person, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def squad():
    with translation.override("id"):
        yield Squad()


def text_of(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def signed_in(person):
    return sign_in_as(actor_for(person))


def test_a_crew_member_sees_who_fits_with_the_effect_and_asks_with_one_press(squad):
    client, shift = signed_in(squad.dedi), squad.shift(squad.dedi)
    assert f"/piket/tukar/giliran/{shift.pk}" in text_of(client, "/piket/saya")
    page = text_of(client, f"/piket/tukar/giliran/{shift.pk}")
    assert "2 rekan dapat mengambil giliran ini: malam, Kam 5 Mar, 18.00–06.00" in page
    assert "tidak ada giliran lain dalam sepekan, satu malam" in page
    pick = f"{squad.bayu.code}:{squad.shift(squad.bayu).pk}"
    assert f'value="{pick}"' in page
    answer = client.post(f"/piket/tukar/giliran/{shift.pk}", {"pick": pick, "note": "wisuda"})
    assert answer.status_code == 302
    swap = Swap.objects.get()
    assert (swap.taker_id, swap.wanted_id, swap.note) == (
        squad.bayu.pk,
        squad.shift(squad.bayu).pk,
        "wisuda",
    )
    assert "sedang ditukar" in text_of(client, "/piket/saya")


def test_the_other_one_agrees_and_the_commander_approves_on_their_pages(squad):
    swap = squad.asked()
    other = signed_in(squad.bayu)
    assert "Satu tukar giliran menunggu Anda" in text_of(other, "/piket/tukar")
    assert other.post(f"/piket/tukar/{swap.pk}/setuju").status_code == 302
    head = sign_in_as(squad.commander)
    page = text_of(head, "/piket")
    assert "Tukar giliran menunggu Anda" in page
    assert "Petugas 01 ↔ Petugas 02" in page
    assert "Keduanya setuju, jam istirahat cukup." in page
    version = Swap.objects.get().version
    stale = head.post(f"/piket/tukar/{swap.pk}/setujui", {"version": version - 1})
    assert stale.status_code == 409
    assert head.post(f"/piket/tukar/{swap.pk}/setujui", {"version": version}).status_code == 302
    assert squad.shift(squad.bayu).starts_at == datetime(2026, 3, 5, 18, tzinfo=WIB)
    assert "Riwayat" in text_of(other, "/piket/tukar")


def test_the_commander_sees_how_many_fit_an_offer_and_chooses_with_a_reason(squad):
    squad.offered()
    head, shift = sign_in_as(squad.commander), squad.shift(squad.dedi)
    page = text_of(head, "/piket/tukar")
    assert "Petugas 01 mencari pengganti" in page
    assert "2 orang memenuhi syarat." in page
    address = f"/piket/tukar/pilihkan/{shift.pk}"
    assert "Melanggar aturan istirahat" in text_of(head, address)
    nameless = head.post(address, {"pick": squad.tono.code, "note": ""})
    assert nameless.status_code == 422
    assert head.post(address, {"pick": f"{squad.eko.code}!", "note": "Sakit"}).status_code == 302
    shift.refresh_from_db()
    assert (shift.person_id, shift.override_reason) == (squad.eko.pk, "Sakit")


def test_somebody_elses_swap_is_not_found(squad):
    swap, shift = squad.asked(), squad.shift(squad.dedi)
    stranger = signed_in(a_person(an_agency("Dinas Jauh"), name="Jauh"))
    for client in (signed_in(squad.tono), stranger):
        for act in ("setuju", "ambil", "tidak", "tarik"):
            assert client.post(f"/piket/tukar/{swap.pk}/{act}").status_code == 404
        assert client.get(f"/piket/tukar/giliran/{shift.pk}").status_code == 404
    far = sign_in_as(an_actor("duty_commander", an_agency("Dinas Lain")))
    assert far.post(f"/piket/tukar/{swap.pk}/setujui").status_code == 404
    assert far.get(f"/piket/tukar/pilihkan/{shift.pk}").status_code == 404
    assert "Petugas 01" not in text_of(stranger, "/piket/tukar")


def test_those_who_only_see_swaps_read_no_note_and_decide_nothing(squad):
    swap = squad.asked(note="Anak wisuda")
    client = sign_in_as(squad.city.dispatcher)
    page = text_of(client, "/piket/tukar")
    assert "Tukar giliran lain yang berjalan" in page
    assert "Petugas 01 ↔ Petugas 02" in page
    assert "wisuda" not in page
    for act, status in (("setujui", 403), ("tolak", 403), ("setuju", 404)):
        assert client.post(f"/piket/tukar/{swap.pk}/{act}").status_code == status
    mate = sign_in_as(an_actor("field_officer", squad.city.agency, person=squad.eko))
    assert "Tukar giliran lain yang berjalan" in text_of(mate, "/piket/tukar")
    assert "Petugas 01" not in text_of(signed_in(squad.tono), "/piket/tukar")


def test_those_without_the_cell_do_not_decide(squad):
    swap = squad.agreed()
    for act in ("setujui", "tolak"):
        answer = signed_in(squad.bayu).post(f"/piket/tukar/{swap.pk}/{act}")
        assert answer.status_code == 403
    assert Swap.objects.get().state == SwapState.AGREED


def test_an_offer_of_the_last_day_is_taken_at_once_from_the_page(squad, monkeypatch):
    swap = squad.offered()
    other = signed_in(squad.tono)
    assert "/ambil" not in text_of(other, "/piket/tukar")
    later = datetime(2026, 3, 5, 8, tzinfo=WIB).astimezone(UTC)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert f"/piket/tukar/{swap.pk}/ambil" in text_of(other, "/piket/tukar")
    assert other.post(f"/piket/tukar/{swap.pk}/ambil").status_code == 302
    assert squad.shift(squad.tono).starts_at == datetime(2026, 3, 5, 18, tzinfo=WIB)


def test_a_moved_turn_is_said_and_offers_no_answer(squad):
    swap = squad.asked()
    Shift.objects.filter(person=squad.dedi).delete()
    page = text_of(signed_in(squad.bayu), "/piket/tukar")
    assert "Giliran itu sudah dipindah" in page
    assert f"/piket/tukar/{swap.pk}/setuju" not in page
    assert signed_in(squad.bayu).post(f"/piket/tukar/{swap.pk}/setuju").status_code == 409


def test_what_waits_stands_in_the_list_of_each(squad):
    now = clock.now()
    swap = squad.asked()
    rows = queries.to_do(actor_for(squad.bayu), now)
    assert [row.button for row in rows if row.url == "/piket/tukar"] == ["Jawab"]
    assert not [row for row in queries.to_do(squad.commander, now) if row.url == "/piket/tukar"]
    actions.agree_to_swap(swap, by=actor_for(squad.bayu))
    found = [row for row in queries.to_do(squad.commander, now) if row.url == "/piket/tukar"]
    assert found[0].title == "Satu tukar giliran menunggu keputusan Anda"


def test_pages_ask_a_fixed_number_of_queries(squad):
    squad.asked()
    squad_shift, eko = squad.shift(squad.dedi), squad.shift(squad.eko)
    with counted_queries(at_most=8):
        queries.fits_of(squad_shift)
    with counted_queries(at_most=9):
        queries.waiting_of(squad.commander)
    actions.ask_swap(eko, by=actor_for(squad.eko), taker=squad.tono)
    with counted_queries(at_most=9):
        queries.waiting_of(squad.commander)
    with counted_queries(at_most=5):
        queries.to_decide(squad.commander)
    page = sign_in_as(squad.commander)
    page.get("/piket")
    with counted_queries(at_most=14):
        assert page.get("/piket").status_code == 200


# ------------------------------------------------------------------ wishes


def wish_of(squad, day, **more):
    inputs = {"on": date(2026, 3, day), "kind": WishKind.OFF, **more}
    return actions.make_wish(squad.dedi, by=actor_for(squad.dedi), **inputs)


def test_a_wish_is_made_seen_by_oneself_and_withdrawn(squad):
    client = signed_in(squad.dedi)
    given = {"on": "2026-03-20", "letter": "M", "kind": "off", "strength": "3", "note": "wisuda"}
    assert client.post("/piket/saya/keinginan", given).status_code == 302
    assert "wisuda" in text_of(client, "/piket/saya")
    assert "wisuda" not in text_of(signed_in(squad.bayu), "/piket/saya")
    found = queries.wishes_of([squad.dedi.pk], date(2026, 3, 1), date(2026, 3, 31))
    assert [(one.letter, one.wants_on, one.strength) for one in found] == [("M", False, 3)]
    assert not hasattr(found[0], "note")
    wish = Wish.objects.get()
    assert signed_in(squad.bayu).post(f"/piket/saya/keinginan/{wish.pk}/tarik").status_code == 404
    assert client.post(f"/piket/saya/keinginan/{wish.pk}/tarik").status_code == 302
    assert queries.wishes_of([squad.dedi.pk], date(2026, 3, 1), date(2026, 3, 31)) == []
    with pytest.raises(Conflict):
        actions.withdraw_wish(wish, by=actor_for(squad.dedi))


def test_a_wish_that_is_not_understood_is_asked_again(squad):
    answer = signed_in(squad.dedi).post("/piket/saya/keinginan", {"on": "besok", "kind": "off"})
    assert answer.status_code == 422
    assert "Keinginan untuk jadwal berikutnya" in answer.content.decode()


def test_wishes_of_a_month_are_few(squad):
    for day in (10, 11):
        wish_of(squad, day, strength=3)
    with pytest.raises(Invalid, match="terkuat"):
        wish_of(squad, 12, strength=3)
    wish_of(squad, 12)
    wish_of(squad, 13)
    with pytest.raises(Invalid, match="sudah habis"):
        wish_of(squad, 14)
    assert wish_of(squad, 14, kind=WishKind.ON).kind == WishKind.ON
    with pytest.raises(Conflict):
        wish_of(squad, 14, kind=WishKind.ON)
    with pytest.raises(Invalid, match="besok"):
        wish_of(squad, 2)


def test_who_decides_a_second_time_reads_who_decided_already_and_when(squad):
    swap = squad.agreed()
    with clock.at(datetime(2026, 3, 2, 10, 30, tzinfo=WIB)):
        actions.approve_swap(swap, by=squad.commander)
    head = sign_in_as(squad.commander)
    said = f"{squad.commander.name} sudah menyetujui tukar giliran ini, Sen 2 Mar, 10.30."
    for act in ("setujui", "tolak"):
        answer = head.post(f"/piket/tukar/{swap.pk}/{act}")
        assert answer.status_code == 409
        assert said in answer.content.decode()


def test_a_refused_swap_says_so_to_who_approves_it(squad):
    swap = squad.agreed()
    actions.refuse_swap(swap, by=squad.commander)
    answer = sign_in_as(squad.commander).post(f"/piket/tukar/{swap.pk}/setujui")
    assert answer.status_code == 409
    assert f"{squad.commander.name} sudah menolak tukar giliran ini" in answer.content.decode()
