"""Home, the loop, the leader's page, search: who sees what, in how many queries."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from abdi.insight import jobs
from abdi.people.actors import actor_of
from abdi.people.models import Service
from abdi.people.testing import a_person, a_unit, actor_for, an_account, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.cells import Published
from abdi.platform.testing import counted_queries, sign_in_as
from abdi.reports.models import Report
from abdi.reports.testing import a_closed_report, a_report_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    """A city with one closed report and fresh figures."""
    where = a_report_city()
    a_closed_report(where)
    with clock.at(clock.now() + timedelta(hours=1)):
        jobs.refresh_figures()
    return where


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_home_greets_and_says_what_waits(where):
    page = text_of(sign_in_as(actor_for(where.city.head)), "/beranda")
    assert "Selamat pagi, Hendra Kepala" in page


def test_home_asks_a_fixed_number_of_queries(where):
    client = sign_in_as(actor_for(where.city.head))
    client.get("/beranda")
    with counted_queries(at_most=45):
        client.get("/beranda")


def test_the_loop_of_a_service_shows_five_links_and_each_opens_its_evidence(where):
    client = sign_in_as(an_actor("organisation_office", None, unit=where.city.agency))
    page = text_of(client, f"/putaran/{where.city.service.code}")
    for word in ("Hasil", "Proses", "Beban kerja", "Kompetensi", "Pelatihan"):
        assert word in page
    link = f"/dasbor/reports-in-time?lingkup=layanan&amp;id={where.city.service.pk}"
    assert link in page
    evidence = text_of(client, link.replace("&amp;", "&"))
    assert "reports.answered_in_time" in evidence


def test_evidence_names_its_reports_and_links_them_for_who_may_open_them(where):
    number = Report.objects.get().number
    link = f'href="/laporan/{number}"'
    path = f"/dasbor/reports-in-time?lingkup=layanan&id={where.city.service.pk}"
    office = text_of(sign_in_as(an_actor("organisation_office", where.city.agency)), path)
    assert number in office
    assert link not in office
    path = f"/dasbor/reports-in-time?lingkup=unit&id={where.city.section.pk}"
    head = text_of(sign_in_as(actor_for(where.city.head)), path)
    assert link in head


@pytest.mark.parametrize(("more", "behind"), [("executive", False), ("organiser", True)])
def test_evidence_leads_deeper_only_where_its_reader_may_go(where, more, behind):
    reader = a_person(where.city.agency)
    account = an_account(reader, [("organisation_office", None), (more, None)])
    page = text_of(sign_in_as(actor_of(account.pk)), "/dasbor/training-hours")
    assert ('href="/pelatihan/rencana"' in page) == behind


def test_a_head_goes_from_the_load_of_his_unit_to_its_workload(where):
    client, unit = sign_in_as(actor_for(where.city.head)), where.city.section
    page = text_of(client, f"/dasbor/workload-load?lingkup=unit&id={unit.pk}")
    assert f'href="/beban/{unit.pk}"' in page
    assert client.get(f"/beban/{unit.pk}").status_code == 200


def test_a_head_goes_from_the_hours_of_his_unit_to_its_people(where):
    client, unit = sign_in_as(actor_for(where.city.head)), where.city.section
    page = text_of(client, f"/dasbor/training-hours?lingkup=unit&id={unit.pk}")
    assert f'href="/pelatihan/orang?unit={unit.code}"' in page
    assert "Bayu Petugas" in text_of(client, f"/pelatihan/orang?unit={unit.code}")


def test_a_head_opens_the_loop_of_his_unit_but_not_of_another(where):
    client = sign_in_as(actor_for(where.city.head))
    assert client.get(f"/putaran/unit/{where.city.section.code}").status_code == 200
    other = a_unit(an_agency("Dinas Lain"), name="Seksi Lain")
    assert client.get(f"/putaran/unit/{other.code}").status_code == 404
    assert client.get(f"/putaran/unit/{where.city.agency.code}").status_code == 404


def test_the_list_of_loops_asks_the_same_for_one_service_and_for_twelve(where):
    client = sign_in_as(actor_for(where.city.head))
    client.get("/putaran")
    for number in range(11):
        unit = a_unit(an_agency(f"Dinas {number}"), name=f"Seksi {number}")
        Service.objects.create(unit=unit, name=f"Layanan {number}", code=f"layanan-{number}")
    with counted_queries(at_most=8):
        client.get("/putaran")


def test_the_leaders_page_is_for_the_leader(where):
    page = text_of(sign_in_as(an_actor("executive", None, unit=where.city.agency)), "/dasbor")
    assert "Tiap perangkat daerah terhadap janjinya sendiri" in page
    assert where.city.agency.name in page
    assert sign_in_as(actor_for(where.city.crew)).get("/dasbor").status_code == 403
    hr = sign_in_as(an_actor("agency_hr", where.city.agency))
    assert hr.get("/dasbor").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/dasbor/tidak-ada",
        "/dasbor/reports-in-time?lingkup=bulan&id=1",
        "/dasbor/reports-in-time?lingkup=unit&id=999999",
        "/dasbor/reports-in-time?lingkup=unit&id=²",
        "/dasbor/reports-in-time?lingkup=layanan&id=99999999999999999999",
    ],
)
def test_addresses_that_mean_nothing_are_not_found(where, path):
    client = sign_in_as(an_actor("executive", None, unit=where.city.agency))
    assert client.get(path).status_code == 404


def test_search_knows_the_office_words_and_finds_people(where):
    client = sign_in_as(actor_for(where.city.head))
    assert "aduan = laporan" in text_of(client, "/cari?q=aduan")
    assert "Bayu Petugas" in text_of(client, "/cari?q=bayu")
    assert "Coba nomor laporan" in text_of(client, "/cari?q=zzzzzz")


def test_help_is_open_to_everybody():
    assert "112" in text_of(Client(), "/bantuan")


def test_the_operator_sees_what_is_parked_and_puts_it_back():
    from abdi.people.events import UnitChanged
    from abdi.platform.journal import REACTIONS, Delivery, deliver_due, reacts_to

    @reacts_to(UnitChanged)
    def fails(event, *, cause):
        raise ValueError("broken on purpose")

    try:
        an_agency()
        deliver_due()
    finally:
        del REACTIONS[UnitChanged.kind]["portal.fails"]
    Delivery.objects.update(state="parked", tries=8)
    row = Delivery.objects.get(reaction="portal.fails")
    client = sign_in_as(an_actor("sysadmin"))
    assert "portal.fails" in text_of(client, "/kesehatan")
    assert client.post(f"/kesehatan/{row.pk}/coba-lagi").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 0)
    assert client.post(f"/kesehatan/{row.pk}/coba-lagi").status_code == 409
    assert client.post("/kesehatan/999999/coba-lagi").status_code == 404


def test_the_audit_trail_is_for_inspectors_and_shows_codes_only(where):
    page = text_of(sign_in_as(an_actor("inspectorate", None, unit=where.city.agency)), "/audit")
    assert "reports.ReportClosed" in page
    assert where.city.crew.name not in page
    assert sign_in_as(actor_for(where.city.head)).get("/audit").status_code == 403


def test_notices_are_empty_at_first():
    person = actor_for(a_report_city().city.crew)
    assert "Belum ada" in text_of(sign_in_as(person), "/pemberitahuan")


def people_in(unit, count):
    for _number in range(count):
        a_person(unit)


@pytest.fixture
def three_units():
    """A unit nobody sits in itself, with three units below: 3, 8 and 9 people."""
    agency = an_agency("Dinas Tiga")
    found = [a_unit(agency, name=name) for name in ("Seksi Kecil", "Seksi Sedang", "Seksi Besar")]
    for unit, count in zip(found, (3, 8, 9), strict=True):
        people_in(unit, count)
    jobs.refresh_figures()
    return agency, *found


def shown_of(client, path):
    """The cells of the table of units, by name."""
    rows = re.findall(
        r'<th scope="row"><a [^>]*>([^<]+)</a></th>\s*<td[^>]*>(.*?)</td>',
        text_of(client, path),
        re.S,
    )
    return {name: re.sub(r"<[^>]+>", "", cell).strip() for name, cell in rows}


def test_a_small_group_cannot_be_worked_out_from_the_total_and_the_others(three_units):
    agency, small, middle, large = three_units
    reader = sign_in_as(an_actor("executive", None, unit=an_agency("Sekretariat")))
    cells = shown_of(reader, f"/dasbor/integrity-pledge?lingkup=unit&id={agency.pk}")
    hidden = "tidak ditampilkan"
    assert (cells[small.name], cells[middle.name]) == (hidden, hidden)
    assert cells[large.name] == "0%"


def test_control_hiding_only_the_small_group_gives_it_away(three_units, monkeypatch):
    agency, small, middle, _large = three_units

    def naive(cells):
        return Published(cells, frozenset((key,) for key, n in cells.items() if 0 < n < 5))

    monkeypatch.setattr("abdi.portal.evidence.publish_cells", naive)
    reader = sign_in_as(an_actor("executive", None, unit=an_agency("Sekretariat")))
    cells = shown_of(reader, f"/dasbor/integrity-pledge?lingkup=unit&id={agency.pk}")
    assert cells[small.name] == "tidak ditampilkan"
    assert cells[middle.name] == "0%"


def test_a_small_unit_stays_hidden_on_its_own_pages_but_not_to_who_leads_it(three_units):
    _agency, small, _middle, _large = three_units
    head = a_person(small, head=True)
    reader = sign_in_as(an_actor("executive", None, unit=an_agency("Sekretariat")))
    path = f"/dasbor/integrity-pledge?lingkup=unit&id={small.pk}"
    assert "tidak ditampilkan" in text_of(reader, path)
    assert "tidak ditampilkan" in text_of(reader, f"/putaran/unit/{small.code}")
    leader = sign_in_as(actor_for(head))
    assert "tidak ditampilkan" not in text_of(leader, path)
