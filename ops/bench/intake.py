"""G3 and G4: durable intake through the whole program against the bare insert loop."""

from __future__ import annotations

import secrets
import socket
import sqlite3
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from ops.bench.turns import percentile
from tests.kill.place import FORM, Citizen, Place

CLIENTS = 8
ROUNDS = 3
BARE_TABLES = (
    "CREATE TABLE bare_report (id {key}, client_key text UNIQUE, place text, at text, due text)",
    "CREATE TABLE bare_entry (id {key}, about bigint, kind text, data text)",
    "CREATE TABLE bare_delivery (id {key}, entry bigint, reaction text, state text)",
)
ONE_STATEMENT = """
WITH r AS (INSERT INTO bare_report (client_key, place, at, due)
           VALUES (%s, %s, %s, %s) RETURNING id),
     e AS (INSERT INTO bare_entry (about, kind, data) SELECT id, %s, %s FROM r RETURNING id)
INSERT INTO bare_delivery (entry, reaction, state) SELECT id, 'work', 'waiting' FROM e
"""
ROW = ("Jl. Kenanga", "2026-03-02 02:00:00", "2026-03-03 02:00:00", "reports.Received", '{"id":1}')
Act = Callable[[], None]


def measure(place: Place, seconds: float) -> dict[str, Any]:
    """Requests a second of the server and goes a second of the bare loop, in turns."""
    place.start()
    citizen = place.citizen()
    ours, bare, waits, bare_waits = [], [], [], []
    for number in range(ROUNDS + 1):
        spans = run_clients(lambda: _posting(citizen), seconds)
        loops = _bare_spans(place, seconds)
        if number:  # the first round warms both up
            ours.append(len(spans) / seconds)
            bare.append(len(loops) / seconds)
            waits += spans
            bare_waits += loops
    place.kill()
    ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
    return {
        "ours_per_s": round(statistics.median(ours)),
        "bare_per_s": round(statistics.median(bare)),
        "ratio": round(ratio, 3),
        "p95_ms": round(percentile(waits, 0.95) * 1000, 1),
        "worst_ms": round(max(waits) * 1000, 1),
        "bare_p95_ms": round(percentile(bare_waits, 0.95) * 1000, 1),
        "clients": CLIENTS,
    }


def run_clients(make: Callable[[], Any], seconds: float, clients: int = CLIENTS) -> list[float]:
    """So many clients act without a pause for some seconds; how long each go took."""
    spans: list[float] = []
    ready = threading.Barrier(clients)
    failed: list[BaseException] = []

    def client() -> None:
        try:
            with make() as act:
                ready.wait(60)
                end = time.monotonic() + seconds
                while time.monotonic() < end:
                    begun = time.perf_counter()
                    act()
                    spans.append(time.perf_counter() - begun)
        except BaseException as problem:
            failed.append(problem)
            ready.abort()

    threads = [threading.Thread(target=client) for _number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return spans


# ------------------------------------------------------------------ ours


@contextmanager
def _posting(citizen: Citizen) -> Iterator[Act]:
    """A connection that stays open and sends one report after the other.

    All but the key and the address stands ready: the clients share the cores with the server, and
    what they cost is not what is measured.
    """
    line = socket.create_connection(("127.0.0.1", citizen.place.port), timeout=60)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    address, key = b"AAA.AAA.AAA.AAA", b"K" * 32
    whole = _request(citizen, address.decode(), key.decode())
    head, _mark, rest = whole.partition(address)
    middle, _mark, tail = rest.partition(key)
    with closing(line):
        yield lambda: _post(line, head, middle, tail)


def _request(citizen: Citizen, address: str, key: str) -> bytes:
    words = {
        "csrfmiddlewaretoken": citizen.token,
        "_once": key,
        "place": "Jl. Kenanga",
        "note": "Lampu mati",
    }
    body = urlencode(words)
    return (
        f"POST {FORM} HTTP/1.1\r\nHost: 127.0.0.1:{citizen.place.port}\r\n"
        f"Cookie: {citizen.cookie}\r\nOrigin: http://127.0.0.1:{citizen.place.port}\r\n"
        f"X-Forwarded-For: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def _post(line: socket.socket, head: bytes, middle: bytes, tail: bytes) -> None:
    chance = secrets.token_bytes(20)
    address = b"%d.%d.%d.%d" % (1 + chance[16] % 250, chance[17], chance[18], chance[19])
    line.sendall(b"%s%s%s%s%s" % (head, address, middle, chance[:16].hex().encode(), tail))
    answer = line.recv(65_536)
    while b"\r\n\r\n" not in answer:
        part = line.recv(65_536)
        if not part:
            raise ConnectionError("the server hung up")
        answer += part
    if not answer.startswith(b"HTTP/1.1 302"):
        raise AssertionError(answer[:300])


# ------------------------------------------------------------------ bare


def _bare_spans(place: Place, seconds: float) -> list[float]:
    """How long each go of the bare loop took."""
    if place.database_url.startswith("sqlite"):
        return _bare_sqlite(place.folder / "bare.sqlite3", seconds)
    return run_clients(lambda: _bare_postgresql(place.database_url), seconds)


def _bare_sqlite(path: Path, seconds: float) -> list[float]:
    """One loop, the same durability: three inserts in a transaction."""
    with closing(sqlite3.connect(path, isolation_level=None)) as line:
        line.execute("PRAGMA journal_mode=WAL")
        line.execute("PRAGMA synchronous=FULL")
        for table in BARE_TABLES:
            line.execute(
                table.format(key="integer PRIMARY KEY").replace("TABLE", "TABLE IF NOT EXISTS")
            )
        spans, end = [], time.monotonic() + seconds
        while time.monotonic() < end:
            begun = time.perf_counter()
            _three_inserts(line)
            spans.append(time.perf_counter() - begun)
        return spans


def _three_inserts(line: sqlite3.Connection) -> None:
    street, at, due, kind, data = ROW
    line.execute("BEGIN IMMEDIATE")
    report = line.execute(
        "INSERT INTO bare_report (client_key, place, at, due) VALUES (?, ?, ?, ?)",
        (secrets.token_hex(16), street, at, due),
    ).lastrowid
    entry = line.execute(
        "INSERT INTO bare_entry (about, kind, data) VALUES (?, ?, ?)", (report, kind, data)
    ).lastrowid
    line.execute(
        "INSERT INTO bare_delivery (entry, reaction, state) VALUES (?, 'work', 'waiting')", (entry,)
    )
    line.execute("COMMIT")


@contextmanager
def _bare_postgresql(address: str) -> Iterator[Act]:
    """One connection, one durable statement a go."""
    import psycopg

    street, at, due, kind, data = ROW
    with psycopg.connect(address, autocommit=True, prepare_threshold=1) as line:
        cursor = line.cursor()
        yield (
            lambda: (
                cursor.execute(ONE_STATEMENT, (secrets.token_hex(16), street, at, due, kind, data))
                and None
            )
        )


def make_bare_tables(address: str) -> None:
    """The three tables of the bare loop in a PostgreSQL."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as line:
        for table in BARE_TABLES:
            line.execute(table.format(key="bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"))
