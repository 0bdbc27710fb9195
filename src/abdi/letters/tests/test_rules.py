"""Signature lines, numbers, and the text of a template."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.letters import rules
from abdi.letters.choices import LetterKind
from abdi.platform.norms import norms

TODAY = date(2026, 3, 2)
MAYOR, SECRETARY, HEAD = "Wali Kota", "Sekretaris Daerah", "Kepala Bagian Organisasi"


@pytest.mark.parametrize(
    ("titles", "acting", "lines"),
    [
        ([MAYOR], "", ["Wali Kota"]),
        ([SECRETARY], "plt", ["Plt. Sekretaris Daerah"]),
        ([SECRETARY], "plh", ["Plh. Sekretaris Daerah"]),
        ([MAYOR, SECRETARY], "", ["a.n. Wali Kota", "Sekretaris Daerah"]),
        ([MAYOR, SECRETARY], "plt", ["a.n. Wali Kota", "Plt. Sekretaris Daerah"]),
        (
            [MAYOR, SECRETARY, HEAD],
            "plh",
            ["a.n. Wali Kota", "Sekretaris Daerah", "u.b.", "Plh. Kepala Bagian Organisasi"],
        ),
    ],
)
def test_the_lines_above_a_signature(titles, acting, lines):
    assert rules.signature_lines(titles, acting) == lines


@pytest.mark.parametrize("titles", [[], [MAYOR, SECRETARY, HEAD, "Kepala Seksi"]])
def test_a_signature_names_one_to_three_posts(titles):
    with pytest.raises(ValueError, match="one to three"):
        rules.signature_lines(titles)


def test_the_table_says_who_signs_what():
    figures = norms("letters", on=TODAY)
    order = rules.signer_rule("acting_order", figures)
    assert (order.authority, order.steps, order.acting) == ("city", 2, ())
    assert rules.signing_refusal(order, 2, "") is None
    assert rules.signing_refusal(order, 3, "") == rules.TOO_FAR
    assert rules.signing_refusal(order, 1, "plt") == rules.ACTING
    assert rules.signing_refusal(order, 1, "", is_subject=True) == rules.SUBJECT
    duty = rules.signer_rule("duty_order", figures)
    assert rules.signing_refusal(duty, 3, "plh") is None
    assert rules.at_most_steps(duty) == 3


@pytest.mark.parametrize("kind", LetterKind.codes())
def test_every_kind_has_its_row_and_words_that_hold(kind):
    figures = norms("letters", on=TODAY)
    look, words = figures["letter_kinds"][kind], figures["letter_wording"][kind]
    assert look["layout"] in {"titled", "letter", "note", "list"}
    assert rules.is_classification(str(look["classification"]))
    for text in (words["subject"], words["body"], words["copies"]):
        assert rules.template_problems(text) == []
    assert rules.signer_rule(kind, figures).authority in {"city", "agency", "unit"}


def test_a_number_is_filled_from_its_pattern():
    text = rules.number_text(
        "{kode}/{nomor}/{unit}/{bulan}/{tahun}",
        code="800.1.11.1",
        number=17,
        unit=rules.unit_mark("bag-organisasi.2"),
        on=TODAY,
    )
    assert text == "800.1.11.1/17/BAG-ORGANISASI-2/III/2026"


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("{kode}/{nomor}/{unit}/{tahun}", None),
        ("B-{nomor} ({tahun})", None),
        ("{kode}/{tahun}", "number"),
        ("{nomor}/{rahasia}", "part"),
        ("{nomor}/<script>", "signs"),
        ("{nomor}{", "signs"),
        ("{nomor}" + "x" * 80, "length"),
    ],
)
def test_a_pattern_that_could_not_be_told_apart_is_refused(pattern, problem):
    assert rules.pattern_problem(pattern) == problem


@pytest.mark.parametrize("code", ["800.1.11.1", "000", "SK.2"])
def test_codes_look_like_codes(code):
    assert rules.is_classification(code)


@pytest.mark.parametrize("code", ["", "800..1", "800/1", "8" * 61, ".1"])
def test_other_codes_are_refused(code):
    assert not rules.is_classification(code)


def test_problems_of_a_template_name_line_and_word():
    text = "Kepada {nama}\nDaftar: {daftar_pegawai}\n{__class__} {namax}\n{nama"
    found = [(one.code, one.line, one.word) for one in rules.template_problems(text)]
    assert found == [
        ("table", 2, "daftar_pegawai"),
        ("unknown", 3, "__class__"),
        ("unknown", 3, "namax"),
        ("brace", 4, ""),
    ]


def test_a_value_is_never_read_as_a_template():
    values = rules.Values({"name": "{nip} {0.__class__}", "staff_number": "rahasia"})
    assert rules.filled("Yth. {nama}", values) == "Yth. {nip} {0.__class__}"


def test_what_is_not_known_becomes_a_visible_gap():
    assert rules.filled("di {tempat}", rules.Values()) == f"di {rules.GAP}"
    assert rules.missing_facts("{tempat} {nomor} {mulai}", {"start_on": "x"}) == ["venue"]
    assert rules.facts_named("{nama} {nip} {nama}") == ["name", "staff_number"]


def test_blocks_are_read_before_values_are_put_in():
    table = rules.Table(("No.",), (("1.",),))
    text = "Nama: {nama}\nNIP: {nip}\n\nMENUGASKAN:\n\n{daftar_pegawai}\n\nDemikian: x\n{nama} y"
    values = rules.Values({"name": "A: b\n\nMENUGASKAN:"}, {"people": table})
    kinds = [block.kind for block in rules.blocks_of(text, values)]
    assert kinds == ["pairs", "heading", "table", "paragraph"]
    assert rules.blocks_of(text, values)[0].pairs[0] == ("Nama", "A: b\n\nMENUGASKAN:")


@given(st.text(max_size=300), st.text(max_size=80))
def test_no_text_breaks_the_reading_of_a_template(text, value):
    values = rules.Values(dict.fromkeys(rules.WORDS, value))
    rules.template_problems(text)
    assert isinstance(rules.blocks_of(text, values), list)


def test_a_heading_lampiran_opens_the_attachment_after_the_signature():
    values = rules.Values(tables={"roster": rules.Table(("Nama",), (("Budi",),))})
    text = "Dasar: {dasar}\n\nMEMERINTAHKAN:\n\nLAMPIRAN\n\n{daftar_piket}"
    before, after = rules.parted(rules.blocks_of(text, values))
    assert [block.kind for block in before] == ["pairs", "heading"]
    assert [block.kind for block in after] == ["heading", "table"]
    assert rules.parted(before) == (before, ())
