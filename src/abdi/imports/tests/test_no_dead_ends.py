"""Pages of odd lists: no button that does nothing, no sentence that is not so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from abdi.imports.testing import a_table
from abdi.imports.tests.pages import UNIT, records, row_at, the_draft, upload
from abdi.imports.tests.strangers import book_of
from abdi.people.testing import an_actor, an_agency
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
EMPTIES = "Kosongkan sel ini"


@pytest.fixture
def client():
    return sign_in_as(an_actor("personnel_office", unit=an_agency(UNIT)))


def check_page(client):
    return client.get(f"/pegawai/impor/{the_draft().pk}").content.decode()


@pytest.mark.parametrize("column", [1, 2])
def test_a_name_or_number_that_is_an_error_is_filled_in_and_not_emptied(client, column):
    table = a_table(records(2))
    table[2][column] = "#REF!"
    upload(client, table, "daftar.csv")
    page = check_page(client)
    assert "Sel berisi galat Excel" in page
    assert EMPTIES not in page
    assert "Isi 1 baris" in page


def test_other_cells_with_an_error_are_emptied_with_one_press_and_the_number_waits(client):
    table = a_table(records(2))
    table[1][2] = table[2][7] = "#REF!"
    upload(client, table, "daftar.csv")
    assert EMPTIES in check_page(client)
    client.post(f"/pegawai/impor/{the_draft().pk}/perbaiki", {"code": "cell_error"})
    assert [row_at(at).fate for at in (0, 1)] == ["blocked", "ready"]
    assert EMPTIES not in check_page(client)


def test_a_list_of_nobody_says_so_and_leads_to_other_lines(client):
    upload(client, a_table([]), "daftar.csv")
    page = check_page(client)
    assert "Tidak ada pegawai di daftar ini" in page
    assert "Semua baris siap" not in page
    assert f'href="/pegawai/impor/{the_draft().pk}/kolom"' in page


def test_a_second_sheet_of_people_is_named(client):
    table = a_table(records(2))
    sheets = {"Petunjuk": [["Isi NAMA"]], "PPPK": [[str(cell) for cell in row] for row in table]}
    data = book_of(table, before=sheets)
    answer = client.post("/pegawai/impor", {"file": SimpleUploadedFile("dua.xlsx", data)})
    page = client.get(answer["Location"]).content.decode()
    assert "juga berisi daftar: Data." in page
    alone = upload(client, table, "satu.csv")
    assert "juga berisi daftar" not in client.get(alone["Location"], follow=True).content.decode()
