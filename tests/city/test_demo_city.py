"""The demo city is the same twice and tells its two stories."""

import datetime as dt

import pytest

from abdi.competence.models import Result as Level
from abdi.duty import queries as duty
from abdi.duty.models import CallOut
from abdi.duty.queries.ledger import ledger
from abdi.duty.queries.pay import month_figures
from abdi.performance.models import Evaluation
from abdi.platform import clock
from abdi.platform.journal import verify_chain
from abdi.platform.tenancy import within
from abdi.reports import queries as reports
from abdi.reports.models import Report
from abdi.workload import queries as workload
from tests.city.building import a_city_for_once, checksum

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def sums(django_db_setup, django_db_blocker):
    """The sum of a first city, which is gone again."""
    with django_db_blocker.unblock(), a_city_for_once():
        found = [checksum()]
    return found


@pytest.fixture(scope="module")
def city(sums, django_db_blocker):
    """One city for all tests of this file; they only look."""
    with django_db_blocker.unblock(), a_city_for_once() as found:
        sums.append(checksum())
        yield found


@pytest.fixture(autouse=True)
def in_the_city(city, inside_institution):
    """Every test looks at the city, not at the usual test institution."""
    with within(city.institution.pk):
        yield


def test_the_same_size_on_the_same_day_gives_the_same_city(city, sums):
    assert sums[0] == sums[1]


def test_the_journal_of_the_city_is_sealed_and_whole(city):
    verdict = verify_chain()
    assert verdict.whole
    assert verdict.unsealed == 0
    assert verdict.checked > 30_000


def figures_of(city, code):
    """Promises kept, stars, reopened (all in per cent or hundredths), load, levels missing."""
    start, end = clock.now() - dt.timedelta(days=183), clock.now()
    unit = city.units[code].pk
    closed, kept = reports.in_time_share([unit], start, end)
    rated, stars = reports.stars_of([unit], start, end)
    rows = Report.objects.filter(unit_id=unit, status="closed")
    levels = Level.objects.filter(unit_id=unit, is_current=True)
    return {
        "kept": 100 * kept // closed,
        "stars": 100 * stars // rated,
        "reopened": 100 * rows.filter(reopened_count__gt=0).count() // closed,
        "load": workload.load_of_unit(unit).load_permyriad // 100,
        "missing": 100 * levels.filter(missing__gt=0).count() // levels.count(),
    }


def test_street_lights_are_overloaded_waste_and_trees_lack_skill_the_fire_crew_does_well(city):
    lights, fire = figures_of(city, "pju"), figures_of(city, "damkar")
    assert 52 <= lights["kept"] <= 66
    assert lights["load"] >= 130
    assert lights["missing"] <= 8
    for code in ("sampah", "pohon"):
        weak = figures_of(city, code)
        assert weak["stars"] <= 320
        assert weak["reopened"] >= 10
        assert 75 <= weak["load"] <= 100
        assert weak["missing"] >= 25
    assert fire["kept"] >= 90
    assert fire["stars"] >= 440
    assert fire["missing"] <= 8


def test_who_signs_in_finds_something_to_do(city):
    crew = city.logins["petugas"]
    assert duty.current_shift(crew, clock.now()) is not None
    open_jobs = Report.objects.open()
    assert open_jobs.filter(person_id=crew).exists()
    assert 8 <= open_jobs.filter(status="received").count() <= 30
    assert open_jobs.filter(priority="P1", status="received").exists()
    assert open_jobs.late(clock.now()).exists()
    team = city.people_of("pju")
    assert Evaluation.objects.filter(person_id__in=team, period__number=3).count() < len(team)


def test_call_outs_of_the_city_have_an_end_whose_hours_count(city):
    unit, today = city.units["pju"].pk, clock.today()
    carried = ledger(unit, today - dt.timedelta(days=28), today)
    assert sum(one.call_out_minutes for one in carried.values()) > 600
    under_way = CallOut.objects.filter(ended_at__isnull=True).count()
    assert under_way < CallOut.objects.count() // 10, "only those who are under way"
    assert sum(one.call_out_minutes for one in month_figures(unit, today.replace(day=1)).values())


def test_street_lights_go_out_at_night_and_waste_is_seen_in_the_morning(city):
    lights, waste = (
        [
            clock.local(at).hour
            for at in Report.objects.filter(category__code=code).values_list(
                "received_at", flat=True
            )
        ]
        for code in ("street_light_out", "waste_not_collected")
    )
    at_night = sum(hour >= 18 or hour < 4 for hour in lights)
    in_the_morning = sum(4 <= hour < 11 for hour in waste)
    assert at_night * 100 >= len(lights) * 80
    assert in_the_morning * 100 >= len(waste) * 65
