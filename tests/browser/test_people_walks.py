"""Own data, leaving, an acting head with his order, and a week of leave, walked in the demo city.

The head of a section sees who opened his record, takes a copy along, has his number corrected,
leaves and has his name taken out; somebody acts in his place by an order that is signed and
proved. Somebody of another section asks for a week on the phone.
"""

from __future__ import annotations

import io
import json
import os
import re
from datetime import timedelta

import docx
import pypdf
import pytest

from abdi.platform import clock
from tests.demo import running_demo

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("people walks"),
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="pages walk the same there"),
]
OFFICER, CITY_OFFICE, SIGNER, SUPERIOR = "kepegawaian-opd", "bkpsdm", "sekda", "atasan"
UNIT, POST = "taman", "Kepala Seksi Pertamanan"
REASON = "Sesuai bukti yang dilampirkan."
PATIENCE_SECONDS = 60


SLOW_TOASTS = """const own = window.setTimeout;
window.setTimeout = (act, after, ...more) => own(act, after === 6000 ? 60000 : after, ...more);"""
"""A message stays for a minute: on a busy machine six seconds pass before it is read."""


class Walker:
    """One signed-in person at a browser."""

    def __init__(self, page, demo, login):
        self.page, self.address, self.password = page, demo.address, demo.password
        page.add_init_script(SLOW_TOASTS)
        demo.sign_in(page, login)

    def go(self, path):
        """Open a page."""
        self.page.goto(f"{self.address}{path}")
        return self

    def main(self):
        """What the page says."""
        return self.page.locator("main").inner_text()

    def press(self, name):
        """The button, or the link that looks like one, of this name."""
        main = self.page.locator("main")
        main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()
        return self

    def choose(self, name, value):
        """One of several answers; the ring around it is what a person sees."""
        self.page.locator(f"main input[name={name}][value={value}]").check(force=True)
        return self

    def fill(self, **fields):
        """The fields of the form by name."""
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").fill(value)
        return self

    def reads(self, words):
        """Wait until the page says so."""
        self.page.get_by_text(words).locator("visible=true").first.wait_for()
        return self

    def refused(self, words):
        """The page says what is wrong; the browser's own complaint about it is expected."""
        self.reads(words)
        for _turn in range(200):
            if self.page.complaints:
                break
            self.page.wait_for_timeout(50)
        self.page.complaints.clear()
        return self

    def fetch(self, path):
        """A file behind an address."""
        answer = self.page.request.get(f"{self.address}{path}")
        assert answer.ok, (path, answer.status)
        return answer.body()


@pytest.fixture(scope="module")
def demo(browser):
    """A city of their own: these walks change who works in it."""
    with running_demo() as running:
        yield running


@pytest.fixture
def walker(open_page, demo):
    """Signs somebody in: walker("pegawai"), walker(number, width=390)."""
    return lambda login, width=1280: Walker(open_page(width=width), demo, login)


def staff_of(officer, unit):
    """Who sits in a unit, the head first: (address, name)."""
    links = officer.go(f"/unit/{unit}").page.locator("main td a[href^='/pegawai/']")
    return [(one.get_attribute("href"), one.inner_text()) for one in links.all()]


def number_of(officer, path):
    """The employee number, as the officer reads it on the record."""
    return re.sub(r"\D", "", re.search(r"NIP\s+([\d ]{18,24})", officer.go(path).main())[1])


def test_own_data_leaving_and_the_order_of_an_acting_head(walker, open_page):
    officer = walker(OFFICER)
    (path, name), (other, acting), *_rest = staff_of(officer, UNIT)
    number = number_of(officer, other)
    person = walker(number_of(officer, path), width=390)
    _sees_who_read(person)
    _has_his_number_corrected(person, officer)
    _leaves_and_is_forgotten(person, officer, path, name)
    code = _order_of(walker(CITY_OFFICE), number, acting)
    signed = _signed(walker(SIGNER), code)
    _compared(open_page(), officer.address, code, signed)


def _sees_who_read(person):
    person.go("/profil/data").reads("Joko Anggraini")
    row = person.page.locator("main tr", has_text="data kepegawaian Anda").inner_text()
    assert "Pengelola kepegawaian" in row
    assert "catatan kepegawaian" in row
    assert re.search(r"\d\d\.\d\d WIB", row)
    kept = json.loads(person.fetch("/profil/data.json"))
    assert kept["read_by"][0]["role"] == "agency_hr"
    assert "people.person" in {one["table"] for one in kept["kept"]}
    paper = pypdf.PdfReader(io.BytesIO(person.fetch("/profil/data.pdf")))
    assert "Joko Anggraini" in "".join(page.extract_text() for page in paper.pages)


def _has_his_number_corrected(person, officer):
    person.go("/profil/data").press("Minta pembetulan").press("Kirim permintaan")
    person.refused("Pilih Apa yang Anda minta").choose("kind", "correct")
    person.page.select_option("[name=field]", "phone")
    person.fill(wanted="0812-3456-7890", words="Nomor lama hilang.").press("Kirim permintaan")
    person.reads("Terkirim")
    officer.go("/permintaan-data").page.locator("main tbody a").first.click()
    officer.reads("Nomor lama hilang.").choose("granted", "yes")
    officer.fill(answer=REASON).press("Kirim jawaban").reads("Dijawab")
    person.go("/profil/data").reads("Selesai")
    person.page.locator("summary", has_text="Data Anda").first.click()
    person.reads("3456")


def _leaves_and_is_forgotten(person, officer, path, name):
    person.go("/profil/permintaan").choose("kind", "erase")
    person.fill(words="Hapus nama saya setelah saya berhenti.").press("Kirim permintaan")
    person.reads("Terkirim")
    _grants_erasure(officer)
    officer.refused("masih bekerja di sini")
    officer.go(path).press("Berhenti bekerja").press("Catat hari terakhir").reads("Tercatat")
    _grants_erasure(officer)
    officer.reads("Dijawab")
    assert name not in officer.go(f"/pegawai?q={name.split(',')[0]}").main()
    person.go("/profil/data").page.locator("input[name=login]").wait_for()


def _grants_erasure(officer):
    row = officer.go("/permintaan-data").page.locator("main tbody tr", has_text="Hapus")
    row.locator("a").first.click()
    officer.choose("granted", "yes").fill(answer=REASON).press("Kirim jawaban")


def _order_of(office, number, name):
    """Appoint, first with the days the wrong way round; find the order drafted and send it."""
    office.go("/jabatan?opd=disperkim").press(POST)
    start = clock.today() + timedelta(days=1)
    office.fill(person=number, start_on=(start + timedelta(days=60)).isoformat())
    office.fill(end_on=start.isoformat()).press("Tunjuk").refused("Hari terakhir mendahului")
    office.fill(start_on=start.isoformat(), end_on=(start + timedelta(days=60)).isoformat())
    office.press("Tunjuk").reads("Ditunjuk")
    subject = f"Penunjukan Pelaksana Tugas {POST}"
    _opens_once_drafted(office, subject)
    return _send(office, name)


def _send(office, name):
    """Choose who signs in whose name, number the draft, send it; its code."""
    office.page.locator("summary", has_text="Siapa yang menandatangani").click()
    office.page.locator("label.lev", has_text="a.n. Wali Kota").first.click()
    office.press("Pilih").press("Berikan nomor").press("Kirim ke penanda tangan")
    office.reads("Menunggu tanda tangan")
    _says_the_same(office, name)
    return office.page.url.rsplit("/", 1)[1]


def _opens_once_drafted(office, subject):
    """The worker carries the news of the appointment to the letters within seconds."""
    for _turn in range(PATIENCE_SECONDS):
        link = office.go("/surat").page.get_by_role("link", name=subject)
        if link.count():
            link.first.click()
            return
        office.page.wait_for_timeout(1_000)
    raise AssertionError(f"no letter was drafted: {subject}")


def _says_the_same(office, name):
    """The page, the PDF and the .docx: who, under which number, signed for whom."""
    number = re.search(r"Nomor: (\S+)", office.main())[1]
    place = office.page.url.removeprefix(office.address)
    pdf = pypdf.PdfReader(io.BytesIO(office.fetch(f"{place}/surat.pdf")))
    word = docx.Document(io.BytesIO(office.fetch(f"{place}/surat.docx")))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    texts = (
        "\n".join(page.extract_text() for page in pdf.pages),
        "\n".join([*(line.text for line in word.paragraphs), *cells]),
    )
    for text in texts:
        flat = " ".join(text.split())
        for words in (number, name, "sebagai Plt.", "a.n. Wali Kota", "Sekretaris Daerah"):
            assert words in flat, (words, flat)


def _signed(signer, code):
    """Take the paper, sign it, bring it back."""
    signer.go(f"/surat/{code}").press("Tanda tangani dan kembalikan")
    signer.fill(password=signer.password).press("Lanjutkan").reads("Kembalikan berkas")
    signed = signer.fetch(f"/surat/{code}/surat.pdf") + b"\n% tanda tangan elektronik\n%%EOF\n"
    signer.page.set_input_files("input[type=file]", _file(signed))
    signer.press("Simpan berkas bertanda tangan").reads("tidak satu bita pun berubah")
    assert signer.fetch(f"/surat/{code}/bertanda-tangan.pdf") == signed
    return signed


def _compared(page, address, code, signed):
    """Everybody may compare a copy; one changed byte is found."""
    changed = bytearray(signed)
    changed[len(changed) // 2] ^= 1
    for data, words in ((signed, "Ini surat yang ditandatangani"), (changed, "bukan yang")):
        page.goto(f"{address}/s/{code}")
        page.set_input_files("input[type=file]", _file(bytes(data)))
        page.get_by_role("button", name="Bandingkan", exact=True).click()
        page.get_by_role("heading", name=words).wait_for()


def _file(data):
    return {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": data}


def a_monday():
    """The Monday some five weeks ahead."""
    day = clock.today() + timedelta(days=35)
    return day - timedelta(days=day.weekday())


def test_a_week_of_leave_is_asked_on_the_phone_and_decided(walker):
    officer = walker(OFFICER)
    path, name, before = _with_a_week_left(officer)
    person = walker(number_of(officer, path), width=390)
    monday, friday = a_monday(), a_monday() + timedelta(days=4)
    person.go("/cuti/minta").fill(first_on=friday.isoformat(), last_on=monday.isoformat())
    person.choose("kind", "annual").press("Kirim permintaan").refused("Hari terakhir mendahului")
    assert person.page.locator("[name=first_on]").input_value() == friday.isoformat()
    person.fill(first_on=monday.isoformat(), last_on=friday.isoformat()).press("Kirim permintaan")
    person.reads("Terkirim")
    place = re.search(r"/cuti/\d+$", person.page.url)[0]
    asked, left = _balance(person)
    head = walker(SUPERIOR).go("/beranda").reads(f"{name.split(',')[0]} meminta cuti")
    head.go(place).choose("state", "approved").press("Putuskan cuti ini").reads("Diputuskan")
    person.go(place).reads("Disetujui")
    days = int(re.search(r"Lama\s+(\d+) hari", person.main())[1])
    assert _balance(person) == (asked - days, left)
    assert left == before - days
    days = person.go(f"/kalender?bulan={monday:%Y-%m}").page.locator("main li", has_text="Cuti")
    days.first.wait_for()


def _with_a_week_left(officer):
    """Somebody of the section who may ask for five days: address, name, days to ask for."""
    for path, name in staff_of(officer, "pju")[1:]:
        officer.go(f"/cuti/minta?untuk={path.rsplit('/', 1)[1]}")
        asked, left = _balance(officer) if "Cuti tahunan" in officer.main() else (0, 0)
        if asked == 0 and left >= 5:
            return path, name, left
    raise AssertionError("nobody in this section has a week of leave left")


def _balance(reader):
    """Days asked for and not decided, days still to ask for."""
    said = reader.main()
    return (
        int(re.search(r"Diminta, belum diputuskan\s+(\d+) hari", said)[1]),
        int(re.search(r"Cuti tahunan \d+: (\d+) hari", said)[1]),
    )
