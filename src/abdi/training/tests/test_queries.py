"""Rows seen by each role, and the number of questions to the database: the same at 10 and 100."""

from __future__ import annotations

import datetime as dt

import pytest

from abdi.competence import testing as competence
from abdi.competence.choices import Competency
from abdi.people.testing import a_city, a_person, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing import counted_queries, sign_in_as
from abdi.training import actions, queries
from abdi.training.models import Candidate, Class, Enrolment, Proposal
from abdi.training.testing import a_class, a_passed_class, an_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def organiser(city):
    return an_actor("organiser", unit=city.agency)


def test_a_class_fits_where_it_leads_above_the_level_held(city):
    competence.settled(city.head)
    fits = a_class()
    a_class(level=1)
    a_class(competency="M.8", level=1)
    assert [fit.klass.pk for fit in queries.for_gap(city.head.pk)] == [fits.pk]
    assert queries.for_gap(city.crew.pk) == []


def test_each_role_sees_its_own_seats(city, organiser):
    elsewhere = an_agency()
    klass = a_class(organiser)
    an_enrolment(klass, city.crew)
    an_enrolment(klass, city.head)
    an_enrolment(a_class(start_on=dt.date(2026, 5, 4), end_on=dt.date(2026, 5, 4)), city.head)
    seen = {
        "self": actor_for(city.crew),
        "team": actor_for(city.agency_head),
        "agency": an_actor("agency_hr", city.agency),
        "other agency": an_actor("agency_hr", elsewhere),
        "organiser": organiser,
        "city": an_actor("personnel_office", unit=elsewhere),
    }
    found = {name: queries.visible_enrolments(actor).count() for name, actor in seen.items()}
    assert found == {
        "self": 1,
        "team": 2,
        "agency": 3,
        "other agency": 0,
        "organiser": 2,
        "city": 3,
    }


def test_certificates_are_seen_by_holder_organiser_and_agency(city, organiser):
    actions.issue_certificate(a_passed_class(a_class(organiser), city.crew), by=organiser)
    assert queries.visible_certificates(actor_for(city.crew)).count() == 1
    assert queries.visible_certificates(organiser).count() == 1
    assert queries.visible_certificates(actor_for(city.second_crew)).count() == 0
    assert queries.visible_certificates(an_actor("agency_hr", an_agency())).count() == 0
    assert queries.certificate_of(Enrolment.objects.get()).enrolment.person_id == city.crew.pk


def test_hours_count_only_classes_passed_in_their_year(city):
    a_passed_class(a_class(), city.crew)
    an_enrolment(a_class(start_on=dt.date(2026, 5, 4), end_on=dt.date(2026, 5, 4)), city.crew)
    year = queries.year_of_hours(city.crew.pk, "PNS")
    assert (year.done, year.planned, year.figure, year.warning) == (8, 8, 20, "below_minimum")
    assert queries.year_of_hours(city.crew.pk, "contract").figure is None
    assert queries.hours_by_person(2026) == {city.crew.pk: 8}


def test_somebody_is_found_by_number_or_by_a_name_only_he_bears(city):
    assert queries.person_named("Bayu Petugas") == city.crew
    a_person(city.section, name="Bayu Petugas")
    assert queries.person_named("bayu petugas") is None
    assert queries.person_named("%") is None
    numbered = a_person(city.section, number="199001012015031001")
    assert queries.person_named("19900101 201503 1 001") == numbered


def many_classes(count):
    """Open classes, written straight: only their number matters here."""
    Class.objects.bulk_create(
        Class(
            title=f"Kelas {number}",
            goal="Tujuan",
            competency="M.3",
            level=2,
            hours=8,
            start_on=dt.date(2026, 4, 1),
            end_on=dt.date(2026, 4, 2),
            capacity=10,
            opened_at=clock.now(),
        )
        for number in range(count)
    )


def counts(client, path, grow):
    """Questions asked for a page, then again after it has grown."""
    found = []
    for step in (10, 90):
        grow(step)
        client.get(path)
        with counted_queries(at_most=12) as asked:
            assert client.get(path).status_code == 200
        found.append(len(asked))
    return found


@pytest.mark.parametrize("path", ["/pelatihan", "/pelatihan?sesuai=1", "/pelatihan/sesuai"])
def test_the_catalogue_asks_the_same_few_questions_at_any_size(city, path):
    competence.settled(city.head)
    client = sign_in_as(actor_for(city.head))
    first, second = counts(client, path, many_classes)
    assert first == second <= 8


def test_a_class_page_asks_the_same_few_questions_at_any_size(city, organiser):
    klass = a_class(organiser, capacity=200)

    def grow(count):
        people = [a_person(city.section) for _ in range(count)]
        Enrolment.objects.bulk_create(
            Enrolment(
                klass=klass,
                person=person,
                agency=city.agency,
                state="enrolled",
                has_seat=True,
                queued_at=clock.now(),
            )
            for person in people
        )
        Class.objects.filter(pk=klass.pk).update(taken=Enrolment.objects.count())

    first, second = counts(sign_in_as(organiser), f"/pelatihan/{klass.code}", grow)
    assert first == second <= 12
    for end in ("hadir", "nilai"):
        client = sign_in_as(organiser)
        client.get(f"/pelatihan/kelas/{klass.code}/{end}")
        with counted_queries(at_most=8):
            client.get(f"/pelatihan/kelas/{klass.code}/{end}")


def test_the_plan_asks_the_same_few_questions_at_any_size(city):
    client = sign_in_as(an_actor("organiser", unit=city.agency))

    def grow(count):
        agencies = [an_agency() for _ in range(count // 9)]
        rows = Proposal.objects.bulk_create(
            Proposal(agency=agency, competency=code, level=2, made_at=clock.now())
            for agency in agencies
            for code in Competency.codes()
        )
        Candidate.objects.bulk_create(
            Candidate(proposal=row, person=city.crew, held=1) for row in rows
        )

    first, second = counts(client, "/pelatihan/rencana", grow)
    assert first == second <= 8
    with counted_queries(at_most=8):
        client.get("/pelatihan/usulan")


def test_my_learning_asks_few_questions(city):
    for month in (4, 5, 6):
        day = dt.date(2026, month, 6)
        an_enrolment(a_class(start_on=day, end_on=day), city.crew)
    client = sign_in_as(actor_for(city.crew))
    client.get("/pelatihan/saya")
    with counted_queries(at_most=10):
        client.get("/pelatihan/saya")


def test_to_do_is_cheap(organiser):
    with counted_queries(at_most=4):
        queries.to_do(organiser, clock.now())
    assert queries.to_do(SYSTEM, clock.now()) == []


def test_the_rows_for_analysis_carry_cost_and_state(city):
    an_enrolment(a_class(cost_rupiah=1_000_000), city.crew)
    row = dict(zip(queries.MART_COLUMNS, queries.mart_rows()[0], strict=True))
    assert (row["klass__cost_rupiah"], row["state"]) == (1_000_000, "enrolled")
