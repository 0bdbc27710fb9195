"""How calls leave: real mail server, a gateway and a push service in a process of their own."""

import base64
import json
import socket
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.test import Client
from py_vapid import Vapid02

from abdi.duty import actions, adapter, carrying, jobs, links, queries
from abdi.duty.choices import AlertChannel, AlertState, TellingState
from abdi.duty.models import PushDevice, PushKey, Telling
from abdi.duty.testing import a_call, a_coverage, a_shift
from abdi.people.testing import a_city, actor_for, an_account
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.outgoing import Outgoing
from abdi.platform.tests.mail_server import MailServer

pytestmark = pytest.mark.django_db
PROCESS = Path(__file__).with_name("gateway_process.py")
MAIL, PUSH, GATEWAY = carrying.LINES


class Beyond:
    """Gateway and push service, as the test sees them."""

    def __init__(self, folder):
        self.folder = folder
        self.port = int((folder / "port").read_text())

    def line(self):
        context = ssl.create_default_context(cafile=str(self.folder / "both.pem"))
        return Outgoing(
            resolver=lambda _host, _port: ["127.0.0.1"],
            allowed=lambda _address: True,
            ports=frozenset({self.port, 443}),
            context=context,
        )

    def address(self, path):
        return f"https://hook.example:{self.port}{path}"

    def answers(self, mode):
        (self.folder / "mode").write_text(mode)

    def lines(self, name):
        path = self.folder / name
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("beyond")
    process = subprocess.Popen([sys.executable, str(PROCESS), str(folder)])
    end = time.monotonic() + 60
    while not (folder / "port").exists():
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.02)
    yield Beyond(folder)
    process.kill()
    process.wait()


@pytest.fixture
def beyond(running):
    for name in ("seen.jsonl", "handed.jsonl", "keys.txt"):
        (running.folder / name).unlink(missing_ok=True)
    running.answers("ok")
    return running


@pytest.fixture
def mail(settings):
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server.kept


@pytest.fixture
def city(beyond):
    """Somebody on duty with account and number."""
    found = a_city()
    a_coverage(found.section)
    a_shift(found.crew, found.section)
    found.crew.phone = "081234567890"
    found.crew.save(update_fields=["phone"])
    an_account(found.crew, login="bayu")
    return found


def a_gateway(beyond, channel=AlertChannel.WHATSAPP):
    gateway, secret = actions.make_gateway(
        by=SYSTEM, name="Gerbang", channel=channel, address="https://hook.example/wa"
    )
    type(gateway).objects.filter(pk=gateway.pk).update(address=beyond.address("/wa"))
    (beyond.folder / "secret").write_text(secret)
    return gateway, secret


def a_device(beyond, person):
    """A browser: what it hands over, and the key only it has."""
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    auth = b"0123456789abcdef"
    device = actions.add_device(
        person,
        by=actor_for(person),
        endpoint=beyond.address("/push/1"),
        p256dh=base64.urlsafe_b64encode(point).decode().rstrip("="),
        auth=base64.urlsafe_b64encode(auth).decode().rstrip("="),
        name="Ponsel",
    )
    return device, key, auth


def of(channel):
    return Telling.objects.get(channel=channel)


def real_time():
    """The process beside us reads the clock on the wall."""
    return clock.at(datetime.fromtimestamp(time.time(), UTC))


# ------------------------------------------------------------------ e-mail


def test_a_mail_says_what_happened_without_a_name_and_answers_by_its_link(city, mail):
    alert = a_call(city.section)
    assert carrying.carry_due(MAIL) == 1
    [sent] = mail.mails
    telling = of(AlertChannel.EMAIL)
    assert sent["Message-ID"].startswith(f"<{telling.key}.")
    assert "Bayu" not in sent["Subject"] + sent.get_payload()
    path = sent.get_payload(decode=True).decode().split("/siaga/")[1].split()[0]
    link = f"/siaga/{path}"
    assert Client().get(link).status_code == 200
    alert.refresh_from_db()
    assert alert.state == AlertState.OPEN
    assert Client().post(link).status_code == 200
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by_id) == (AlertState.ACKNOWLEDGED, city.crew.pk)


def test_a_killed_sender_s_mail_leaves_again_under_the_same_message_id(city, mail):
    a_call(city.section)
    carrying.carry_due(MAIL)
    Telling.objects.filter(channel=AlertChannel.EMAIL).update(state=TellingState.SENDING)
    assert carrying.carry_due(MAIL) == 0
    with clock.at(clock.now() + carrying.LEASE):
        assert carrying.carry_due(MAIL) == 1
    assert len(mail.mails) == 2
    assert len(mail.mailbox) == 1


def test_a_dead_mail_server_holds_up_nobody_and_the_commander_sees_since_when(
    city, beyond, settings
):
    with socket.create_server(("127.0.0.1", 0)) as free:
        dead = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", dead
    actions.set_wish(city.crew, by=actor_for(city.crew), order=["email"], is_quiet_at_night=False)
    a_gateway(beyond)
    a_call(city.section)
    with real_time():
        assert carrying.carry_due(MAIL) == 0
        assert of(AlertChannel.EMAIL).problem == "ConnectionRefusedError"
        assert jobs.fall_back_without_receipt() == 1
        assert carrying.carry_due(GATEWAY, beyond.line()) == 1
        assert queries.mail_stuck_since(city.dispatcher, clock.now()) is not None
    assert of(AlertChannel.EMAIL).state == TellingState.WAITING


def test_what_waits_is_not_sent_once_somebody_is_on_it(city, mail):
    alert = a_call(city.section)
    actions.acknowledge(alert, by=actor_for(city.crew))
    assert carrying.carry_due(MAIL) == 0
    assert of(AlertChannel.EMAIL).state == TellingState.DROPPED


def test_a_clock_set_back_leaves_no_message_lying(city, mail):
    a_call(city.section)
    with clock.at(clock.now() - timedelta(hours=1)):
        assert carrying.carry_due(MAIL) == 1


# ------------------------------------------------------------------ links


def test_a_forged_or_old_link_opens_nothing(city):
    a_call(city.section)
    telling = Telling.objects.filter(person=city.crew).first()
    assert Client().get("/siaga/x").status_code == 404
    receipt = links.token_of(telling.pk, links.RECEIPT)
    assert Client().get(f"/siaga/{receipt}").status_code == 404
    assert links.telling_of(links.token_of(telling.pk)) == telling.pk


def test_a_link_of_somebody_who_left_opens_nothing(city):
    a_call(city.section)
    telling = Telling.objects.filter(person=city.crew).first()
    city.crew.left_on = clock.today()
    city.crew.save(update_fields=["left_on"])
    assert Client().get(f"/siaga/{links.token_of(telling.pk)}").status_code == 404


def test_the_second_to_use_his_link_hears_who_is_on_it(city):
    alert = a_call(city.section)
    telling = Telling.objects.filter(person=city.crew).first()
    actions.acknowledge(alert, by=city.commander)
    answer = Client().post(f"/siaga/{links.token_of(telling.pk)}")
    assert answer.status_code == 409
    assert city.commander.name in answer.content.decode()


# ------------------------------------------------------------------ gateway


def test_a_gateway_gets_a_signed_message_once_by_its_key(city, beyond):
    a_gateway(beyond)
    a_call(city.section)
    with real_time():
        assert carrying.carry_due(GATEWAY, beyond.line()) == 1
        Telling.objects.filter(channel=AlertChannel.WHATSAPP).update(
            state=TellingState.SENDING, due_at=clock.now()
        )
        assert carrying.carry_due(GATEWAY, beyond.line()) == 1
    assert len(beyond.lines("seen.jsonl")) == 2
    [handed] = beyond.lines("handed.jsonl")
    assert handed["to"] == "081234567890"
    assert "/siaga/" in handed["link"]
    assert "Bayu" not in json.dumps(handed)


def test_a_gateway_with_another_secret_refuses(city, beyond):
    a_gateway(beyond)
    (beyond.folder / "secret").write_text("kait_something else")
    a_call(city.section)
    with real_time():
        assert carrying.carry_due(GATEWAY, beyond.line()) == 0
    assert of(AlertChannel.WHATSAPP).problem == "HTTP 401"
    assert beyond.lines("handed.jsonl") == []


def test_a_failing_gateway_is_tried_again_and_the_next_channel_goes_at_once(city, beyond, mail):
    a_gateway(beyond)
    beyond.answers("fail")
    a_call(city.section)
    with real_time():
        assert carrying.carry_due(GATEWAY, beyond.line()) == 0
        telling = of(AlertChannel.WHATSAPP)
        assert (telling.state, telling.problem) == (TellingState.WAITING, "HTTP 500")
        assert jobs.fall_back_without_receipt() == 1
        assert carrying.carry_due(MAIL) == 1
        beyond.answers("ok")
        with clock.at(telling.due_at):
            assert carrying.carry_due(GATEWAY, beyond.line()) == 1


def test_only_public_addresses_are_asked(city, beyond):
    a_gateway(beyond)
    a_call(city.section)
    assert carrying.carry_due(GATEWAY) == 0
    assert of(AlertChannel.WHATSAPP).problem == "this port is not listed"
    with pytest.raises(Invalid):
        actions.make_gateway(by=SYSTEM, name="x", channel="sms", address="https://127.0.0.1/")


def receipt(gateway, secret, key, state, **more):
    headers, body = adapter.receipt_for(secret.encode(), key, state, time.time(), **more)
    named = {f"HTTP_{name.upper().replace('-', '_')}": text for name, text in headers.items()}
    return Client().post(
        f"/siaga/gerbang/{gateway.pk}/tanda", body, content_type="application/json", **named
    )


def test_a_receipt_proves_that_the_message_arrived(city, beyond):
    gateway, secret = a_gateway(beyond)
    a_call(city.section)
    with real_time():
        carrying.carry_due(GATEWAY, beyond.line())
        key = of(AlertChannel.WHATSAPP).key
        assert receipt(gateway, secret, key, "sent").status_code == 204
        assert of(AlertChannel.WHATSAPP).state == TellingState.SENT
        assert receipt(gateway, secret, key, "delivered").status_code == 204
        assert receipt(gateway, secret, key, "read").status_code == 204
        assert of(AlertChannel.WHATSAPP).state == TellingState.READ
        assert of(AlertChannel.WHATSAPP).fallback_at is None
        assert receipt(gateway, secret, key, "eaten").status_code == 422
        assert receipt(gateway, secret, "other", "read").status_code == 404
        assert receipt(gateway, "kait_wrong", key, "read").status_code == 401
    assert receipt(gateway, secret, key, "read").status_code == 401


def test_a_new_secret_ends_the_old_one_and_a_gateway_switched_off_carries_nothing(city, beyond):
    gateway, secret = a_gateway(beyond)
    assert actions.renew_gateway_secret(gateway, by=SYSTEM) != secret
    actions.switch_off_gateway(gateway, by=SYSTEM)
    with pytest.raises(Conflict):
        actions.switch_off_gateway(gateway, by=SYSTEM)
    with pytest.raises(Conflict):
        actions.renew_gateway_secret(gateway, by=SYSTEM)
    a_call(city.section)
    assert not Telling.objects.filter(channel=AlertChannel.WHATSAPP).exists()


# ------------------------------------------------------------------ web push


def test_a_device_gets_what_only_it_can_read_and_nothing_about_anybody(city, beyond):
    _device, key, auth = a_device(beyond, city.crew)
    a_call(city.section)
    with real_time():
        assert carrying.carry_due(PUSH, beyond.line()) == 1
    [seen] = beyond.lines("seen.jsonl")
    sealed = base64.b64decode(seen["body"])
    assert b"siaga" not in sealed
    told = json.loads(http_ece.decrypt(sealed, private_key=key, auth_secret=auth))
    assert set(told) == {"title", "tag", "path", "receipt"}
    assert "Bayu" not in json.dumps(told)
    headers = {name.lower(): value for name, value in seen["headers"].items()}
    assert Vapid02.verify(headers["authorization"])
    assert (headers["content-encoding"], headers["urgency"]) == ("aes128gcm", "high")
    assert Client().post(told["receipt"]).status_code == 204
    assert of(AlertChannel.PUSH).state == TellingState.DELIVERED


def test_a_device_that_is_gone_is_taken_off_and_the_next_channel_goes(city, beyond, mail):
    a_device(beyond, city.crew)
    beyond.answers("gone")
    a_call(city.section)
    with real_time():
        assert carrying.carry_due(PUSH, beyond.line()) == 0
        assert jobs.fall_back_without_receipt() == 1
        assert carrying.carry_due(MAIL) == 1
    assert not PushDevice.objects.exists()
    assert of(AlertChannel.PUSH).state == TellingState.FAILED


def test_a_person_takes_his_device_off(city, beyond):
    device, _key, _auth = a_device(beyond, city.crew)
    with pytest.raises(Refused):
        actions.remove_device(device, by=actor_for(city.second_crew))
    actions.remove_device(device, by=actor_for(city.crew))
    assert not PushDevice.objects.exists()


def test_the_same_browser_again_is_the_same_device_and_nonsense_is_none(city, beyond):
    first, _key, _auth = a_device(beyond, city.crew)
    second, _key, _auth = a_device(beyond, city.crew)
    assert first.pk == second.pk
    with pytest.raises(Invalid):
        actions.add_device(
            city.crew, by=actor_for(city.crew), endpoint="http://x/", p256dh="", auth="", name=""
        )
    with pytest.raises(Invalid):
        actions.add_device(
            city.crew, by=actor_for(city.crew), endpoint="https://x.example/", p256dh="A" * 87,
            auth="A" * 22, name="",
        )  # fmt: skip


def test_the_push_key_is_made_once_and_kept_sealed(city):
    first = actions.public_push_key()
    assert actions.public_push_key() == first
    assert "PRIVATE" not in PushKey.objects.get().sealed
    cache.clear()
