"""The directory: found while typing, by the beginning of any word of a name or of a number.

Each search walks a few entries of an index, however many people there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Upper

from abdi.people import rules
from abdi.people.choices import AssignmentKind
from abdi.people.models import Assignment, Person
from abdi.people.models.naming import (
    FIND,
    LATE,
    PAIRS,
    START,
    WORDS,
    NameFrom,
    has_word,
    name_from,
    name_has,
    name_start,
)
from abdi.people.models.persons import PersonQuerySet
from abdi.platform import clock
from abdi.platform.access import Actor

Part: TypeAlias = tuple[str, Sequence[Any]]
"""A statement of ids and the texts they are ordered by, and its values."""
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
    found = _merged(_beginnings(rows, " ".join(words), wanted), wanted)
    if len(words) > 1 and len(found) < wanted:
        seen = set(found)
        more = _merged(_in_any_order(rows, _needed(words), wanted), wanted)
        found += [pk for pk in more if pk not in seen]
    return found[start:wanted]


def words_of(asked: str) -> list[str]:
    """The words of a name without titles, as somebody types them."""
    plain = rules.split_titles(asked).name if "," in asked or "." in asked else asked
    return (plain or asked).split()[:6]


def _needed(words: Sequence[str]) -> list[str]:
    """These words, the longest first, without those that another one begins with."""
    kept: list[str] = []
    for word in sorted(words, key=len, reverse=True):
        if not any(other.casefold().startswith(word.casefold()) for other in kept):
            kept.append(word)
    return kept


def _beginnings(rows: PersonQuerySet, text: str, most: int) -> list[Part]:
    """The first of those whose name begins so from one of its words on."""
    return [_beginning(rows, word, text)[:most].query.sql_with_params() for word in WORDS]


def _beginning(rows: PersonQuerySet, word: int, text: str) -> QuerySet[Person, tuple[int, str]]:
    """Names whose text from this word on begins so."""
    keyed = rows.filter(has_word(word)).annotate(key=NameFrom("name", word))
    inside = keyed.filter(key__gte=Upper(Value(text)), key__lt=Upper(Value(text + LAST)))
    return inside.order_by("key", "id").values_list("id", "key")


def _in_any_order(rows: PersonQuerySet, words: Sequence[str], most: int) -> list[Part]:
    """The first of those who have all these words, the longest first, in any order.

    The two longest are looked up together. Beside one or two letters the longest is looked up
    alone: so few letters stand in many names, so the page is soon full.
    """
    if len(words) == 1 or len(words[1]) < START:
        return _beginnings(_with_words(rows, words[1:]), words[0], most)
    rest = _with_words(rows, words[2:])
    # one frame for all: the statement of a search is written faster than it is run
    framed = rest.annotate(key=RawSQL("{key}", ())).extra(where=["{where}"])
    frame, values = framed.values_list("id", "key").query.sql_with_params()
    frame = f"{frame} ORDER BY {{key}}, id LIMIT {most}"
    longest, other = words[:2]
    turns = ((longest, other), (other, longest))
    early: list[Part] = [
        (frame.format(**_pair_texts(*pair)), (*values, *_pair_values(*turn)))
        for pair in PAIRS
        for turn in turns
    ]
    late: list[Part] = [
        _beginning(_with_words(rest, [first]), word, second)[:most].query.sql_with_params()
        for word in LATE
        for first, second in turns
    ]
    return early + late


@cache
def _pair_texts(early: int, late: int) -> dict[str, str]:
    """Where names stand whose earlier word begins with one text and whose later with another."""
    quote, vendor = connection.ops.quote_name, connection.vendor
    column = f"{quote(Person._meta.db_table)}.{quote('name')}"
    start = name_start(column, early, vendor)
    whole, key = name_from(column, early, vendor), name_from(column, late, vendor)
    where = (
        f"{name_has(column, late, vendor)} AND {start} = SUBSTR(UPPER(%s), 1, {START})"
        f" AND {key} >= UPPER(%s) AND {key} < UPPER(%s)"
        f" AND {FIND[vendor]}({whole}, UPPER(%s)) = 1"  # looked at, not looked up
    )
    return {"key": key, "where": where}


def _pair_values(first: str, second: str) -> tuple[str, ...]:
    return first, second, second + LAST, first


def _with_words(rows: PersonQuerySet, words: Sequence[str]) -> PersonQuerySet:
    for other in words:
        rows = rows.filter(Q(name__istartswith=other) | Q(name__icontains=f" {other}"))
    return rows


def _merged(parts: Sequence[Part], most: int) -> list[int]:
    """The first of several ordered lists together, each person once; one query."""
    text = " UNION ALL ".join(
        f"SELECT * FROM ({part}) AS part{number}"  # noqa: S608 - our own queries
        for number, (part, _values) in enumerate(parts)
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [value for _part, values in parts for value in values])
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
