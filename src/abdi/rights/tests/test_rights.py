"""Rights announce themselves, are given or set aside, and count when late."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from abdi.people import queries as people
from abdi.people.testing import a_city, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry
from abdi.platform.tenancy import within
from abdi.platform.testing import sign_in_as
from abdi.rights import actions, drafting, jobs, queries
from abdi.rights.choices import RightKind, RightState
from abdi.rights.models import Right
from abdi.rights.testing import a_ranked_person, a_right

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def hr(city):
    return an_actor("agency_hr", city.agency)


def test_a_periodic_raise_announces_itself_to_the_officer_and_to_the_person(city, hr):
    person = a_ranked_person(city.section, ("III/a", date(2024, 4, 1)))
    assert jobs.announce_rights() == 1
    assert jobs.announce_rights() == 0
    [row] = Right.objects.all()
    assert (row.kind, row.due_on) == (RightKind.RAISE, date(2026, 4, 1))
    assert jobs.tell_people() == 1
    assert jobs.tell_people() == 0
    [officer] = queries.to_do(hr, clock.now())
    assert "1" in officer.title
    [mine] = queries.to_do(actor_for(person), clock.now())
    assert mine.url == reverse("rights:one", args=[row.pk])
    assert Entry.objects.filter(kind="rights.RightFallsDue").count() == 1


def test_a_promotion_that_should_have_come_is_late_until_it_is_given(city, hr):
    person = a_ranked_person(city.section, ("III/a", date(2021, 4, 1)))
    jobs.announce_rights()
    row = Right.objects.get(kind=RightKind.PROMOTION)
    assert row.due_on == date(2025, 4, 1)
    assert queries.lateness(hr) == queries.Late(1, 1)
    with pytest.raises(Invalid):
        actions.give(row, by=hr, given_on=date(2026, 4, 1))
    actions.give(row, by=hr, given_on=date(2026, 4, 1), decree="823/12")
    with clock.at(clock.now() + timedelta(days=60)):
        assert [one.rank for one in people.ranks_of([person.pk])] == ["III/a", "III/b"]
        assert jobs.promotions_the_record_has_already() == 0
        assert queries.lateness(hr).late == 0
    assert Entry.objects.get(kind="rights.RightGiven").data["is_late"] is True


def test_a_rank_entered_elsewhere_closes_the_promotion(city):
    from abdi.people import actions as people_actions
    from abdi.platform.access import SYSTEM
    from abdi.platform.journal import deliver_due

    person = a_ranked_person(city.section, ("III/a", date(2021, 4, 1)))
    jobs.announce_rights()
    people_actions.enter_rank(person, by=SYSTEM, rank="III/b", start_on=date(2025, 4, 1))
    assert Entry.objects.filter(kind="people.RankEntered").count() == 2
    assert jobs.promotions_the_record_has_already() == 1
    deliver_due()
    row = Right.objects.get(kind=RightKind.PROMOTION)
    assert (row.state, row.given_on) == (RightState.GIVEN, date(2025, 4, 1))
    assert jobs.promotions_the_record_has_already() == 0


def test_the_next_raise_counts_from_the_one_that_was_given(city, hr):
    person = a_ranked_person(city.section, ("III/a", date(2024, 4, 1)))
    row = a_right(person, date(2026, 4, 1))
    actions.give(row, by=hr, given_on=date(2026, 4, 1))
    with clock.at(clock.now() + timedelta(days=500)):
        [due] = [one for one in queries.dues([person.pk])[person.pk] if one.kind == "raise"]
    assert (due.base_on, due.due_on) == (date(2026, 4, 1), date(2028, 4, 1))


def test_nobody_closes_his_own_right_and_no_stranger_does(city, hr):
    own = people.persons().get(pk=hr.person_id)
    row = a_right(own, date(2026, 4, 1))
    with pytest.raises(Refused):
        actions.give(row, by=hr, given_on=date(2026, 4, 1))
    other = a_right(a_ranked_person(city.section), date(2026, 4, 1))
    for stranger in (an_actor("agency_hr", an_agency()), actor_for(city.head), hr_self(other)):
        with pytest.raises(Refused):
            actions.set_aside(other, by=stranger, words="x" * 20)


def hr_self(row):
    return actor_for(row.person)


def test_setting_aside_says_why_and_ends_it(city, hr):
    row = a_right(a_ranked_person(city.section), date(2026, 4, 1))
    with pytest.raises(Invalid):
        actions.set_aside(row, by=hr, words="tidak")
    actions.set_aside(row, by=hr, words="Cuti di luar tanggungan negara")
    for act in (
        lambda: actions.give(row, by=hr, given_on=TODAY),
        lambda: actions.set_aside(row, by=hr, words="x" * 20),
        lambda: actions.draft_letter(row, by=hr),
    ):
        with pytest.raises(Conflict):
            act()


def test_a_discipline_note_only_asks_to_look(city):
    person = a_ranked_person(city.section)
    person.has_discipline_note = True
    person.save(update_fields=["has_discipline_note"])
    assert a_right(person, date(2026, 4, 1)).look == "discipline"


def test_a_letter_is_drafted_from_the_right(city, hr, monkeypatch):
    drafted = []
    monkeypatch.setattr(drafting, "draft", lambda right, by: drafted.append(right.pk) or "l:1")
    row = a_right(a_ranked_person(city.section), date(2026, 4, 1))
    row = actions.draft_letter(row, by=hr)
    assert (row.state, row.letter, drafted) == (RightState.DRAFTED, "l:1", [row.pk])


def test_the_letter_is_drawn_up_once_among_the_letters(city, hr):
    from abdi.letters import queries as letters

    row = a_right(a_ranked_person(city.section), date(2026, 4, 1))
    ref = actions.draft_letter(row, by=hr).letter
    assert actions.draft_letter(row, by=hr).letter == ref
    letter = letters.drafted_for(row.ref)
    assert letter is not None
    assert letter.kind == "raise_notice"
    client = sign_in_as(hr)
    assert client.get(reverse("rights:one", args=[row.pk])).status_code == 200
    other = a_right(row.person, date(2027, 4, 1), RightKind.MEDAL, "10")
    assert client.post(reverse("rights:draft", args=[other.pk])).status_code == 302


def test_the_letter_says_the_day_the_rank_and_the_years(city):
    person = a_ranked_person(city.section, ("III/a", date(2016, 4, 1)), name="Rina")
    facts = drafting.facts_of(a_right(person, date(2026, 4, 1)))
    assert (facts["rank"], facts["service_years"]) == ("III/a", "10 tahun")
    medal = a_right(person, date(2026, 4, 1), RightKind.MEDAL, "10")
    assert "Rina" in drafting.facts_of(medal)["body"]


def test_each_sees_the_rights_of_his_reach_and_no_more(city, hr):
    row = a_right(a_ranked_person(city.section), date(2026, 4, 1))
    sees = {row.person_id, city.head.pk}
    for person in (row.person, city.head, city.crew):
        found = queries.visible_rights(actor_for(person)).filter(pk=row.pk).exists()
        assert found == (person.pk in sees)
    assert list(queries.to_give(hr)) == [row]
    assert not queries.to_give(an_actor("agency_hr", an_agency())).exists()


def test_the_dues_of_many_people_cost_the_same_queries(city):
    one = [a_ranked_person(city.section).pk]
    many = one + [a_ranked_person(city.section).pk for _n in range(5)]
    with CaptureQueriesContext(connection) as few:
        queries.dues(one)
    with CaptureQueriesContext(connection) as more:
        queries.dues(many)
    assert len(more) == len(few)


def test_the_page_shows_late_ones_first_and_closes_them(city, hr):
    row = a_right(a_ranked_person(city.section, name="Rina Kartika"), date(2026, 2, 1))
    client = sign_in_as(hr)
    text = client.get(reverse("rights:home")).content.decode()
    assert "Rina Kartika" in text
    assert "Terlambat" in text
    assert client.get(reverse("rights:home") + "?jenis=medal").status_code == 200
    url = reverse("rights:give", args=[row.pk])
    assert client.get(reverse("rights:one", args=[row.pk])).status_code == 200
    assert client.post(url, {"given_on": "bukan"}).status_code == 422
    assert client.post(url, {"given_on": "1999-01-01"}).status_code == 422
    assert client.post(url, {"given_on": "2026-03-02", "version": "9"}).status_code == 409
    assert client.post(url, {"given_on": "2026-03-02"}).status_code == 302
    assert client.post(url, {"given_on": "2026-03-02"}).status_code == 409
    other = a_right(row.person, date(2027, 2, 1))
    aside = reverse("rights:set_aside", args=[other.pk])
    assert client.post(aside, {"words": "a\x00"}).status_code == 422
    assert client.post(aside, {"words": "pendek"}).status_code == 422
    assert client.post(aside, {"words": "Sudah pindah instansi"}).status_code == 302


def test_a_colleague_sees_only_his_own_page(city):
    row = a_right(a_ranked_person(city.section, name="Rina Kartika"), date(2026, 4, 1))
    client = sign_in_as(actor_for(city.crew))
    assert "Rina Kartika" not in client.get(reverse("rights:home")).content.decode()
    assert client.get(reverse("rights:one", args=[row.pk])).status_code == 404
    assert client.post(reverse("rights:give", args=[row.pk])).status_code in (403, 404)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_right_given_by_two_at_once_is_given_once(inside_institution, monkeypatch, is_guarded):
    city = a_city()
    hr = an_actor("agency_hr", city.agency)
    row = a_right(a_ranked_person(city.section), date(2026, 4, 1))
    if not is_guarded:
        stale = lambda one: Right.objects.model(**_as_seen(one))  # noqa: E731
        monkeypatch.setattr(actions, "lock", stale)
        monkeypatch.setattr(actions, "guard_version", lambda *things: None)
    done, gate = [], threading.Barrier(3)

    def run():
        try:
            with within(inside_institution.pk):
                seen = Right.objects.select_related("person").get(pk=row.pk)
                gate.wait(10)
                actions.give(seen, by=hr, given_on=date(2026, 4, 1))
                done.append(1)
        except Conflict:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(done) == 1) == is_guarded


def _as_seen(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
