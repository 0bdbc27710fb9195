"""The freeze of placements around an election: its days, the consent that lifts it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from abdi.people import actions, queries, rules
from abdi.people.models import Assignment, FreezeConsent
from abdi.people.rules import Listed
from abdi.people.testing import (
    a_city,
    a_position,
    an_actor,
    an_agency,
)
from abdi.platform import clock, files
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.norms import norms
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
NORMS = norms("people", on=date(2026, 3, 2))
DESIGNATION = date(2026, 9, 22)
FIRST, LAST = date(2026, 3, 22), date(2027, 2, 20)


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def window():
    return actions.set_freeze(
        by=SYSTEM,
        name="Pilkada 2026",
        designation_on=DESIGNATION,
        term_ends_on=LAST,
        source="Keputusan KPU 5/2026",
    )


def place(person, unit, day, **more):
    """Another post in a unit from a day on."""
    post = more.pop("position", None) or a_position(unit, title="Jabatan lain")
    return actions.place_person(person, unit, by=SYSTEM, position=post, start_on=day, **more)


def consent(window, *people):
    """The Minister's letter for these persons."""
    return actions.enter_consent(
        window,
        by=SYSTEM,
        number=f"100.2.2.6/{FreezeConsent.objects.count()}",
        given_on=clock.today(),
        people=people,
        file=files.Stored("0" * 32, 10, "0" * 64),
    )


def test_it_begins_six_months_before_candidates_are_designated():
    assert rules.freeze_begins(date(2024, 9, 22), NORMS) == date(2024, 3, 22)
    assert rules.freeze_begins(date(2024, 8, 31), NORMS) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("effective", "consent", "frozen"),
    [
        (date(2024, 3, 21), False, False),
        (date(2024, 3, 22), False, True),
        (date(2025, 2, 20), False, True),
        (date(2025, 2, 21), False, False),
        (date(2024, 6, 1), True, False),
    ],
)
def test_an_order_inside_the_freeze_needs_consent(effective, consent, frozen):
    found = rules.is_frozen(
        effective, date(2024, 9, 22), date(2025, 2, 20), NORMS, has_consent=consent
    )
    assert found is frozen


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_a_placement_on_the_first_and_on_the_last_day_is_refused(city, window, day):
    with pytest.raises(Invalid) as refusal:
        place(city.crew, city.agency, day)
    assert refusal.value.field == "start_on"
    assert "22 March 2026" in refusal.value.message
    assert queries.unit_of(city.crew.pk, day) == city.section


@pytest.mark.parametrize("day", [FIRST - timedelta(days=1), LAST + timedelta(days=1)])
def test_the_day_before_and_the_day_after_are_free(city, window, day):
    place(city.crew, city.agency, day)
    assert queries.unit_of(city.crew.pk, day) == city.agency


def test_a_letter_lifts_it_for_whom_it_names_alone(city, window):
    consent(window, city.crew)
    place(city.crew, city.agency, FIRST)
    with pytest.raises(Invalid):
        place(city.second_crew, city.agency, FIRST)


def test_a_letter_for_one_election_does_not_lift_another(city, window):
    other = actions.set_freeze(
        by=SYSTEM,
        name="Pilkada susulan",
        designation_on=DESIGNATION + timedelta(days=30),
        term_ends_on=LAST,
        source="Keputusan KPU 9/2026",
    )
    consent(window, city.crew)
    day = other.begins_on
    with pytest.raises(Invalid):
        place(city.crew, city.agency, day)
    consent(other, city.crew)
    assert place(city.crew, city.agency, day)


def test_a_plt_is_bound_and_a_daily_stand_in_is_not(city, window):
    post = a_position(city.section, is_head=True)
    days = {"start_on": FIRST, "end_on": FIRST + timedelta(days=10)}
    assert actions.appoint_acting(post, city.crew, by=SYSTEM, kind="plh", **days)
    Assignment.objects.filter(position=post, kind="definite").update(end_on=FIRST)
    days = {"start_on": FIRST + timedelta(days=20), "end_on": FIRST + timedelta(days=30)}
    with pytest.raises(Invalid):
        actions.appoint_acting(post, city.crew, by=SYSTEM, kind="plt", **days)


def test_units_change_all_the_same_and_their_people_with_them(city, window):
    with clock.at(clock.now() + timedelta(days=30)):
        other = an_agency("Dinas Lain")
        given = actions.ActGiven(
            kind="merge", on=clock.today(), decree="Perwali 7/2026", units=[city.section]
        )
        act = actions.prepare_act(other, by=an_actor("organisation_office"), given=given)
        actions.approve_act(act, by=an_actor("organisation_office"), seen=act.version)
        assert queries.unit_of(city.crew.pk) == other


def listed(person, unit, day, title="Analis kebijakan"):
    """A line of a list that seats a person elsewhere."""
    return Listed(line=7, person_id=person.pk, facts={}, unit_id=unit.pk, title=title, since=day)


def test_a_list_that_moves_people_is_refused_whole_and_names_the_line(city, window):
    rows = [
        listed(city.second_crew, city.agency, FIRST - timedelta(days=1)),
        listed(city.crew, city.agency, FIRST),
    ]
    with pytest.raises(Conflict) as refusal:
        actions.enter_people(rows, by=SYSTEM)
    assert "7" in str(refusal.value)
    assert city.crew.name in str(refusal.value)
    assert queries.unit_of(city.second_crew.pk, FIRST) == city.section
    consent(window, city.crew)
    assert len(actions.enter_people(rows, by=SYSTEM)) == 2


def test_a_withdrawn_freeze_binds_nobody_and_stays_on_record(city, window):
    with pytest.raises(Invalid):
        actions.withdraw_freeze(window, by=SYSTEM, reason="")
    actions.withdraw_freeze(window, by=SYSTEM, reason="Tanggal keliru")
    assert place(city.crew, city.agency, FIRST)
    assert queries.freeze_windows().count() == 1


def test_days_that_make_no_sense_are_refused(window):
    for days in (
        {"designation_on": DESIGNATION, "term_ends_on": LAST},
        {"designation_on": date(2027, 9, 22), "term_ends_on": date(2027, 9, 21)},
    ):
        with pytest.raises(Invalid):
            actions.set_freeze(by=SYSTEM, name="x", source="x", **days)


def test_who_seats_in_one_agency_does_not_lift_the_freeze(city, window):
    with pytest.raises(Refused):
        actions.withdraw_freeze(window, by=an_actor("agency_hr", city.agency), reason="x")


def test_asking_costs_two_queries_inside_a_window_and_one_outside(city, window):
    ids = [city.crew.pk, city.second_crew.pk]
    with counted_queries(at_most=2):
        assert queries.stopped(ids, "definite", FIRST)[1] == frozenset(ids)
    with counted_queries(at_most=1):
        assert queries.stopped(ids, "definite", LAST + timedelta(days=1)) is None
    with counted_queries(at_most=0):
        assert queries.stopped(ids, "plh", FIRST) is None


def test_the_page_keeps_the_letter_and_hands_it_out(city, window):
    client = sign_in_as(an_actor("personnel_office"))
    path = f"/atur/beku/{window.pk}"
    given = {"number": "100.2.2.6/1/SJ", "given_on": "2026-03-01"}

    def bring(people, content):
        file = SimpleUploadedFile("surat.pdf", content)
        data = {**given, "people": people, "file": file, "_once": str(len(content)) + people}
        return client.post(f"{path}/persetujuan", data)

    unknown = bring(f"{city.crew.name}\nTidak Ada", b"%PDF-1.7 surat")
    assert unknown.status_code == 422
    assert "Tidak Ada" in unknown.content.decode()
    assert bring(city.crew.name, b"PK no paper").status_code == 422
    assert bring(city.crew.name, b"%PDF-1.7 surat").status_code == 302
    row = FreezeConsent.objects.get()
    answer = client.get(f"/atur/beku/surat/{row.pk}")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 surat"
    assert city.crew.name in client.get(path).content.decode()
    assert client.get("/atur/beku").status_code == 200
    assert sign_in_as(an_actor("agency_hr", city.agency)).get("/atur/beku").status_code == 403


def test_an_election_is_entered_and_taken_back_on_the_page():
    client = sign_in_as(an_actor("personnel_office"))
    days = {"designation_on": "2026-09-22", "term_ends_on": "2026-09-21"}
    words = {"name": "Pilkada 2026", "source": "Keputusan KPU 5/2026"}
    assert client.post("/atur/beku", {**words, **days, "_once": "1"}).status_code == 422
    days["term_ends_on"] = "2027-02-20"
    assert client.post("/atur/beku", {**words, **days, "_once": "2"}).status_code == 302
    window = queries.freeze_windows().get()
    assert window.begins_on == FIRST
    leave = f"/atur/beku/{window.pk}/tarik"
    assert client.post(leave, {"reason": "", "_once": "3"}).status_code == 422
    assert client.post(leave, {"reason": "Keliru", "_once": "4"}).status_code == 302
    assert queries.freeze_on(FIRST) is None
