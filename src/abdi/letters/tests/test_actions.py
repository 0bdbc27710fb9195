"""Drafting, numbering, sending, signing, voiding: allowed, refused, journal, conflict."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from abdi.letters import actions, queries
from abdi.letters.choices import LetterKind, LetterState, SignatureWay
from abdi.letters.models import Letter, NumberBook
from abdi.letters.testing import (
    a_letter,
    a_letter_city,
    a_numbered_letter,
    a_sent_letter,
    a_signed_letter,
    duty_facts,
    signed_copy,
)
from abdi.people.testing import a_person, a_unit, actor_for, an_agency
from abdi.platform import clock, files
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return a_letter_city()


def kinds_in_journal(letter):
    rows = Entry.objects.filter(about=letter.ref).order_by("id")
    return [row.kind.split(".")[1] for row in rows]


def test_a_letter_goes_from_draft_to_signed_and_the_journal_tells_it(where):
    letter = a_signed_letter(where)
    assert letter.state == LetterState.SIGNED
    assert kinds_in_journal(letter) == [
        "LetterDrafted", "LetterNumbered", "LetterSent", "LetterSigned",
    ]  # fmt: skip
    entry = Entry.objects.get(kind="letters.LetterSigned", about=letter.ref)
    assert entry.data["sha256"] == letter.signed_sha256


def test_the_head_of_the_agency_signs_unless_another_is_chosen(where):
    letter = a_letter(where)
    assert letter.signer == where.city.agency_head
    assert letter.signature_lines == ["Kepala Dinas Penerangan"]


def test_a_head_below_signs_on_behalf(where):
    letter = a_letter(where)
    section = next(
        one
        for one in queries.signers_for(letter.kind, letter.unit, clock.today())
        if one.person == where.city.head
    )
    changed = actions.choose_signer(letter, by=where.hr, position_id=section.position.pk)
    assert changed.signature_lines == ["a.n. Kepala Dinas Penerangan", "Kepala Seksi Lampu Jalan"]


def test_the_secretary_of_an_agency_stands_beside_its_line(where):
    secretariat = a_unit(where.agency, name="Sekretariat Dinas Penerangan", kind="secretariat")
    secretary = a_person(secretariat, head=True, name="Sekretaris")
    found = queries.signers_for(LetterKind.DUTY_ORDER, where.city.section, clock.today())
    assert [one.person for one in found] == [where.city.agency_head, secretary, where.city.head]
    assert found[1].lines[0] == "a.n. Kepala Dinas Penerangan"


def test_who_is_named_never_signs(where):
    letter = a_letter(where, person=where.city.agency_head)
    assert letter.signer == where.city.head
    own = actor_for(where.city.agency_head)
    sent = a_sent_letter(where, person=where.city.agency_head)
    with pytest.raises(Refused):
        actions.bring_back(sent, by=own, file=files.store(b"%PDF-x"), way="scan", holds_paper=False)


def test_an_acting_head_signs_what_the_table_lets_him(where):
    unit = a_unit(where.agency, name="Seksi Kosong")
    deputy = a_person(where.agency, name="Wakil")
    from abdi.people.testing import a_position, seat

    seat(
        deputy, a_position(unit, is_head=True), kind="plt",
        start_on=date(2026, 2, 1), end_on=date(2026, 4, 30),
    )  # fmt: skip
    note = queries.signers_for(LetterKind.OFFICE_NOTE, unit, clock.today())[0]
    assert (note.acting, note.lines, note.refusal) == ("plt", ("Plt. Kepala Seksi Kosong",), None)
    order = queries.signers_for(LetterKind.TEAM_DECREE, unit, clock.today())
    assert order[-1].refusal == "too_far"


def test_a_draft_changes_and_a_stale_one_conflicts(where):
    letter = a_letter(where)
    given = actions.Change("Penugasan", "Kepada {nama}.", "", "800.1", "a4", {"venue": "Balai"})
    changed = actions.change(letter, by=where.hr, given=given, seen=1)
    assert (changed.body, changed.facts["texts"]["venue"], changed.version) == (
        "Kepada {nama}.", "Balai", 2,
    )  # fmt: skip
    with pytest.raises(Conflict):
        actions.change(letter, by=where.hr, given=given, seen=1)


@pytest.mark.parametrize(
    ("subject", "body", "code", "paper", "field"),
    [
        ("", "x", "800", "a4", "subject"),
        ("x", " ", "800", "a4", "body"),
        ("x", "{rahasia}", "800", "a4", "body"),
        ("x", "x", "bukan kode", "a4", "classification"),
        ("x", "x", "800", "a5", "paper"),
    ],
)
def test_words_no_letter_may_have_are_refused(where, subject, body, code, paper, field):
    given = actions.Change(subject, body, "", code, paper)
    with pytest.raises(Invalid) as refusal:
        actions.change(a_letter(where), by=where.hr, given=given)
    assert refusal.value.field == field


def test_a_numbered_letter_keeps_its_words(where):
    letter = a_numbered_letter(where)
    with pytest.raises(Conflict):
        actions.change(letter, by=where.hr, given=actions.Change("x", "x", "", "800", "a4"))


def test_numbers_run_by_kind_and_year(where):
    first, second = a_numbered_letter(where), a_numbered_letter(where)
    note = a_numbered_letter(where, kind=LetterKind.OFFICE_NOTE, facts={"body": "x"})
    mark = where.agency.code.upper()
    assert first.number_text == f"800.1.11.1/1/{mark}/2026"
    assert (first.number, second.number, note.number) == (1, 2, 1)
    last_year = a_letter(where)
    back = actions.give_number(last_year, by=where.hr, letter_on=date(2025, 12, 31))
    assert (back.number, back.book.year) == (1, 2025)


def test_a_typed_number_counts_once_and_the_book_steps_over_it(where):
    mark = where.agency.code.upper()
    typed = f"800.1.11.1/1/{mark}/2026"
    letter = actions.give_number(a_letter(where), by=where.hr, letter_on=clock.today(), typed=typed)
    assert letter.number_source == "typed"
    with pytest.raises(Invalid):
        actions.give_number(a_letter(where), by=where.hr, letter_on=clock.today(), typed=typed)
    assert a_numbered_letter(where).number == 2


def test_a_letter_gets_one_number_only(where):
    letter = a_numbered_letter(where)
    with pytest.raises(Conflict):
        actions.give_number(letter, by=where.hr, letter_on=clock.today())


def test_a_day_far_away_is_refused(where):
    with pytest.raises(Invalid):
        actions.give_number(
            a_letter(where), by=where.hr, letter_on=clock.today() + timedelta(days=400)
        )


def test_reserved_numbers_are_never_given(where):
    kept = actions.reserve_numbers(
        by=where.office, kind=LetterKind.DUTY_ORDER, year=2026, count=3, note="bagian hukum"
    )
    assert [row.number for row in kept] == [1, 2, 3]
    assert a_numbered_letter(where).number == 4
    assert NumberBook.objects.get().next_number == 5


@pytest.mark.parametrize(
    "wrong", [{"kind": "x"}, {"year": 2020}, {"count": 0}, {"count": 101}, {"note": ""}]
)
def test_strange_reservations_are_refused(where, wrong):
    given = {"kind": "duty_order", "year": 2026, "count": 1, "note": "hukum", **wrong}
    with pytest.raises(Invalid):
        actions.reserve_numbers(by=where.office, **given)


def test_the_hr_officer_of_an_agency_keeps_no_numbers_of_the_city(where):
    with pytest.raises(Refused):
        actions.reserve_numbers(by=where.hr, kind="duty_order", year=2026, count=1, note="x")


def test_a_letter_with_gaps_is_not_sent(where):
    letter = a_numbered_letter(where, facts={"purpose": "apel"})
    assert set(actions.missing_words(letter)) == {"dasar", "mulai", "selesai", "tempat"}
    with pytest.raises(Invalid):
        actions.send_to_sign(letter, by=where.hr, paper=files.store(b"%PDF-1"))


def test_a_letter_whose_signer_left_the_post_is_not_sent(where):
    letter = a_numbered_letter(where)
    from abdi.people.models import Assignment

    Assignment.objects.filter(person=where.city.agency_head).update(end_on=date(2026, 3, 1))
    a_person(where.agency, head=True, name="Kepala baru")
    with pytest.raises(Conflict):
        actions.send_to_sign(letter, by=where.hr, paper=files.store(b"%PDF-1"))


def test_choosing_another_signer_calls_the_paper_back(where):
    letter = a_sent_letter(where)
    offered = queries.signers_for(letter.kind, letter.unit, clock.today())
    back = actions.choose_signer(letter, by=where.hr, position_id=offered[-1].position.pk)
    assert (back.sent_at, back.sent_sha256) == (None, "")
    with pytest.raises(Invalid):
        actions.choose_signer(letter, by=where.hr, position_id=0)


def test_an_electronic_signature_is_brought_by_the_signer_himself(where):
    letter = a_sent_letter(where)
    file = files.store(signed_copy(letter))
    other = actor_for(where.city.head)
    with pytest.raises(Refused):
        actions.bring_back(letter, by=other, file=file, way="electronic", holds_paper=True)
    signed = actions.bring_back(
        letter, by=where.head, file=file, way="electronic", holds_paper=True
    )
    assert signed.signature_way == SignatureWay.ELECTRONIC


def test_a_scan_may_be_brought_by_another_head_of_the_agency(where):
    letter = a_sent_letter(where)
    scan = files.store(b"%PDF-scan")
    other = actor_for(where.city.head)
    signed = actions.bring_back(letter, by=other, file=scan, way="scan", holds_paper=False)
    assert signed.state == LetterState.SIGNED


def test_the_unsigned_paper_is_not_taken_for_a_signed_one(where):
    letter = a_sent_letter(where)
    with pytest.raises(Invalid):
        actions.bring_back(
            letter, by=where.head, file=letter.sent_file, way="scan", holds_paper=True
        )
    with pytest.raises(Invalid):
        actions.bring_back(
            letter, by=where.head, file=files.store(b"%PDF-2"), way="fax", holds_paper=True
        )


def test_a_letter_that_was_not_sent_takes_no_signature(where):
    letter = a_numbered_letter(where)
    with pytest.raises(Conflict):
        actions.bring_back(
            letter, by=where.head, file=files.store(b"%PDF-2"), way="scan", holds_paper=False
        )


def test_voiding_needs_a_reason_and_keeps_the_number(where):
    letter = a_signed_letter(where)
    with pytest.raises(Invalid):
        actions.void(letter, by=where.office, reason="salah")
    gone = actions.void(letter, by=where.office, reason="tanggal penugasan keliru")
    assert (gone.state, gone.number_text) == (LetterState.VOID, letter.number_text)
    assert a_numbered_letter(where).number == 2
    with pytest.raises(Conflict):
        actions.void(letter, by=where.office, reason="tanggal penugasan keliru")
    with pytest.raises(Conflict):
        actions.choose_signer(letter, by=where.hr, position_id=1)


def test_the_hr_officer_neither_signs_nor_voids(where):
    letter = a_sent_letter(where)
    with pytest.raises(Refused):
        actions.void(letter, by=where.hr, reason="bukan kewenangan saya")
    with pytest.raises(Refused):
        actions.bring_back(
            letter, by=where.hr, file=files.store(b"%PDF-2"), way="scan", holds_paper=False
        )


def test_nobody_writes_letters_of_another_agency(where):
    other = an_agency("Dinas Lain")
    with pytest.raises(Refused):
        actions.write(other, by=where.hr, kind="duty_order", facts={})


def test_modules_draft_by_their_own_permission_and_once_per_cause(where):
    person = where.city.crew
    given = {"facts": duty_facts(), "by": SYSTEM, "person_ids": [person.pk], "source_key": "k:1"}
    one = actions.draft("duty_order", "duty.roster:1", **given)
    two = actions.draft("duty_order", "duty.roster:1", **given)
    assert (one.pk, Letter.objects.count(), one.unit) == (two.pk, 1, where.city.section)
    assert queries.letter_of("duty.roster:1", "duty_order") == one
    with pytest.raises(Refused):
        actions.draft("duty_order", "x:1", {}, by=where.hr)


@pytest.mark.parametrize(
    "facts",
    [
        {"secret": "x"},
        {"purpose": 1.5},
        {"purpose": "a\x00b"},
        {"purpose": "x" * 4001},
        {"team": {"columns": ["a"], "rows": [["1", "2"]]}},
        {"team": {"columns": [], "rows": []}},
    ],
)
def test_facts_no_letter_knows_are_refused(where, facts):
    with pytest.raises(Invalid):
        a_letter(where, facts=facts)


def test_a_letter_needs_a_known_kind_and_a_unit(where):
    with pytest.raises(Invalid):
        actions.write(where.city.section, by=where.hr, kind="x", facts={})
    with pytest.raises(Invalid):
        actions.draft("duty_order", "x:1", {}, by=SYSTEM)
