"""Writers of SQLite come in the order in which they asked; without the turnstile they do not."""

import multiprocessing
import sqlite3
import threading
import time

import pytest
from django.db.utils import OperationalError

from abdi.platform.db.sqlite3.base import DatabaseWrapper, Turnstile, turnstile

WRITERS = 8
ROUNDS = 12
HELD_SECONDS = 0.002
pytestmark = pytest.mark.django_db  # connections of one's own, beside the one of the test
START = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;"


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "giliran.sqlite3"
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE visit (writer int, round int)")
    made.close()
    return str(file)


def a_connection(path):
    settings = {
        "ENGINE": "abdi.platform.db.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": START},
        "TIME_ZONE": None,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "AUTOCOMMIT": True,
        "ATOMIC_REQUESTS": False,
    }
    return DatabaseWrapper(settings, "giliran")


def visits(path):
    """All writers write again and again; returns (asked at, let in at) of every visit."""
    seen, start = [], threading.Barrier(WRITERS)

    def write(writer):
        connection = a_connection(path)
        connection.ensure_connection()
        start.wait(60)
        for number in range(ROUNDS):
            asked = time.monotonic()
            connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            let_in = time.monotonic()
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO visit VALUES (%s, %s)", [writer, number])
            time.sleep(HELD_SECONDS)
            connection.commit()
            connection.set_autocommit(True)
            seen.append((asked, let_in))
        connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(seen) == WRITERS * ROUNDS
    return sorted(seen, key=lambda visit: visit[1])


def overtaken(seen):
    """How often somebody who asked clearly later was let in earlier."""
    clearly = HELD_SECONDS * 2
    return sum(
        later[0] + clearly < earlier[0]
        for number, earlier in enumerate(seen)
        for later in seen[number + 1 :]
    )


def test_writers_are_let_in_in_the_order_in_which_they_asked(path, monkeypatch):
    monkeypatch.delenv("ABDI_TEST_NO_GATE", raising=False)
    assert overtaken(visits(path)) == 0


def test_without_the_turnstile_late_ones_overtake(path, monkeypatch):
    monkeypatch.setenv("ABDI_TEST_NO_GATE", "1")
    assert overtaken(visits(path)) > 0


def test_one_at_a_time(tmp_path):
    gate, inside = Turnstile(str(tmp_path / "x")), []
    stays = []

    def visit():
        gate.enter()
        inside.append(1)
        stays.append(len(inside))
        inside.pop()
        gate.leave()

    threads = [threading.Thread(target=visit) for _number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert stays == [1] * 20


def test_who_waits_too_long_is_told_and_holds_up_nobody(tmp_path):
    gate = Turnstile(str(tmp_path / "x"))
    gate.enter()
    with pytest.raises(OperationalError, match="too long"):
        gate.enter(patience=0.05)
    gate.leave()
    gate.enter(patience=1)
    gate.leave()


def hold(path, told, go_on):
    gate = Turnstile(path)
    gate.enter()
    told.set()
    go_on.wait(60)


def test_another_process_is_waited_for_and_a_killed_one_gives_way(tmp_path):
    path = str(tmp_path / "x")
    spawn = multiprocessing.get_context("spawn")
    told, go_on = spawn.Event(), spawn.Event()
    other = spawn.Process(target=hold, args=(path, told, go_on))
    other.start()
    assert told.wait(60)
    gate = Turnstile(path)
    with pytest.raises(OperationalError, match="another process"):
        gate.enter(patience=0.1)
    other.kill()
    other.join(30)
    gate.enter(patience=10)
    gate.leave()
    other.close()


def test_a_forked_child_starts_with_a_turnstile_of_its_own(tmp_path):
    from abdi.platform.db.sqlite3 import base

    before = turnstile(str(tmp_path / "x"))
    base._start_anew()
    assert turnstile(str(tmp_path / "x")) is not before
