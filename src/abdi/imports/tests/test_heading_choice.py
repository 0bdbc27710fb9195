"""A heading that a person chose, and how lists of one source are known again."""

from abdi.imports.choices import Field
from abdi.imports.rules import header_from, source_key

ROWS = [
    ["DAFTAR PEGAWAI", None, None],
    ["NAMA", "PANGKAT", None],
    [None, "GOL", "TMT"],
    ["Sari Wulandari", "III/a", "01-04-2020"],
]


def test_the_heading_begins_where_it_was_said_and_takes_its_second_line():
    header = header_from(ROWS, 1)
    assert (header.first, header.last) == (1, 2)
    assert header.mapping == {Field.NAME: 0, Field.RANK: 1, Field.RANK_SINCE: 2}


def test_a_line_that_tells_nothing_may_be_chosen_too():
    assert header_from(ROWS, 3).points == 0


def test_lists_of_one_source_are_known_by_their_headings_and_order():
    assert source_key(["NAMA", "NIP  BARU"]) == source_key(["Nama", " nip baru"])
    assert source_key(["NAMA", "NIP"]) != source_key(["NIP", "NAMA"])
    assert source_key(["AB", "C"]) != source_key(["A", "BC"])
