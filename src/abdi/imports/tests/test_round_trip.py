"""A list that was taken along and comes back changes nothing; taken back, all is as before."""

from __future__ import annotations

from datetime import date

import pytest

from abdi.imports import actions, queries, reading
from abdi.imports.choices import Form, Layout
from abdi.imports.models import ListExport
from abdi.imports.rules.layouts import TABLES
from abdi.imports.testing import everything
from abdi.people.choices import Employment, RecordSource, Sex
from abdi.people.models import Person, Position, RankHold
from abdi.people.testing import a_person, a_unit, an_actor, an_agency, seat
from abdi.platform.access import Refused
from abdi.platform.actions import Invalid
from abdi.platform.journal import Entry
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
EVERY = [(layout, form) for layout in TABLES for form in Form]


def a_number(at, birth, sex, kind):
    month = "21" if kind == Employment.PPPK else "03"
    return f"{birth:%Y%m%d}{birth.year + 25}{month}{sex}{900 + at}"


@pytest.fixture
def unit():
    """An agency as cities have them: heads, titles, crews without number, one name in two units."""
    agency = an_agency("Dinas Perhubungan")
    a_unit(an_agency("Dinas Sosial"), name="Sekretariat")
    below = a_unit(agency, name="Sekretariat")
    shapes = [
        ("Sari Wulandari", "Dra.", "M.Si.", Employment.PNS, "IV/b", "S1"),
        ("Nur'aini, Putri", "Hj.", "", Employment.PNS, "III/d", "S2"),
        ("Budi Hartono", "", "S.T., M.T.", Employment.PNS, "III/a", "D4"),
        ("I Gusti Ngurah Rai", "", "A.Md.", Employment.PPPK, "VII", "D3"),
        ("=SUM(A1) Joko", "", "", Employment.PNS, "II/a", "SLTA"),
        ("Slamet", "", "", Employment.CONTRACT, "", "SMA"),
        ("Slamet", "", "", Employment.VOLUNTEER, "", ""),
        ("Wayan Sudarma", "", "", Employment.PPPK_PW, "V", "SLTA"),
        ("Drs Ahmad Yani", "", "", Employment.ELECTED, "", "S1"),
    ]
    for at, (name, prefix, suffix, kind, rank, level) in enumerate(shapes):
        birth = date(1970 + at, 1, 1 + at)
        sex = 1 + at % 2
        civil = kind in (Employment.PNS, Employment.PPPK)
        person = Person.objects.create(
            name=name, title_prefix=prefix, title_suffix=suffix, employment=kind, education=level,
            employee_number=a_number(at, birth, sex, kind) if civil else None,
            sex=(Sex.MALE, Sex.FEMALE)[at % 2], birth_on=birth if at != 6 else None,
            phone="081234500" + str(at) if at % 2 else f"+62812345{at}", email="",
        )  # fmt: skip
        post = Position.objects.create(
            unit=below if at % 2 else agency, title="Kepala Sub-Bagian" if at == 0 else "- Staf",
            kind="functional", tier="PENGAWAS" if at == 0 else "PELAKSANA",
        )  # fmt: skip
        seat(person, post, start_on=date(2024, 1, 2 + at))
        if rank:
            RankHold.objects.create(
                person=person, rank=rank, start_on=date(2020, 4, 1), source=RecordSource.TYPED
            )
    a_person(None, name="Tanpa Kursi")
    return agency


@pytest.fixture
def office():
    return an_actor("personnel_office", unit=an_agency("BKPSDM"))


def taken(office, layout, form, agency=None):
    prepared = queries.list_out(office, agency, layout)
    actions.note_export(agency, by=office, prepared=prepared, form=form, reason="rekonsiliasi")
    return prepared.content(form)


def brought_in(office, content):
    with reading.read(content, "daftar") as opened:
        return actions.start_draft(None, by=office, opened=opened, rows=list(opened))


@pytest.mark.parametrize(("layout", "form"), EVERY)
def test_out_and_in_again_changes_nothing(unit, office, layout, form):
    content = taken(office, layout, form)
    before = everything()
    draft = brought_in(office, content)
    run = actions.apply_ready(draft, by=office)
    assert (run.made_count, run.changed_count) == (0, 0)
    assert everything() == before
    ready, total = {Layout.DUK: (3, 6), Layout.PPPK: (1, 2)}.get(layout, (7, 11))
    assert (run.row_count, queries.counts_of(draft).total) == (ready, total)
    assert draft.layout == layout


def test_a_person_is_known_by_the_stable_id_though_name_and_number_say_another(unit, office):
    person = Person.objects.get(employment=Employment.CONTRACT)
    content = taken(office, Layout.OTHER, Form.CSV).decode()
    changed = content.replace(f"{person.code}", "x").replace("Slamet;", "Slamet Riyadi;")
    assert brought_in(office, changed.encode()).missing["count"] == 0
    renamed = content.replace("Slamet;", "Slamet Riyadi;").encode()
    run = actions.apply_ready(brought_in(office, renamed), by=office)
    assert run.made_count == 0


def test_an_import_over_an_export_is_taken_back_row_by_row(unit, office):
    content = taken(office, Layout.OTHER, Form.CSV).decode()
    before = everything()
    changed = content.replace("- Staf", "Analis").replace("III/a", "III/b").replace("S2", "S3")
    extra = "199001012015031905;Baru Sekali;;;PNS;III/a;01-04-2020;;;Analis;;;Dinas Sosial;;S1;L"
    run = actions.apply_ready(brought_in(office, f"{changed}{extra}\n".encode()), by=office)
    assert (run.made_count, run.changed_count) == (1, 6)
    assert everything() != before
    entries = Entry.objects.count()
    actions.undo_run(run, by=office)
    assert everything() == before
    assert Entry.objects.count() > entries
    assert queries.changes_of(run).count() == 7


def test_a_list_taken_along_is_noted_with_reason_and_in_each_access_log(unit, office):
    taken(office, Layout.DUK, Form.XLSX)
    row = ListExport.objects.get()
    assert (row.reason, row.people_count, row.by) == ("rekonsiliasi", 6, office.ref)
    read = Entry.objects.filter(kind="people.ProfileRead", by=office.ref)
    assert read.count() == 5, "all but the officer"
    prepared = queries.list_out(office, None, Layout.DUK)
    with pytest.raises(Invalid):
        actions.note_export(None, by=office, prepared=prepared, form=Form.CSV, reason=" ")


def test_everybody_takes_along_whom_he_may(unit, office):
    officer = an_actor("agency_hr", unit)
    others = unit.__class__.objects.get(name="Dinas Sosial")
    assert len(queries.list_out(officer, None, Layout.OTHER).people) == 10
    assert queries.list_out(officer, others, Layout.OTHER).people == []
    employee = an_actor("employee", unit)
    assert queries.list_out(employee, None, Layout.OTHER).people == [employee.person_id]
    prepared = queries.list_out(office, others, Layout.OTHER)
    with pytest.raises(Refused):
        actions.note_export(others, by=officer, prepared=prepared, form=Form.CSV, reason="x")


def test_text_that_a_spreadsheet_would_run_is_disarmed(unit, office):
    lines = taken(office, Layout.OTHER, Form.CSV).decode().splitlines()
    assert any(";'=SUM(A1) Joko;" in line for line in lines)
    assert any(";'+628123454;" in line for line in lines)
    cells = [cell for line in lines for cell in line.split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_order_of_rank_is_rank_then_time_then_post(unit, office):
    ranked = [line[3] for line in queries.list_out(office, None, Layout.DUK).lines]
    assert ranked == ["IV/b", "III/d", "III/a", "II/a", "", ""]


def test_the_page_asks_for_the_password_and_a_reason(unit, office):
    stranger = sign_in_as(office, stepped_up=False)
    assert stranger.get("/pegawai/unduh").headers["Location"].startswith("/masuk/ulang")
    client = sign_in_as(office)
    assert client.get("/pegawai/unduh").status_code == 200
    asked = {"layout": "duk", "form": "xlsx", "agency": unit.pk}
    assert client.post("/pegawai/unduh", asked).status_code == 422
    assert not ListExport.objects.exists()
    answer = client.post("/pegawai/unduh", asked | {"reason": "DUK semester ini"})
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert ListExport.objects.get().agency == unit
    assert client.post("/pegawai/unduh", asked | {"agency": 99, "reason": "x"}).status_code == 422
