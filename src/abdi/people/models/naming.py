"""A name as it is searched: from each of its first six words on, in capitals.

The database computes it inside indexes, so nothing has to be kept in step with the name.
An index is used only where its text is the same: what is said here holds no parameters.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Func, Q
from django.db.models.expressions import Expression

WORDS: Final = (1, 2, 3, 4, 5, 6)
"""Names are found by the beginning of any of these words; of longer ones by the first six."""
LATE: Final = (5, 6)
"""Few have so many words (I Gusti Ayu Putu Sri Wahyuni): those are read one by one."""
PAIRS: Final = tuple(combinations(WORDS[:4], 2))
"""Two words of a name, the earlier first."""
START: Final = 3
"""So many letters of the earlier word of a pair stand in its index before the later word."""
FIND: Final = {"postgresql": "STRPOS", "sqlite": "INSTR"}
BEHIND: Final = {
    "postgresql": "SUBSTR(SUBSTR({text}, STRPOS({text}, ' ')), 2)",
    "sqlite": "SUBSTR({text}, INSTR({text}, ' ') + 1)",
}
"""What stands behind the first space, where there is one. PostgreSQL asks no index behind row
security by a sum: plus may end in an error that tells of its numbers."""
BY_LETTER: Final = {"postgresql": '({text}) COLLATE "C"', "sqlite": "{text}"}


def name_from(column: str, word: int, vendor: str) -> str:
    """The text of a statement: the name from a word on, ordered letter by letter."""
    return BY_LETTER[vendor].format(text=_rest(column, word, vendor))


def name_start(column: str, word: int, vendor: str) -> str:
    """The text of a statement: the first letters of a word, of a short one with what follows it."""
    text = f"SUBSTR({_rest(column, word, vendor)}, 1, {START})"
    return BY_LETTER[vendor].format(text=text)


def name_has(column: str, word: int, vendor: str) -> str:
    """The text of a statement: whether a space stands behind the word before this one."""
    return f"{FIND[vendor]}({_rest(column, word - 1, vendor)}, ' ') > 0"


def _rest(column: str, word: int, vendor: str) -> str:
    text = f"UPPER({column})"
    for _step in range(word - 1):
        text = BEHIND[vendor].format(text=text)
    return text


class _OfName(Func):
    text: ClassVar[Any]

    def __init__(self, expression: str | Expression, word: int = 1, **extra: Any) -> None:
        super().__init__(expression, **extra)
        self.word = word

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]  # as in paths.py
        """The text of this kind for the column and the word."""
        column, params = compiler.compile(self.source_expressions[0])
        return self.text(column, self.word, connection.vendor), params


class NameFrom(_OfName):
    """The name from a word on, of a name that has so many words."""

    output_field = models.CharField()
    text = staticmethod(name_from)


class NameStart(_OfName):
    """The first three letters of the name from a word on."""

    output_field = models.CharField()
    text = staticmethod(name_start)


class NameHas(_OfName):
    """Whether the name has so many words, two at least."""

    output_field = models.BooleanField()
    text = staticmethod(name_has)


def has_word(word: int) -> Q:
    """The condition that a name has so many words; said by index and by search alike."""
    return Q(NameHas("name", word)) if word > 1 else Q()


def name_indexes() -> list[models.Index]:
    """Of those who have not left: one for each word, one for each two words of a name.

    The second kind finds words in any order: the start of one and the whole of the other together
    leave few entries to read, however frequent either word is.
    """
    here = Q(left_on__isnull=True)
    single = [
        models.Index(
            "institution",
            NameFrom("name", word),
            "id",
            name=f"person_word_{word}",
            condition=here & has_word(word),
        )
        for word in WORDS
    ]
    double = [
        models.Index(
            "institution",
            NameStart("name", early),
            NameFrom("name", late),
            "id",
            name=f"person_words_{early}{late}",
            condition=here & has_word(late),
        )
        for early, late in PAIRS
    ]
    return [*single, *double]
