"""What tests of pages share: lists to bring in, and what became of them."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from abdi.imports.models import DraftRow, ImportDraft
from abdi.imports.testing import a_person_record, as_csv, as_xlsx

UNIT = "Dinas Perhubungan"


def records(count, **changes):
    return [a_person_record(at, unit=UNIT, **changes) for at in range(count)]


def upload(client, table, name="daftar.xlsx"):
    data = as_xlsx(table) if name.endswith("xlsx") else as_csv(table)
    return client.post("/pegawai/impor", {"file": SimpleUploadedFile(name, data)})


def the_draft():
    return ImportDraft.objects.get()


def row_at(place):
    return list(DraftRow.objects.order_by("line"))[place]
