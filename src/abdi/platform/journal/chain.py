"""The hash chain over journal entries (SECURITY_GUIDE 14).

Seals and entries are read in pages of a range of their keys and put together here: no statement
joins the two tables, so none depends on what the planner knows about them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from abdi.platform.db.bulk import insert_many
from abdi.platform.db.texts import prepared_cursor
from abdi.platform.journal.records import Entry, Seal
from abdi.platform.tenancy import unscoped

START = "0" * 64
ADVISORY_KEY = 4_207_001
COLUMNS = ("id", "institution_id", "at_us", "by", "kind", "about", "data_text", "cause_id")
LATE = 5_000
"""So many ids below the newest sealed entry a turn of the worker still looks for late commits."""
PAGE = 20_000
ONE_BY_ONE = 500


_over_all = unscoped("one chain runs through the entries of every institution")


@dataclass(frozen=True)
class Verdict:
    """What `abdi audit verify` found."""

    whole: bool
    checked: int
    unsealed: int
    first_bad: int | None
    reason: str
    head: str


def line_of(row: tuple[Any, ...]) -> str:
    """The canonical line of an entry: its columns, each preceded by its length in signs.

    Written out, since a chain of years is read through it: half the time of a loop.
    """
    number, institution, at, by, kind, about, data, cause = row
    id_, place, at_, cause_ = str(number), str(institution), str(at), _text(cause)
    return (
        f"{len(id_)}:{id_}{len(place)}:{place}{len(at_)}:{at_}{len(by)}:{by}{len(kind)}:{kind}"
        f"{len(about)}:{about}{len(data)}:{data}{len(cause_)}:{cause_}"
    )


def _text(cause: int | None) -> str:
    return "" if cause is None else str(cause)


def digest_of(previous: str, number: int, line: str) -> str:
    """h_n from h_(n-1), n and the line."""
    return hashlib.sha256(f"{previous}|{number}|{line}".encode()).hexdigest()


def seal_entry(entry: Entry) -> None:
    """Seal a fresh entry in its own transaction (SQLite: writers queue, so the head is ours)."""
    with prepared_cursor() as cursor:
        cursor.execute("SELECT number, digest FROM platform_seal ORDER BY number DESC LIMIT 1")
        head = cursor.fetchone() or (0, START)
        number = head[0] + 1
        row = (
            entry.pk,
            entry.institution_id,
            entry.at_us,
            entry.by,
            entry.kind,
            entry.about,
            entry.data_text,
            entry.cause_id,
        )
        digest = digest_of(head[1], number, line_of(row))
        cursor.execute(
            "INSERT INTO platform_seal (number, entry_id, digest) VALUES (%s, %s, %s)",
            [number, entry.pk, digest],
        )


@_over_all
def seal_new_entries(limit: int = 5_000, *, above: int | None = None) -> int:
    """Seal committed entries that have no seal yet, in order of id; returns how many.

    Looks at entries with an id greater than `above`; without it, at those that came since the
    newest sealed one and LATE ids before it. What committed even later is found by seal_all().
    """
    with transaction.atomic():
        if not _is_our_turn():
            return 0
        ids: list[int] = []
        for page in _unsealed_pages(_lately() if above is None else above):
            ids += page
            if len(ids) >= limit:
                break
        return _seal(ids[:limit])


@_over_all
def seal_all() -> int:
    """Seal every committed entry that has no seal, however old; returns how many."""
    count = 0
    after: int | None = 0
    while after is not None:
        with transaction.atomic():
            if not _is_our_turn():
                return count
            ids, after = _unsealed_page(after)
            count += _seal(ids)
    return count


def _is_our_turn() -> bool:
    """On PostgreSQL one sealer at a time, until its transaction ends."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_KEY])
        return bool(cursor.fetchone()[0])


def _seal(ids: Sequence[int]) -> int:
    if not ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, digest FROM platform_seal ORDER BY number DESC LIMIT 1")
        number, previous = cursor.fetchone() or (0, START)
    lines = _lines(ids)
    links = []
    for entry_id in ids:
        number += 1
        previous = digest_of(previous, number, lines[entry_id])
        links.append((number, entry_id, previous))
    return insert_many(Seal, ("number", "entry", "digest"), links)


# ------------------------------------------------------------------ what has no seal


def _lately() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(entry_id) FROM platform_seal")
        return max(0, (cursor.fetchone()[0] or 0) - LATE)


def _unsealed_page(after: int) -> tuple[list[int], int | None]:
    """Ids without a seal among the next PAGE entries; where to go on, None at the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM platform_entry WHERE id > %s ORDER BY id LIMIT %s", [after, PAGE]
        )
        ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return [], None
        cursor.execute(
            "SELECT entry_id FROM platform_seal WHERE entry_id >= %s AND entry_id <= %s",
            [ids[0], ids[-1]],
        )
        sealed = {row[0] for row in cursor.fetchall()}
    found = [number for number in ids if number not in sealed]
    return found, ids[-1] if len(ids) == PAGE else None


def _unsealed_pages(above: int) -> Iterator[list[int]]:
    after: int | None = above
    while after is not None:
        ids, after = _unsealed_page(after)
        yield ids


@_over_all
def unsealed(*, lately: bool = False) -> int:
    """How many entries have no seal: all, or of the newest only (cheap, for the health page)."""
    if lately:
        return sum(len(page) for page in _unsealed_pages(_lately()))
    with (
        connection.cursor() as cursor
    ):  # each seal has an entry of its own: the database sees to it
        cursor.execute(
            "SELECT (SELECT count(*) FROM platform_entry) - (SELECT count(*) FROM platform_seal)"
        )
        return int(cursor.fetchone()[0])


# ------------------------------------------------------------------ reading it again


def _lines(ids: Sequence[int]) -> dict[int, str]:
    """The lines of these entries, as far as they are there."""
    low, high = min(ids), max(ids)
    if high - low < 4 * len(ids):
        return dict(_read_lines("id >= %s AND id <= %s", [low, high]))
    found: dict[int, str] = {}
    for start in range(0, len(ids), ONE_BY_ONE):
        some = list(ids[start : start + ONE_BY_ONE])
        found.update(_read_lines(f"id IN ({', '.join(['%s'] * len(some))})", some))
    return found


def _read_lines(which: str, values: Sequence[int]) -> Iterable[tuple[int, str]]:
    """Ids and lines: PostgreSQL writes them faster than Python, SQLite slower (2.3 to 1.4 µs)."""
    in_sql = connection.vendor == "postgresql"
    columns = f"id, {_line_sql()}" if in_sql else ", ".join(f'"{name}"' for name in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM platform_entry WHERE {which}", values)  # noqa: S608 - fixed names
        rows = cursor.fetchall()
    return rows if in_sql else ((row[0], line_of(row)) for row in rows)


def _line_sql() -> str:
    """line_of() in the words of PostgreSQL."""
    texts = [f"coalesce({connection.ops.quote_name(name)}::text, '')" for name in COLUMNS]
    return " || ".join(f"length({text}) || ':' || {text}" for text in texts)


def _seals(after: int) -> list[tuple[int, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, entry_id, digest FROM platform_seal WHERE number > %s"
            " ORDER BY number LIMIT %s",
            [after, PAGE],
        )
        return list(cursor.fetchall())


@_over_all
def verify_chain() -> Verdict:
    """Recompute every link; names the first line that was changed, moved or removed."""
    previous, expected = START, 0
    while seals := _seals(expected):
        lines = _lines([seal[1] for seal in seals])
        for number, entry_id, digest in seals:
            expected += 1
            line = lines.get(entry_id)
            if number != expected:
                return _broken(expected, "a link is missing", previous)
            if line is None:
                return _broken(expected, "its entry was removed", previous)
            if digest_of(previous, number, line) != digest:
                return _broken(expected, "the line was changed", previous)
            previous = digest
    return Verdict(True, expected, unsealed(), None, "", previous)


def _broken(number: int, reason: str, head: str) -> Verdict:
    return Verdict(False, number - 1, 0, number, reason, head)
