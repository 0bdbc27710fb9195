"""Paths of units, and what stands below one: a stretch of an index on both databases."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan

AFTER = "0"
"""The sign that follows the slash every path ends with."""


class InOrder(Func):
    """A path compared sign by sign, whatever the language of the database."""

    output_field = models.CharField()

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]  # the stubs want their own types
        """The column; PostgreSQL is told the order, SQLite has no other."""
        column, params = compiler.compile(self.source_expressions[0])
        is_postgresql = connection.vendor == "postgresql"
        return (f'({column}) COLLATE "C"' if is_postgresql else column), params


def below(path: str, column: str = "path") -> Q:
    """The unit of a path and all units below it."""
    told = InOrder(F(column))
    last = path.removesuffix("/") + AFTER
    return Q(GreaterThanOrEqual(told, Value(path)), LessThan(told, Value(last)))
