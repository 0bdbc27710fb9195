"""One turn of the loop in a real browser: from the standard and the citizen's tap to Putaran.

Nobody touches the database: what is not done on a page is done by the worker. The same test runs
on SQLite and on PostgreSQL, as all tests do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from abdi.platform.jobs import run_due_jobs
from abdi.platform.journal import verify_chain
from tests.loop.city import Citizen, City, Officer

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

COMMUNICATION = "M.3"
A_QUARTER_ENDS = datetime(2025, 12, 22, 2, tzinfo=UTC)
THE_ROUND = datetime(2026, 3, 2, 2, tzinfo=UTC)
A_NEW_WEEK = datetime(2026, 3, 9, 1, tzinfo=UTC)
AFTER_THE_CLASS = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
NIGHTS = [datetime(2026, 3, day, hour, tzinfo=UTC) for day in range(11, 15) for hour in (3, 13)]
THE_NEXT_QUARTER_ENDS = datetime(2026, 3, 23, 2, tzinfo=UTC)
THE_LOOK_BACK = datetime(2026, 3, 30, 2, tzinfo=UTC)


@pytest.fixture
def city(open_page: Callable[..., Any], live_server: Any) -> Iterator[City]:
    """The city, three months before the report."""
    found = City(open_page, live_server.url, A_QUARTER_ENDS)
    yield found
    found.leave()


def test_the_loop_turns_once(city: City) -> None:
    one_quarter_closed_low(city)
    city.wait_until(THE_ROUND)
    what_is_to_be_reached(city)
    what_there_is_to_do(city)
    a_standard_shows_a_gap(city)
    code = the_gap_becomes_a_class(city)
    city.wait_until(A_NEW_WEEK)
    who_stands_this_week(city)
    city.wait_until(AFTER_THE_CLASS)
    the_class_closes_the_gap(city, code)
    number = a_report_is_mended_at_the_second_try(city)
    neighbours_report_the_same(city)
    the_result_counts_for_the_target(city, number)
    city.wait_until(THE_NEXT_QUARTER_ENDS)
    a_pattern_proposes_coaching(city)
    a_cluster_starts_a_circle(city)
    city.wait_until(THE_LOOK_BACK)
    the_chain_shows_it_all(city, number)
    assert verify_chain().whole


def one_quarter_closed_low(city: City) -> None:
    """A low quarter alone proposes nothing."""
    city.head.evaluates("2025-4", city.sari.code, "below", "Laporan sering lewat waktu.")
    city.head.sends_the_evaluations("2025-4")
    city.work()
    assert city.sari.name not in city.head.opens("/pembinaan")


def what_is_to_be_reached(city: City) -> None:
    """The head's target is agreed above, the officer takes it on, the head agrees."""
    target = {
        "result": "Lampu jalan menyala kembali tepat waktu",
        "measure": "reports_closed",
        "indicator": "Laporan lampu yang selesai",
        "figure": "4",
    }
    city.head.opens("/kinerja/saya/susun")
    city.head.sends("/kinerja/saya/mulai")
    city.head.sends("/kinerja/saya/tambah", **target)
    city.head.sends("/kinerja/saya/ajukan")
    agrees(city.agency_head)
    city.bayu.opens("/kinerja/saya/susun")
    city.bayu.sends("/kinerja/saya/mulai")
    city.bayu.page.locator("input[name=parents]").first.check()
    city.bayu.sends("/kinerja/saya/turunkan")
    city.bayu.sends("/kinerja/saya/ajukan")
    agrees(city.head)
    city.work()
    assert target["result"] in city.bayu.opens("/kinerja/saya")


def agrees(superior: Any) -> None:
    """Read the plan that waits, agree to it."""
    superior.opens("/tim")
    superior.follows("/tim/rencana/", "setujui")
    superior.sends("/setujui")


def what_there_is_to_do(city: City) -> None:
    """The work of the section is written down; its volume comes from the reports themselves."""
    path = f"/beban/{city.section.pk}"
    city.agency_hr.opens(path)
    given = {"output_unit": "laporan", "minutes": 90, "source": "reports"}
    city.agency_hr.sends(f"{path}/tugas", name="Memperbaiki lampu jalan", **given)
    given = {"output_unit": "tiang", "minutes": 60, "source": "typed", "volume": 1200}
    city.agency_hr.sends(f"{path}/tugas", name="Memeriksa tiang", **given)
    city.work()
    city.bayu.opens("/netral/pernyataan")
    city.bayu.page.locator("input[name=agree]").check(force=True)
    city.bayu.sends("/netral/pernyataan")


def a_standard_shows_a_gap(city: City) -> None:
    """One writes a standard, another puts it in force; both sides answer; it is settled."""
    city.agency_hr.opens("/kompetensi/standar?q=Teknisi")
    city.agency_hr.follows("/kompetensi/standar/", "Teknisi lampu")
    field = city.agency_hr.page.locator("fieldset", has_text="Komunikasi").last
    field.locator("input[value='2']").evaluate("e => e.closest('details').open = true")
    field.locator("input[value='2']").check(force=True)
    city.agency_hr.sends("/kompetensi/standar/", decree_number="800/12", decree_on="2026-02-02")
    city.executive.opens("/kompetensi/standar")
    city.executive.follows("/kompetensi/standar/", "Lihat")
    city.executive.sends("/berlakukan")
    city.office.opens("/kompetensi")
    days = {"start_on": "2026-03-01", "end_on": "2026-03-31"}
    city.office.sends("/kompetensi/periode", name="Maret 2026", **days)
    city.bayu.assesses_himself(1)
    city.head.assesses(city.bayu.code, 1)
    city.office.opens("/kompetensi")
    city.office.sends("/kompetensi/tetapkan")
    city.work()
    assert "Komunikasi" in city.bayu.opens("/kompetensi/saya")
    assert "Bayu" in city.head.opens("/kompetensi/tim")


def the_gap_becomes_a_class(city: City) -> str:
    """The proposal stands in the plan by itself; a class is opened; who lacks it takes a seat."""
    day = {"start_on": "2026-03-10", "end_on": "2026-03-10", "place": "Aula Diklat"}
    code = city.organiser.opens_a_class(hours=20, capacity=5, **day)
    city.organiser.sends("/undang")
    city.work()
    city.bayu.opens(f"/pelatihan/{code}")
    city.bayu.sends("/terima")
    assert "terdaftar" in city.bayu.opens("/pelatihan/saya").lower()
    return code


def who_stands_this_week(city: City) -> None:
    """The week fills itself and is put in force; nobody stands while he sits in a class."""
    city.commander.opens("/piket")
    city.commander.sends("/piket/susun")
    city.commander.sends("/berlakukan")
    city.work()


def the_class_closes_the_gap(city: City, code: str) -> None:
    """Passing gives a paper everybody can check, and evidence; a person raises the level."""
    city.organiser.holds(code)
    paper = city.organiser.issues_the_certificate()
    city.work()
    anybody = city.a_citizen()
    assert city.bayu.name in anybody.opens(paper)
    assert "Komunikasi" in city.bayu.opens("/kompetensi/saya")
    city.office.opens("/kompetensi")
    city.office.sends("/kompetensi/tingkat/", level="2")
    city.work()
    assert "mencapai standar" in city.bayu.opens("/kompetensi/saya").lower()
    city.organiser.opens("/pelatihan/rencana")
    assert not city.organiser.page.locator("a[href*='usulan=']").count()


def a_report_is_mended_at_the_second_try(city: City) -> str:
    """Three taps, somebody goes, belum beres, he goes again, five stars."""
    officer = who_is_on_duty(city)
    citizen = city.a_citizen()
    citizen.reports_a_lamp("Lampu jalan mati, gelap sekali", photo=True)
    city.work()
    (number,) = city.dispatcher.numbers_waiting()
    goes(city, officer, number)
    assert "selesai" in citizen.looks().lower()
    city.wait(hours=1)
    citizen.says_it_is_not_fixed("Mati lagi setelah dua menit")
    city.work()
    assert number in city.dispatcher.numbers_waiting()
    city.wait(hours=1)
    goes(city, officer, number)
    citizen.says_it_is_fixed(5)
    city.work()
    return number


def who_is_on_duty(city: City) -> Officer:
    """The first turn after the class in which the officer of the story stands."""
    for moment in NIGHTS:
        city.wait_until(moment)
        if city.bayu.name in city.commander.opens("/siapa-berpiket"):
            return city.bayu
    raise AssertionError("nobody of the crew stands this week")


def goes(city: City, officer: Officer, number: str) -> None:
    """The desk gives the job, the officer does it."""
    city.dispatcher.settles(number)
    city.dispatcher.gives_the_job(number, officer.name)
    officer.repairs(number)
    city.work()


def neighbours_report_the_same(city: City) -> None:
    """Four more from the same street: together a theme that comes back."""
    for word in ("redup", "mati", "berkedip", "padam"):
        one: Citizen = city.a_citizen()
        one.reports_a_lamp(f"Lampu {word} lagi")
    city.work()


def the_result_counts_for_the_target(city: City, number: str) -> None:
    """One report, one result, traceable; the reopened one counts once."""
    assert number in city.bayu.opens("/kinerja/bukti")
    assert "1 laporan dari 4 laporan" in city.bayu.opens("/kinerja/saya")


def a_pattern_proposes_coaching(city: City) -> None:
    """The second low quarter makes a pattern; the superior opens the case, the person reads it."""
    city.head.evaluates("2026-1", city.bayu.code)
    city.head.evaluates("2026-1", city.sari.code, "below", "Masih sering lewat waktu.")
    city.head.sends_the_evaluations("2026-1")
    city.work()
    assert city.sari.name in city.head.opens("/pembinaan")
    city.head.follows("/tim/pembinaan/", city.sari.name)
    goal = "Menutup laporan pada hari yang sama"
    city.head.sends("/buka", kind="guidance", goal=goal, check_on="2026-04-30")
    city.work()
    assert goal in city.sari.opens("/pembinaan")
    assert goal not in city.bayu.opens("/pembinaan")


def a_cluster_starts_a_circle(city: City) -> None:
    """Five reports of one kind from one place start a group of eight steps."""
    city.agency_hr.opens("/kbk")
    city.agency_hr.follows("/kbk/mulai?gugus=")
    people = {"leader_id": city.bayu.name, "secretary_id": city.sari.name}
    city.agency_hr.sends("/kbk/mulai", name="Terang Terus", **people)
    city.work()
    city.bayu.opens("/kbk")
    city.bayu.follows("/kbk/", "Terang Terus")
    assert "Langkah 1" in city.bayu.opens("/kbk")


def the_chain_shows_it_all(city: City, number: str) -> None:
    """Every number of the unit's chain opens the page of its rows."""
    run_due_jobs(only="insight.refresh_figures")
    path = f"/putaran/unit/{city.section.code}"
    city.head.opens(path)
    figures = city.head.page.locator("main table th a").evaluate_all(
        "all => all.map(a => [a.innerText, a.closest('tr').cells[1].innerText, a.href])"
    )
    assert len(figures) == 8
    unknown = [title for title, value, _href in figures if "belum" in value.lower()]
    assert unknown == []
    for _title, _value, href in figures:
        city.head.opens(href)
        rows = city.head.page.locator(f"main a[href$='/laporan/{number}']")
        deeper = city.head.page.locator("main a.btn")
        assert rows.count() or deeper.count(), href
        city.head.presses((rows if rows.count() else deeper).first)
        city.head.page.go_back()
    city.head.opens(path)
    city.head.presses(city.head.page.locator("table a[href*='reports-in-time']").first)
    city.head.follows(f"/laporan/{number}")
    assert number in city.head.words
    city.work()
