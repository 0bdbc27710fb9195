"""Pages of imports: from the file to the record and back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from abdi.imports.models import ImportDraft, ImportRun
from abdi.imports.testing import a_person_record, a_table, as_xlsx
from abdi.people.models import Person
from abdi.people.testing import an_actor, an_agency
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db


def upload(client, records):
    file = SimpleUploadedFile("daftar.xlsx", as_xlsx(a_table(records)))
    return client.post("/pegawai/impor", {"file": file}, follow=True)


def test_a_list_is_brought_in_repaired_applied_and_taken_back():
    client = sign_in_as(an_actor("personnel_office", unit=an_agency("Dinas Perhubungan")))
    records = [a_person_record(at, unit="Dinas Perhubungan") for at in range(3)]
    records[2]["unit"] = "Dinas Perhubugan"
    answer = upload(client, records)
    assert answer.status_code == 200
    pk = ImportDraft.objects.get().pk
    base = f"/pegawai/impor/{pk}"
    assert client.get(f"{base}?semua=1").status_code == 200
    assert client.get(f"{base}/masalah").content.startswith(b"PK")
    line = int(re.search(r'name="line" value="(\d+)"', answer.content.decode())[1])
    fixed = {"line": line, "number": "12"}
    assert client.post(f"{base}/baris", fixed).status_code == 302
    fixed["number"] = records[2]["nip"]
    assert client.post(f"{base}/baris", fixed).status_code == 302
    assert client.post(f"{base}/perbaiki", {"code": "unit_unknown"}).status_code == 302
    answer = client.post(f"{base}/terapkan", follow=True)
    assert answer.status_code == 200
    assert Person.objects.filter(employee_number__isnull=False).count() == 3
    run = ImportRun.objects.get()
    assert client.post(f"/pegawai/impor/hasil/{run.pk}/batalkan", follow=True).status_code == 200
    assert not Person.objects.filter(employee_number__isnull=False).exists()
    assert client.get("/pegawai/impor").status_code == 200


def test_a_file_that_is_no_list_gets_a_sentence():
    client = sign_in_as(an_actor("personnel_office", unit=an_agency()))
    file = SimpleUploadedFile("daftar.xlsx", b"PK\x03\x04 nothing")
    assert client.post("/pegawai/impor", {"file": file}).status_code == 422


def test_others_do_not_come_in():
    client = sign_in_as(an_actor("employee", unit=an_agency()))
    assert client.get("/pegawai/impor").status_code == 403
