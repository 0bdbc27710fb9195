"""Pages of on call: preview, chain, one call, answering, how one is called, gateways."""

from datetime import timedelta

import pytest

from abdi.duty import actions, queries
from abdi.duty.choices import AlertChannel, AlertState, EndReason, TellingState
from abdi.duty.models import AlertWish, ChainStep, Telling
from abdi.duty.testing import a_call, a_coverage, a_shift
from abdi.people.testing import a_city, actor_for, an_account, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    found = a_city()
    a_coverage(found.section)
    a_shift(found.crew, found.section)
    an_account(found.crew)
    return found


@pytest.fixture
def commander(city):
    return sign_in_as(city.commander)


def test_the_page_says_who_is_called_first_and_which_steps_are_empty(city, commander):
    page = commander.get(f"/piket/siaga?unit={city.section.pk}").content.decode()
    assert "P1 di Seksi Lampu Jalan: Bayu Petugas dipanggil lebih dulu" in page
    assert "kosong, dilewati" in page


def test_another_moment_has_another_chain(city, commander):
    far = clock.local(clock.now() + timedelta(days=60)).strftime("%Y-%m-%dT%H:%M")
    page = commander.get(f"/piket/siaga?unit={city.section.pk}&saat={far}").content.decode()
    assert f"{city.commander.name} dipanggil lebih dulu" in page


def test_nonsense_in_the_address_shows_the_present(city, commander):
    assert commander.get("/piket/siaga?unit=x&saat=y&tingkat=z").status_code == 200


def test_the_commander_sets_a_chain_line_by_line(city, commander):
    path = f"/piket/siaga/unit/{city.section.pk}"
    page = commander.get(path).content.decode()
    assert "Seksi Lampu Jalan: berlaku rantai umum" in page
    assert 'type="checkbox" name="s1-severities"' in page, "chips, no list to hold a key in"
    lines = {f"s{n}-hours": "always" for n in range(1, 9)}
    answer = commander.post(
        path,
        {
            **lines,
            "s1-whom": "person",
            "s1-person": city.crew.pk,
            "s1-minutes": 3,
            "s2-whom": "head",
            "s2-severities": ["P1"],
        },
    )
    assert answer.status_code == 302
    steps = ChainStep.objects.order_by("number").values_list("whom", "delay_seconds", "severities")
    assert list(steps) == [("person", 180, ""), ("head", 300, "P1")]
    page = commander.get(path).content.decode()
    assert 'value="3"' in page
    assert "Seksi Lampu Jalan: 2 langkah sendiri" in page
    assert "3 menit sampai langkah berikutnya" in page


def test_a_step_without_its_person_is_sent_back(city, commander):
    answer = commander.post(f"/piket/siaga/unit/{city.section.pk}", {"s1-whom": "person"})
    assert answer.status_code == 422
    assert not ChainStep.objects.exists()


def test_a_crew_member_cannot_change_the_chain(city):
    client = sign_in_as(actor_for(city.crew))
    assert client.get(f"/piket/siaga/unit/{city.section.pk}").status_code in (403, 404)


def test_who_was_called_finds_it_in_his_list_and_answers_on_the_page(city):
    alert = a_call(city.section)
    actor = actor_for(city.crew)
    [row] = [one for one in queries.to_do(actor, clock.now()) if "siaga" in one.url]
    client = sign_in_as(actor)
    assert "Saya tangani" in client.get(row.url).content.decode()
    seen = Telling.objects.get(channel=AlertChannel.PROGRAM, person=city.crew)
    assert seen.state == TellingState.READ
    assert client.post(f"{row.url}/tangani").status_code == 302
    alert.refresh_from_db()
    assert alert.state == AlertState.ACKNOWLEDGED
    assert "Saya tangani" not in client.get(row.url).content.decode()


def test_the_story_of_a_call_names_every_step(city, commander):
    alert = a_call(city.section)
    with clock.at(clock.now() + timedelta(seconds=301)):
        actions.step_alert(alert, by=SYSTEM)
    actions.acknowledge(alert, by=city.commander)
    actions.end_alerts(alert.about, by=SYSTEM, why=EndReason.DONE)
    page = commander.get(f"/piket/siaga/{alert.pk}").content.decode()
    for words in ("Bayu Petugas", "langsung dilewati", "menangani", "Panggilan selesai"):
        assert words in page


def test_a_call_of_another_agency_is_not_there(city):
    alert = a_call(city.section)
    other = sign_in_as(an_actor("employee", unit=a_city().section))
    assert other.get(f"/piket/siaga/{alert.pk}").status_code == 404


def test_a_person_says_how_he_wants_to_be_called(city):
    client = sign_in_as(actor_for(city.crew))
    assert client.get("/piket/dering").status_code == 200
    wish = {"first": "email", "second": "push", "third": "", "is_quiet_at_night": "on"}
    assert client.post("/piket/dering", wish).status_code == 302
    row = AlertWish.objects.get()
    assert (row.order, row.is_quiet_at_night) == ("email push", True)
    assert client.post("/piket/dering/perangkat", {"subscription": "x"}).status_code == 422


def test_the_worker_that_rings_is_one_file_without_data(city, client):
    answer = client.get("/dering.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert b"showNotification" in answer.content


def test_an_operator_registers_a_gateway_and_sees_its_secret_once(city):
    client_as_sysadmin = sign_in_as(an_actor("sysadmin"), stepped_up=True)
    made = client_as_sysadmin.post(
        "/atur/gerbang-siaga/baru",
        {"name": "Gerbang", "channel": "sms", "address": "https://sms.example/x"},
    )
    assert "kait_" in made.content.decode()
    assert made["Cache-Control"] == "no-store"
    page = client_as_sysadmin.get("/atur/gerbang-siaga").content.decode()
    assert "kait_" not in page
    assert "Panggilan keluar lewat Gerbang" in page


def test_calls_nobody_answered_stand_first_by_what_is_due_next(city, commander):
    start = clock.now()
    slow = a_call(city.section, key="slow", about="x.y:1", severity="P4")
    with clock.at(start + timedelta(minutes=1)):
        fast = a_call(city.section, key="fast", about="x.y:2", severity="P1")
    with clock.at(start + timedelta(minutes=2)):
        over = a_call(city.section, key="over", about="x.y:3", severity="P1")
        actions.end_alerts("x.y:3", by=SYSTEM, why=EndReason.DONE)
    found = [one.pk for one in queries.alerts_by_need(city.commander)]
    by_due = sorted((slow, fast), key=lambda one: one.next_due_at)
    assert found == [*(one.pk for one in by_due), over.pk]
    page = commander.get("/piket/siaga").content.decode()
    assert "Yang belum dijawab lebih dulu" in page
