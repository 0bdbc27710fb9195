"""The duty order of a roster: who is named, the letter in both papers, who may have it written."""

from __future__ import annotations

import io
from datetime import date, time

import docx
import pytest

from abdi.duty import actions, rules
from abdi.duty.models import Shift
from abdi.duty.rules.orders import OrderedTurn, ordered_minutes, turn_lines
from abdi.duty.testing import a_coverage, a_crew, a_roster
from abdi.letters import actions as letters
from abdi.letters import papers
from abdi.letters.models import Letter
from abdi.letters.word_file import docx_of
from abdi.people.testing import a_city, a_unit, an_actor, an_agency, an_institution
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.tenancy import within
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)


@pytest.fixture
def city():
    found = a_city()
    a_crew(found.section, 6)
    a_coverage(found.section)
    return found


def an_order(city, **more):
    days = {"first": MONDAY, "last": SUNDAY, **more}
    return actions.order_roster(city.section, by=city.commander, **days)


def test_turns_of_one_kind_stand_on_one_line_with_their_days():
    zone = clock.zone()
    stands = [
        rules.turn_on(date(2026, 3, day), start, end, zone)
        for day, start, end in (
            (4, time(18), time(6)),
            (2, time(6), time(18)),
            (6, time(6), time(18)),
        )
    ]
    turns = [OrderedTurn(*stand, name="x") for stand in stands]
    found = [(line.starts.hour, [day.day for day in line.days]) for line in turn_lines(turns)]
    assert found == [(6, [2, 6]), (18, [4])]
    assert ordered_minutes(turns) == 36 * 60
    waits = OrderedTurn(*stands[0], name="x", is_standby=True)
    assert ordered_minutes([waits]) == 0


def test_the_order_names_everybody_with_his_turns_hours_and_number(city):
    city.crew.employee_number = "199001012020121001"
    city.crew.save()
    a_roster(city.section)
    letter = an_order(city)
    table = letter.facts["tables"]["roster"]
    assert table["columns"] == ["No.", "Nama", "Giliran", "Jam", "Unit"]
    crew = {row[1].split("\n")[0]: row for row in table["rows"]}
    named = set(Shift.objects.values_list("person__name", flat=True))
    assert set(crew) == named
    assert crew["Bayu Petugas"][1].endswith("NIP 199001012020121001")
    assert f"Nomor kru {city.second_crew.code}" in crew["Sari Petugas"][1]
    hours = {row[3] for row in table["rows"]}
    assert hours <= {"12", "24", "36", "48"}
    assert "siang 06.00–18.00: Sen 2/3" in "\n".join(row[2] for row in table["rows"])
    assert letters.missing_words(letter) == []


def test_the_paper_says_when_location_is_tracked_and_the_list_follows_the_signature(city):
    a_roster(city.section)
    letter = an_order(city)
    document = papers.document_of(letter)
    assert document.title == "SURAT PERINTAH TUGAS"
    said = " ".join(block.text for block in document.blocks)
    assert "lokasi petugas hanya dilacak selama mengerjakan" in said
    assert [block.kind for block in document.attachment] == ["heading", "table"]
    assert papers.pdf_of(letter, paper="f4").startswith(b"%PDF")
    file = docx.Document(io.BytesIO(docx_of(letter, paper="a4")))
    assert [table.rows[0].cells[1].text for table in file.tables][-1] == "Nama"
    page = file.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)


def test_the_same_roster_gives_the_same_letter_and_a_changed_one_another(city):
    roster = a_roster(city.section)
    first = an_order(city)
    assert an_order(city) == first
    shift = Shift.objects.filter(roster=roster).order_by("-starts_at").first()
    actions.remove_shift(shift, by=SYSTEM)
    second = an_order(city)
    assert second != first
    letters.void(second, by=SYSTEM, reason="Jadwal salah ketik")
    assert an_order(city) not in (first, second)


def test_an_order_wants_a_roster_in_force_and_sensible_days(city):
    a_roster(city.section, published=False)
    with pytest.raises(Conflict):
        an_order(city)
    with pytest.raises(Invalid):
        an_order(city, last=date(2026, 3, 1))
    with pytest.raises(Invalid):
        an_order(city, last=date(2026, 5, 30))
    with pytest.raises(Refused):
        actions.order_roster(
            city.section,
            by=an_actor("duty_commander", an_agency()),
            first=MONDAY,
            last=SUNDAY,
        )


def test_one_press_on_the_page_draws_it_up(city):
    roster = a_roster(city.section)
    for actor in (city.commander, an_actor("agency_hr", city.agency)):
        client = sign_in_as(actor)
        page = client.get("/piket").content.decode()
        assert "Cetak SPT" in page
        data = {"unit": city.section.pk, "pekan": MONDAY.isoformat(), "untuk": "pekan"}
        answer = client.post("/piket/perintah", data)
        letter = Letter.objects.get(about=roster.ref)
        assert answer["Location"] == f"/surat/{letter.code}"
        assert "LAMPIRAN" in client.get(answer["Location"]).content.decode()
    assert "Cetak SPT" not in sign_in_as(city.dispatcher).get("/piket").content.decode()


def test_a_month_takes_the_turns_that_begin_in_it(city):
    a_roster(city.section)
    a_roster(city.section, date(2026, 3, 30))
    data = {"unit": city.section.pk, "pekan": "2026-03-30", "untuk": "bulan"}
    sign_in_as(city.commander).post("/piket/perintah", data)
    letter = Letter.objects.get(about__startswith="duty.roster")
    assert letter.facts["texts"]["start_on"] == "2026-04-01"
    assert "31/3" not in str(letter.facts["tables"]["roster"])


def test_a_unit_of_another_agency_or_institution_is_not_found(city):
    other = a_unit(an_agency(), name="Lain")
    with within(an_institution().pk):
        foreign = an_agency()
    client = sign_in_as(city.commander)
    for unit in (other, foreign):
        data = {"unit": unit.pk, "pekan": MONDAY.isoformat(), "untuk": "pekan"}
        assert client.post("/piket/perintah", data).status_code == 404
    assert client.post("/piket/perintah", {"unit": "x"}).status_code == 404


def test_the_list_is_read_in_two_queries_whatever_the_crew(city):
    a_roster(city.section)
    with counted_queries(2):
        assert len(actions.orders.order_of(city.section.pk, MONDAY, SUNDAY).rows) > 3
