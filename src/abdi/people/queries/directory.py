"""The directory: found while typing, by the beginning of any word of a name or of a number.

Each search walks a few entries of an index, however many people there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Upper

from abdi.people import rules
from abdi.people.choices import AssignmentKind
from abdi.people.models import Assignment, Person
from abdi.people.models.naming import WORDS, NameFrom
from abdi.people.models.persons import PersonQuerySet
from abdi.platform import clock
from abdi.platform.access import Actor

MOST: Final = 1_000
"""A search names no more people than this; whoever looks for one writes another letter."""
LAST: Final = "\U0010ffff"
"""Sorts behind every letter."""


@dataclass(frozen=True)
class DirectoryRow:
    """A line of the directory."""

    code: str
    name: str
    post: str
    unit: str


def visible_people(actor: Actor) -> PersonQuerySet:
    """Persons this actor finds in the directory (name, post and unit; nothing personal)."""
    reach = actor.reach("people.directory", "view")
    rows: PersonQuerySet = Person.objects.active()
    return rows if reach.all else rows.none()


def directory(actor: Actor, asked: str, number: int, size: int) -> tuple[list[DirectoryRow], bool]:
    """One page of the directory, and whether more follow; three queries at most."""
    start = (number - 1) * size
    ids = found_ids(visible_people(actor), asked, start, size + 1)
    return _lines(ids[:size]), len(ids) > size


def found_ids(rows: PersonQuerySet, asked: str, start: int, size: int) -> list[int]:
    """Ids of those found among these persons, in the order of the list."""
    digits = asked.replace(" ", "")
    if digits.isascii() and digits.isdigit():
        numbered = rows.filter(employee_number__gte=digits, employee_number__lt=f"{digits}:")
        ordered = numbered.order_by("employee_number").values_list("id", flat=True)
        return list(ordered[start : start + size])
    words = words_of(asked)
    if not words:
        ordered = rows.order_by(NameFrom("name", 1), "id").values_list("id", flat=True)
        return list(ordered[start : start + size])
    wanted = min(start + size, MOST + 1)
    found = _merged([_beginning(rows, word, " ".join(words)) for word in WORDS], wanted)
    if len(words) > 1 and len(found) < wanted:
        more = _merged([_beside(rows, word, words) for word in WORDS], wanted)
        found += [pk for pk in more if pk not in set(found)]
    return found[start:wanted]


def words_of(asked: str) -> list[str]:
    """The words of a name without titles, as somebody types them."""
    plain = rules.split_titles(asked).name if "," in asked or "." in asked else asked
    return (plain or asked).split()[:6]


def _beginning(rows: PersonQuerySet, word: int, text: str) -> QuerySet[Person, tuple[int, str]]:
    """Names whose text from this word on begins so."""
    keyed = rows.annotate(key=NameFrom("name", word))
    inside = keyed.filter(key__gte=Upper(Value(text)), key__lt=Upper(Value(text + LAST)))
    return inside.order_by("key", "id").values_list("id", "key")


def _beside(
    rows: PersonQuerySet, word: int, words: Sequence[str]
) -> QuerySet[Person, tuple[int, str]]:
    """Names with all these words in any order: the longest leads, the others are looked for."""
    longest = max(words, key=len)
    found = rows
    for other in words:
        if other != longest:
            found = found.filter(Q(name__istartswith=other) | Q(name__icontains=f" {other}"))
    return _beginning(found, word, longest)


def _merged(branches: Sequence[QuerySet[Person, tuple[int, str]]], most: int) -> list[int]:
    """The first of several ordered lists together, each person once; one query."""
    parts: list[str] = []
    params: list[Any] = []
    for number, branch in enumerate(branches):
        text, values = branch[:most].query.sql_with_params()
        parts.append(f"SELECT * FROM ({text}) AS part{number}")  # noqa: S608 - our own queries
        params += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        rows = cursor.fetchall()
    ordered = sorted(rows, key=lambda row: (row[1], row[0]))
    return list(dict.fromkeys(pk for pk, _key in ordered))[:most]


def _lines(ids: Sequence[int]) -> list[DirectoryRow]:
    seat = Assignment.objects.on(clock.today()).filter(
        person_id=OuterRef("pk"), kind=AssignmentKind.DEFINITE
    )
    rows: Any = Person.objects.filter(id__in=ids).annotate(
        post=Subquery(seat.values("position__title")[:1]),
        unit_name=Subquery(seat.values("position__unit__name")[:1]),
    )
    by_id = {
        row.pk: DirectoryRow(row.code, row.display_name, row.post or "", row.unit_name or "")
        for row in rows
    }
    return [by_id[pk] for pk in ids if pk in by_id]
