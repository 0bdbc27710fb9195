"""Facts over two cells or two lines, as pure rules."""

from abdi.imports.choices import Fault, Field
from abdi.imports.rules import Issue, find_header, may_help
from abdi.imports.rules.cells import Told, post_and_unit
from abdi.imports.rules.guessing import are_men_p
from abdi.imports.rules.joining import Pair, filled_down, joined, pairs_of

TWO = find_header([["NO", "NAMA", "NIP", "L", "P", "GOL", "RUANG"]])


def test_columns_that_belong_together_are_known_and_joined():
    assert set(pairs_of(TWO)) == {Pair(Field.SEX, 3, 4), Pair(Field.RANK, 5, 6)}
    lines = [
        (2, [1, "Sari", "x", None, "v", "III", "a"]),
        (3, [2, "Budi", "y", "v", None, "IX", None]),
    ]
    told = [cells[3:6:2] for __, cells in joined(iter(lines), TWO)]
    assert told == [["P", "III/a"], ["L", "IX"]]


def test_a_person_of_two_lines_is_one_and_a_group_below_is_not_his():
    header = find_header([["NO", "NAMA / NIP", "JABATAN"]])
    lines = [
        (2, [1, "Sari", "Camat"]),
        (3, ["", "199002152015032007", ""]),
        (4, ["", "BIDANG A", ""]),
    ]
    assert [(line, cells[1]) for line, cells in joined(iter(lines), header)] == [
        (2, "Sari\n199002152015032007"),
        (4, "BIDANG A"),
    ]


def test_a_high_cell_stands_in_each_of_its_lines():
    lines = iter([(1, ["a", "x"]), (2, ["b", None]), (3, ["c", None])])
    assert [cells[1] for __, cells in filled_down(lines, [(0, 1, 1)])] == ["x", "x", None]


def test_p_is_a_man_only_where_w_is_the_woman():
    header = find_header([["NAMA", "NIP", "JK"]])
    assert are_men_p(header, [["a", "b", "P"], ["c", "d", "W"]]) == {2}
    assert are_men_p(header, [["a", "b", "P"], ["c", "d", "L"]]) == set()


def test_a_post_behind_which_a_unit_stands_tells_both():
    def read(cell):
        return Told({Field.POSITION: str(cell)})

    told = post_and_unit(read, "Kepala Seksi A - Dinas Perhubungan").values
    assert told == {Field.POSITION: "Kepala Seksi A", Field.UNIT: "Dinas Perhubungan"}
    assert post_and_unit(read, "Analis - Ahli Muda").values == {
        Field.POSITION: "Analis - Ahli Muda"
    }


def test_no_press_empties_a_name_or_a_number():
    assert may_help(Issue(1, Fault.CELL_ERROR, Field.UNIT))
    assert not may_help(Issue(1, Fault.CELL_ERROR, Field.NUMBER))
    assert not may_help(Issue(1, Fault.NIP_LENGTH, Field.NUMBER))
