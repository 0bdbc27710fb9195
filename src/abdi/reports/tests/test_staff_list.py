"""The long list of reports: who sees which; a page costs the same however many there are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from abdi.people.testing import an_actor, an_agency, an_institution
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Grant
from abdi.platform.tenancy import unscoped, within
from abdi.platform.testing import counted_queries, sign_in_as
from abdi.reports import actions, rules
from abdi.reports.actions import Owner
from abdi.reports.queries import listing
from abdi.reports.queries.listing import Line
from abdi.reports.testing import a_closed_report, a_report, a_report_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return a_report_city()


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def many(unit, count):
    """So many closed reports of a unit."""
    rows = [
        rules.PastReport(
            key=str(number),
            category="street_light_out",
            agency="own",
            received_at=clock.now() - timedelta(days=2, minutes=number),
            closed_at=clock.now() - timedelta(days=1),
            outcome="fixed",
        )
        for number in range(count)
    ]
    actions.load_history(rows, by=SYSTEM, source="daftar", owners={"own": Owner(unit)})


def test_an_empty_list_says_so(where):
    assert "Tidak ada laporan di sini" in text_of(sign_in_as(where.dispatcher).get("/laporan"))


def test_the_list_shows_open_and_closed_reports_and_links_to_them(where):
    new, done = a_report(), a_closed_report(where)
    desk = sign_in_as(where.dispatcher)
    page = text_of(desk.get("/laporan"))
    assert f'href="/laporan/{new.number}"' in page
    assert "Ditutup · tepat waktu" in page
    assert done.number in text_of(desk.get("/laporan?lihat=selesai"))
    assert new.number not in text_of(desk.get("/laporan?lihat=selesai"))
    assert done.number not in text_of(desk.get("/laporan?lihat=terbuka"))


def test_a_number_finds_its_report_alone(where):
    one, other = a_report(), a_report()
    page = text_of(sign_in_as(where.dispatcher).get(f"/laporan?nomor={one.number.lower()}"))
    assert one.number in page
    assert other.number not in page


def test_reports_of_another_agency_are_not_listed(where):
    report = a_report()
    elsewhere = an_actor("duty_commander", an_agency("Dinas lain"))
    assert report.number not in text_of(sign_in_as(elsewhere).get("/laporan"))


def test_who_may_not_see_the_work_gets_no_list(where):
    assert sign_in_as(an_actor("organiser", None)).get("/laporan").status_code == 403


@pytest.mark.parametrize("count", [10, 100])
def test_a_page_costs_three_queries_at_most(where, count):
    many(where.city.section, count)
    desk = sign_in_as(where.dispatcher)
    desk.get("/laporan")  # the rights of the session are worked out once a minute
    with counted_queries(3):
        page = text_of(desk.get("/laporan"))
    assert page.count("/laporan/CD-") == min(count, 25)


def test_the_second_page_goes_on_where_the_first_ended(where):
    many(where.city.section, 30)
    desk = sign_in_as(where.dispatcher)
    assert text_of(desk.get("/laporan?hal=2")).count("/laporan/CD-") == 5


# ------------------------------------------------------------------ what is kept of the query


def numbers(actor):
    return {line.number for line in listing.Lines(actor)[0:26]}


def test_the_kept_query_is_the_readers_own(where):
    """The same list, read by one after the other: agency, role and right decide each time."""
    report = a_report()
    other = an_agency("Dinas lain")
    city, own, elsewhere = (
        an_actor("dispatcher", None),
        an_actor("duty_commander", report.agency),
        an_actor("duty_commander", other),
    )
    fewer = replace(own, grants=(Grant("citizen"),))
    for _time in range(2):
        assert numbers(city) == numbers(own) == {report.number}
        assert numbers(elsewhere) == numbers(fewer) == set()


def test_the_kept_query_is_the_institutions_own(where):
    report, reader = a_report(), an_actor("dispatcher", None)
    assert numbers(reader) == {report.number}
    with within(an_institution("lain").pk):
        assert numbers(reader) == set(), "the same actor, another institution"
        with unscoped("the test looks at all of them"):
            assert numbers(reader) == {report.number}
        assert numbers(reader) == set()
    assert numbers(reader) == {report.number}


def test_lines_are_those_of_the_queryset(where):
    many(where.city.section, 30)
    a_report()
    for view in listing.View:
        plain = [Line(*row) for row in listing.listed(where.dispatcher, view)]
        assert listing.Lines(where.dispatcher, view)[0:100] == plain
        assert listing.Lines(where.dispatcher, view)[5:9] == plain[5:9]
        assert len(listing.Lines(where.dispatcher, view)) == len(plain)
