"""Pages of the survey: nine questions without account, results of five and more."""

from datetime import timedelta

import pytest
from django.test import Client

from abdi.people.testing import a_city, a_service, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.testing import counted_queries, sign_in_as
from abdi.survey import queries
from abdi.survey.choices import Element
from abdi.survey.models import Answer, Participation, Period
from abdi.survey.testing import a_closed_period, a_period

pytestmark = pytest.mark.django_db
GOOD = dict.fromkeys(Element.codes(), "4")


@pytest.fixture
def city():
    return a_city()


def text_of(answer):
    return answer.content.decode()


def rate_address(city):
    return f"/nilai/{city.service.code}"


def test_a_citizen_finds_the_services_that_can_be_rated(city, client):
    assert "belum ada layanan yang bisa dinilai" in text_of(client.get("/nilai"))
    a_period(city.service)
    assert "Penerangan jalan" in text_of(client.get("/nilai"))


def test_the_form_asks_nine_questions_facilities_before_complaints(city, client):
    a_period(city.service)
    page = text_of(client.get(rate_address(city)))
    assert page.count("<fieldset") == 9
    assert page.index('name="facilities"') < page.index('name="complaints"')
    assert "Dikelola dengan baik" in page


def test_answers_are_taken_once_per_device(city, client):
    a_period(city.service)
    client.get(rate_address(city))
    first = client.post(rate_address(city), GOOD)
    assert "Terima kasih, jawaban Anda sudah masuk" in text_of(first)
    again = client.post(rate_address(city), GOOD)
    assert "sudah menjawab" in text_of(again)
    assert "sudah menjawab" in text_of(client.get(rate_address(city)))
    assert Answer.objects.count() == 9
    other = Client()
    other.get(rate_address(city))
    other.post(rate_address(city), {"time": "1"})
    assert Participation.objects.count() == 2


def test_an_empty_or_strange_form_is_asked_again_and_kept(city, client):
    a_period(city.service)
    client.get(rate_address(city))
    empty = client.post(rate_address(city), {})
    assert empty.status_code == 422
    assert "Jawab sedikitnya satu pertanyaan" in text_of(empty)
    strange = client.post(rate_address(city), {"time": "9", "cost": "3"})
    assert strange.status_code == 422
    assert 'value="3" checked' in text_of(strange)
    assert not Answer.objects.exists()


def test_a_device_without_cookie_is_asked_to_open_the_form_again(city, client):
    a_period(city.service)
    answer = client.post(rate_address(city), GOOD)
    assert answer.status_code == 422
    assert "Buka lagi formulirnya" in text_of(answer)


def test_a_closed_survey_says_so_and_an_unknown_service_answers_404(city, client):
    assert "belum bisa dinilai" in text_of(client.get(rate_address(city)))
    assert client.get("/nilai/tidak-ada").status_code == 404


def test_one_address_cannot_answer_without_end(city):
    a_period(city.service)
    for n in range(31):
        client = Client()
        client.get(rate_address(city))
        answer = client.post(rate_address(city), {"time": "1"})
        assert answer.status_code == (200 if n < 30 else 429)
    assert Participation.objects.count() == 30


def test_results_are_public_and_say_the_lowest_first(city, client):
    a_closed_period(city.service, value=3)
    other = a_service(city.section, "Pohon")
    a_closed_period(other, value=4)
    page = text_of(client.get("/kepuasan"))
    assert "Penerangan jalan dinilai paling rendah: 75 dari 100" in page
    one = text_of(client.get(f"/kepuasan?layanan={city.service.code}"))
    assert "Sepersembilan tepat" in one
    assert one.count("tindak lanjut</span>") == 3
    assert client.get("/kepuasan?layanan=tidak-ada").status_code == 404


def test_small_groups_cannot_be_told(city, client):
    a_closed_period(city.service, times=4, value=1)
    page = text_of(client.get("/kepuasan"))
    assert "Belum bisa disimpulkan" in page
    assert "25" not in page.split("<main")[1].split("Rata-rata setiap unsur")[0]


def test_those_in_charge_open_and_end_a_survey_on_the_page(city):
    client = sign_in_as(an_actor("agency_hr", city.agency))
    sent = {"closes_on": str(clock.today() + timedelta(days=30)), "weight": "0.11"}
    address = f"/kepuasan/{city.service.code}"
    assert client.post(f"{address}/buka", sent).status_code == 302
    period = Period.objects.get()
    assert period.weight == "0.11"
    assert "Akhiri dan hitung" in text_of(client.get("/kepuasan"))
    ended = client.post(f"/kepuasan/{period.pk}/tutup", {"version": period.version})
    assert ended.status_code == 302
    assert queries.open_periods() == {}
    assert client.post(f"/kepuasan/{period.pk}/tutup").status_code == 409


def test_a_day_in_the_past_is_refused_at_the_form(city):
    client = sign_in_as(an_actor("organisation_office"))
    answer = client.post(
        f"/kepuasan/{city.service.code}/buka", {"closes_on": "2026-01-01", "weight": "exact"}
    )
    assert answer.status_code == 422
    assert "setahun ke depan" in text_of(answer)


def test_others_neither_see_nor_do_that(city, client):
    other = a_service(an_agency("Dinas Lain"), "Layanan lain")
    hr = sign_in_as(an_actor("agency_hr", city.agency))
    sent = {"closes_on": str(clock.today()), "weight": "exact"}
    assert hr.post(f"/kepuasan/{other.code}/buka", sent).status_code == 404
    assert hr.post(f"/kepuasan/{a_period(other).pk}/tutup").status_code == 404
    clerk = sign_in_as(city.dispatcher)
    assert clerk.post(f"/kepuasan/{city.service.code}/buka", sent).status_code == 403
    assert "Akhiri dan hitung" not in text_of(clerk.get("/kepuasan"))
    assert client.post(f"/kepuasan/{city.service.code}/buka", sent).status_code == 302
    assert not queries.open_period(city.service.pk)


def test_to_do_reminds_those_in_charge_of_services_without_survey(city):
    hr, others = an_actor("agency_hr", city.agency), city.dispatcher
    with counted_queries(1):
        found = queries.to_do(hr, clock.now())
    assert [one.url for one in found] == ["/kepuasan"]
    assert queries.to_do(others, clock.now()) == []
    a_period(city.service)
    assert queries.to_do(hr, clock.now()) == []


@pytest.mark.parametrize("size", [3, 12])
def test_the_results_take_the_same_queries_for_few_and_many_services(city, size):
    for n in range(size):
        a_closed_period(a_service(city.section, f"Layanan {n:02}"), times=5)
    client = Client()
    client.get("/kepuasan")
    with counted_queries(3):
        assert client.get("/kepuasan").status_code == 200
