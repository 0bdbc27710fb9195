"""A name as it is searched: from its first, second, third or fourth word on, in capitals.

The database computes it inside an index, so nothing has to be kept in step with the name.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import models
from django.db.models import Func, Q
from django.db.models.expressions import Expression

WORDS: Final = (1, 2, 3, 4)
"""Names are found by the beginning of any of these words; of longer ones by the first four."""


class NameFrom(Func):
    """The name from a word on. A name of fewer words gives its last one."""

    output_field = models.CharField()

    def __init__(self, expression: str | Expression, word: int = 1, **extra: Any) -> None:
        super().__init__(expression, **extra)
        self.word = word

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Plain text without parameters: an index is used only where its text is the same."""
        column, params = compiler.compile(self.source_expressions[0])
        find = "STRPOS" if connection.vendor == "postgresql" else "INSTR"
        text = f"UPPER({column})"
        for _step in range(self.word - 1):
            text = f"SUBSTR({text}, {find}({text}, ' ') + 1)"
        if connection.vendor == "postgresql":
            text = f'({text}) COLLATE "C"'
        return text, params


def name_indexes() -> list[models.Index]:
    """One index for each word, of those who have not left."""
    here = Q(left_on__isnull=True)
    return [
        models.Index(
            "institution", NameFrom("name", word), "id", name=f"person_word_{word}", condition=here
        )
        for word in WORDS
    ]
