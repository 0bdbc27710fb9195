"""`column in (thousands of values)` as one value.

Django writes a place for each of them, which takes longer than finding the rows.

    Person.objects.filter(Among("pk", ids))
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func


class Among(Func):
    """Whether a column of numbers or texts is one of many: an array or, on SQLite, JSON."""

    output_field = BooleanField()

    def __init__(self, column: str, values: Iterable[int] | Iterable[str], **extra: Any) -> None:
        super().__init__(F(column), **extra)
        self.values = list(values)

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # the stubs want their own types
        """The column beside one parameter; of the column's own kind, the array is hashed."""
        column, params = compiler.compile(self.source_expressions[0])
        if connection.vendor == "postgresql":
            kind = "text" if self.values and isinstance(self.values[0], str) else "bigint"
            return f"{column} = ANY(%s::{kind}[])", [*params, self.values]
        return f"{column} IN (SELECT value FROM json_each(%s))", [  # noqa: S608 - a column of the model
            *params,
            json.dumps(self.values),
        ]
