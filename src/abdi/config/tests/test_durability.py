"""What was saved stays saved, and the program cannot rewrite its journal."""

import pytest
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.db.utils import ProgrammingError

from abdi.config import doctor, serving
from abdi.platform import durability
from abdi.platform.db.postgresql import role
from abdi.platform.db.postgresql.base import act_as_owner, act_as_program, acts_as_owner
from abdi.platform.journal import Entry
from abdi.platform.testing import as_owner

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="roles are of PG")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="pragmas are of SQLite")


def run(words):
    with connection.cursor() as cursor:
        cursor.execute(words)


def test_this_database_keeps_what_it_confirms():
    assert durability.weaknesses() == []


@on_sqlite
def test_a_weaker_sqlite_is_named():
    run("PRAGMA busy_timeout=100")
    try:
        assert ["gives up waiting" in line for line in durability.weaknesses()] == [True]
    finally:
        run("PRAGMA busy_timeout=20000")


class Told:
    """Stands for a connection: answers each question with what it was told."""

    vendor, transaction_mode = "sqlite", "DEFERRED"

    def __init__(self, answers):
        self.answers, self.asked = answers, ""

    def __call__(self):
        return self

    cursor = __call__

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        return None

    def execute(self, words, _values=()):
        self.asked = words.split()[-1]

    def fetchone(self):
        return (self.answers[self.asked],)


def test_every_weak_setting_of_sqlite_is_named(monkeypatch):
    weak = {"journal_mode": "delete", "synchronous": 1, "foreign_keys": 0, "busy_timeout": 0}
    monkeypatch.setattr(durability, "connection", Told(weak))
    assert len(durability.weaknesses()) == 5


@on_postgresql
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("SET LOCAL synchronous_commit = off", "synchronous_commit is off"),
        ("SET LOCAL lock_timeout = 0", "lock_timeout is 0"),
        ("SET LOCAL statement_timeout = 60000", "statement_timeout is 60000"),
    ],
)
def test_a_weaker_postgresql_is_named(words, name):
    run(words)
    assert any(name in line for line in durability.weaknesses())


@on_postgresql
def test_the_program_is_neither_administrator_nor_owner():
    with as_owner():
        lines = " ".join(durability.weaknesses())
    assert "administrator" in lines
    assert "could change platform_entry" in lines


@on_postgresql
@pytest.mark.parametrize(
    "words", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
@pytest.mark.parametrize(
    ("table", "column"), [("platform_entry", "id"), ("platform_seal", "number")]
)
def test_the_program_cannot_rewrite_the_journal(words, table, column):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run(words.format(table, column, column))


@on_postgresql
def test_the_program_makes_and_drops_no_table():
    for words in ("CREATE TABLE own (id int)", "DROP TABLE platform_entry CASCADE"):
        refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
        with refused, transaction.atomic():
            run(words)


@on_postgresql
def test_the_program_adds_to_the_journal():
    entry = Entry.objects.create(at_us=1, by="system", kind="platform.Test")
    assert Entry.objects.get(pk=entry.pk).kind == "platform.Test"


@on_postgresql
def test_making_the_role_again_changes_nothing():
    act_as_owner()
    with as_owner():
        role.keep_role(using="default")
    act_as_program()
    assert durability.weaknesses() == []


def test_only_the_owner_makes_the_role():
    assert not acts_as_owner()
    role.keep_role(using="default")


@on_postgresql
def test_a_login_without_the_right_to_make_roles_is_told_what_to_do():
    with pytest.raises(CommandError, match="CREATE ROLE"):
        role._make(connection, "abdi_nobody")


@pytest.mark.parametrize("start", [serving.serve, serving.work])
def test_a_weak_database_is_no_start(start, monkeypatch, capsys):
    monkeypatch.setattr(durability, "weaknesses", lambda: ["It may lose what it confirmed."])
    assert start([]) == 1
    assert "may lose" in capsys.readouterr().err


def test_the_doctor_says_what_is_weak(monkeypatch):
    assert "power cut" in doctor._durability().what
    monkeypatch.setattr(durability, "weaknesses", lambda: ["It may lose what it confirmed."])
    finding = doctor._durability()
    assert not finding.good
    assert finding.advice == "It may lose what it confirmed."
