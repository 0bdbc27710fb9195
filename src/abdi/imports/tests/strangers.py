"""Files a stranger may send, made by program: kinds of files nobody here writes otherwise."""

import io
from xml.sax.saxutils import escape

from abdi.imports.testing import HEADINGS, a_line, a_person_record, as_csv, as_xlsx
from abdi.platform.tests.hostile_files import an_ods

PEOPLE = [a_person_record(number) for number in range(4)]
LINES = [a_line(number, person) for number, person in enumerate(PEOPLE, 1)]
TABLE = [list(HEADINGS), *LINES]
LINE, NAME, NUMBER, BIRTH, SEX, RANK, SINCE, POST, UNIT = range(9)
PEOPLE_OF_CONTRACTS = [
    {**one, "nip": f"{one['nip'][:12]}21{one['nip'][14:]}", "golongan": grade}
    for one, grade in zip(PEOPLE, ("IX", "V", "VII", "X"), strict=True)
]


def cells(at, write):
    """The table with one column written in another way; `write` takes a person."""
    return [
        TABLE[0],
        *([*row[:at], write(one), *row[at + 1 :]] for row, one in zip(LINES, PEOPLE, strict=True)),
    ]


def without(at, table):
    """The table without a column."""
    return [[*row[:at], *row[at + 1 :]] for row in table]


def headed(words):
    """The lines under another heading."""
    return [words.split("|"), *LINES]


def one_cell(at, text):
    """The table with one cell of the second person, in line 3, written in another way."""
    table = [list(row) for row in TABLE]
    table[2][at] = text
    return table


def page_of(table, row="<tr>{}</tr>"):
    """The table as tags of a page."""
    return "<table>{}</table>".format(
        "".join(row.format("".join(f"<td>{cell}</td>" for cell in line)) for line in table)
    )


def xml_of(table):
    """The table as an XML workbook of 2003: numbers as numbers, empty cells passed over."""
    lines = []
    for row in table:
        cells = ""
        for at, cell in enumerate(row, 1):
            kind = "Number" if isinstance(cell, int) else "String"
            data = f'<Data ss:Type="{kind}">{escape(str(cell))}</Data>'
            cells += f'<Cell ss:Index="{at}">{data}</Cell>' if cell not in ("", None) else ""
        lines.append(f"<Row>{cells}</Row>")
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>\n<Workbook xmlns="{name}" xmlns:ss="{name}">'
        f'<Worksheet ss:Name="Data"><Table>{"".join(lines)}</Table></Worksheet></Workbook>'
    ).encode()


def ods_of(table):
    """The table as an OpenDocument sheet in which equal neighbours are written once."""
    rows = []
    for row in table:
        parts, at = [], 0
        while at < len(row):
            count = 1
            while at + count < len(row) and row[at + count] == row[at]:
                count += 1
            text = escape(str(row[at])).replace("\n", "</text:p><text:p>")
            parts.append(
                f'<table:table-cell table:number-columns-repeated="{count}"'
                f' office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            )
            at += count
        rows.append(f"<table:table-row>{''.join(parts)}</table:table-row>")
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = "".join(f' xmlns:{one}="{space}:{one}:1.0"' for one in ("office", "table", "text"))
    content = f"<office:document-content{names}><office:body><office:spreadsheet>"
    content += f'<table:table table:name="Data">{"".join(rows)}</table:table>'
    content += "</office:spreadsheet></office:body></office:document-content>"
    return an_ods(content=content.encode())


def book_of(table, merged=(), before=None, error=None):
    """The table as a workbook: merged ranges, a sheet before its own, a formula with an error.

    `error` is a column and its text; the formula stands in line 3.
    """
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, rows in [*(before or {}).items(), ("Data", table)]:
            sheet = book.add_worksheet(name)
            for where in merged if name == "Data" else ():
                sheet.merge_range(where, "")
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
        if error:
            sheet.write_formula(2, error[0], "=A1", None, error[1])
    return target.getvalue()


WORKBOOK = as_xlsx(TABLE)
TEXT = as_csv(TABLE).decode()
