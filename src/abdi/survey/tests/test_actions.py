"""Actions of the survey: rating a report, and the anonymous survey of a service."""

from datetime import timedelta

import pytest
from django.db import connection

from abdi.people.testing import a_city, a_service, a_unit, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused, citizen
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry
from abdi.survey import actions, queries
from abdi.survey.choices import Element
from abdi.survey.jobs import close_due_periods, closed_periods_without_totals
from abdi.survey.models import Answer, ElementTotal, Invitation, Participation, Period, Rating
from abdi.survey.testing import a_closed_period, a_period, a_rating, an_invitation, answered

pytestmark = pytest.mark.django_db
EVERYTHING_GOOD = dict.fromkeys(Element.codes(), 4)


@pytest.fixture
def city():
    return a_city()


def test_inviting_twice_in_a_round_is_one_invitation(city):
    first = an_invitation(city.section, city.service)
    assert an_invitation(city.section, city.service) == first
    assert Invitation.objects.count() == 1


def test_after_a_rating_the_next_invitation_is_another_round(city):
    a_rating(city.section, city.service)
    second = an_invitation(city.section, city.service)
    assert second.round == 2
    assert queries.invitation_for(second.about) == second
    assert queries.rating_of(second.about).invitation.round == 1


def test_a_rating_is_announced_with_its_stars_and_without_its_words(city):
    rating = a_rating(city.section, city.service, stars=2, words="Masih berkedip")
    entry = Entry.objects.get(kind="survey.RatingGiven")
    assert entry.data == {
        "invitation_id": rating.invitation_id,
        "about": "uji.thing:1",
        "unit_id": city.section.pk,
        "service_id": city.service.pk,
        "stars": 2,
    }
    assert "berkedip" not in entry.data_text


def test_a_thing_without_service_can_be_rated(city):
    rating = a_rating(city.section, about="uji.thing:2")
    assert rating.invitation.service_id is None


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_a_rating_is_one_to_five(city, stars):
    with pytest.raises(Invalid):
        a_rating(city.section, stars=stars)


def test_words_of_a_rating_are_cleaned_and_limited(city):
    with pytest.raises(Invalid):
        a_rating(city.section, words="a\x00b")
    with pytest.raises(Invalid):
        a_rating(city.section, words="a" * 501)
    assert Rating.objects.count() == 0


def test_an_invitation_is_rated_once(city):
    rating = a_rating(city.section)
    with pytest.raises(Conflict):
        actions.rate(rating.invitation, stars=1, by=SYSTEM)


def test_ratings_of_units_add_up_between_two_moments(city):
    a_rating(city.section, about="uji.thing:1", stars=5)
    a_rating(city.section, about="uji.thing:2", stars=2)
    day = timedelta(days=1)
    now = clock.now()
    assert queries.rating_totals([city.section.pk], now - day, now + day) == (2, 7)
    assert queries.rating_totals([city.section.pk], now + day, now + 2 * day) == (0, 0)


def test_a_survey_opens_once_at_a_time_and_keeps_its_weight_rule(city):
    period = a_period(city.service, weight="0.11")
    assert period.weight == "0.11"
    with pytest.raises(Conflict):
        a_period(city.service)
    other = a_service(city.section, "Layanan lain")
    assert a_period(other).weight == "exact"


def test_a_survey_needs_a_last_day_within_a_year_and_a_known_weight_rule(city):
    for days in (-1, 400):
        with pytest.raises(Invalid):
            a_period(city.service, days=days)
    with pytest.raises(Invalid):
        a_period(city.service, weight="0.12")


def test_only_the_offices_in_charge_open_and_close_a_survey(city):
    day = clock.today() + timedelta(days=30)
    of_agency = an_actor("agency_hr", city.agency)
    strangers = [an_actor("agency_hr", an_agency("Dinas Lain")), city.dispatcher, city.commander]
    for stranger in strangers:
        with pytest.raises(Refused):
            actions.open_period(city.service, by=stranger, closes_on=day)
    period = actions.open_period(city.service, by=of_agency, closes_on=day)
    for stranger in strangers:
        with pytest.raises(Refused):
            actions.close_period(period, by=stranger)
    assert not actions.close_period(period, by=an_actor("organisation_office")).is_open


def test_a_citizen_answers_without_account_and_once(city):
    a_period(city.service)
    by = citizen(city.agency.institution_id)
    actions.answer_survey(city.service, answers=EVERYTHING_GOOD, by=by, token="satu")
    with pytest.raises(Conflict, match="already"):
        actions.answer_survey(city.service, answers=EVERYTHING_GOOD, by=by, token="satu")
    actions.answer_survey(city.service, answers={"time": 1}, by=by, token="dua")
    assert Answer.objects.count() == 10
    assert Participation.objects.count() == 2


def test_an_employee_answers_once_whatever_the_device(city):
    period = a_period(city.service)
    by = an_actor("employee", city.agency)
    actions.answer_survey(city.service, answers={"cost": 3}, by=by, token="satu")
    with pytest.raises(Conflict):
        actions.answer_survey(city.service, answers={"cost": 3}, by=by, token="dua")
    assert queries.has_answered(period.pk, actions.sealed(period.pk, by))


@pytest.mark.parametrize("answers", [{}, {"time": 5}, {"time": 0}, {"u9": 3}])
def test_answers_outside_the_form_are_refused(city, answers):
    a_period(city.service)
    with pytest.raises(Invalid):
        actions.answer_survey(
            city.service, answers=answers, by=citizen(city.agency.institution_id), token="satu"
        )
    assert Participation.objects.count() == 0


def test_a_form_without_its_token_is_refused(city):
    a_period(city.service)
    with pytest.raises(Invalid):
        actions.answer_survey(
            city.service, answers=EVERYTHING_GOOD, by=citizen(city.agency.institution_id)
        )


def test_nobody_answers_where_no_survey_is_open(city):
    by = citizen(city.agency.institution_id)
    with pytest.raises(Refused):
        actions.answer_survey(city.service, answers=EVERYTHING_GOOD, by=by, token="satu")
    with pytest.raises(Conflict):
        actions.answer_survey(city.service, answers=EVERYTHING_GOOD, by=SYSTEM, token="satu")


def test_answers_and_participation_share_no_key_order_or_fine_time(city):
    a_period(city.service)
    answered(city.service, 12, 3)
    answers = {field.name for field in Answer._meta.get_fields()}
    assert answers == {"id", "institution", "period", "element", "value"}
    people = {field.name for field in Participation._meta.get_fields()}
    assert people == {"id", "institution", "period", "who", "answered_on"}
    keys = set(Answer.objects.values_list("id", flat=True))
    assert not keys & set(Participation.objects.values_list("id", flat=True))
    written = [row.pk for row in Participation.objects.order_by("pk")]
    assert len(written) == 12
    assert max(written) - min(written) > 2**50


def test_the_journal_names_neither_who_answered_nor_what(city):
    a_period(city.service)
    by = an_actor("employee", city.agency)
    actions.answer_survey(city.service, answers={"cost": 3}, by=by)
    entry = Entry.objects.get(kind="survey.Participated")
    assert entry.by == "citizen"
    assert list(entry.data) == ["period_id"]


def test_closing_counts_each_element_and_rewrites_the_answers(city):
    period = a_period(city.service)
    answered(city.service, 5, 4)
    answered(city.service, 2, 1, {"time": 1})
    before = set(Answer.objects.values_list("id", flat=True))
    actions.close_period(period, by=SYSTEM)
    time = ElementTotal.objects.get(period=period, element="time")
    assert (time.respondents, time.answers_sum) == (7, 22)
    cost = ElementTotal.objects.get(period=period, element="cost")
    assert (cost.respondents, cost.answers_sum) == (5, 20)
    after = set(Answer.objects.values_list("id", flat=True))
    assert len(after) == len(before)
    assert not after & before


def test_rewritten_answers_lie_in_no_order_of_theirs(city):
    """Thirty people in a row answer 1, thirty more answer 4; afterwards the values are mixed."""
    period = a_period(city.service)
    answered(city.service, 30, 1, {"time": 1})
    answered(city.service, 30, 4, {"time": 4})
    actions.close_period(period, by=SYSTEM)
    with connection.cursor() as cursor:
        place = "ctid" if connection.vendor == "postgresql" else "rowid"
        cursor.execute(f"SELECT value FROM survey_answer ORDER BY {place}")
        values = [row[0] for row in cursor.fetchall()]
    assert sorted(values) == [1] * 30 + [4] * 30
    assert values[:30].count(4) > 3


def test_closing_twice_or_on_a_stale_page_is_a_conflict(city):
    period = a_period(city.service)
    Period.objects.filter(pk=period.pk).update(version=3)
    with pytest.raises(Conflict):
        actions.close_period(period, by=SYSTEM, seen=1)
    actions.close_period(period, by=SYSTEM, seen=3)
    with pytest.raises(Conflict, match="ended"):
        actions.close_period(period, by=SYSTEM)


def test_the_close_announces_the_index_only_of_five_and_more(city):
    a_closed_period(city.service, times=6, value=4)
    other = a_service(a_unit(city.agency), "Layanan kecil")
    a_closed_period(other, times=4, value=4)
    big, small = Entry.objects.filter(kind="survey.PeriodClosed").order_by("id")
    assert (big.data["index_hundredths"], big.data["grade"]) == (10_000, "A")
    assert (small.data["index_hundredths"], small.data["grade"]) == (None, "")


def test_surveys_end_by_themselves_after_their_last_day(city):
    period = a_period(city.service, days=3)
    assert close_due_periods() == 0
    with clock.at(clock.now() + timedelta(days=4)):
        assert close_due_periods() == 1
        assert close_due_periods() == 0
    period.refresh_from_db()
    assert not period.is_open


def test_reconciliation_finds_an_ended_survey_without_result(city):
    period = a_closed_period(city.service)
    assert closed_periods_without_totals() == 0
    ElementTotal.objects.filter(period=period).delete()
    assert closed_periods_without_totals() == 1
