"""A new row, rows that hang on it, its entry and its deliveries, in as few trips as possible.

For the one place where every trip counts, the intake of reports: on PostgreSQL all of it is one
statement, elsewhere one bare statement a row. The rows are those that save() and record() write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection, models

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import in_action, note_recorded
from abdi.platform.db.rows import new_row
from abdi.platform.db.texts import prepared_cursor
from abdi.platform.events import as_data
from abdi.platform.journal.chain import seal_entry
from abdi.platform.journal.reactions import REACTIONS
from abdi.platform.journal.records import Delivery, Entry
from abdi.platform.journal.writing import as_text

Part = tuple[str, list[Any]]
NEW = "(SELECT id FROM new_row)"
ENTRY = "(SELECT id FROM new_entry)"
PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)
Ready = Callable[[Any, Any], Any] | None
HOLE = "\x1a"
HOLE_AS_TEXT = r'"\u001a"'


def insert_and_record(
    row: models.Model, *, below: Sequence[tuple[models.Model, str]], fact: Any, key: str, by: Actor
) -> None:
    """Insert `row`, the rows `below` it and the entry of `fact`, inside an action.

    `below`: unsaved rows with the name of their foreign key to `row`. `key` is the field of the
    fact that carries the id of `row`; what stands in it is replaced.
    """
    if not in_action():
        raise RuntimeError("insert_and_record() belongs inside an @action")
    if connection.vendor == "postgresql":
        _at_once(row, below, fact, key, by)
    else:
        _one_by_one(row, below, fact, key, by)


def _one_by_one(
    row: models.Model, below: Sequence[tuple[models.Model, str]], fact: Any, key: str, by: Actor
) -> None:
    entry = _entry(fact, by)
    with prepared_cursor() as cursor:
        _write(cursor, row)
        for child, name in below:
            setattr(child, name, row)
            _write(cursor, child)
        entry.about = f"{row._meta.label_lower}:{row.pk}"
        entry.data_text = as_text({**as_data(fact), key: row.pk})
        _write(cursor, entry)
        for name in REACTIONS.get(type(fact).kind, ()):
            _write(cursor, new_row(Delivery, entry=entry, reaction=name, due_at=clock.now()))
    if connection.vendor == "sqlite":
        seal_entry(entry)
    note_recorded(entry)


def _entry(fact: Any, by: Actor) -> Entry:
    at_us = int(clock.now().timestamp() * 1_000_000)
    return new_row(Entry, at_us=at_us, by=by.ref, kind=type(fact).kind)


def _write(cursor: Any, row: models.Model) -> None:
    cursor.execute(*_insert(row, {}, returning=True))
    row.pk = cursor.fetchone()[0]
    _written(row)


def _written(row: models.Model) -> None:
    row._state.adding = False
    row._state.db = connection.alias


def _at_once(
    row: models.Model, below: Sequence[tuple[models.Model, str]], fact: Any, key: str, by: Actor
) -> None:
    entry = _entry(fact, by)
    about = (f"concat(%s::text, {NEW})", [f"{row._meta.label_lower}:"])
    parts = [
        ("new_row", _insert(row, {}, returning=True)),
        *(
            (f"below_{n}", _insert(child, {name: (NEW, [])}))
            for n, (child, name) in enumerate(below)
        ),
        (
            "new_entry",
            _insert(entry, {"about": about, "data_text": _data(fact, key)}, returning=True),
        ),
        *_deliveries(type(fact).kind),
    ]
    names = ", ".join(f"{name} AS ({sql})" for name, (sql, _values) in parts)
    values = [value for _name, (_sql, found) in parts for value in found]
    with prepared_cursor() as cursor:
        cursor.execute(f"WITH {names} SELECT {NEW}, {ENTRY}", values)
        row.pk, entry.pk = cursor.fetchone()
    _written(row)
    _written(entry)
    note_recorded(entry)


def _data(fact: Any, key: str) -> Part:
    """The text of the fact with the id of the new row in its place."""
    before, after = as_text({**as_data(fact), key: HOLE}).split(HOLE_AS_TEXT)
    return f"concat(%s::text, {NEW}, %s::text)", [before, after]


def _deliveries(kind: str) -> list[tuple[str, Part]]:
    now = clock.now()
    return [
        (f"told_{n}", _insert(new_row(Delivery, reaction=name, due_at=now), {"entry": (ENTRY, [])}))
        for n, name in enumerate(REACTIONS.get(kind, ()))
    ]


class Columns(NamedTuple):
    """The columns that are written, in their order."""

    fields: tuple[Any, ...]
    read: Callable[[dict[str, Any]], tuple[Any, ...]]
    """Their values, of what a row holds."""
    ready: tuple[dict[type, Ready], ...]
    """How values of a type are written. None: as they are; a type not named: as Django does."""


def _insert(row: models.Model, given: dict[str, Part], *, returning: bool = False) -> Part:
    """INSERT of one row; `given` has expressions for some of its fields."""
    columns = _columns(type(row), tuple(given), connection.vendor)
    values = []
    for field, ready, value in zip(
        columns.fields, columns.ready, columns.read(row.__dict__), strict=True
    ):
        how = ready.get(type(value), _as_django)
        values.append(value if how is None else how(field, value))
    if not given:
        return _text(type(row), (), returning, connection.vendor), values
    places = tuple((name, place) for name, (place, _values) in given.items())
    more = [value for _name, (_place, found) in given.items() for value in found]
    return _text(type(row), places, returning, connection.vendor), [*values, *more]


@cache
def _text(
    model: type[models.Model], given: tuple[tuple[str, str], ...], returning: bool, vendor: str
) -> str:
    """The statement: first the columns with plain values, then those with expressions."""
    quote = connection.ops.quote_name
    names = [name for name, _place in given]
    fields = [
        *_columns(model, tuple(names), vendor).fields,
        *(model._meta.get_field(name) for name in names),
    ]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * (len(fields) - len(given)) + [place for _name, place in given])
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - names of the model
    return f"{sql} RETURNING id" if returning else sql


def _as_django(field: Any, value: Any) -> Any:
    if isinstance(value, StrEnum) and isinstance(field, models.CharField):
        return value.value
    return field.get_db_prep_save(value, connection)


def _in_utc(field: Any, value: datetime) -> Any:
    """A moment as SQLite keeps it."""
    if value.tzinfo is None:
        return _as_django(field, value)
    return str(value.astimezone(UTC).replace(tzinfo=None))


def _aware(field: Any, value: datetime) -> Any:
    """A moment as the driver of PostgreSQL takes it."""
    return _as_django(field, value) if value.tzinfo is None else value


AS_THEY_ARE: dict[type, Ready] = {str: None, int: None, bool: None, type(None): None}
MOMENTS: dict[str, dict[type, Ready]] = {
    "sqlite": {datetime: _in_utc, type(None): None},
    "postgresql": {datetime: _aware, type(None): None},
}


@cache
def _columns(model: type[models.Model], given: tuple[str, ...], vendor: str) -> Columns:
    """The columns of a model that are written as values: all but its key and those `given`."""
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not field.primary_key and field.name not in given
    ]
    return Columns(
        tuple(fields),
        itemgetter(*(field.attname for field in fields)),
        tuple(_ready(field, vendor) for field in fields),
    )


def _ready(field: Any, vendor: str) -> dict[type, Ready]:
    if isinstance(field, PLAIN):
        return AS_THEY_ARE
    return MOMENTS.get(vendor, {}) if isinstance(field, models.DateTimeField) else {}
