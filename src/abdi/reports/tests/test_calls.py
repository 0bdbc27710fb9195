"""Called out at three in the night: the call-out, its end, and the late morning of presence."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from abdi.duty.models import CallOut
from abdi.people.testing import actor_for
from abdi.platform import clock
from abdi.platform.testing import sign_in_as
from abdi.presence import queries as presence
from abdi.presence.models import Dispensation, PresenceDay
from abdi.reports import actions
from abdi.reports.choices import Obstacle, PhotoKind
from abdi.reports.testing import a_photo, a_report, a_report_city

WIB = ZoneInfo("Asia/Jakarta")
MORNING = date(2026, 3, 3)
rows = pytest.mark.django_db


def at(hour, minute=0):
    return clock.at(datetime(2026, 3, 3, hour, minute, tzinfo=WIB))


@pytest.fixture
def where():
    return a_report_city()


def called_out(where):
    """Called from home: nobody stands by a roster here. Yes at 02.10, out at 02.20."""
    with at(2, 5):
        report = actions.assign(a_report(), where.crew, by=where.dispatcher)
    with at(2, 10):
        report = actions.accept(report, by=where.officer)
    with at(2, 20):
        return actions.start(report, by=where.officer)


def done_at(report, where, hour, minute):
    with at(hour, minute):
        report = actions.arrive(report, by=where.officer)
        actions.add_photo(report, by=where.officer, given=a_photo(), kind=PhotoKind.AFTER)
        actions.propose_done(report, by=where.officer)


def a_late_day(person, came, minutes):
    return PresenceDay.objects.create(
        person=person, on=MORNING, status="late", planned_in=time(7, 30), came_at=came,
        late_minutes=minutes, fetched_at=clock.now(), made_by="uji", made_at=clock.now(),
    )  # fmt: skip


@rows
def test_out_at_three_is_not_late_at_half_past_seven(where):
    done_at(called_out(where), where, 4, 45)
    call = CallOut.objects.get()
    assert [clock.local(one).strftime("%H.%M") for one in (call.at, call.ended_at)] == [
        "02.10", "04.45",
    ]  # fmt: skip
    day = a_late_day(where.crew, time(10, 30), 180)
    [line] = presence.day_lines([day])
    assert (line.status, line.late_minutes) == ("dispensation", 0)
    assert presence.absences_of_year(2026)[where.crew.pk].minutes == 0
    client = sign_in_as(actor_for(where.crew))
    with at(9):
        page = client.get("/piket/saya").content.decode()
        assert "02.10–04.45" in page
        assert "dimaafkan sampai 10.45" in page
        month = client.get("/kehadiran?bulan=2026-03").content.decode()
    assert "dipanggil 02.10–04.45" in month
    assert "dimaafkan sampai 10.45" in month


@rows
def test_who_comes_long_after_the_rest_stays_late_in_figures_and_discipline(where):
    done_at(called_out(where), where, 4, 45)
    day = a_late_day(where.crew, time(12), 270)
    [line] = presence.day_lines([day])
    assert (line.status, line.late_minutes) == ("late", 75)
    assert presence.absences_of_year(2026)[where.crew.pk].minutes == 75


@rows
def test_a_postponed_job_ends_the_call_out_and_a_second_trip_is_another(where):
    report = called_out(where)
    with at(3, 30):
        report = actions.postpone(report, by=where.officer, reason=Obstacle.MATERIAL)
    assert clock.local(CallOut.objects.get().ended_at).hour == 3
    with at(4):
        actions.start(report, by=where.officer)
    assert [clock.local(one.at).strftime("%H.%M") for one in CallOut.objects.order_by("at")] == [
        "02.10", "04.00",
    ]  # fmt: skip
    latest = presence.excuses_of(where.crew.pk, MORNING, MORNING)[0]
    assert clock.local(latest.excused_until).strftime("%H.%M") == "10.00"


@rows
def test_a_job_by_day_is_a_call_out_that_excuses_nothing(where):
    with at(13):
        report = actions.assign(a_report(), where.crew, by=where.dispatcher)
        report = actions.start(report, by=where.officer)
    done_at(report, where, 14, 0)
    assert CallOut.objects.get().ended_at is not None
    assert not Dispensation.objects.exists()


@rows
def test_given_to_another_the_first_ones_call_out_ends(where):
    report = called_out(where)
    with at(3):
        actions.assign(report, where.city.second_crew, by=where.dispatcher)
    call = CallOut.objects.get()
    assert (call.person, clock.local(call.ended_at).hour) == (where.crew, 3)
