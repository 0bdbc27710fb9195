"""Statements that PostgreSQL plans once, and a line that is looked at instead of asked."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from abdi.platform.db.texts import prepared_cursor, read, text_of
from abdi.platform.tenancy import Institution

if connection.vendor == "postgresql":
    from abdi.platform.db.postgresql import cursors

only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="what PostgreSQL alone does"
)
INSERT = (
    "INSERT INTO platform_institution (code, name, kind, host, region_code, time_zone, accent,"
    " emergency_phone, area) VALUES (%s, %s, 'city', '', 'CD', '', '', '', '{}')"
)


def ask(value):
    with prepared_cursor() as cursor:
        cursor.execute("SELECT CAST(%s AS varchar(9))", [value])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_fixed_statement_takes_the_values_of_each_time():
    assert [ask("a"), ask("b%"), ask(None)] == ["a", "b%", None]


def insert_twice(name):
    with transaction.atomic(), prepared_cursor() as cursor:
        cursor.execute(INSERT, ["sama", name])
        cursor.execute(INSERT, ["sama", name])


@pytest.mark.django_db
def test_a_refused_row_is_refused_as_everywhere_and_the_statement_goes_on():
    for name in ("Satu", "Dua"):
        with pytest.raises(IntegrityError):
            insert_twice(name)
        assert ask(name) == name
    with prepared_cursor() as cursor:
        cursor.execute(INSERT, ["sama", "Tiga"])
    assert Institution.objects.get(code="sama").name == "Tiga"


@pytest.mark.django_db
def test_a_kept_text_that_can_find_nothing_asks_nothing():
    assert read(text_of(Institution.objects.filter(Q(pk__in=())).values_list("pk"))) == []


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_line_the_server_closed_is_noticed_before_the_next_request():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    assert connection.is_usable()
    other = connection.copy("other")
    with other.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    other.close()
    assert not connection.is_usable()
    connection.close_if_unusable_or_obsolete()
    connection.health_check_enabled = True
    assert ask("x") == "x", "a new line is opened"


def prepared_here():
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [row[0] for row in cursor.fetchall()]


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_only_these_statements_are_prepared_and_each_once():
    before = prepared_here()
    for _time in range(7):
        with prepared_cursor() as cursor:
            cursor.execute("SELECT CAST(%s AS varchar(8))", ["x"])
        Institution.objects.count()
    (new,) = set(prepared_here()) - set(before)
    assert "CAST($1 AS varchar(8))" in new
    assert len(prepared_here()) == len(before) + 1


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_connection_keeps_only_so_many_and_goes_on(monkeypatch):
    monkeypatch.setattr(cursors, "MOST_PREPARED", len(connection.connection.calls))
    before = prepared_here()
    with prepared_cursor() as cursor:
        cursor.execute("SELECT CAST(%s AS varchar(7))", ["y"])
        assert cursor.fetchone() == ("y",)
    assert prepared_here() == before
