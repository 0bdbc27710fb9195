"""Who sees which letter, what waits, what the hash proves, what the appointment draws up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import gettext

from abdi.letters import actions, papers, queries
from abdi.letters.jobs import signed_files_that_changed
from abdi.letters.models import Letter, LetterPerson
from abdi.letters.testing import (
    a_letter,
    a_letter_city,
    a_numbered_letter,
    a_sent_letter,
    a_signed_letter,
)
from abdi.people.models import Assignment
from abdi.people.queries import own_data
from abdi.people.testing import a_unit, actor_for, an_actor, an_agency
from abdi.platform import clock, files
from abdi.platform.journal import Entry, deliver_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return a_letter_city()


def kinds_in_journal(letter):
    rows = Entry.objects.filter(about=letter.ref).order_by("id")
    return [row.kind.split(".")[1] for row in rows]


def test_reading_is_noted(where):
    letter = a_letter(where)
    actions.note_reading(letter, by=where.office)
    assert kinds_in_journal(letter)[-1] == "LetterRead"
    named = LetterPerson.objects.filter(letter=letter).first().person
    assert [look.what for look in own_data.looks_at(named)] == [gettext("a letter that names you")]


def test_who_is_named_sees_the_letter_once_it_has_a_number(where):
    crew = actor_for(where.city.crew)
    letter = a_letter(where)
    assert not queries.visible_letters(crew).exists()
    actions.give_number(letter, by=where.hr, letter_on=clock.today())
    assert queries.visible_letters(crew).get() == letter
    assert not queries.visible_letters(actor_for(where.city.second_crew)).exists()
    assert queries.visible_letters(where.hr).get() == letter
    assert not queries.visible_letters(an_actor("agency_hr", an_agency())).exists()
    assert queries.visible_letters(actor_for(where.city.head)).get() == letter


def test_who_is_asked_to_sign_reads_that_letter_and_no_other(where):
    a_numbered_letter(where)
    letter = a_sent_letter(where)
    assert queries.visible_letters(where.head).get() == letter


def test_signer_and_numberer_find_it_among_the_things_to_do(where):
    a_letter(where)
    letter = a_sent_letter(where)
    rows = queries.to_do(where.head, clock.now())
    assert [row.url for row in rows] == [f"/surat/{letter.code}"]
    assert len(queries.to_do(where.hr, clock.now())) == 1
    assert queries.to_do(actor_for(where.city.crew), clock.now()) == []
    assert LetterPerson.objects.filter(letter=letter, part="assigned").count() == 1


def test_one_changed_byte_is_found(where):
    letter = a_signed_letter(where)
    assert queries.proof_of(letter).holds
    path = files._path(letter.signed_key)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    proof = queries.proof_of(letter)
    assert (proof.file_is_whole, proof.journal_agrees, proof.holds) == (False, True, False)
    assert signed_files_that_changed() == 1


def test_a_hash_changed_together_with_its_file_is_found_by_the_journal(where):
    letter = a_signed_letter(where)
    forged = files.store(b"%PDF-forged")
    Letter.objects.filter(pk=letter.pk).update(
        signed_key=forged.key, signed_size=forged.size, signed_sha256=forged.sha256
    )
    proof = queries.proof_of(Letter.objects.get(pk=letter.pk))
    assert (proof.file_is_whole, proof.journal_agrees) == (True, False)


def test_the_paper_reads_the_same_letter(where):
    document = papers.document_of(Letter.objects.get(pk=a_numbered_letter(where).pk))
    assert document.title == "SURAT TUGAS"
    pairs = dict(pair for block in document.blocks for pair in block.pairs)
    assert pairs["Waktu"] == "3 Maret 2026 sampai dengan 5 Maret 2026"
    assert document.blocks[2].table.rows[0][1] == "Bayu Petugas"


def test_an_acting_head_gets_his_order_once(where):
    """people.ActingAppointed draws up the order; delivered twice it changes nothing."""
    from abdi.people import actions as people
    from abdi.people.testing import a_position

    unit = a_unit(where.agency, name="Seksi Taman")
    post = a_position(unit, is_head=True)
    row = people.appoint_acting(
        post, where.city.crew, by=where.office, kind="plt",
        start_on=date(2026, 3, 2), end_on=date(2026, 5, 31),
    )  # fmt: skip
    deliver_due()
    letter = Letter.objects.get()
    assert (letter.kind, letter.about, letter.state) == ("acting_order", row.ref, "draft")
    assert letter.subject == "Penunjukan Pelaksana Tugas Kepala Seksi Taman"
    assert letter.signer == where.city.agency_head
    text = " ".join(block.text + str(block.pairs) for block in papers.document_of(letter).blocks)
    assert "Plt. Kepala Seksi Taman terhitung mulai tanggal 2 Maret 2026" in text
    assert actions.missing_words(letter) == []


def test_each_signed_file_has_its_turn(where, monkeypatch):
    monkeypatch.setattr(queries.proof, "MOST_A_DAY", 1)
    for _ in range(3):
        files.remove(a_signed_letter(where).signed_key)
    days = [clock.today() + timedelta(days=n) for n in range(4)]
    assert sum(queries.signed_letters_altered(day) for day in days) == 3
    assert max(queries.signed_letters_altered(day) for day in days) == 1


def test_a_vacant_authority_leaves_the_heads_below_to_sign_on_its_behalf(where):
    Assignment.objects.filter(person=where.city.agency_head).update(end_on=date(2026, 3, 1))
    found = queries.signers_for("duty_order", where.city.section, clock.today())
    assert [one.person for one in found] == [where.city.head]
    assert found[0].lines[0] == "a.n. Kepala Dinas Penerangan"
    letter = a_letter(where)
    assert letter.signer == where.city.head


def test_a_letter_that_nobody_may_sign_waits_for_a_choice(where):
    Assignment.objects.filter(position__is_head=True).update(end_on=date(2026, 3, 1))
    letter = a_letter(where)
    assert (letter.signer, letter.signature_lines) == (None, [])
    assert papers.document_of(letter).signature == ("………………",)
