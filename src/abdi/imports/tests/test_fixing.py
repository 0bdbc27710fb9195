"""The workbook of problem rows: taken along, filled in, brought back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from abdi.imports import queries
from abdi.imports.choices import Fate, Field
from abdi.imports.models import DraftRow
from abdi.imports.testing import a_draft, as_xlsx
from abdi.imports.tests.pages import UNIT, records, row_at, the_draft, upload
from abdi.people.testing import an_actor, an_agency
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_actor("personnel_office", unit=an_agency(UNIT))


@pytest.fixture
def client(office):
    return sign_in_as(office)


def filled_in(client, base, change):
    """The workbook of problem rows, changed as a person would in his spreadsheet."""
    data = client.get(f"{base}/masalah").content
    with queries.open_list(data, "masalah.xlsx", line=1) as opened:
        table = [opened.headings, *(list(cells) for cells in opened.lines())]
    change(table)
    file = SimpleUploadedFile("masalah.xlsx", as_xlsx(table))
    return client.post(f"{base}/masalah/unggah", {"fixes": file})


def test_problem_rows_go_out_with_notes_and_come_back_matched(client, office):
    people = records(6)
    right = people[1]["nip"]
    people[1]["nip"], people[4]["jenis_kelamin"] = "1,98503E+17", "X"
    draft = a_draft(people, by=office)
    base = f"/pegawai/impor/{draft.pk}"

    def change(table):
        assert table[0][-2:] == ["Catatan", "abdi"]
        assert [bool(row[-2]) for row in table[1:]] == [True, True]
        table[1][2] = right
        table[1:] = reversed(table[1:])
        table.append(["baru"])

    assert filled_in(client, base, change).status_code == 302
    counts = queries.counts_of(draft)
    assert (counts.ready, counts.blocked) == (5, 1)
    assert DraftRow.objects.get(fate=Fate.BLOCKED).values[Field.NUMBER] == people[4]["nip"]


def test_a_repair_made_on_the_page_is_not_undone_by_the_workbook(client, office):
    people = records(1, jenis_kelamin="X")
    people[0]["golongan"] = "V/z"
    draft = a_draft(people, by=office)
    base = f"/pegawai/impor/{draft.pk}"
    client.post(f"{base}/perbaiki", {"code": "sex_unknown"})

    def change(table):
        table[1][5] = "III/b"

    filled_in(client, base, change)
    row = row_at(0)
    assert (row.fate, row.values["rank"], row.values["sex"]) == (Fate.READY, "III/b", "male")


def test_a_cell_of_two_facts_comes_back_whole(client, office):
    one = records(1)[0]
    right, wrong = f"{one['nama']} / {one['nip']}", f"{one['nama']} / 12345678"
    table = [["NO", "NAMA / NIP", "TGL LAHIR", "UNIT KERJA"],
             [1, wrong, f"{one['tanggal_lahir']:%d-%m-%Y}", UNIT],
             [2, "Budi Hartono / 198503172010011901", "17-03-1985", UNIT]]  # fmt: skip
    upload(client, table)
    draft = the_draft()
    assert draft.mapping["name"] == draft.mapping["number"] == 1

    def change(rows):
        assert rows[1][1] == wrong
        rows[1][1] = right

    filled_in(client, f"/pegawai/impor/{draft.pk}", change)
    row = row_at(0)
    assert (row.fate, row.values["number"], row.values["name"]) == (
        Fate.READY, one["nip"], one["nama"],
    )  # fmt: skip


@pytest.mark.parametrize("mark", ["", "9999999-2-1"])
def test_a_workbook_of_something_else_is_refused(client, office, mark):
    draft = a_draft(records(1, jenis_kelamin="X"), by=office)

    def change(table):
        for row in table:
            row.pop()
            row.append(mark and ("abdi" if row is table[0] else mark))

    assert filled_in(client, f"/pegawai/impor/{draft.pk}", change).status_code == 422
