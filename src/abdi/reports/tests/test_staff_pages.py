"""The desk's pages: what they show, what a key does, who is kept out."""

from datetime import timedelta

import pytest

from abdi.duty.testing import a_shift
from abdi.people import queries as people
from abdi.people.testing import a_person, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.testing import counted_queries, sign_in_as
from abdi.reports import actions, queries
from abdi.reports.choices import PhotoKind, Status
from abdi.reports.models import Report, ReporterContact
from abdi.reports.testing import (
    LAT,
    LNG,
    a_photo,
    a_report,
    a_report_city,
    a_resolved_report,
    a_started_report,
    an_assigned_report,
    reporter_of,
)
from abdi.reports.views import staff_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    found = a_report_city()
    a_shift(found.crew, found.city.section)
    return found


@pytest.fixture
def desk(where):
    return sign_in_as(where.dispatcher)


def text_of(answer):
    return answer.content.decode()


def test_an_empty_queue_says_so(desk):
    assert "Antrean kosong" in text_of(desk.get("/antrean"))


def test_the_queue_opens_the_chosen_report_with_suggestion_and_crews(where, desk):
    first = a_report(text="Lampu jalan padam, gelap")
    page = text_of(desk.get("/antrean"))
    assert "Saran: Lampu jalan mati" in page
    assert "kata “lampu jalan”" in page
    assert where.crew.display_name in page
    assert f"/laporan/{first.number}/jenis" in page
    assert 'data-key="a"' in page
    assert 'data-key="t"' in page


def test_the_list_keeps_its_tab_and_its_choice_in_the_address(where, desk):
    report = an_assigned_report(where)
    page = text_of(desk.get(f"/antrean?tab=berjalan&pilih={report.number}"))
    assert f"tab=berjalan&amp;pilih={report.number}" in page
    assert 'aria-current="true"' in page
    assert "picked" in page
    assert report.number not in text_of(desk.get("/antrean?tab=baru"))
    assert desk.get("/antrean?tab=apa&pilih=CD-AAA-000").status_code == 404


def test_late_and_waiting_reports_stand_in_their_own_lists(where, desk):
    late, done = a_report(), a_resolved_report(where)
    with clock.at(late.due_at + timedelta(minutes=1)):
        client = sign_in_as(where.dispatcher)
        assert late.number in text_of(client.get("/antrean?tab=lewat"))
        assert late.number in text_of(client.get("/antrean?saring=terlambat"))
    assert done.number in text_of(desk.get("/antrean?tab=tunggu"))


def test_accepting_the_suggestion_settles_the_kind(where, desk):
    report = a_report(category="other", text="Pohon tumbang menutup jalan, pohon besar")
    page = text_of(desk.get("/antrean"))
    assert 'value="fallen_tree_blocking"' in page
    sent = {"category": "fallen_tree_blocking", "version": report.version, "tab": "baru"}
    assert desk.post(f"/laporan/{report.number}/jenis", sent).status_code == 302
    report.refresh_from_db()
    assert report.category.code == "fallen_tree_blocking"
    assert report.status == Status.VERIFIED


def test_words_that_tell_little_offer_three_kinds_and_all_kinds_are_one_step_away(where, desk):
    report = a_report(category="other", text="ada bau sampah di pohon dekat lampu")
    page = text_of(desk.get("/antrean"))
    assert "Jenis yang mana?" in page
    other = text_of(desk.get(f"/antrean?pilih={report.number}&ubah=1"))
    assert "Tetapkan jenis" in other
    assert "Gigitan anjing liar" in other


def test_an_unknown_kind_is_not_found(desk):
    report = a_report()
    sent = {"category": "tidak_ada", "version": report.version}
    assert desk.post(f"/laporan/{report.number}/jenis", sent).status_code == 404


def test_giving_a_job_to_who_is_on_duty(where, desk):
    report = a_report()
    sent = {"person": where.crew.pk, "version": report.version}
    assert desk.post(f"/laporan/{report.number}/tugaskan", sent).status_code == 302
    report.refresh_from_db()
    assert report.person_id == where.crew.pk


def test_a_job_goes_to_nobody_off_duty(where, desk):
    report = a_report()
    sent = {"person": where.city.second_crew.pk, "version": report.version}
    assert desk.post(f"/laporan/{report.number}/tugaskan", sent).status_code == 404
    assert Report.objects.get().person_id is None


def test_without_anybody_on_duty_the_head_of_the_unit_can_be_asked():
    where = a_report_city()
    report = a_report()
    client = sign_in_as(where.dispatcher)
    page = text_of(client.get("/antrean"))
    assert "Kepala unit" in page
    head = where.city.agency_head if report.unit_id == where.city.agency.pk else where.city.head
    sent = {"person": head.pk, "version": report.version}
    assert client.post(f"/laporan/{report.number}/tugaskan", sent).status_code == 302


def test_the_second_to_act_sees_who_was_quicker(where, desk):
    report = a_report()
    seen = report.version
    actions.assign(report, where.crew, by=where.dispatcher)
    sent = {"person": where.crew.pk, "version": seen, "tab": "baru"}
    answer = desk.post(f"/laporan/{report.number}/tugaskan", sent)
    assert answer.status_code == 409
    quicker = people.persons().get(pk=where.dispatcher.person_id).display_name
    words = f"{quicker} baru saja menugaskan laporan ini kepada Bayu Petugas"
    assert words in text_of(answer)
    assert "Muat ulang" in text_of(answer)


def test_a_stale_page_names_who_changed_the_report_not_who_has_it(where, desk):
    """The desk gave it to Bayu, Bayu took it: whoever is late now reads Bayu's name as the doer."""
    report = actions.assign(a_report(), where.crew, by=where.dispatcher)
    actions.start(report, by=where.officer)
    sent = {"person": where.crew.pk, "version": 1, "tab": "baru"}
    answer = desk.post(f"/laporan/{report.number}/tugaskan", sent)
    assert answer.status_code == 409
    assert "Bayu Petugas baru saja mengubah laporan ini" in text_of(answer)


def test_a_stale_page_names_a_change_without_a_step_and_the_reporter(where, desk):
    report = a_report()
    second = an_actor("dispatcher", agency=None, unit=where.city.agency)
    again = actions.categorise(report, by=where.dispatcher, category=report.category)
    with clock.at(clock.now() + timedelta(minutes=1)):
        again = actions.categorise(again, by=second, category=report.category)
    newest = queries.newest_change(again)
    name = people.persons().get(pk=second.person_id).display_name
    assert (newest.name, newest.is_step) == (name, False)
    done = a_resolved_report(where)
    with clock.at(clock.now() + timedelta(minutes=1)):
        actions.reopen(done, by=reporter_of(done))
    assert staff_words.conflict_of(Conflict("x", current=done)).startswith("The reporter has just")


def test_the_photo_of_work_that_did_not_last_counts_no_more(where):
    report = a_resolved_report(where)
    with clock.at(clock.now() + timedelta(hours=1)):
        report = actions.reopen(report, by=reporter_of(report))
        report = actions.assign(report, where.crew, by=where.dispatcher)
        report = actions.arrive(actions.start(report, by=where.officer), by=where.officer)
    with clock.at(clock.now() + timedelta(hours=2)):
        page = text_of(sign_in_as(where.officer).get(f"/tugas/{report.number}"))
        assert 'id="id_photo_after"' in page
        with pytest.raises(Invalid, match="photo of the result"):
            actions.propose_done(report, by=where.officer)
        fresh = actions.add_photo(report, by=where.officer, given=a_photo(), kind=PhotoKind.AFTER)
        report = actions.propose_done(report, by=where.officer)
    photos = queries.photos_of(report)
    assert len(photos) == 2
    assert queries.of_this_round(report, photos) == [fresh]


def test_a_conflict_about_nothing_known_keeps_its_own_words():
    assert staff_words.conflict_of(Conflict("somebody was quicker")) == "somebody was quicker"
    assert people.person_behind("people.account:x") is None


def test_similar_reports_nearby_are_joined_with_one_key_and_taken_apart_again(where, desk):
    first = a_report(text="Dua tiang gelap di Kenanga")
    second = a_report(text="lampu mati kenanga", lat_e6=LAT + 200, lng_e6=LNG)
    far = a_report(text="lampu mati", lat_e6=LAT + 90_000, lng_e6=LNG)
    page = text_of(desk.get(f"/antrean?pilih={first.number}"))
    assert "Satu laporan mirip di dekatnya" in page
    assert "lampu mati kenanga" in page
    sent = {"others": second.number}
    assert desk.post(f"/laporan/{first.number}/gabung", sent).status_code == 302
    second.refresh_from_db()
    assert second.joined_to_id == first.pk
    assert desk.post(f"/laporan/{second.number}/pisah").status_code == 302
    second.refresh_from_db()
    assert second.joined_to_id is None
    assert far.number not in page.split("mirip di dekatnya")[1].split("</section>")[0]


def test_the_news_bar_is_asked_again_and_again_and_answers_304_while_nothing_came(where, desk):
    report = a_report()
    address = f"/antrean/baru?sejak={report.pk}"
    first = desk.get(address)
    assert first.status_code == 200
    assert "laporan baru" not in text_of(first)
    again = desk.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    a_report()
    a_report()
    later = desk.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert "2 laporan baru" in text_of(later)


def test_a_commander_sees_and_gives_jobs_of_his_own_agency_only(where):
    report = a_report()
    other = an_actor("duty_commander", an_agency("Dinas Lain"))
    client = sign_in_as(other)
    assert report.number not in text_of(client.get("/antrean"))
    assert client.get(f"/laporan/{report.number}").status_code == 404
    assert client.post(f"/laporan/{report.number}/tugaskan", {"person": 1}).status_code == 404
    mine = sign_in_as(where.city.commander)
    assert report.number in text_of(mine.get("/antrean"))


def test_employees_and_visitors_are_kept_out(where, client):
    a_report()
    assert client.get("/antrean").status_code == 302
    clerk = sign_in_as(actor_for(a_person(where.city.section)))
    assert clerk.get("/antrean").status_code == 403
    assert sign_in_as(an_actor("sysadmin")).get("/antrean").status_code == 403


def test_a_protected_case_is_in_no_list(where, desk):
    a_report("violence_women_child", text="rahasia sekali")
    for tab in ("baru", "berjalan", "lewat", "tunggu"):
        assert "rahasia sekali" not in text_of(desk.get(f"/antrean?tab={tab}"))


def test_the_report_page_tells_what_happened_and_never_who_told_it(where, desk):
    report = a_resolved_report(where, name="Wito", phone="+6281234567890")
    page = text_of(desk.get(f"/laporan/{report.number}"))
    for step in ("Diterima", "Bayu Petugas", "Sedang dikerjakan", "menunggu konfirmasi pelapor"):
        assert step in page
    assert "Wito" not in page
    assert "81234567890" not in page


def test_the_desk_confirms_or_reopens_but_never_who_did_the_work(where, desk):
    report = a_resolved_report(where)
    officer = sign_in_as(where.officer)
    assert officer.post(f"/laporan/{report.number}/tutup").status_code == 403
    sent = {"version": report.version, "note": ""}
    assert desk.post(f"/laporan/{report.number}/tutup", sent).status_code == 302
    report.refresh_from_db()
    assert report.status == Status.CLOSED
    stale = desk.post(f"/laporan/{report.number}/tutup", sent)
    assert stale.status_code == 409
    again = {"version": report.version, "note": "masih mati"}
    assert desk.post(f"/laporan/{report.number}/buka-lagi", again).status_code == 302
    report.refresh_from_db()
    assert report.status == Status.REOPENED


def test_writing_handing_over_and_ending(where, desk):
    report, other = a_report(), a_report()
    empty = desk.post(f"/laporan/{report.number}/pesan", {"text": ""})
    assert empty.status_code == 422
    sent = {"text": "Tiang nomor berapa?", "is_question": "on", "version": report.version}
    assert desk.post(f"/laporan/{report.number}/pesan", sent).status_code == 302
    report.refresh_from_db()
    assert report.status == Status.WAITING_REPORTER
    owner = {"jurisdiction": "power_company", "owner": "PLN", "version": report.version}
    assert desk.post(f"/laporan/{report.number}/teruskan", owner).status_code == 302
    nameless = {"jurisdiction": "city", "owner": "", "version": other.version}
    assert desk.post(f"/laporan/{other.number}/teruskan", nameless).status_code == 422
    why = {"reason": "unclear", "note": "", "version": other.version}
    assert desk.post(f"/laporan/{other.number}/akhiri", why).status_code == 302
    assert {row.status for row in Report.objects.all()} == {Status.REJECTED}


def test_a_number_is_shown_once_with_a_reason_that_the_reporter_sees(where, desk):
    report = a_report(phone="+6281234567890")
    refused = desk.post(f"/laporan/{report.number}/pelapor", {"field": "phone", "reason": ""})
    assert refused.status_code == 422
    sent = {"field": "phone", "reason": "pelapor minta ditelepon"}
    assert "6281234567890" in text_of(desk.post(f"/laporan/{report.number}/pelapor", sent))
    assert "6281234567890" not in text_of(desk.get(f"/laporan/{report.number}"))


def test_photos_are_for_those_who_work_on_the_report(where, desk):
    report = an_assigned_report(where)
    given = a_photo()
    photo = actions.add_photo(report, by=reporter_of(report), given=given, kind=PhotoKind.CITIZEN)
    address = f"/laporan/{report.number}/foto/{photo.pk}"
    assert f'src="{address}"' in text_of(desk.get(f"/antrean?tab=berjalan&pilih={report.number}"))
    assert desk.get(address).status_code == 404
    assert sign_in_as(where.city.commander).get(address).status_code in (403, 404)


def test_a_pasted_message_becomes_a_report_with_one_confirm(where, desk):
    message = "Pak, lampu jalan padam gelap di Jl. Kenanga depan SDN 2. WA 0812-3456-7890"
    page = text_of(desk.post("/laporan/catat", {"message": message, "channel": "whatsapp"}))
    assert "Jl. Kenanga depan SDN 2" in page
    assert 'value="street_light_out" selected' in page
    fields = {
        "key": page.split('name="key" value="')[1].split('"')[0],
        "category": "street_light_out",
        "text": message,
        "place_text": "Jl. Kenanga depan SDN 2",
        "phone": "0812-3456-7890",
        "heard_at": "2026-03-02T08:30",
        "channel": "whatsapp",
    }
    first, second = desk.post("/laporan/catat", fields), desk.post("/laporan/catat", fields)
    assert first.headers["Location"] == second.headers["Location"]
    report = Report.objects.get()
    assert report.channel == "whatsapp"
    assert (clock.now() - report.received_at) == timedelta(minutes=30)
    assert ReporterContact.objects.get().phone == "+6281234567890"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("heard_at", "2027-01-01T08:30"),
        ("heard_at", "kemarin"),
        ("phone", "banyak"),
        ("place_text", ""),
        ("category", "tidak_ada"),
        ("text", "a\x00b"),
    ],
)
def test_a_wrong_entry_is_asked_again_and_nothing_is_lost(where, desk, name, value):
    fields = {
        "key": "k" * 32,
        "category": "pothole",
        "text": "Lubang dalam sekali",
        "place_text": "Jl. Merpati",
        "phone": "",
        "heard_at": "2026-03-02T08:30",
        "channel": "walk_in",
    }
    answer = desk.post("/laporan/catat", {**fields, name: value})
    assert answer.status_code == 422
    assert "Jl. Merpati" in text_of(answer) or name == "place_text"
    assert not Report.objects.exists()


@pytest.mark.parametrize("size", [10, 100])
def test_the_queue_takes_the_same_queries_for_ten_and_a_hundred_reports(where, desk, size):
    for n in range(size):
        a_report(text="lampu jalan padam", lat_e6=LAT + 20_000 * n, lng_e6=LNG)
    desk.get("/antrean")
    with counted_queries(8):
        assert desk.get("/antrean").status_code == 200


@pytest.mark.parametrize("size", [2, 20])
def test_the_report_page_takes_the_same_queries_however_long_its_history(where, desk, size):
    report = a_started_report(where)
    for n in range(size):
        actions.send_message(report, by=where.dispatcher, text=f"pesan {n}")
    desk.get(f"/laporan/{report.number}")
    with counted_queries(8):
        assert desk.get(f"/laporan/{report.number}").status_code == 200
