"""Many rows at once, without an object for each: histories, seals, the demo city."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any
from zlib import crc32

from django.db import connection, models, transaction

from abdi.platform.tenancy import Owned

CHUNK = 5_000
ASIDE = 50_000


def insert_many(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    fixed: Mapping[str, Any] | None = None,
) -> int:
    """Insert rows of plain values (numbers, texts, moments) in the order of `columns`.

    `fixed` gives columns that say the same in every row. Every column without a default of the
    database must be there. Nothing but the constraints of the database is checked. JSON comes as
    text. Returns the number of rows. PostgreSQL copies them: 100,000 journal entries in a seventh
    of the time of inserts.
    """
    same = fixed or {}
    names, fixed_names = _quoted(model, columns), _quoted(model, same)
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        if not issubclass(model, Owned):
            return _copy(f"COPY {table} ({', '.join(names)}) FROM STDIN", rows)
        into = ", ".join([*names, *fixed_names])
        told = ", ".join([*names, *(["%s"] * len(same))])
        sql = f"INSERT INTO {table} ({into}) SELECT {told} FROM {{aside}}"  # noqa: S608 - names of the model
        return _by_way_aside(table, names, rows, sql, list(same.values()))
    places = ", ".join(["%s"] * (len(names) + len(same)))
    sql = f"INSERT INTO {table} ({', '.join([*names, *fixed_names])}) VALUES ({places})"  # noqa: S608 - as above
    return _one_by_one(sql, rows, tuple(same.values()))


def update_many(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Write `columns` of many rows anew: each row is its id, then the values in their order.

    As insert_many: plain values, no signals. Returns how many were given.
    """
    names = _quoted(model, columns)
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        told = ", ".join(f"{name} = aside.{name}" for name in names)
        sql = f"UPDATE {table} SET {told} FROM {{aside}} AS aside WHERE {table}.id = aside.id"  # noqa: S608 - names of the model
        return _by_way_aside(table, ["id", *names], rows, sql, [])
    told = ", ".join(f"{name} = %s" for name in names)
    sql = f"UPDATE {table} SET {told} WHERE id = %s"  # noqa: S608 - as above
    return _one_by_one(sql, ((*row[1:], row[0]) for row in rows), ())


def _quoted(model: type[models.Model], columns: Iterable[str]) -> list[str]:
    fields: Iterable[Any] = (model._meta.get_field(name) for name in columns)
    return [connection.ops.quote_name(str(field.column)) for field in fields]


def _one_by_one(sql: str, rows: Iterable[Sequence[Any]], same: tuple[Any, ...]) -> int:
    count, source, last = 0, iter(rows), next(_plain([same]))
    with connection.cursor() as cursor:
        while part := list(islice(source, CHUNK)):
            cursor.executemany(sql, [(*row, *last) for row in _plain(part)])
            count += len(part)
    return count


def _by_way_aside(
    table: str, names: Sequence[str], rows: Iterable[Sequence[Any]], sql: str, same: list[Any]
) -> int:
    """By way of a table that ends with the transaction: COPY refuses tables with row security.

    It is emptied after each use and made once for a transaction: emptying what the transaction
    itself made costs nothing.
    """
    told = ", ".join(names)
    aside = f"bulk_{crc32(f'{table} {told}'.encode()):x}"
    count, source = 0, iter(rows)
    while part := list(islice(source, ASIDE)):
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s)", [f"pg_temp.{aside}"])
            if cursor.fetchone()[0] is None:
                cursor.execute(
                    f"CREATE TEMP TABLE {aside} ON COMMIT DROP AS"  # noqa: S608 - names of the model
                    f" SELECT {told} FROM {table} WITH NO DATA"
                )
            count += _copy(f"COPY {aside} ({told}) FROM STDIN", part)
            cursor.execute(sql.format(aside=aside), same)
            cursor.execute(f"TRUNCATE {aside}")
    return count


def _copy(sql: str, rows: Iterable[Sequence[Any]]) -> int:
    """Some thousand rows at a time: making them may ask the database, which a COPY does not let."""
    count, source = 0, iter(rows)
    with connection.cursor() as cursor:
        while part := list(islice(source, CHUNK)):
            with cursor.copy(sql) as target:
                for row in part:
                    target.write_row(row)
            count += len(part)
    return count


def _plain(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield tuple(_adapted(value) if isinstance(value, date) else value for value in row)


def _adapted(value: date) -> str | None:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)


@contextmanager
def collecting_later() -> Iterator[None]:
    """No search for unused rings of objects inside: it looks at every object of the program again
    and again while a hundred thousand rows, which form no rings, come and go.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def lift_time_limit() -> None:
    """No statement of the running transaction, its commit included, is cut off (PostgreSQL).

    For transactions that write a whole city: their foreign keys are checked all together at the
    end. The limit is back with the next transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")


def count_rows_anew() -> None:
    """Let PostgreSQL's planner know the rows of the running transaction; elsewhere nothing happens.

    It plans by what it last counted: over tables it believes empty it joins row by row, which makes
    the building of a whole city ten times as long.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
        cursor.execute("RESET ROLE")  # only the owner of a table may have it counted
        # not all of the database: tables that databases share may be waited for by another one
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(_our_tables())}")
        cursor.execute(f"SET ROLE {connection.ops.quote_name(role)}")


def _our_tables() -> list[str]:
    quote = connection.ops.quote_name
    return [quote(name) for name in connection.introspection.django_table_names(only_existing=True)]


def new_ids(model: type[models.Model], count: int) -> range | list[int]:
    """Ids for so many rows that are inserted right after, inside the same transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "WITH found AS MATERIALIZED"
                " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name)"
                " SELECT nextval(found.name) FROM found, generate_series(1, %s)",
                [table, count],
            )
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return range(last + 1, last + count + 1)
