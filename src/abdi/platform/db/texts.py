"""Query texts that are kept: Django puts a query together in 0.3 to 0.6 ms, a kept one costs none.

Keep what `text_of` gives under everything the queryset is made of, `tenancy.scope()` first:

    @lru_cache(maxsize=256)
    def _text(_scope: int | None, codes: tuple[str, ...]) -> Text:
        return text_of(Category.objects.filter(code__in=codes).values_list("code", "name"))

    rows = read(_text(scope(), codes))
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Text = tuple[str, tuple[Any, ...]]


def text_of(rows: QuerySet[Any, Any]) -> Text:
    """The statement of a queryset with its values; no text where it can find no row at all."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return "", ()
    return sql, tuple(values)


def read(text: Text) -> list[tuple[Any, ...]]:
    """The rows of a kept statement as the driver gives them: texts, numbers, yes or no, days.

    Moments need `aware()`; columns of JSON are not for this.
    """
    sql, values = text
    if not sql:
        return []
    with prepared_cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def prepared_cursor() -> Any:
    """A cursor for fixed statements of many requests: PostgreSQL plans each once a connection."""
    make: Any = getattr(connection, "prepared_cursor", connection.cursor)
    return make()


def aware(moment: datetime) -> datetime:
    """A moment of `read`: SQLite keeps them in UTC without saying so."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
