"""The crew's pages: from the job given to the job done, with photos, or not yet."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from abdi.people.testing import a_person, actor_for, an_account
from abdi.platform.testing import counted_queries, sign_in_as
from abdi.reports import actions
from abdi.reports.choices import PhotoKind, Status
from abdi.reports.models import Photo, StatusChange
from abdi.reports.testing import a_report_city, a_started_report, an_assigned_report, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return a_report_city()


@pytest.fixture
def crew(where):
    return sign_in_as(where.officer)


def text_of(answer):
    return answer.content.decode()


def a_picture(colour="red"):
    target = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(target, "JPEG")
    return SimpleUploadedFile("foto.jpg", target.getvalue(), content_type="image/jpeg")


def test_my_jobs_are_mine_and_the_most_pressing_comes_first(where, crew):
    assert "Tidak ada tugas yang menunggu Anda" in text_of(crew.get("/tugas"))
    report = an_assigned_report(where, text="gelap")
    page = text_of(crew.get("/tugas"))
    assert "Satu tugas menunggu Anda" in page
    assert f"/tugas/{report.number}" in page
    other = sign_in_as(an_officer(where.city.second_crew))
    assert report.number not in text_of(other.get("/tugas"))
    assert other.get(f"/tugas/{report.number}").status_code == 404


def test_a_job_from_yes_to_done_in_five_taps_and_two_photos(where, crew):
    report = an_assigned_report(where)
    base = f"/tugas/{report.number}"
    assert "Terima tugas" in text_of(crew.get(base))
    assert crew.post(f"{base}/terima", {"version": report.version}).status_code == 302
    assert crew.post(f"{base}/tiba").status_code == 302
    before = crew.post(f"{base}/foto", {"kind": "before", "photo": a_picture()})
    assert before.status_code == 302
    done = crew.post(
        f"{base}/selesai",
        {"done": ["lamp", "cable"], "amount": "2", "photo": a_picture("green"),
         "lat": "-7.6298", "lon": "111.5239"},
    )  # fmt: skip
    assert done.status_code == 302
    report.refresh_from_db()
    assert report.status == Status.RESOLVED
    assert report.resolved_by_id == where.crew.pk
    photos = {one.kind: one for one in Photo.objects.filter(report=report)}
    assert set(photos) == {PhotoKind.BEFORE, PhotoKind.AFTER}
    assert (photos["after"].lat_e6, photos["after"].lng_e6) == (-7_629_800, 111_523_900)
    note = StatusChange.objects.filter(report=report).last().note
    assert note == "Ganti lampu; Sambung kabel; 2 × Lampu LED 60 W"


def test_done_needs_the_photo_or_the_promise_of_one(where, crew):
    report = a_started_report(where)
    base = f"/tugas/{report.number}"
    refused = crew.post(f"{base}/selesai", {"done": ["lamp"]})
    assert refused.status_code == 422
    assert crew.post(f"{base}/selesai", {"photo_later": "on"}).status_code == 302
    page = text_of(crew.get(base))
    assert "Simpan foto" in page
    later = crew.post(f"{base}/foto", {"kind": "after", "photo": a_picture(), "gallery": "on"})
    assert later.status_code == 302
    assert Photo.objects.get(report=report).source == "gallery"


def test_sending_done_twice_acts_once(where, crew):
    report = a_started_report(where)
    sent = {"photo_later": "on", "_once": "b" * 32}
    first = crew.post(f"/tugas/{report.number}/selesai", sent)
    second = crew.post(f"/tugas/{report.number}/selesai", sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert StatusChange.objects.filter(report=report, status=Status.RESOLVED).count() == 1


def test_a_file_that_is_no_photo_is_refused_with_a_sentence(where, crew):
    report = a_started_report(where)
    bad = SimpleUploadedFile("foto.jpg", b"GIF89a not a photo", content_type="image/jpeg")
    answer = crew.post(f"/tugas/{report.number}/foto", {"kind": "before", "photo": bad})
    assert answer.status_code == 422
    assert "JPEG" in text_of(answer)
    assert not Photo.objects.exists()


def test_giving_a_job_back_and_not_possible_yet_take_a_reason(where, crew):
    report = an_assigned_report(where)
    base = f"/tugas/{report.number}"
    assert crew.post(f"{base}/tolak", {"reason": ""}).status_code == 422
    actions.accept(report, by=where.officer)
    assert crew.post(f"{base}/tiba").status_code == 302
    past = crew.post(f"{base}/belum", {"reason": "material", "new_day": "2026-01-01"})
    assert past.status_code == 422
    sent = {"reason": "material", "new_day": "2026-03-04"}
    assert crew.post(f"{base}/belum", sent).status_code == 302
    report.refresh_from_db()
    assert report.status == Status.FORWARDED
    assert report.new_date_at is not None
    second = an_assigned_report(where)
    back = crew.post(f"/tugas/{second.number}/tolak", {"reason": "busy"})
    assert back.headers["Location"] == "/tugas"
    second.refresh_from_db()
    assert second.person_id is None


def test_a_job_given_to_somebody_else_meanwhile_is_gone_for_me(where, crew):
    report = an_assigned_report(where)
    seen = report.version
    officer = an_officer(where.city.second_crew)
    actions.assign(report, where.city.second_crew, by=where.dispatcher)
    assert crew.post(f"/tugas/{report.number}/terima", {"version": seen}).status_code == 404
    stale = sign_in_as(officer).post(f"/tugas/{report.number}/terima", {"version": seen})
    assert stale.status_code == 409


def test_the_crew_never_sees_who_told_it(where, crew):
    report = an_assigned_report(where, name="Wito", phone="+6281234567890", text="gelap")
    page = text_of(crew.get(f"/tugas/{report.number}"))
    assert "Wito" not in page
    assert "81234567890" not in page
    assert "1 pelapor" in page


def test_those_without_the_role_are_refused(where):
    person = a_person(where.city.section)
    an_account(person)
    client = sign_in_as(actor_for(person))
    assert client.get("/tugas").status_code == 403
    assert client.post("/tugas/CD-AAA-111/terima").status_code == 403


@pytest.mark.parametrize("size", [10, 100])
def test_my_jobs_take_the_same_queries_for_ten_and_a_hundred(where, crew, size):
    for _n in range(size):
        an_assigned_report(where)
    crew.get("/tugas")
    with counted_queries(8):
        assert crew.get("/tugas").status_code == 200


def test_one_job_takes_few_queries(where, crew):
    report = a_started_report(where)
    crew.get(f"/tugas/{report.number}")
    with counted_queries(8):
        assert crew.get(f"/tugas/{report.number}").status_code == 200
