"""Millions of people with posts, units and heads, by a few statements of the database."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection

from ops.bench.fill import HEX, SERIES

IN_UNIT: Final = 50
IN_AGENCY: Final = 40
SYLLABLES: Final = (
    ("ra", "di", "su", "ya", "na", "ti", "ma", "ka", "wi", "jo", "bu", "la", "ni", "sa", "pu"),
    ("han", "man", "yan", "ta", "wan", "no", "tri", "dra", "mi", "na", "ti", "din", "lan", "to"),
)
PADDED: Final = {
    "sqlite": "printf('%0{size}d', {value})",
    "postgresql": "lpad(({value})::text, {size}, '0')",
}


def words() -> list[str]:
    """A thousand made-up words that names are put together from."""
    first, last = SYLLABLES
    pairs = [a + b for a in first for b in last]
    longer = [a + b + c for a in first for b in first for c in last]
    return [word.capitalize() for word in [*pairs, *longer[::3]]][:997]


def fill_people(templates: dict[str, Any], first: int, last: int) -> None:
    """People number `first` to `last`, each seated; whole units of fifty, forty to an agency."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        _words_table(cursor)
        units = (first - 1) // IN_UNIT + 1, (last - 1) // IN_UNIT
        begun = 0 if units[0] == 1 else (units[0] - 1) // IN_AGENCY + 1
        agencies = begun, units[1] // IN_AGENCY
        _insert(cursor, templates["agency"], agencies, _agency())
        _insert(cursor, templates["unit"], units, _unit())
        _insert(cursor, templates["head_post"], units, _post(0))
        _insert(cursor, templates["post"], units, _post(1))
        _insert(cursor, templates["person"], (first, last - 1), _person(), JOINS)
        _insert(cursor, templates["seat"], (first, last - 1), _seat())
        cursor.execute("ANALYZE")


BASE: Final = 1_000_000
"""Ids of what is filled in begin here, above those of the small city."""
JOINS: Final = (
    " JOIN bench_word a ON a.pos = (n.i * 7) % 997 JOIN bench_word b ON b.pos = (n.i / 3) % 997"
    " JOIN bench_word c ON c.pos = (n.i / 2991) % 997"
)


def _words_table(cursor: Any) -> None:
    cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS bench_word (pos integer, word text)")
    cursor.execute("SELECT count(*) FROM bench_word")
    if cursor.fetchone()[0] == 0:
        pairs = list(enumerate(words()))
        cursor.executemany("INSERT INTO bench_word VALUES (%s, %s)", pairs)
        cursor.execute("CREATE INDEX bench_word_pos ON bench_word (pos, word)")


def _insert(
    cursor: Any, template: Any, span: tuple[int, int], changed: dict[str, str], joins: str = ""
) -> None:
    model = type(template)
    columns = [str(field.column) for field in model._meta.concrete_fields]
    told = (changed.get(column, f"t.{column}") for column in columns)
    chosen, joins = ", ".join(told).replace("%", "%%"), joins.replace("%", "%%")
    table = model._meta.db_table
    series = SERIES[connection.vendor].format(rows=span[1] - span[0] + 1)
    shifted = f"(SELECT i + {span[0] - 1} AS i FROM {series} AS s)"  # noqa: S608 - numbers
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)})"  # noqa: S608 - columns of the model
        f" SELECT {chosen} FROM {table} t, {shifted} n{joins} WHERE t.id = %s",
        [template.pk],
    )


def _hexed(size: int) -> str:
    return HEX[connection.vendor].format(size=size)


def _agency() -> dict[str, str]:
    own = f"{BASE} + n.i"
    return {
        "id": own,
        "agency_id": own,
        "code": f"'opd-' || {_hexed(8)}",
        "path": f"'/' || ({own}) || '/'",
    }


def _unit() -> dict[str, str]:
    own, above = f"{BASE * 10} + n.i", f"{BASE} + n.i / {IN_AGENCY}"
    return {
        "id": own,
        "parent_id": above,
        "agency_id": above,
        "code": f"'unit-' || {_hexed(8)}",
        "path": f"'/' || ({above}) || '/' || ({own}) || '/'",
    }


def _post(step: int) -> dict[str, str]:
    return {"id": f"{BASE} + n.i * 2 + {step}", "unit_id": f"{BASE * 10} + n.i"}


def _person() -> dict[str, str]:
    padded = PADDED[connection.vendor]
    year = padded.format(size=4, value="1960 + n.i % 45")
    month = padded.format(size=2, value="1 + n.i % 12")
    rest = padded.format(size=12, value="n.i")
    return {
        "id": f"{BASE} + n.i",
        "code": f"'b' || {_hexed(10)}",
        "name": "a.word || ' ' || b.word || CASE WHEN n.i % 2 = 0 THEN ' ' || c.word ELSE '' END",
        "employee_number": f"{year} || {month} || {rest}",
    }


def _seat() -> dict[str, str]:
    leads = f"CASE WHEN n.i % {IN_UNIT} = 0 THEN 0 ELSE 1 END"
    return {
        "id": f"{BASE} + n.i",
        "person_id": f"{BASE} + n.i",
        "position_id": f"{BASE} + (n.i / {IN_UNIT}) * 2 + {leads}",
    }
