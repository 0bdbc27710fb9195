"""PostgreSQL itself keeps one institution's rows from another, whatever a statement forgot."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, transaction

from abdi.platform import durability
from abdi.platform.db import scope
from abdi.platform.db.bulk import insert_many
from abdi.platform.db.postgresql import role
from abdi.platform.db.postgresql.base import act_as_owner, act_as_program
from abdi.platform.db.postgresql.row_security import owned_tables
from abdi.platform.db.texts import prepared_cursor, read
from abdi.platform.journal import Entry
from abdi.platform.tenancy import Institution, Owned, unscoped, within
from abdi.platform.testing import as_owner, counted_queries

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL has it")
in_a_transaction = pytest.mark.django_db
in_none = pytest.mark.django_db(transaction=True)
COUNT = "SELECT count(*) FROM platform_entry"


def ask(words, values=None):
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        return cursor.fetchone()[0] if cursor.description else cursor.rowcount


def ask_prepared(words):
    with prepared_cursor() as cursor:
        cursor.execute(words)
        return cursor.fetchone()[0]


def an_entry():
    return Entry.objects.create(at_us=1, by="system", kind="platform.Test")


@pytest.fixture
def other(inside_institution):
    """Another institution with one entry."""
    found = Institution.objects.create(code="lain", name="Kota Lain")
    with within(found.pk):
        an_entry()
    return found


@pytest.fixture
def a_row(other):
    """Puts a row of the other institution, of blanks where it may, into a table."""

    def put(table):
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(
                f"SELECT conname FROM pg_constraint WHERE conrelid = '{table}'::regclass"
                " AND contype = 'c'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            cursor.execute(
                "SELECT column_name, udt_name FROM information_schema.columns"
                " WHERE table_schema = 'public' AND table_name = %s AND is_nullable = 'NO'"
                " AND is_identity = 'NO'",
                [table],
            )
            values = {name: BLANKS.get(kind, "''") for name, kind in cursor.fetchall()}
            values["institution_id"] = str(other.pk)
            names = ", ".join(f'"{name}"' for name in values)
            cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(values.values())})")
            cursor.execute("SET LOCAL session_replication_role = origin")

    return put


BLANKS = {
    "int2": "0",
    "int4": "0",
    "int8": "0",
    "float8": "0",
    "numeric": "0",
    "bool": "false",
    "date": "'2026-03-02'",
    "time": "'08:00'",
    "timestamptz": "'2026-03-02'",
    "jsonb": "'{}'",
    "bytea": "''",
    "uuid": "gen_random_uuid()",
    "interval": "'0'",
    "inet": "'127.0.0.1'",
}


@in_a_transaction
@pytest.mark.parametrize("table", owned_tables())
def test_a_foreign_row_is_not_there(table, a_row, other, inside_institution):
    a_row(table)
    with as_owner():
        assert ask(f"SELECT count(*) FROM {table} WHERE institution_id = %s", [other.pk]) >= 1
    count = f"SELECT count(*) FROM {table} WHERE institution_id = {other.pk}"
    assert ask(count) == 0
    if table not in role.ONLY_ADDED_TO:
        words = f"UPDATE {table} SET institution_id = institution_id WHERE institution_id = %s"
        assert ask(words, [other.pk]) == 0
        assert ask(f"DELETE FROM {table} WHERE institution_id = %s", [other.pk]) == 0
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        ask(f"INSERT INTO {table} (institution_id) VALUES (%s)", [other.pk])
    with within(other.pk):
        assert ask(count) >= 1
    with unscoped("the test looks at both"):
        assert ask(count) >= 1
    assert ask(count) == 0


@in_a_transaction
def test_every_table_with_an_institution_is_meant():
    meant = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, Owned)
    }
    assert set(owned_tables()) == meant
    assert len(meant) > 100


@in_a_transaction
def test_without_the_policy_it_would_be_seen(other):
    assert ask(COUNT) == 0
    connection.check_constraints()
    with as_owner():
        ask("ALTER TABLE platform_entry DISABLE ROW LEVEL SECURITY")
    assert ask(COUNT) == 1


def nobody(function, *given):
    """Run where no institution is set, as before a request found its own."""
    tokens = scope.current.set(None), scope.lifted.set(None)
    try:
        return function(*given)  # on the connection of before, which an empty context would hide
    finally:
        scope.current.reset(tokens[0])
        scope.lifted.reset(tokens[1])


@in_none
@pytest.mark.parametrize("asked", [ask, ask_prepared, lambda words: read((words, ()))[0][0]])
def test_nothing_is_left_from_one_statement_to_the_next(asked, other):
    an_entry()
    an_entry()
    assert asked(COUNT) == 2
    assert nobody(asked, COUNT) == 0
    with within(other.pk):
        assert asked(COUNT) == 1
    with unscoped("the test looks at both"):
        assert asked(COUNT) == 3
    assert nobody(ask, "SELECT current_setting('abdi.institution', true)") in ("", None)
    assert asked(COUNT) == 2


@in_none
@pytest.mark.parametrize("asked", [ask, ask_prepared])
def test_nothing_is_left_from_one_transaction_to_the_next(asked, other):
    with transaction.atomic():
        an_entry()
        assert asked(COUNT) == 1
    assert nobody(asked, COUNT) == 0
    with transaction.atomic(), within(other.pk):
        assert asked(COUNT) == 1
    with transaction.atomic():
        assert nobody(asked, COUNT) == 0
        assert asked(COUNT) == 1
    with transaction.atomic():
        an_entry()
        transaction.set_rollback(True)
    with transaction.atomic():
        assert nobody(asked, COUNT) == 0
        assert asked(COUNT) == 1


@in_none
@pytest.mark.parametrize("asked", [ask, ask_prepared])
def test_a_savepoint_rolled_back_is_told_anew(asked, other):
    with transaction.atomic():
        an_entry()
        with transaction.atomic(), within(other.pk):
            assert asked(COUNT) == 1
            transaction.set_rollback(True)
        assert asked(COUNT) == 1
        with within(other.pk), pytest.raises(DatabaseError), transaction.atomic():
            ask("SELECT 1 / 0")
        assert asked(COUNT) == 1
        assert nobody(asked, COUNT) == 0


@in_none
def test_a_savepoint_inside_another_scope_leaks_nothing(other):
    with transaction.atomic():
        with within(other.pk):
            point = transaction.savepoint()
            with unscoped("the test looks at both"):
                assert ask(COUNT) == 1
            transaction.savepoint_rollback(point)
            assert ask(COUNT) == 1
        assert ask(COUNT) == 0


@in_none
def test_rows_in_parts_and_in_bulk_are_told_too(other):
    rows = [(1, "system", "platform.Test", "", "{}") for _n in range(3)]
    names = ("at_us", "by", "kind", "about", "data_text")
    full = [(other.pk, *row) for row in rows]
    with within(other.pk):
        assert insert_many(Entry, ("institution", *names), full) == 3
        assert len(list(Entry.objects.values_list("id").iterator(chunk_size=2))) == 4
        with transaction.atomic():
            assert len(list(Entry.objects.values_list("id").iterator(chunk_size=2))) == 4
    assert list(Entry.objects.iterator()) == []
    with pytest.raises(ProgrammingError, match="row-level security"):
        insert_many(Entry, ("institution", *names), full)


@in_none
@pytest.mark.parametrize("inside", [True, False])
def test_many_statements_at_once_are_told_too(other, inside):
    words = (
        "INSERT INTO platform_entry (institution_id, at_us, by, kind, about, data_text)"
        " VALUES (%s, 1, 'system', 'platform.Test', '', '{}')"
    )

    def put():
        with connection.cursor() as cursor:
            cursor.executemany(words, [[other.pk], [other.pk]])

    def tried():
        if inside:
            with transaction.atomic():
                put()
        else:
            put()

    with within(other.pk):
        tried()
        assert ask(COUNT) == 3
    with pytest.raises(ProgrammingError, match="row-level security"):
        tried()
    assert ask(COUNT) == 0


@in_none
def test_a_prepared_statement_that_fails_breaks_nothing(other):
    with pytest.raises(DatabaseError, match="division"):
        ask_prepared("SELECT 1 / 0")
    with within(other.pk):
        assert (ask_prepared(COUNT), ask(COUNT)) == (1, 1)


@in_none
def test_telling_is_no_query_of_its_own(other):
    with counted_queries(at_most=2) as asked:
        ask(COUNT)
        ask_prepared(COUNT)
    assert [one["sql"] for one in asked] == [COUNT, COUNT]


@in_a_transaction
@pytest.mark.parametrize(
    "words",
    [
        "ALTER TABLE platform_entry DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE platform_entry NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY own_institution_1 ON platform_entry",
        "CREATE POLICY another ON platform_entry USING (true)",
        "ALTER POLICY own_institution_1 ON platform_entry USING (true)",
    ],
)
def test_an_open_table_is_no_start_until_it_is_migrated(words):
    assert durability.weaknesses() == []
    with as_owner():
        ask(words)
    assert any("open to another in 1 tables (platform_entry" in x for x in durability.weaknesses())


@in_a_transaction
def test_migrating_again_closes_what_was_opened():
    with as_owner():
        ask("ALTER TABLE platform_entry DISABLE ROW LEVEL SECURITY")
        ask("CREATE POLICY another ON platform_entry USING (true)")
        act_as_owner()
        role.keep_role(using="default")
        act_as_program()
    assert durability.weaknesses() == []


@in_a_transaction
def test_an_owner_that_is_no_administrator_is_held_too(other):
    connection.check_constraints()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE abdi_login NOLOGIN")
        cursor.execute("GRANT USAGE, CREATE ON SCHEMA public TO abdi_login")
        cursor.execute("ALTER TABLE platform_entry OWNER TO abdi_login")
        cursor.execute("SET ROLE abdi_login")
        cursor.execute(COUNT)
        assert cursor.fetchone() == (0,)
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE platform_entry OWNER TO CURRENT_USER")
        cursor.execute("REVOKE ALL ON SCHEMA public FROM abdi_login")
        cursor.execute("DROP ROLE abdi_login")


@in_a_transaction
def test_the_institution_is_asked_once_a_statement():
    ask("SET LOCAL enable_seqscan = off")
    plan = Entry.objects.filter(kind="platform.Test").explain()
    assert "InitPlan" in plan
    assert re.search(r"Index Cond: \(+institution_id", plan)


@pytest.fixture
def name_search(inside_institution):
    """How the database would read the names that begin with AG."""
    directory = import_module("abdi.people.queries.directory")
    people = apps.get_model("people", "Person")

    def plan():
        ask("SET LOCAL enable_seqscan = off")
        ask("SET LOCAL enable_bitmapscan = off")
        ask("SET LOCAL enable_sort = off")  # that leaves the index in whose order they come
        return directory._beginning(people.objects.active(), 1, "AG").explain()

    return plan


@in_a_transaction
def test_names_are_found_by_their_index_behind_the_policy(name_search):
    assert re.search(r"Index Cond: .*AG", name_search())


@in_a_transaction
def test_without_the_word_of_an_administrator_they_would_not_be(name_search):
    with as_owner():
        ask("ALTER FUNCTION pg_catalog.upper(text) NOT LEAKPROOF")
    assert not re.search(r"Index Cond: .*AG", name_search())
