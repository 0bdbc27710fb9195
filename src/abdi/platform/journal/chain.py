"""The hash chain over journal entries (SECURITY_GUIDE 14)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from abdi.platform.db.bulk import insert_many
from abdi.platform.journal.records import Entry, Seal

START = "0" * 64
ADVISORY_KEY = 4_207_001
COLUMNS = "e.id, e.institution_id, e.at_us, e.by, e.kind, e.about, e.data_text, e.cause_id"


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
    """The canonical line of an entry: its columns, each preceded by its length."""
    return "".join(f"{len(text)}:{text}" for text in ("" if x is None else str(x) for x in row))


def digest_of(previous: str, number: int, line: str) -> str:
    """h_n from h_(n-1), n and the line."""
    return hashlib.sha256(f"{previous}|{number}|{line}".encode()).hexdigest()


def seal_entry(entry: Entry) -> None:
    """Seal a fresh entry in its own transaction (SQLite: writers queue, so the head is ours)."""
    with connection.cursor() as cursor:
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


def seal_new_entries(limit: int = 5_000) -> int:
    """Seal committed entries that have no seal yet, in order of id; returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_KEY])
            if not cursor.fetchone()[0]:
                return 0
        cursor.execute("SELECT number, digest FROM platform_seal ORDER BY number DESC LIMIT 1")
        number, previous = cursor.fetchone() or (0, START)
        cursor.execute(
            f"SELECT {COLUMNS} FROM platform_entry e LEFT JOIN platform_seal s ON s.entry_id = e.id"  # noqa: S608 - fixed names
            " WHERE s.number IS NULL ORDER BY e.id LIMIT %s",
            [limit],
        )
        links = []
        for row in cursor.fetchall():
            number += 1
            previous = digest_of(previous, number, line_of(row))
            links.append((number, row[0], previous))
        return insert_many(Seal, ("number", "entry", "digest"), links)


def _rows(after: int, size: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.number, s.digest, {COLUMNS} FROM platform_seal s"  # noqa: S608 - fixed names
            " LEFT JOIN platform_entry e ON e.id = s.entry_id WHERE s.number > %s"
            " ORDER BY s.number LIMIT %s",
            [after, size],
        )
        return list(cursor.fetchall())


def _links(size: int = 20_000) -> Iterator[tuple[Any, ...]]:
    after = 0
    while rows := _rows(after, size):
        yield from rows
        after = rows[-1][0]


def verify_chain() -> Verdict:
    """Recompute every link; names the first line that was changed, moved or removed."""
    previous, expected = START, 0
    for number, digest, *columns in _links():
        expected += 1
        if number != expected:
            return Verdict(False, expected - 1, 0, expected, "a link is missing", previous)
        if columns[0] is None:
            return Verdict(False, expected - 1, 0, number, "its entry was removed", previous)
        if digest_of(previous, number, line_of(tuple(columns))) != digest:
            return Verdict(False, expected - 1, 0, number, "the line was changed", previous)
        previous = digest
    return Verdict(True, expected, _unsealed(), None, "", previous)


def _unsealed() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM platform_entry e LEFT JOIN platform_seal s ON s.entry_id = e.id"
            " WHERE s.number IS NULL"
        )
        return int(cursor.fetchone()[0])
