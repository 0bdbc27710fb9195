"""Many rows at once, without an object for each: histories, seals, the demo city."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import connection, models, transaction

from abdi.platform.tenancy import Owned

CHUNK = 5_000
ASIDE = 50_000


def insert_many(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Insert rows of plain values (numbers, texts, moments) in the order of `columns`.

    Every column without a default of the database must be there. Nothing but the constraints of
    the database is checked. JSON comes as text. Returns the number of rows. PostgreSQL copies
    them: 100,000 journal entries in a seventh of the time of inserts.
    """
    quote = connection.ops.quote_name
    found: Iterable[Any] = (model._meta.get_field(name) for name in columns)
    names = ", ".join(quote(str(field.column)) for field in found)
    table = quote(model._meta.db_table)
    if connection.vendor == "postgresql":
        if issubclass(model, Owned):
            return _copy_aside(table, names, rows)
        return _copy(f"COPY {table} ({names}) FROM STDIN", rows)
    places = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - names of the model
    count = 0
    source = iter(rows)
    with connection.cursor() as cursor:
        while part := list(islice(source, CHUNK)):
            cursor.executemany(sql, list(_plain(part)))
            count += len(part)
    return count


def _copy_aside(table: str, names: str, rows: Iterable[Sequence[Any]]) -> int:
    """By way of a table that ends with the transaction: COPY refuses tables with row security."""
    count, source = 0, iter(rows)
    while part := list(islice(source, ASIDE)):
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE bulk_rows ON COMMIT DROP AS"  # noqa: S608 - names of the model
                f" SELECT {names} FROM {table} WITH NO DATA"
            )
            count += _copy(f"COPY bulk_rows ({names}) FROM STDIN", part)
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM bulk_rows")  # noqa: S608 - as above
            cursor.execute("DROP TABLE bulk_rows")
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


def insert_objects(objects: Sequence[models.Model]) -> None:
    """Insert new objects of one model and give them their ids; inside a transaction.

    As `bulk_create`, without its statement for each part: signals, `save` and `pre_save` are not
    called, JSON columns are none.
    """
    if not objects:
        return
    model = type(objects[0])
    for pk, one in zip(new_ids(model, len(objects)), objects, strict=True):
        one.pk = pk
        one._state.adding = False
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    insert_many(model, [field.name for field in fields], map(attrgetter(*names), objects))


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
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return range(last + 1, last + count + 1)
