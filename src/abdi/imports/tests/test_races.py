"""Two officers with the same list at the same moment. The controls show the tests can fail."""

from __future__ import annotations

import contextlib
import threading
from functools import partial

import pytest
from django.db import connection

from abdi.imports import actions, reading
from abdi.imports.actions import applying
from abdi.imports.models import ImportChange, ImportDraft, ImportRun
from abdi.imports.testing import a_draft, a_person_record, as_csv
from abdi.people.actions import lists, taking_back
from abdi.people.models import Person
from abdi.people.testing import an_agency
from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry
from abdi.platform.testing.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 6
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time without our turns"
)


def a_waiting_draft(count=ROWS):
    an_agency("Dinas Perhubungan")
    records = [a_person_record(at, unit="Dinas Perhubungan") for at in range(count)]
    return a_draft(records, by=SYSTEM)


def pressing_apply_twice(draft):
    """Two officers who saw the same draft, each with a copy read before any of them acts."""
    one, other = ImportDraft.objects.get(pk=draft.pk), ImportDraft.objects.get(pk=draft.pk)
    return (
        lambda: actions.apply_ready(one, by=SYSTEM, seen=one.version),
        lambda: actions.apply_ready(other, by=SYSTEM, seen=other.version),
    )


def test_one_draft_is_applied_once_however_many_press(inside_institution):
    draft = a_waiting_draft()
    assert len(at_once(*pressing_apply_twice(draft))) == 1
    assert ImportRun.objects.count() == 1
    assert ImportChange.objects.count() == Person.objects.count() == ROWS


def test_control_without_the_version_it_is_applied_twice(inside_institution, monkeypatch):
    monkeypatch.setattr(applying, "guard_version", lambda row, seen: None)
    draft = a_waiting_draft()
    assert len(at_once(*pressing_apply_twice(draft))) == 2
    assert ImportRun.objects.count() == 2


def taking_back_twice(run):
    one, other = ImportRun.objects.get(pk=run.pk), ImportRun.objects.get(pk=run.pk)
    return lambda: actions.undo_run(one, by=SYSTEM), lambda: actions.undo_run(other, by=SYSTEM)


def test_a_list_is_taken_back_once(inside_institution):
    run = actions.apply_ready(a_waiting_draft(), by=SYSTEM)
    assert len(at_once(*taking_back_twice(run))) == 1
    assert not Person.objects.exists()
    assert Entry.objects.filter(kind="imports.ListUndone").count() == 1


def waits_before(words, others, seconds=1.5):
    """A wrapper of statements: before the first that begins so, wait for the others a while."""
    is_open = [True]

    def wrapped(execute, sql, params, many, context):
        if is_open and sql.startswith(words):
            is_open.clear()
            others(seconds)
        return execute(sql, params, many, context)

    return wrapped


def two_lists_of_a_crew():
    """The same people without numbers in two drafts; both wait before they write people."""
    drafts = [a_crew_draft(), a_crew_draft()]
    gate = threading.Barrier(2)

    def meet(seconds):
        with contextlib.suppress(threading.BrokenBarrierError):
            gate.wait(seconds)

    def applying_one(draft):
        with connection.execute_wrapper(waits_before('INSERT INTO "people_person"', meet)):
            actions.apply_ready(draft, by=SYSTEM)

    return [partial(applying_one, draft) for draft in drafts]


def a_crew_draft():
    table = [
        ["NAMA", "TGL LAHIR", "JENIS PEGAWAI", "JABATAN", "UNIT KERJA"],
        ["Slamet Riyadi", "17-08-1990", "Tenaga Kontrak", "Petugas", "Dinas Perhubungan"],
    ]
    with reading.read(as_csv(table), "regu.csv") as opened:
        return actions.start_draft(None, by=SYSTEM, opened=opened, rows=list(opened))


def test_two_lists_with_the_same_people_make_nobody_twice(inside_institution):
    an_agency("Dinas Perhubungan")
    assert len(at_once(*two_lists_of_a_crew())) == 2
    assert Person.objects.count() == 1


@on_postgresql
def test_control_without_taking_turns_people_are_there_twice(inside_institution, monkeypatch):
    monkeypatch.setattr(applying, "_one_at_a_time", lambda: None)
    an_agency("Dinas Perhubungan")
    assert len(at_once(*two_lists_of_a_crew())) == 2
    assert Person.objects.count() == 2


def a_list_of(heading, told):
    """A list that tells one thing more about the same person."""
    record = a_person_record(1)
    text = f"NIP;NAMA;{heading}\n{record['nip']};{record['nama']};{told}\n"
    with reading.read(text, "daftar") as opened:
        return actions.start_draft(None, by=SYSTEM, opened=opened, rows=list(opened))


def taking_back_while_another_is_applied():
    """One list brought a phone and is taken back, another brings the education meanwhile."""
    agency = an_agency("Dinas Perhubungan")
    actions.apply_ready(a_draft([a_person_record(1, unit=agency.name)], by=SYSTEM), by=SYSTEM)
    run = actions.apply_ready(a_list_of("NOMOR HP", "081234567890"), by=SYSTEM)
    assert run.changed_count == 1
    other = a_list_of("TINGKAT PENDIDIKAN", "S2")
    applied = threading.Event()

    def undo():
        with connection.execute_wrapper(waits_before('UPDATE "people_person"', applied.wait)):
            actions.undo_run(run, by=SYSTEM)

    def apply():
        actions.apply_ready(other, by=SYSTEM)
        applied.set()

    return undo, apply


def test_what_another_list_brings_meanwhile_is_not_undone(inside_institution):
    at_once(*taking_back_while_another_is_applied())
    assert Person.objects.get().education == "S2"


@on_postgresql
def test_control_without_turns_and_locks_it_is_lost(inside_institution, monkeypatch):
    monkeypatch.setattr(applying, "_one_at_a_time", lambda: None)
    for module in (lists, taking_back):
        monkeypatch.setattr(module, "locked", lambda rows: rows)
    at_once(*taking_back_while_another_is_applied())
    assert Person.objects.get().education == ""
