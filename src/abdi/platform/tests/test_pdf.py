import io
import json
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pypdf
import pytest
import typst
from django.utils import translation
from PIL import Image

from abdi.platform import clock
from abdi.platform.pdf import compile_pdf, qr_svg

pytestmark = pytest.mark.usefixtures("in_english")

SHARED = Path(__file__).parents[5] / "shared" / "data"
ADDRESS = "https://abdi.example.org/periksa/AB12CD34"
HEAD = {
    "institution": "Pemerintah Kota Cendana",
    "agency": "Badan Kepegawaian",
    "address": "Jl. Contoh 1\nCendana",
}
SIGNER = {
    "place_and_date": "Cendana, 5 Maret 2026",
    "capacity": "Plt.",
    "title": "Kepala Badan",
    "name": "Dr. Siti Contoh",
    "rank": "Pembina",
    "number": "197001011995012999",
}


def a_certificate(**more):
    return {
        "title": "Perbaikan Panel",
        "number": "800/123/2026",
        "name": "Budi Contoh",
        "body": "atas kelulusannya dalam",
        "hours": 24,
        "letterhead": HEAD,
        "signer": SIGNER,
        "qr": qr_svg(ADDRESS),
        "verify_url": ADDRESS,
        **more,
    }


def a_list(rows, **more):
    columns = [{"label": "No", "align": "right", "share": 0.3}, {"label": "Nama"}]
    return {"title": "Daftar hadir", "columns": columns, "rows": rows, **more}


def a_letter(**more):
    return {
        "title": "Surat tugas",
        "number": "800/1/2026",
        "subject": "Penugasan piket",
        "place_and_date": "Cendana, 5 Maret 2026",
        "to": ["Kepala Dinas", "di Cendana"],
        "paragraphs": ["Dengan hormat,", {"columns": ["Nama"], "rows": [["Budi"]]}, "Demikian."],
        "copies": ["Wali Kota", "Arsip"],
        "letterhead": HEAD,
        "signer": SIGNER,
        **more,
    }


def read(made):
    return pypdf.PdfReader(io.BytesIO(made))


def text_of(made):
    return "\n".join(page.extract_text() for page in read(made).pages)


def paper_of(made):
    box = read(made).pages[0].mediabox
    return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)


def test_a_certificate_is_one_lying_page_with_name_number_and_code():
    made = compile_pdf("certificate.typ", a_certificate(details=[["Kompetensi", "Tingkat 3"]]))
    text = text_of(made)
    assert len(read(made).pages) == 1
    assert paper_of(made) == (297, 210)
    for wanted in ("Budi Contoh", "800/123/2026", "Tingkat 3", "Plt. Kepala Badan", ADDRESS, "24"):
        assert wanted in text


def test_a_list_runs_over_pages_and_repeats_its_headings():
    made = compile_pdf(
        "list.typ", a_list([[n, f"Peserta {n}"] for n in range(100)], letterhead=HEAD)
    )
    pages = [page.extract_text() for page in read(made).pages]
    assert len(pages) == 3
    assert all("Nama" in page for page in pages)
    assert f"2 of {len(pages)}" in pages[1].replace("\n", " ")
    assert "Peserta 99" in pages[-1]


def test_a_list_without_rows_says_so():
    assert "There are no rows." in text_of(compile_pdf("list.typ", a_list([])))


def test_a_letter_has_its_marks_and_copies():
    text = text_of(compile_pdf("letter.typ", a_letter(nature="Segera")))
    for wanted in ("PEMERINTAH KOTA CENDANA", "Segera", "Penugasan piket", "Budi", "Arsip"):
        assert wanted in text


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("f4", (215, 330))])
def test_offices_print_on_a4_or_folio(paper, size):
    assert paper_of(compile_pdf("letter.typ", a_letter(paper=paper))) == size


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_letterhead_takes_a_logo(form):
    if form == "svg":
        logo = qr_svg(ADDRESS)
    else:
        target = io.BytesIO()
        Image.new("RGB", (20, 20), "navy").save(target, "PNG")
        logo = list(target.getvalue())
    made = compile_pdf("letter.typ", a_letter(letterhead={**HEAD, "logo": logo}))
    assert "PEMERINTAH KOTA CENDANA" in text_of(made)


def test_other_papers_are_refused():
    with pytest.raises(ValueError, match="paper"):
        compile_pdf("letter.typ", a_letter(paper="letter"))


def test_documents_are_made_for_archives():
    assert b"pdfaid:part" in compile_pdf("letter.typ", a_letter())


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x")',
        '#read("/platform/pdf/parts.typ")',
        '"); #let x = 1; ("',
        "*bold* _x_ $x^2$ `raw` = Head",
        "\\ #[ ] { } // <b> &amp;",
        "${7*7} {{7*7}} {page}",
        "a\nb",
    ],
)
def test_text_that_looks_like_code_is_printed_as_text(text):
    made = compile_pdf("list.typ", a_list([[1, text]]))
    printed = "".join(text_of(made).split())
    assert "".join(text.split()) in printed


def test_hostile_strings_are_only_text():
    path = SHARED / "hostile" / "blns.json"
    if not path.exists():
        pytest.skip("the list of hostile strings is not beside this checkout")
    rows = [[n, text] for n, text in enumerate(json.loads(path.read_text(encoding="utf-8")))]
    made = compile_pdf("list.typ", a_list(rows))
    assert len(read(made).pages) > 10


def test_letters_that_no_font_has_do_not_stop_a_document():
    assert compile_pdf("certificate.typ", a_certificate(name="ꦧꦸꦢꦶ 🙏")).startswith(b"%PDF")


def test_a_missing_field_is_an_error_of_ours():
    with pytest.raises(typst.TypstError):
        compile_pdf("letter.typ", {"title": "x"})


def test_days_and_moments_are_written_in_words():
    rows = [[date(2026, 8, 17), datetime(2026, 8, 17, 3, 0, tzinfo=UTC)]]
    with translation.override("id"):
        text = text_of(compile_pdf("list.typ", a_list(rows)))
    assert "17 Agustus 2026" in text
    assert "10.00" in text


def test_values_without_a_way_to_write_them_are_refused():
    with pytest.raises(TypeError, match="does not belong"):
        compile_pdf("list.typ", a_list([[1, object()]]))


def test_the_same_data_at_the_same_time_is_the_same_file():
    with clock.at(datetime(2026, 3, 5, tzinfo=UTC)):
        assert compile_pdf("letter.typ", a_letter()) == compile_pdf("letter.typ", a_letter())


def test_a_module_brings_its_own_template(tmp_path):
    own = Path(__file__).parent / "own_template.typ"
    assert "Halo Budi" in text_of(compile_pdf(own, {"name": "Budi"}))


def test_many_documents_at_once_do_not_mix():
    made = {}

    def make(n):
        made[n] = text_of(compile_pdf("certificate.typ", a_certificate(name=f"Peserta nomor {n}")))

    threads = [threading.Thread(target=make, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f"Peserta nomor {n}" in made[n] for n in range(8))


def test_the_code_is_a_drawing_without_script():
    drawing = qr_svg(ADDRESS)
    assert drawing.startswith("<svg")
    assert "script" not in drawing
