"""Pages of imports: from the file to the record and back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from abdi.imports import queries
from abdi.imports.choices import Fate
from abdi.imports.models import DraftRow, ImportDraft, ImportRun, SourceColumns
from abdi.imports.testing import a_draft, a_person_record, a_table, as_csv, as_xlsx
from abdi.imports.tests.pages import UNIT, records, row_at, the_draft, upload
from abdi.people.models import Person, RankHold, Unit
from abdi.people.testing import an_actor, an_agency
from abdi.platform.journal import Entry
from abdi.platform.testing import sign_in_as
from abdi.platform.tests import hostile_files as hostile

pytestmark = pytest.mark.django_db
LOCKED = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"


@pytest.fixture
def office():
    return an_actor("personnel_office", unit=an_agency(UNIT))


@pytest.fixture
def client(office):
    return sign_in_as(office)


def columns_told(page):
    """The choice of each column as the page of columns sends it."""
    chosen = {}
    for name, inside in re.findall(r'name="(col-\d+)">(.*?)</select>', page, re.DOTALL):
        found = re.search(r'value="([^"]*)" selected', inside)
        chosen[name] = found[1] if found else ""
    return chosen


def test_a_list_is_brought_in_repaired_applied_and_taken_back(client):
    people = records(3)
    people[2]["unit"] = "Dinas Perhubugan"
    answer = upload(client, a_table(people))
    base = f"/pegawai/impor/{the_draft().pk}"
    assert answer["Location"] == f"{base}/kolom"
    page = client.get(f"{base}/kolom").content.decode()
    answer = client.post(f"{base}/kolom", columns_told(page))
    assert answer["Location"] == base
    assert client.get(f"{base}?semua=1").status_code == 200
    assert client.get(f"{base}/masalah").content.startswith(b"PK")
    line = row_at(2).line
    assert f'id="baris-{line}"' in client.get(base).content.decode()
    assert client.get(f"{base}/baris/{line}").status_code == 200
    assert client.post(f"{base}/baris/{line}", {"number": "12"}).status_code == 302
    assert DraftRow.objects.get(line=line).fate == Fate.BLOCKED
    client.post(f"{base}/baris/{line}", {"number": people[2]["nip"]})
    client.post(f"{base}/perbaiki", {"code": "unit_unknown"})
    answer = client.post(f"{base}/terapkan", follow=True)
    assert answer.status_code == 200
    assert Person.objects.filter(employee_number__isnull=False).count() == 3
    run = ImportRun.objects.get()
    assert client.post(f"/pegawai/impor/hasil/{run.pk}/batalkan", follow=True).status_code == 200
    assert not Person.objects.filter(employee_number__isnull=False).exists()
    assert client.get("/pegawai/impor").status_code == 200


def test_columns_are_shown_with_samples_and_may_be_changed(client):
    table = a_table(records(2))
    table[0][7] = "TUGAS SEHARI-HARI"
    upload(client, table)
    base = f"/pegawai/impor/{the_draft().pk}"
    page = client.get(f"{base}/kolom").content.decode()
    chosen = columns_told(page)
    assert (chosen["col-2"], chosen["col-7"]) == ("number", "")
    assert records(1)[0]["jabatan"] in page
    client.post(f"{base}/kolom", chosen | {"col-7": "position"})
    assert {row.values["position"] for row in DraftRow.objects.all()} == {
        one["jabatan"] for one in records(2)
    }


def test_the_next_list_of_a_source_needs_no_work(client):
    table = a_table(records(2))
    table[0][7] = "TUGAS SEHARI-HARI"
    upload(client, table)
    first = f"/pegawai/impor/{the_draft().pk}"
    chosen = columns_told(client.get(f"{first}/kolom").content.decode())
    client.post(f"{first}/kolom", chosen | {"col-7": "position"})
    answer = upload(client, [table[0], *a_table([a_person_record(9, unit=UNIT)])[1:]])
    draft = ImportDraft.objects.latest("id")
    assert answer["Location"] == f"/pegawai/impor/{draft.pk}"
    assert draft.mapping["position"] == 7
    other = [["X", *table[0][1:]], *table[1:]]
    assert upload(client, other)["Location"].endswith("/kolom")


def test_another_sheet_and_heading_are_chosen_and_remembered(client):
    above = [["NIP", "NAMA", "JABATAN"], ["contoh", "contoh", "contoh"]]
    table = [[*row[1:4], *row[7:9]] for row in a_table(records(2))]
    table[0] = ["NAMA PEGAWAI", "NIP BARU", "TGL", "TUGAS", "TEMPAT"]
    answer = upload(client, above + table)
    base = f"/pegawai/impor/{the_draft().pk}"
    page = client.get(f"{base}/kolom?baris=3").content.decode()
    chosen = columns_told(page) | {"col-3": "position", "col-4": "unit", "line": "3", "sheet": ""}
    assert client.post(f"{base}/kolom", chosen).status_code == 302
    assert the_draft().header_row == 3
    assert row_at(0).values["unit"] == UNIT
    answer = upload(client, above + table)
    draft = ImportDraft.objects.latest("id")
    assert answer["Location"] == f"/pegawai/impor/{draft.pk}"
    assert (draft.header_row, draft.mapping["unit"]) == (3, 4)
    assert client.get(f"{base}/kolom?baris=999").status_code == 422


def test_two_columns_cannot_tell_the_same(client):
    upload(client, a_table(records(1)))
    base = f"/pegawai/impor/{the_draft().pk}"
    chosen = columns_told(client.get(f"{base}/kolom").content.decode())
    answer = client.post(f"{base}/kolom", chosen | {"col-0": "name"})
    assert answer.status_code == 422
    assert client.post(f"{base}/kolom", dict.fromkeys(chosen, "")).status_code == 422
    assert not SourceColumns.objects.exists()


def test_cells_are_pasted_from_a_spreadsheet(client):
    pasted = as_csv(a_table(records(2)), separator="\t").decode()
    assert client.post("/pegawai/impor", {"text": pasted}).status_code == 302
    assert queries.counts_of(the_draft()).ready == 2
    assert client.get(f"/pegawai/impor/{the_draft().pk}/kolom").status_code == 200
    assert client.post("/pegawai/impor", {}).status_code == 422


def test_an_empty_cell_at_the_start_of_pasted_cells_keeps_its_column(client):
    table = a_table(records(2))
    table[0][0] = ""
    client.post("/pegawai/impor", {"text": as_csv(table, separator="\t").decode()})
    assert {row.values["number"] for row in DraftRow.objects.all()} == {
        one["nip"] for one in records(2)
    }


def test_a_list_without_its_file_says_why_columns_cannot_be_chosen(client, office):
    draft = a_draft(records(1), by=office)
    answer = client.get(f"/pegawai/impor/{draft.pk}/kolom")
    assert answer.status_code == 200
    assert "tidak disimpan di sini" in answer.content.decode()


def test_cells_of_a_page_are_saved_together_and_changed_rows_passed_by(client, office):
    people = records(3)
    right = [one["nip"] for one in people]
    for one in people:
        one["nip"] = "1,98503E+17"
    draft = a_draft(people, by=office)
    base = f"/pegawai/impor/{draft.pk}"
    rows = list(DraftRow.objects.order_by("line"))
    typed = {f"v-{row.line}-number": nip for row, nip in zip(rows, right, strict=True)}
    seen = {f"s-{row.line}": row.version for row in rows}
    seen[f"s-{rows[2].line}"] = 0
    assert client.post(f"{base}/baris", typed | seen).status_code == 302
    assert queries.counts_of(draft).ready == 2
    assert client.post(f"{base}/baris", {"fix": f"{rows[2].line}:nonsense"}).status_code == 422
    assert client.post(f"{base}/baris", {}).status_code == 302


def test_one_press_beside_a_row_repairs_that_row_only(client, office):
    draft = a_draft([one | {"jenis_kelamin": "X"} for one in records(2)], by=office)
    line = row_at(0).line
    client.post(f"/pegawai/impor/{draft.pk}/baris", {"fix": f"{line}:sex_unknown"})
    assert [row.fate for row in DraftRow.objects.order_by("line")] == [Fate.READY, Fate.BLOCKED]


def test_what_was_typed_is_kept_when_a_press_beside_another_row_sends_it(client, office):
    draft = a_draft([one | {"jenis_kelamin": "X"} for one in records(2)], by=office)
    first, second = DraftRow.objects.order_by("line")
    sent = {"fix": f"{first.line}:sex_unknown", f"v-{second.line}-sex": "P"}
    client.post(f"/pegawai/impor/{draft.pk}/baris", sent | {f"s-{second.line}": second.version})
    assert queries.counts_of(draft).ready == 2


def test_columns_stay_once_rows_of_the_list_count(client):
    upload(client, a_table(records(2)))
    base = f"/pegawai/impor/{the_draft().pk}"
    chosen = columns_told(client.get(f"{base}/kolom").content.decode())
    client.post(f"{base}/terapkan", {})
    assert client.post(f"{base}/kolom", chosen | {"col-0": ""}).status_code == 409
    assert client.post(f"{base}/kolom", chosen).status_code == 302
    assert queries.counts_of(the_draft()).applied == 2


def test_an_unknown_unit_is_chosen_or_made(client, office):
    names = ["Dinas Perhubugan", "UPT Parkir Timur", "Zzz"]
    draft = a_draft(
        [one | {"unit": name} for one, name in zip(records(3), names, strict=True)], by=office
    )
    base = f"/pegawai/impor/{draft.pk}/unit"
    assert client.get(base).status_code == 200
    client.post(f"{base}/pakai", {"told": "Dinas Perhubugan", "unit": UNIT})
    made = {"told": "UPT Parkir Timur", "kind": "field_unit", "parent": UNIT}
    assert client.post(f"{base}/buat", made).status_code == 302
    unit = Unit.objects.get(name="UPT Parkir Timur")
    assert (unit.parent.name, unit.code) == (UNIT, "UPT-PARKIR-TIMUR")
    assert queries.counts_of(draft).ready == 2
    assert client.post(f"{base}/buat", made).status_code == 422
    assert client.post(f"{base}/pakai", {"told": "Zzz", "unit": "none"}).status_code == 422


def test_a_rank_without_its_date_is_named_and_not_lost_in_silence(client, office):
    draft = a_draft(records(2), by=office)
    texts = {"rank_since": ""}
    base = f"/pegawai/impor/{draft.pk}"
    client.post(f"{base}/baris/{row_at(0).line}", texts)
    assert row_at(0).fate == Fate.REVIEW
    assert "Pangkat tanpa" in client.get(base).content.decode()
    client.post(f"{base}/perbaiki", {"code": "rank_undated", "stand": "1"})
    client.post(f"{base}/terapkan")
    assert (
        Person.objects.filter(employee_number__isnull=False).count(),
        RankHold.objects.count(),
    ) == (2, 1)
    again = a_draft(records(2), by=office)
    client.post(f"/pegawai/impor/{again.pk}/baris/{row_at(3).line}", texts)
    assert queries.counts_of(again).ready == 2


def test_looking_at_a_draft_leaves_a_line_with_what_was_shown(client, office):
    draft = a_draft(records(2, jenis_kelamin="X"), by=office)
    base = f"/pegawai/impor/{draft.pk}"
    for path in (base, f"{base}/baris/{row_at(0).line}", f"{base}/masalah"):
        before = Entry.objects.filter(kind="imports.DraftRead").count()
        client.get(path)
        assert Entry.objects.filter(kind="imports.DraftRead").count() == before + 1
    entry = Entry.objects.filter(kind="imports.DraftRead").order_by("id")[0]
    assert (entry.about, entry.by) == (draft.ref, office.ref)
    assert entry.data["lines"] == ",".join(str(row_at(at).line) for at in range(2))


def test_the_page_costs_the_same_for_few_rows_and_many(
    client, office, django_assert_max_num_queries
):
    faulty = [{"jenis_kelamin": "X"}, {"golongan": "V/z"}, {"unit": "Zzz"}]
    people = [one | faulty[at % 3] for at, one in enumerate(records(90))]
    few, many = a_draft(people[:3], by=office), a_draft(people, by=office)

    def cost(path):
        with django_assert_max_num_queries(40) as found:
            answer = client.get(path)
        assert answer.status_code == 200
        assert len(answer.content) < 150_000
        return len(found)

    client.get("/pegawai/impor")
    for part in ("", "?semua=1", "?jenis=sex_unknown", "/unit", "/masalah"):
        assert cost(f"/pegawai/impor/{few.pk}{part}") == cost(f"/pegawai/impor/{many.pk}{part}")


BAD_FILES = {
    "a password": ("x.ods", hostile.an_ods(manifest=LOCKED), "kata sandi"),
    "a huge zip": ("x.xlsx", hostile.endless_zeros(120), "jauh lebih besar"),
    "a picture": ("x.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 900, "tidak dapat dibaca"),
    "a broken zip": ("x.xlsx", b"PK\x03\x04 nothing", "rusak"),
    "macros": (
        "x.xlsx",
        hostile.with_parts(hostile.workbook(), {"xl/vbaProject.bin": b"x"}),
        "makro",
    ),
    "no bytes": ("x.csv", b"", "kosong"),
    "no text": ("x.csv", b"\n\n\n", "kosong"),
    "no heading": ("x.csv", b"satu;dua\n1;2\n", "Judul kolom tidak ditemukan"),
    "no heading in a sheet": (
        "x.xlsx",
        as_xlsx([["satu", "dua"], [1, 2]], sheet="Rekap"),
        "Rekap",
    ),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_gets_one_clear_sentence(client, kind):
    name, data, words = BAD_FILES[kind]
    answer = client.post("/pegawai/impor", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    [told] = re.findall(r'id="id_file-error">.*?<span>(.*?)</span>', answer.content.decode())
    assert words in told, told
    assert not ImportDraft.objects.exists()


def test_pasted_nonsense_gets_its_sentence_at_the_field(client):
    answer = client.post("/pegawai/impor", {"text": "satu\tdua\n1\t2"})
    assert answer.status_code == 422
    assert 'id="id_text-error"' in answer.content.decode()
    assert "satu\tdua" in answer.content.decode()


def test_a_draft_is_thrown_away(client, office):
    draft = a_draft(records(1), by=office)
    assert client.post(f"/pegawai/impor/{draft.pk}/buang").status_code == 302
    assert client.get(f"/pegawai/impor/{draft.pk}").status_code == 404


def test_others_do_not_come_in():
    client = sign_in_as(an_actor("employee", unit=an_agency()))
    assert client.get("/pegawai/impor").status_code == 403


def test_an_agency_sees_its_own_drafts_only(office):
    draft = a_draft(records(1), by=office)
    other = sign_in_as(an_actor("agency_hr", an_agency("Dinas Sosial")))
    for part in ("", "/kolom", "/unit", "/masalah", f"/baris/{row_at(0).line}"):
        assert other.get(f"/pegawai/impor/{draft.pk}{part}").status_code == 404


def test_more_pasted_than_the_server_takes_in_is_said_at_the_field(office):
    client = sign_in_as(office, Client(enforce_csrf_checks=True))
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page_of(client))[1]
    sent = {"text": "NIP\tNAMA\n" + "x" * 1_100_000, "csrfmiddlewaretoken": token}
    answer = client.post("/pegawai/impor", sent)
    assert answer.status_code == 422
    assert "Terlalu banyak untuk ditempel sekaligus" in answer.content.decode()
    assert list(answer.context_data["form"].errors) == ["text"]
    assert not ImportDraft.objects.exists()


def test_no_other_page_takes_a_form_that_is_too_big(office):
    client = sign_in_as(office, Client(enforce_csrf_checks=True))
    client.get("/profil/sandi")
    assert client.post("/profil/sandi", {"old": "x" * 1_100_000}).status_code == 400
    stranger = sign_in_as(an_actor(), Client(enforce_csrf_checks=True))
    stranger.get("/profil/sandi")
    assert stranger.post("/pegawai/impor", {"text": "x" * 1_100_000}).status_code == 403


def page_of(client):
    return client.get("/pegawai/impor").content.decode()


def test_a_text_named_as_a_workbook_is_told_to_be_no_excel_file(client):
    answer = client.post(
        "/pegawai/impor", {"file": SimpleUploadedFile("daftar.xlsx", b"halo dunia\nini bukan buku")}
    )
    assert answer.status_code == 422
    assert "bukan berkas Excel" in answer.content.decode()
    answer = client.post(
        "/pegawai/impor", {"file": SimpleUploadedFile("daftar.csv", b"halo dunia")}
    )
    assert "bukan berkas Excel" not in answer.content.decode()


def test_a_staff_list_of_text_is_read_whatever_its_name(client):
    text = as_csv(a_table(records(2)))
    client.post("/pegawai/impor", {"file": SimpleUploadedFile("daftar.xlsx", text)})
    assert DraftRow.objects.filter(draft=the_draft()).count() == 2
