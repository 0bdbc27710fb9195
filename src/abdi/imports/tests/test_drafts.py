"""A list becomes a draft, its ready rows count, and it is taken back: actions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.imports import actions, queries
from abdi.imports.choices import Fate, Fault, Field
from abdi.imports.models import DraftRow, ImportChange, ImportDraft, ImportRun
from abdi.imports.testing import a_draft, a_person_record
from abdi.people import queries as people_queries
from abdi.people.models import Assignment, Person, Position, RankHold
from abdi.people.rules import ListedChange
from abdi.people.testing import a_person, a_unit, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict
from abdi.platform.journal import Entry

pytestmark = pytest.mark.django_db
UNITS = ("Dinas Perhubungan", "Dinas Lingkungan Hidup", "Kecamatan Kartoharjo")


@pytest.fixture
def agencies():
    return [an_agency(name) for name in UNITS]


@pytest.fixture
def office():
    return an_actor("personnel_office", unit=an_agency("BKPSDM"))


def everything():
    """Every row a list can touch, without the counter of changes."""
    people = Person.objects.order_by("pk").values(
        *(field.name for field in Person._meta.fields if field.name != "version")
    )
    others = [
        list(model.objects.order_by("pk").values()) for model in (Position, Assignment, RankHold)
    ]
    return [list(people), *others]


def records(count, **changes):
    return [a_person_record(at, **changes) for at in range(count)]


def test_a_draft_changes_nothing(agencies, office):
    before = everything()
    draft = a_draft(records(12), by=office)
    assert everything() == before
    assert queries.counts_of(draft).ready == 12
    assert draft.expires_on == clock.today() + timedelta(days=90)


def test_ready_rows_count_once_applied(agencies, office):
    run = actions.apply_ready(a_draft(records(12), by=office), by=office)
    assert (run.made_count, run.changed_count) == (12, 0)
    record = a_person_record(3)
    person = Person.objects.get(employee_number=record["nip"])
    seat = Assignment.objects.select_related("position__unit").get(person=person)
    assert person.name == "Mochamad Ridwan" or person.name == record["nama"]
    assert seat.position.title == record["jabatan"]
    assert seat.position.unit.name == record["unit"]
    assert RankHold.objects.get(person=person).rank == record["golongan"]
    [(entry, told)] = people_queries.list_entries_of(person.pk)
    assert (entry.kind, entry.by) == ("people.PeopleEntered", office.ref)
    assert told == ListedChange(
        person.pk, True, False, seat.pk, seat.position.unit_id, record["golongan"]
    )
    assert Entry.objects.filter(kind="imports.ListApplied", about=run.ref).count() == 1
    assert Entry.objects.get(kind="people.PeopleEntered").data["count"] == 12


def test_the_same_list_twice_changes_nothing(agencies, office):
    actions.apply_ready(a_draft(records(9), by=office), by=office)
    before = everything()
    run = actions.apply_ready(a_draft(records(9), by=office), by=office)
    assert (run.row_count, run.made_count, run.changed_count) == (9, 0, 0)
    assert everything() == before


def test_what_changed_is_told_person_by_person_and_the_seat_before_ends(agencies, office):
    actions.apply_ready(a_draft(records(3), by=office), by=office)
    moved = records(3)
    moved[1] |= {"unit": UNITS[2], "jabatan": "Analis", "golongan": "IV/b"}
    with clock.at(clock.now() + timedelta(days=40)):
        run = actions.apply_ready(a_draft(moved, by=office), by=office)
    assert (run.made_count, run.changed_count) == (0, 1)
    [change] = queries.changes_of(run)
    seats = Assignment.objects.filter(person_id=change.person_number).order_by("start_on")
    assert [seat.end_on is None for seat in seats] == [False, True]
    assert seats[0].end_on == seats[1].start_on - timedelta(days=1)
    assert RankHold.objects.filter(person_id=change.person_number).count() == 2


def test_taken_back_the_record_is_as_before_and_the_history_stays(agencies, office):
    actions.apply_ready(a_draft(records(5), by=office), by=office)
    before = everything()
    changed = [
        record | {"nama": f"{record['nama']} Baru", "jabatan": "Analis", "golongan": "IV/c"}
        for record in records(8)
    ]
    draft = a_draft(changed, by=office)
    actions.let_stand(draft, by=office, code=Fault.NAME_DIFFERS)
    run = actions.apply_ready(draft, by=office)
    assert (run.made_count, run.changed_count) == (3, 5)
    entries = Entry.objects.count()
    actions.undo_run(run, by=office)
    assert everything() == before
    assert Entry.objects.count() > entries
    assert ImportChange.objects.filter(run=run).count() == 8
    with pytest.raises(Conflict):
        actions.undo_run(run, by=office)


def test_it_is_not_taken_back_where_somebody_changed_a_row_since(agencies, office):
    run = actions.apply_ready(a_draft(records(4), by=office), by=office)
    person = Person.objects.get(employee_number=a_person_record(2)["nip"])
    Person.objects.filter(pk=person.pk).update(phone="+628120000", version=2)
    before = everything()
    with pytest.raises(Conflict, match=person.name):
        actions.undo_run(run, by=office)
    assert everything() == before


def test_it_is_not_taken_back_after_30_days(agencies, office):
    run = actions.apply_ready(a_draft(records(1), by=office), by=office)
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Conflict):
        actions.undo_run(run, by=office)


def test_people_missing_from_the_list_are_named_and_never_removed(agencies, office):
    actions.apply_ready(a_draft(records(6), by=office), by=office)
    draft = a_draft(records(4), by=office)
    assert draft.missing["count"] == 2
    actions.apply_ready(draft, by=office)
    assert Person.objects.active().filter(employee_number__isnull=False).count() == 6


def test_a_kind_of_finding_is_repaired_with_one_press(agencies, office):
    wrong = records(6)
    for record in wrong[:4]:
        record["tanggal_lahir"] = record["tanggal_lahir"] - timedelta(days=400)
    draft = a_draft(wrong, by=office)
    assert queries.counts_of(draft).blocked == 4
    assert actions.repair_kind(draft, by=office, code=Fault.NIP_BIRTH_MISMATCH) == 4
    assert queries.counts_of(draft).ready == 6
    row = DraftRow.objects.filter(draft=draft).order_by("line").first()
    assert row.values[Field.BIRTH_ON] == a_person_record(0)["tanggal_lahir"].isoformat()


def test_an_unknown_unit_is_put_right_by_its_nearest(agencies, office):
    draft = a_draft(records(3, unit="Dinas Perhubugan"), by=office)
    assert queries.counts_of(draft).blocked == 3
    actions.repair_kind(draft, by=office, code=Fault.UNIT_UNKNOWN)
    assert queries.counts_of(draft).ready == 3


def test_a_row_is_written_anew_and_checked_at_once(agencies, office):
    people = records(2)
    right, people[1]["nip"] = people[1]["nip"], "1,98503E+17"
    draft = a_draft(people, by=office)
    row = DraftRow.objects.get(draft=draft, fate=Fate.BLOCKED)
    row = actions.edit_row(draft, by=office, line=row.line, texts={Field.NUMBER: "12"})
    assert row.fate == Fate.BLOCKED
    row = actions.edit_row(draft, by=office, line=row.line, texts={Field.NUMBER: right})
    assert (row.fate, row.issues) == (Fate.READY, [])
    with pytest.raises(Conflict):
        actions.edit_row(draft, by=office, line=row.line, texts={Field.NUMBER: right}, seen=1)


def test_the_other_of_two_doubles_is_free_once_the_first_is_left_out(agencies, office):
    draft = a_draft([a_person_record(0), a_person_record(0)], by=office)
    lines = list(DraftRow.objects.filter(draft=draft).order_by("line").values_list("line", "fate"))
    assert [fate for _line, fate in lines] == [Fate.READY, Fate.BLOCKED]
    actions.leave_out(draft, by=office, line=lines[0][0])
    assert queries.counts_of(draft).ready == 1


def test_an_agency_brings_in_its_own_people_only(agencies):
    officer = an_actor("agency_hr", agencies[0])
    draft = a_draft(records(6), by=officer, agency=agencies[0])
    faults = {one[0] for row in DraftRow.objects.filter(draft=draft) for one in row.issues}
    assert faults == {str(Fault.OTHER_AGENCY)}
    counts = queries.counts_of(draft)
    assert (counts.ready, counts.blocked) == (2, 4)
    with pytest.raises(Refused):
        a_draft(records(1), by=officer, agency=agencies[1])
    with pytest.raises(Refused):
        actions.apply_ready(a_draft(records(1), by=SYSTEM), by=officer)
    with pytest.raises(Refused):
        a_draft(records(1), by=an_actor("employee", agencies[0]), agency=agencies[0])


def test_a_person_of_another_agency_is_not_taken_over(agencies):
    record = a_person_record(0, unit=UNITS[0])
    a_person(agencies[1], name=record["nama"], number=record["nip"])
    draft = a_draft([record], by=an_actor("agency_hr", agencies[0]), agency=agencies[0])
    assert queries.counts_of(draft).blocked == 1


def test_a_name_of_several_units_needs_the_unit_above(agencies, office):
    for agency in agencies[:2]:
        a_unit(agency, name="Sekretariat")
    draft = a_draft(records(1, unit="Sekretariat"), by=office)
    [row] = DraftRow.objects.filter(draft=draft)
    assert row.issues[0][0] == Fault.UNIT_SEVERAL
    texts = {Field.PARENT_UNIT: UNITS[1]}
    row = actions.edit_row(draft, by=office, line=row.line, texts=texts)
    assert row.fate == Fate.READY


def test_old_drafts_are_put_away_with_their_rows(agencies, office):
    draft = a_draft(records(2), by=office)
    later = clock.today() + timedelta(days=91)
    assert actions.drop_old_drafts(queries.expired_drafts(later), by=SYSTEM) == 1
    assert not DraftRow.objects.filter(draft=draft).exists()
    with pytest.raises(Conflict):
        actions.apply_ready(ImportDraft.objects.get(), by=office)


def test_a_failing_apply_leaves_all_as_it_was(agencies, office, monkeypatch):
    draft = a_draft(records(5), by=office)
    before = everything()

    def broken(*_things, **_more):
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr("abdi.imports.actions.applying._change", broken)
    with pytest.raises(RuntimeError):
        actions.apply_ready(draft, by=office)
    assert everything() == before
    assert queries.counts_of(draft).ready == 5
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "Robert'); DROP TABLE people;--", "\u202eabc", "x" * 400]
)
def test_hostile_words_are_findings_or_plain_text(agencies, office, name):
    draft = a_draft([a_person_record(0, nama=name)], by=office)
    actions.apply_ready(draft, by=office)
    assert Person.objects.filter(employee_number=a_person_record(0)["nip"]).count() in (0, 1)
    assert not Person.objects.filter(name__startswith="=").exists()
