"""Flow h in a real browser: lists of other hands, and a long one with faults of twenty kinds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from abdi.imports import jobs, queries
from abdi.imports.models import DraftRow, ImportDraft
from abdi.imports.rules import repair_of
from abdi.imports.testing import as_xlsx
from abdi.imports.tests.faulty import LOOKS, PLANTED, UNIT, a_faulty_list
from abdi.people.models import Person
from abdi.people.testing import an_actor, an_agency
from abdi.platform.testing.browser import Steps, holds_on_every_device, shot, sign_in, use_theme
from abdi.platform.testing.weight import too_heavy, weight_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DATA = Path(__file__).parents[5] / "shared" / "data" / "hr_excel"
GIVEN = ["siasn_67_kolom.xlsx", "duk_kecamatan.xlsx", "nominatif_titik_koma.csv"]
UNITS = (
    UNIT, "Dinas Lingkungan Hidup", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    "Satuan Polisi Pamong Praja dan Pemadam Kebakaran", "Badan Penanggulangan Bencana Daerah",
    "Kecamatan Kartoharjo", "Dinas Pekerjaan Umum dan Penataan Ruang",
)  # fmt: skip
ROWS, EACH = 5_000, 20
P7 = 6
"""Steps of DESIGN P7 without the repairs."""


@pytest.fixture
def officer(open_page, live_server):
    agencies = [an_agency(name) for name in UNITS]
    page = open_page(width=1280)
    sign_in(page, live_server.url, an_actor("personnel_office", unit=agencies[0]))
    page.goto(f"{live_server.url}/pegawai/impor")
    return page


def look(page, name):
    """What machines see holds; where somebody asks for them, pictures for eyes."""
    holds_on_every_device(page, (320, 390, 1280))
    if "SHOTS" not in os.environ:
        return
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for theme in ("terang", "gelap"):
            use_theme(page, theme)
            shot(page, f"impor-{name}-{width}-{theme}")
    use_theme(page, "terang")


def bring_in(page, steps, path):
    """Choose the file, read it, say that the columns are right."""
    steps.photo("#id_file", path)
    steps.press("text=Baca daftar")
    page.wait_for_url("**/kolom")
    steps.press("text=Kolom sudah benar")
    page.wait_for_url(lambda url: not url.endswith("/kolom"))


@pytest.mark.skipif(not DATA.exists(), reason="the given lists are not here")
def test_lists_of_other_hands_come_in_and_are_applied(officer, live_server):
    page = officer
    for name in GIVEN:
        page.goto(f"{live_server.url}/pegawai/impor")
        steps = Steps(page)
        bring_in(page, steps, DATA / name)
        fixes = 0
        for button in ("Pakai jenis kelamin dari NIP", "Abaikan baris kedua"):
            if page.get_by_role("button", name=button).count():
                steps.press(f"button:has-text('{button}')")
                page.get_by_role("button", name=button).wait_for(state="detached")
                fixes += 1
        steps.press("button:has-text('Terapkan')")
        page.wait_for_url("**/hasil/*")
        assert steps.count <= P7 + fixes
    counts = [queries.counts_of(draft) for draft in ImportDraft.objects.order_by("id")]
    assert [(one.applied, one.waiting) for one in counts] == [(45, 0), (18, 0), (20, 1)]


def test_every_fault_is_named_and_repaired_with_one_press_a_kind(officer, tmp_path):
    page = officer
    table, right = a_faulty_list(ROWS, EACH)
    (tmp_path / "pegawai.xlsx").write_bytes(as_xlsx(table))
    steps = Steps(page)
    steps.photo("#id_file", tmp_path / "pegawai.xlsx")
    steps.press("text=Baca daftar")
    page.wait_for_url("**/kolom")
    steps.press("text=Kolom sudah benar")
    page.wait_for_url(lambda url: not url.endswith("/kolom"))
    look(page, "periksa")
    assert not too_heavy(weight_of(page.request.get(page.url).body()), citizen=False)
    draft = ImportDraft.objects.get()
    assert named(page) == dict.fromkeys(PLANTED, EACH)
    fixes = repair_all(page, steps)
    assert fixes == sum(bool(repair_of(kind)) or kind in LOOKS for kind in PLANTED)
    fixes += fill_in(page, steps, tmp_path / "masalah.xlsx", right)
    counts = queries.counts_of(draft)
    assert (counts.ready, counts.waiting, counts.left_out) == (ROWS - EACH, 0, EACH)
    steps.press("button:has-text('Terapkan')")
    page.wait_for_url("**/menerapkan/*")
    page.get_by_text("Menunggu giliran").wait_for()
    look(page, "menerapkan")
    assert jobs.apply_long_lists() == 1
    page.wait_for_url("**/hasil/*", timeout=60_000)
    look(page, "hasil")
    assert steps.count <= P7 + fixes
    assert steps.fields == 0
    assert Person.objects.active().filter(employee_number__isnull=False).count() == ROWS - 2 * EACH


def named(page):
    """The kinds the page names, with their counts."""
    found = {}
    for group in page.locator(".is").all():
        link = group.locator("a[href*='jenis=']").first.get_attribute("href")
        kind = link.partition("jenis=")[2].partition("#")[0]
        found[kind] = int(group.locator(".chip").first.inner_text())
    return found


def repair_all(page, steps):
    """One press for each kind that can be repaired or may stand; how many presses."""
    presses = 0
    while buttons := page.locator(".is form").count():
        steps.press(".is form button")
        presses += 1
        for _turn in range(200):
            if page.locator(".is form").count() < buttons:
                break
            page.wait_for_timeout(50)
        else:
            raise AssertionError(f"nothing was repaired: {page.locator('.is').all_inner_texts()}")
        page.wait_for_load_state()  # half a page has fewer kinds than there are
    return presses


def fill_in(page, steps, path, right):
    """What nobody can guess, in the spreadsheet: download, type, bring back; how many steps."""
    before = steps.count
    with page.expect_download() as found:
        steps.press("a:has-text('Unduh')")
    found.value.save_as(path)
    with queries.open_list(path, line=1) as opened:
        rows = [list(cells) for cells in opened.lines()]
        heads = list(opened.headings)
    assert len(rows) == DraftRow.objects.filter(fate__in=("blocked", "review")).count()
    for row in rows:
        line = int(row[heads.index("abdi")].split("-")[1])
        row[heads.index("NIP")] = right[line]["nip"]
        row[heads.index("NAMA")] = right[line]["nama"]
    path.write_bytes(as_xlsx([heads, *rows]))
    steps.photo("input[name=fixes]", path)
    steps.press("button:has-text('Unggah perbaikan')")
    page.get_by_text("Semua baris siap").wait_for()
    return steps.count - before
