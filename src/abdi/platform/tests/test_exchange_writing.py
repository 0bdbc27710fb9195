import csv
import io
import subprocess
import sys
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from abdi.platform.exchange import (
    BadFile,
    csv_lines,
    csv_response,
    read_table,
    stream_csv,
    write_csv,
    write_xlsx,
)

pytestmark = pytest.mark.usefixtures("in_english")

SHARED = Path(__file__).parents[5] / "shared" / "data"
MOMENT = datetime(2026, 8, 17, 3, 0, tzinfo=UTC)


def back(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_text_that_a_spreadsheet_runs_is_disarmed(text):
    assert back(write_csv(["a"], [[text]]))[1] == [f"'{text}"]


def test_known_injections_are_disarmed():
    path = SHARED / "hostile" / "csv_injection.txt"
    if not path.exists():
        pytest.skip("the list of injections is not beside this checkout")
    cells = path.read_text(encoding="utf-8").splitlines()
    rows = back(write_csv(["a"], [[cell] for cell in cells]))[1:]
    assert all(not row[0].startswith(("=", "+", "-", "@")) for row in rows)


def test_headings_are_disarmed_too():
    assert back(write_csv(["=evil()"], []))[0] == ["'=evil()"]


def test_numbers_days_and_moments_stay_what_they_are():
    row = [-5, Decimal("1.50"), date(2026, 8, 17), MOMENT, None, True]
    assert back(write_csv(list("abcdef"), [row]))[1] == [
        "-5", "1.50", "2026-08-17", "2026-08-17T10:00+07:00", "", "True",
    ]  # fmt: skip


def test_csv_leaves_in_chunks():
    chunks = list(csv_lines(["n"], ([n] for n in range(1200))))
    assert len(chunks) == 3
    assert len(back(b"".join(chunks))) == 1201


def test_a_download_is_an_attachment():
    answer = csv_response("laporan", ["a"], [[1]])
    assert answer["Content-Disposition"] == 'attachment; filename="laporan.csv"'
    assert b"".join(answer.streaming_content) == "\ufeffa\r\n1\r\n".encode()


def test_what_goes_out_to_excel_comes_back_the_same():
    rows = [["=1+1", "198001012005011999", 7, 7.5, date(2026, 8, 17)]]
    data = write_xlsx({"Pegawai": (["a", "b", "c", "d", "e"], rows)})
    assert read_table(data).first.rows[1:] == rows


def test_moments_stand_in_the_zone_of_the_institution():
    data = write_xlsx({"x": (["a", "b", "c"], [[MOMENT, time(7, 30), True]])})
    moment, opening, yes = read_table(data).first.rows[1]
    assert moment == datetime(2026, 8, 17, 10, 0)  # noqa: DTZ001 - Excel knows no zones
    assert yes is True
    assert opening == time(7, 30)


def test_numbers_with_too_many_digits_go_out_as_text():
    data = write_xlsx({"x": (["a", "b"], [[198001012005011999, None]])})
    assert read_table(data).first.rows[1] == ["198001012005011999", None]


def test_sheet_names_that_excel_refuses_are_mended():
    data = write_xlsx({"A/B: [C]? " + "x" * 40: (["a"], []), "''": (["a"], [])})
    names = [sheet.name for sheet in read_table(data).sheets]
    assert names[1] == "-"
    assert len(names[0]) <= 31


def test_a_file_of_the_operator_is_streamed(tmp_path):
    path = tmp_path / "large.csv"
    path.write_bytes("nama;kota\r\nBudi;Cendana\r\n".encode("utf-8-sig"))
    rows = stream_csv(path)
    assert next(rows) == ["nama", "kota"]
    assert next(rows) == ["Budi", "Cendana"]


def test_streaming_names_the_line_that_is_wrong(tmp_path):
    path = tmp_path / "large.csv"
    path.write_text('a,b\n1,2\n3,"' + "x" * 40_000, encoding="utf-8")
    with pytest.raises(BadFile, match="Line"):
        list(stream_csv(path))


def test_streaming_takes_the_encoding_it_is_told(tmp_path):
    path = tmp_path / "large.csv"
    path.write_text("a,b\né,2\n", encoding="cp1252")
    assert list(stream_csv(path))[1][0] == "é"
    with pytest.raises(BadFile):
        list(stream_csv(path, encoding="ascii", separator=","))


def test_an_empty_file_of_the_operator_is_refused(tmp_path):
    (tmp_path / "empty.csv").touch()
    with pytest.raises(BadFile):
        next(stream_csv(tmp_path / "empty.csv"))


def test_streaming_keeps_memory_small(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8") as file:
        for _n in range(20):
            file.write("a,b,c,d,e,f,g,h\n" * 100_000)
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from abdi.platform.exchange.streaming import stream_csv\n"
        "base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "rows = sum(1 for _ in stream_csv(Path(sys.argv[1])))\n"
        "print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, check=True, text=True
    )
    rows, grown = map(int, said.stdout.split())
    assert rows == 2_000_000
    assert grown < 50_000, "kilobytes"
