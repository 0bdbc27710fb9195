"""A Plt is appointed; his order is numbered, signed, brought back, proved, and found altered."""

from __future__ import annotations

import io
from datetime import timedelta

import docx
import pypdf
import pytest

from abdi.letters import queries
from abdi.letters.models import Letter
from abdi.letters.testing import (
    a_letter,
    a_letter_city,
    a_sent_letter,
    a_signed_letter,
    signed_copy,
)
from abdi.people import actions as people
from abdi.people.testing import a_person, a_position, a_unit, actor_for
from abdi.platform import clock, files
from abdi.platform.journal import deliver_due
from abdi.platform.testing.browser import holds_on_every_device, sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE_AND_DESK = (320, 390, 1280)


@pytest.fixture
def where():
    return a_letter_city()


def an_appointment(where):
    """Somebody is appointed Plt of a vacant section; the worker delivers the news."""
    post = a_position(a_unit(where.agency, name="Seksi Taman"), is_head=True)
    people.appoint_acting(
        post,
        a_person(where.city.section, name="Dewi Pelaksana"),
        by=where.office,
        kind="plt",
        start_on=clock.today(),
        end_on=clock.today() + timedelta(days=60),
    )
    deliver_due()


def downloaded(page, name):
    """The bytes behind a button that downloads."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=True).click()
    path = waiting.value.path()
    return path.read_bytes()


def test_a_plt_appointment_with_its_letter(where, open_page, live_server):
    an_appointment(where)
    office = open_page()
    sign_in(office, live_server.url, where.hr)
    office.goto(f"{live_server.url}/surat")
    office.get_by_role("link", name="Penunjukan Pelaksana Tugas Kepala Seksi Taman").click()
    office.get_by_text("MEMERINTAHKAN").wait_for()
    office.get_by_role("button", name="Berikan nomor").click()
    office.get_by_role("button", name="Kirim ke penanda tangan").click()
    office.get_by_text("Menunggu tanda tangan").first.wait_for()
    letter = Letter.objects.get()
    word = docx.Document(io.BytesIO(downloaded(office, "Unduh sebagai .docx")))
    assert letter.number_text in "\n".join(paragraph.text for paragraph in word.paragraphs)
    paper = downloaded(office, "Unduh sebagai PDF")
    assert letter.number_text in pypdf.PdfReader(io.BytesIO(paper)).pages[0].extract_text()

    head = open_page(width=390)
    sign_in(head, live_server.url, where.head)
    head.goto(f"{live_server.url}/surat/{letter.code}")
    head.get_by_role("link", name="Tanda tangani dan kembalikan").click()
    signed = signed_copy(letter)
    head.set_input_files("input[type=file]", _file(signed))
    head.get_by_role("button", name="Simpan berkas bertanda tangan").click()
    head.get_by_text("tidak satu bita pun berubah").wait_for()

    public = open_page()
    _compares(public, live_server.url, letter, signed, "Ini surat yang ditandatangani")
    changed = bytearray(signed)
    changed[len(changed) // 2] ^= 1
    _compares(public, live_server.url, letter, bytes(changed), "Berkas ini bukan yang")
    assert "Dewi" not in public.content()

    letter.refresh_from_db()
    path = files._path(letter.signed_key)
    path.write_bytes(bytes(changed))
    head.reload()
    head.get_by_text("diubah setelah kembali").wait_for()
    assert not queries.proof_of(letter).holds


def _file(data):
    return {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": data}


def _compares(page, address, letter, data, words):
    page.goto(f"{address}/s/{letter.code}")
    page.set_input_files("input[type=file]", _file(data))
    page.get_by_role("button", name="Bandingkan", exact=True).click()
    page.get_by_role("heading", name=words).wait_for()


@pytest.mark.looks
def test_pages_of_letters_hold_on_every_device(where, open_page, live_server):
    draft, sent, signed = a_letter(where), a_sent_letter(where), a_signed_letter(where)
    pages = {
        where.hr: [
            "/surat", "/surat/baru", "/surat/baru?jenis=duty_order", f"/surat/{draft.code}",
            f"/surat/{draft.code}/ubah", f"/surat/{signed.code}", "/surat/kata",
            "/surat/kata/duty_order", "/surat/kop",
        ],
        where.head: [f"/surat/{sent.code}", f"/surat/{sent.code}/tanda-tangan"],
        where.office: ["/surat/nomor"],
        actor_for(where.city.crew): ["/surat", f"/s/{signed.code}"],
    }  # fmt: skip
    for actor, paths in pages.items():
        for path in paths:
            page = open_page()
            sign_in(page, live_server.url, actor)
            page.goto(live_server.url + path)
            holds_on_every_device(page, PHONE_AND_DESK)
