"""Calendar feeds: what they tell, what moves and is cancelled, who holds an address."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from abdi.duty import actions
from abdi.duty.models import CalendarFeed, FeedEvent, Shift, Turn
from abdi.duty.queries.feeds import hash_of
from abdi.duty.rules.feeds import CANCELLED_FOR, Told, brought_up_to_date
from abdi.duty.testing import a_coverage, a_crew, a_roster, a_shift
from abdi.duty.views.feeds import AN_HOUR, MOST_AN_HOUR
from abdi.people import actions as people_actions
from abdi.people.choices import TimeKind
from abdi.people.testing import a_city, actor_for, an_actor, an_agency, an_institution
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict
from abdi.platform.ratelimit import limit
from abdi.platform.tenancy import within
from abdi.platform.testing import counted_queries, sign_in_as

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 3, 2, 12, tzinfo=WIB)
HOUR = timedelta(hours=1)
pages = pytest.mark.django_db


def told(uid="a", start=NOW + 5 * HOUR, **more):
    return Told(uid, "shift", more.get("name", "pagi"), start, start + 8 * HOUR)


def once_told(*events):
    return brought_up_to_date([], {one.uid: one for one in events}, NOW)


def test_a_moved_turn_rises_and_an_unmoved_one_stays():
    before = once_told(told("a"), told("b"))
    assert [one.sequence for one in before] == [0, 0]
    moved = {"a": told("a", NOW + 6 * HOUR), "b": told("b")}
    after = {one.told.uid: one for one in brought_up_to_date(before, moved, NOW + HOUR)}
    assert (after["a"].sequence, after["a"].changed_at) == (1, NOW + HOUR)
    assert after["b"] == before[1]


def test_a_removed_turn_is_cancelled_for_a_while_and_may_come_back():
    before = once_told(told("a"))
    [gone] = brought_up_to_date(before, {}, NOW + HOUR)
    assert (gone.sequence, gone.cancelled_at) == (1, NOW + HOUR)
    [still] = brought_up_to_date([gone], {}, NOW + 2 * HOUR)
    assert still == gone
    [back] = brought_up_to_date([gone], {"a": told("a")}, NOW + 2 * HOUR)
    assert (back.sequence, back.cancelled_at) == (2, None)
    assert brought_up_to_date([gone], {}, NOW + HOUR + CANCELLED_FOR) == []


def test_what_only_grew_old_is_forgotten_without_being_cancelled():
    assert brought_up_to_date(once_told(told("a")), {}, NOW + timedelta(days=40)) == []


def test_from_midnight_to_midnight_is_whole_days():
    midnight = datetime(2026, 3, 20, tzinfo=WIB)
    leave = Told("l", "leave", "", midnight, midnight + timedelta(days=2))
    assert leave.is_whole_days
    assert not told("a").is_whole_days


@pytest.fixture
def city():
    found = a_city()
    a_coverage(found.section)
    a_crew(found.section, 4)
    a_roster(found.section)
    return found


def read(token, **headers):
    return Client().get(f"/kalender/langganan/{token}.ics", headers=headers)


def events_of(answer):
    assert answer.status_code == 200
    return {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


@pages
def test_my_feed_tells_my_turns_in_the_right_zone_and_leave_without_its_reason(city):
    shift = a_shift(city.crew, city.section, clock.now() + timedelta(days=2))
    start = datetime(2026, 3, 20, tzinfo=WIB)
    people_actions.take_time(
        city.crew, start=start, end=start + timedelta(days=2), kind=TimeKind.LEAVE,
        about="presence.leave:7", by=SYSTEM,
    )  # fmt: skip
    answer = read(actions.subscribe(city.crew, by=actor_for(city.crew)))
    found = events_of(answer)
    [turn] = [one for one in found.values() if one.decoded("dtstart") == shift.starts_at]
    assert str(turn["dtstart"].params["TZID"]) == "Asia/Jakarta"
    assert str(turn["summary"]).startswith("Piket: ")
    [leave] = [one for one in found.values() if str(one["summary"]) == "Cuti"]
    assert (leave.decoded("dtstart"), leave.decoded("dtend")) == (
        date(2026, 3, 20), date(2026, 3, 22),
    )  # fmt: skip
    text = answer.content.decode()
    assert "presence.leave" not in text
    assert city.crew.name not in text
    assert "BEGIN:VTIMEZONE" in text
    mine = Shift.objects.filter(person=city.crew).count()
    assert len(found) == mine + 1


@pages
def test_marks_stay_moves_rise_and_removed_turns_are_cancelled(city):
    shift = a_shift(city.crew, city.section, clock.now() + timedelta(days=2))
    token = actions.subscribe(city.crew, by=actor_for(city.crew))
    first = events_of(read(token))
    assert {one["sequence"] for one in first.values()} == {0}
    later = shift.starts_at + HOUR
    Turn.objects.filter(pk=shift.turn_id).update(starts_at=later)
    Shift.objects.filter(pk=shift.pk).update(starts_at=later)
    second = events_of(read(token))
    assert set(second) == set(first)
    [moved] = [one for one in second.values() if one["sequence"]]
    assert (moved["sequence"], moved.decoded("dtstart")) == (1, later)
    shift.refresh_from_db()
    actions.remove_shift(shift, by=SYSTEM)
    third = events_of(read(token))[str(moved["uid"])]
    assert (third["sequence"], str(third["status"])) == (2, "CANCELLED")


@pages
def test_nothing_new_is_answered_with_304_and_writes_nothing(city):
    token = actions.subscribe(city.crew, by=actor_for(city.crew))
    first = read(token)
    known = list(FeedEvent.objects.values_list("pk", flat=True))
    again = read(token, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert list(FeedEvent.objects.values_list("pk", flat=True)) == known


@pages
def test_the_units_feed_counts_and_names_nobody(city):
    roster = a_roster(city.section, date(2026, 3, 9))
    shift = Shift.objects.filter(roster=roster).first()
    actions.remove_shift(shift, by=SYSTEM)
    token = actions.subscribe_unit(city.section, by=city.commander)
    answer = read(token)
    words = [str(one["summary"]) for one in events_of(answer).values()]
    assert len(words) == Turn.objects.count()
    assert words.count(f"{shift.turn.name} (0 dari 1)") == 1
    assert "Petugas" not in answer.content.decode()


@pages
def test_a_feed_is_read_in_a_fixed_number_of_queries(city):
    token = actions.subscribe_unit(city.section, by=city.commander)
    read(token)
    with counted_queries(7):
        read(token)
    a_roster(city.section, date(2026, 3, 9))
    read(token)
    with counted_queries(7):
        read(token)


@pages
def test_every_wrong_address_gets_the_same_answer(city):
    token = actions.subscribe(city.crew, by=actor_for(city.crew))
    renewed = actions.subscribe(city.crew, by=actor_for(city.crew))
    assert read(renewed).status_code == 200
    feed = CalendarFeed.objects.get()
    actions.unsubscribe(feed, by=actor_for(city.crew))
    with pytest.raises(Conflict):
        actions.unsubscribe(feed, by=actor_for(city.crew))
    assert not FeedEvent.objects.exists()
    answers = [read(one) for one in (token, renewed, "x", "a" * 200, "..%2f")]
    assert {one.status_code for one in answers} == {404}
    plain = {one.content.split(b"<main")[-1].split(b"</main")[0] for one in answers[:3]}
    assert len(plain) == 1


@pages
def test_who_left_and_who_belongs_to_another_institution_is_not_read(city):
    token = actions.subscribe(city.crew, by=actor_for(city.crew))
    with within(an_institution().pk):
        foreign = actions.subscribe_unit(an_agency(), by=SYSTEM)
    assert read(foreign).status_code == 404
    city.crew.left_on = clock.today()
    city.crew.save()
    assert read(token).status_code == 404


@pages
def test_reading_too_often_is_slowed_down(city):
    token = actions.subscribe(city.crew, by=actor_for(city.crew))
    for _n in range(MOST_AN_HOUR - 1):
        limit(f"duty.feed|{hash_of(token)}", most=MOST_AN_HOUR, seconds=AN_HOUR)
    assert [read(token).status_code for _n in range(2)] == [200, 429]


@pages
def test_an_address_is_shown_once_and_only_ones_own_is_made(city):
    client = sign_in_as(actor_for(city.crew))
    assert "Langganan kalender saya" in client.get("/piket/saya").content.decode()
    shown = client.post("/piket/langganan")
    assert shown["Cache-Control"] == "no-store"
    token = shown.content.decode().split("/kalender/langganan/")[1].split(".ics")[0]
    assert read(token).status_code == 200
    page = client.get("/piket/saya").content.decode()
    assert token not in page
    assert "Buat alamat baru" in page
    feed = CalendarFeed.objects.get()
    assert token not in feed.token_hash
    with pytest.raises(Refused):
        actions.subscribe(city.second_crew, by=actor_for(city.crew))
    other = sign_in_as(actor_for(city.second_crew))
    assert other.post(f"/piket/langganan/{feed.pk}/cabut").status_code == 404
    assert client.post(f"/piket/langganan/{feed.pk}/cabut").status_code == 302
    assert read(token).status_code == 404


@pages
def test_the_units_address_is_made_by_who_plans_it(city):
    data = {"unit": city.section.pk}
    client = sign_in_as(city.commander)
    assert "Langganan kalender unit" in client.get("/piket").content.decode()
    assert client.post("/piket/langganan/unit", data).status_code == 200
    other = sign_in_as(an_actor("duty_commander", an_agency()))
    assert other.post("/piket/langganan/unit", data).status_code == 404
    feed = CalendarFeed.objects.get()
    assert other.post(f"/piket/langganan/{feed.pk}/cabut").status_code == 404
    assert client.post(f"/piket/langganan/{feed.pk}/cabut").status_code == 302
