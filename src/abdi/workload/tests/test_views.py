"""Pages of workload: what they say, who opens them, what a form does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from abdi.people.queries import position_of
from abdi.people.testing import a_city, a_person, actor_for, an_actor, an_agency
from abdi.platform.testing import counted_queries, sign_in_as
from abdi.workload import actions, queries
from abdi.workload.models import Cover, Task
from abdi.workload.testing import a_measured_task, a_snapshot, a_standby_post, a_task

pytestmark = pytest.mark.django_db
HOSTILE = ["<script>alert(1)</script>", "'; DROP TABLE x;--", "{{ 7*7 }}", "=1+1", "﷽" * 20]
ENTRIES = {
    "name": "Memperbaiki lampu",
    "output_unit": "lampu",
    "minutes": "90",
    "source": "typed",
    "category": "",
    "volume": "500",
}


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def post(city):
    return position_of(city.crew.pk)


@pytest.fixture
def office():
    return sign_in_as(an_actor("organisation_office"))


def text_of(answer):
    return answer.content.decode()


def test_the_overview_says_how_many_units_carry_too_much(city, post, office):
    a_task(city.section, post, volume=4000)
    a_snapshot(city.section)
    a_snapshot(city.agency)
    page = text_of(office.get("/beban"))
    assert "1 dari 2 unit memikul lebih dari 120% beban" in page
    assert "133%" in page
    assert "Seksi Lampu Jalan" not in text_of(office.get("/beban?lihat=longgar"))


def test_an_empty_overview_says_what_to_do(office):
    page = text_of(office.get("/beban"))
    assert "Belum ada unit yang beban kerjanya tercatat" in page
    assert "Belum ada angka" in page


def test_the_unit_says_who_carries_most_and_who_least(city, post, office):
    a_task(city.section, post, volume=2880)
    spare = position_of(a_person(city.section, title="Administrasi").pk)
    a_measured_task(city.section, spare, minutes=75, count=320, days=182)
    page = text_of(office.get(f"/beban/{city.section.pk}"))
    assert "Teknisi lampu memikul 144% beban, Administrasi 64%" in page
    assert "1.250 jam efektif" in page
    assert "Terkumpul sendiri" in page
    assert "dari 182 hari" in page


def test_a_move_shows_before_and_after_and_changes_nothing(city, post, office):
    a_task(city.section, post, volume=2880)
    spare = a_person(city.section, title="Administrasi")
    a_person(city.section, title="Administrasi")
    a_task(city.section, position_of(spare.pk), volume=900)
    load = queries.load_of_unit(city.section.pk)
    keys = {row.title: row.key for row in load.rows}
    address = f"/beban/{city.section.pk}?dari={keys['Administrasi']}&ke={keys['Teknisi lampu']}"
    page = text_of(office.get(f"{address}&orang=1"))
    assert "Sesudah" in page
    assert "96%" in page
    assert "belum ada yang dipindah" in page
    assert queries.load_of_unit(city.section.pk) == load
    for asked in ("orang=9", "orang=0", "orang=x"):
        assert "tidak bisa dicoba" in text_of(office.get(f"{address}&{asked}"))


def test_a_standby_post_shows_both_needs_and_gives_nobody(city, post, office):
    a_task(city.section, post, volume=100)
    a_standby_post(post)
    page = text_of(office.get(f"/beban/{city.section.pk}"))
    assert "jabatan siaga" in page
    assert "tugas 0,1, jaga 5,0" in page
    (row,) = [r for r in queries.load_of_unit(city.section.pk).rows if r.title == "Teknisi lampu"]
    assert not row.may_give
    assert row.grade is None


def test_a_task_is_added_once_however_often_the_form_is_sent(city, post, office):
    body = {**ENTRIES, "position": post.pk, "_once": "a" * 32}
    for _ in range(2):
        answer = office.post(f"/beban/{city.section.pk}/tugas", body)
        assert answer.status_code == 302
    assert Task.objects.get().name == "Memperbaiki lampu"


def test_a_wrong_entry_is_named_at_its_field_and_nothing_is_lost(city, post, office):
    body = {**ENTRIES, "position": post.pk, "minutes": "0"}
    answer = office.post(f"/beban/{city.section.pk}/tugas", body)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Memperbaiki lampu" in page
    assert 'aria-invalid="true"' in page
    assert not Task.objects.exists()


def test_a_stale_task_shows_both_versions(city, post, office):
    task = a_task(city.section, post, name="Lama", volume=500)
    actions.change_task(
        task, by=an_actor("organisation_office"), seen=1, given=actions.TaskInput("Baru", "x", 5)
    )
    answer = office.post(f"/beban/tugas/{task.pk}", {**ENTRIES, "seen": "1"})
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Baru" in page
    assert "Memperbaiki lampu" in page
    again = office.post(f"/beban/tugas/{task.pk}", {**ENTRIES, "seen": "2"})
    assert again.status_code == 302
    assert Task.objects.get().name == "Memperbaiki lampu"


def test_a_task_ends_from_its_page(city, post, office):
    task = a_task(city.section, post)
    assert office.get(f"/beban/tugas/{task.pk}").status_code == 200
    office.post(f"/beban/tugas/{task.pk}/akhiri", {"seen": "1"})
    assert Task.objects.get().end_on is not None


def test_seats_are_set_and_changed_from_the_page(city, post, office):
    address = f"/beban/{city.section.pk}/jaga"
    for seats in ("1", "2"):
        body = {"position": post.pk, "seats": seats, "hours_per_year": "8760"}
        assert office.post(address, body).status_code == 302
    assert Cover.objects.get().seats == 2
    assert office.post(address, {"position": post.pk, "seats": "0"}).status_code == 422


def test_tasks_of_a_similar_position_are_offered_and_copied(city, post, office):
    a_task(city.section, post, name="Memanjat tiang")
    other = an_agency("Dinas Kembar")
    twin = position_of(a_person(other, title="Teknisi lampu").pk)
    page = text_of(office.get(f"/beban/{other.pk}"))
    assert "Salin tugas" in page
    office.post(f"/beban/{other.pk}/salin", {"position": twin.pk, "like": post.pk})
    assert Task.objects.filter(unit=other).get().name == "Memanjat tiang"


def test_who_only_reads_sees_no_forms(city, post):
    a_task(city.section, post)
    page = text_of(sign_in_as(actor_for(city.head)).get(f"/beban/{city.section.pk}"))
    assert "Tambahkan tugas" not in page
    assert "Bagaimana bila orang dipindah?" not in page or "Lihat sebelum" in page


def test_a_unit_out_of_reach_is_not_found(city, post):
    task = a_task(city.section, post)
    stranger = sign_in_as(an_actor("agency_hr", an_agency()))
    leader = sign_in_as(actor_for(city.head))
    for path in (f"/beban/{city.section.pk}", f"/beban/tugas/{task.pk}"):
        assert stranger.get(path).status_code == 404
    assert leader.get(f"/beban/{city.section.pk}").status_code == 200
    assert leader.get(f"/beban/{city.agency.pk}").status_code == 404
    assert leader.get(f"/beban/tugas/{task.pk}").status_code == 403
    assert sign_in_as(actor_for(city.crew)).get("/beban").status_code == 403


def test_a_task_is_not_added_out_of_reach(city, post):
    body = {**ENTRIES, "position": post.pk}
    for actor, status in (
        (an_actor("agency_hr", an_agency()), 404),
        (actor_for(city.head), 403),
        (an_actor("executive"), 403),
    ):
        answer = sign_in_as(actor).post(f"/beban/{city.section.pk}/tugas", body)
        assert answer.status_code == status
    assert not Task.objects.exists()


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_as_words(city, post, office, words):
    body = {**ENTRIES, "position": post.pk, "name": words, "output_unit": words[:50]}
    answer = office.post(f"/beban/{city.section.pk}/tugas", body)
    assert answer.status_code == 302
    assert "<script>alert" not in text_of(office.get(f"/beban/{city.section.pk}"))


@pytest.mark.parametrize("words", ["\x00", "a\u202eb", "9" * 400])
def test_words_that_are_none_are_refused(city, post, office, words):
    for field in ("name", "minutes", "volume", "position", "source"):
        body = {**ENTRIES, "position": post.pk, field: words}
        answer = office.post(f"/beban/{city.section.pk}/tugas", body)
        assert answer.status_code in (302, 400, 422)


@pytest.mark.parametrize("path", ["/beban?hal=x&lihat=<>", "/beban?hal=99999999"])
def test_odd_addresses_are_answered(office, path):
    assert office.get(path).status_code == 200


def test_pages_ask_the_same_few_queries_for_ten_and_for_a_hundred(city, post, office):
    for _ in range(10):
        a_snapshot(an_agency())
        a_task(city.section, post)
    paths = ("/beban", f"/beban/{city.section.pk}")
    for path in paths:
        office.get(path)
    for rows in (0, 30):
        for _ in range(rows):
            a_snapshot(an_agency())
            a_task(city.section, post)
        for path, most in zip(paths, (8, 8), strict=True):
            with counted_queries(most):
                assert office.get(path).status_code == 200


def test_the_office_hears_of_units_that_carry_too_much(city, post):
    a_task(city.section, post, volume=4000)
    a_snapshot(city.section)
    office = an_actor("organisation_office")
    with counted_queries(1):
        (row,) = queries.to_do(office, None)
    assert row.url == "/beban"
    assert queries.to_do(an_actor("dispatcher"), None) == []
    assert queries.to_do(an_actor("agency_hr", an_agency()), None) == []


def test_rows_for_analysis_have_the_columns_they_name(city, post):
    a_task(city.section, post)
    a_snapshot(city.section)
    (row,) = queries.mart_rows()
    assert len(row) == len(queries.MART_COLUMNS)
    assert json.dumps([str(value) for value in row])
    assert Path(queries.__file__).exists()
