from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from abdi.platform import clock
from abdi.platform.ratelimit import (
    Rate,
    Tally,
    TooMany,
    address_of,
    count_try,
    device_of,
    forget_old_tallies,
    forget_tries,
    give_back,
    limit,
    limited,
    remember_device,
)
from abdi.platform.tenancy import within

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def a_request(address="203.0.113.7", **meta):
    return RequestFactory().post("/", REMOTE_ADDR=address, **meta)


def tries(key, count, *, most=3, seconds=600):
    """How many of `count` tries are let through."""
    through = 0
    for _n in range(count):
        try:
            limit(key, most=most, seconds=seconds)
            through += 1
        except TooMany:
            continue
    return through


@pytest.mark.django_db
class TestCounting:
    def test_so_many_tries_and_no_more(self):
        assert tries("a", 5) == 3

    def test_each_key_counts_for_itself(self):
        assert tries("a", 5) == 3
        assert tries("b", 5) == 3

    def test_refused_tries_do_not_count(self):
        with clock.at(START):
            tries("a", 50)
        assert Tally.objects.get().count == 3

    def test_the_wait_ends_with_the_window(self):
        with clock.at(START + timedelta(seconds=100)):
            tries("a", 3)
            with pytest.raises(TooMany) as refusal:
                limit("a", most=3, seconds=600)
        assert refusal.value.wait_seconds == 500

    def test_the_window_slides(self):
        with clock.at(START):
            tries("a", 3)
        with clock.at(START + timedelta(seconds=601)):
            assert tries("a", 3) == 0, "three of just now still count"
        with clock.at(START + timedelta(seconds=900)):
            assert tries("a", 3) == 1, "half of them are out of the window"
        with clock.at(START + timedelta(seconds=1800)):
            assert tries("a", 5) == 3

    def test_a_right_try_is_given_back(self):
        tries("a", 3)
        give_back("a", seconds=600)
        assert tries("a", 3) == 1

    def test_giving_back_never_makes_debts(self):
        give_back("a", seconds=600)
        assert tries("a", 5) == 3

    def test_keys_are_not_readable(self):
        limit("name:198001012005011999", most=3, seconds=600)
        assert "1980" not in Tally.objects.get().key

    def test_institutions_do_not_share_counts(self, inside_institution):
        from abdi.platform.tenancy import Institution

        other = Institution.objects.create(code="lain", name="Kota Lain")
        tries("a", 3)
        with within(other.pk):
            assert tries("a", 5) == 3

    def test_old_counts_are_dropped(self):
        with clock.at(START):
            limit("a", most=3, seconds=600)
        with clock.at(START + timedelta(days=1)):
            assert forget_old_tallies() == 0
        with clock.at(START + timedelta(days=3)):
            assert forget_old_tallies() == 1


@pytest.mark.django_db
class TestProving:
    def test_ten_wrong_tries_from_one_place_are_enough(self):
        for _n in range(10):
            count_try(a_request(), "sign-in:budi")
        with pytest.raises(TooMany):
            count_try(a_request(), "sign-in:budi")

    def test_nobody_locks_another_out_from_elsewhere(self):
        for _n in range(10):
            count_try(a_request("198.51.100.9"), "sign-in:budi")
        count_try(a_request("203.0.113.7"), "sign-in:budi")

    def test_right_answers_never_fill_an_office(self):
        for person in range(150):
            count_try(a_request(), f"sign-in:{person}")
            forget_tries(a_request(), f"sign-in:{person}")


@pytest.mark.django_db
class TestViews:
    def test_only_writing_counts(self):
        @limited("sample", address="1 per hour")
        def view(request):
            return HttpResponse("x")

        reading = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7")
        assert [view(reading).status_code for _n in range(3)] == [200, 200, 200]
        view(a_request())
        with pytest.raises(TooMany):
            view(a_request())

    def test_reading_counts_where_it_is_asked_for(self):
        @limited("sample", reading=True, address="1 per hour")
        def view(request):
            return HttpResponse("x")

        reading = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7")
        view(reading)
        with pytest.raises(TooMany):
            view(reading)

    def test_a_browser_without_mark_counts_by_address_alone(self):
        @limited("sample", device="1 per hour", address="2 per hour")
        def view(request):
            return HttpResponse("x")

        view(a_request())
        view(a_request())
        with pytest.raises(TooMany):
            view(a_request())

    def test_two_devices_behind_one_address_do_not_stop_each_other(self, settings):
        settings.ABDI_PLAIN_HTTP = True

        @limited("sample", device="1 per hour")
        def view(request):
            return HttpResponse("x")

        for mark in ("a" * 32, "b" * 32):
            request = a_request()
            request.COOKIES["perangkat"] = mark
            view(request)
            with pytest.raises(TooMany):
                view(request)

    def test_unknown_words_stop_the_start(self):
        with pytest.raises(ValueError, match="nobody"):
            limited("x", planet="1 per hour")
        with pytest.raises(ValueError, match="no rate"):
            limited("x", address="often")


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_not_let_through_too_often(inside_institution):
    def one(_n):
        try:
            with within(inside_institution.pk):
                limit("race", most=5, seconds=600)
            return 1
        except TooMany:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(one, range(24))) == 5


@pytest.mark.parametrize(
    ("words", "rate"),
    [
        ("5 per 10 minutes", Rate(5, 600)),
        ("60 per hour", Rate(60, 3600)),
        ("1 per second", Rate(1, 1)),
        ("9 per day", Rate(9, 86_400)),
    ],
)
def test_rates_are_written_in_words(words, rate):
    assert Rate.of(words) == rate


@pytest.mark.parametrize("words", ["", "0 per hour", "5 per 0 hours", "5 per 2 days", "5/h"])
def test_rates_without_sense_are_refused(words):
    with pytest.raises(ValueError, match="no rate"):
        Rate.of(words)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen", "address"),
    [
        (0, "198.51.100.1", "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1", "10.0.0.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1, 10.0.0.2", "10.0.0.1", "198.51.100.1"),
        (2, "", "10.0.0.1", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1", "unknown"),
        (0, "", "::ffff:203.0.113.7", "203.0.113.7"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_only_trusted_proxies_name_the_client(settings, proxies, forwarded, seen, address):
    settings.ABDI_TRUSTED_PROXIES = proxies
    assert address_of(a_request(seen, HTTP_X_FORWARDED_FOR=forwarded)) == address


def test_a_browser_gets_a_mark_once(settings):
    settings.ABDI_PLAIN_HTTP = False
    response = HttpResponse()
    remember_device(a_request(), response)
    cookie = response.cookies["__Host-perangkat"]
    assert cookie["secure"]
    assert cookie["httponly"]
    request = HttpRequest()
    request.COOKIES["__Host-perangkat"] = cookie.value
    assert device_of(request) == cookie.value
    again = HttpResponse()
    remember_device(request, again)
    assert not again.cookies


def test_a_forged_mark_is_no_mark(settings):
    settings.ABDI_PLAIN_HTTP = True
    request = HttpRequest()
    request.COOKIES["perangkat"] = "x' OR 1=1"
    assert device_of(request) == ""
