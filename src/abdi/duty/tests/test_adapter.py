"""The reference gateway as a program: signature, once by key, what it refuses."""

import http.client
import json
import threading
import time

import pytest

from abdi.duty import adapter

SECRET = b"kait_geheim"
MESSAGE = {
    "key": "a1-s1-p1-sms",
    "channel": "sms",
    "to": "0812",
    "title": "Siaga",
    "text": "Lampu padam",
    "link": "https://x/siaga/t",
    "severity": "P1",
    "receipt": "https://x/siaga/gerbang/1/tanda",
}


@pytest.fixture
def server(tmp_path):
    running = adapter.serve(0, SECRET, tmp_path)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()


def post(server, body, headers):
    line = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    line.request("POST", "/", body, headers)
    status = line.getresponse().status
    line.close()
    return status


def signed(body, secret=SECRET, at=None):
    moment = str(int(time.time() if at is None else at))
    return {"Abdi-Time": moment, "Abdi-Signature": adapter._mark(secret, moment, body)}


def test_a_message_is_taken_once_by_its_key(server, tmp_path):
    body = json.dumps(MESSAGE).encode()
    assert [post(server, body, signed(body)) for _again in range(2)] == [202, 200]
    [kept] = (tmp_path / "outbox.jsonl").read_text().splitlines()
    assert json.loads(kept) == MESSAGE


def test_a_wrong_or_old_signature_and_nonsense_are_refused(server, tmp_path):
    body = json.dumps(MESSAGE).encode()
    assert post(server, body, signed(body, b"other")) == 401
    assert post(server, body, signed(body, at=time.time() - 3600)) == 401
    assert post(server, body, {}) == 401
    nonsense = b'{"key": 1}'
    assert post(server, nonsense, signed(nonsense)) == 422
    assert not (tmp_path / "outbox.jsonl").exists()


def test_a_provider_that_fails_is_asked_again(tmp_path):
    asked = []

    def hand_on(message):
        asked.append(message["key"])
        if len(asked) == 1:
            raise OSError

    gateway = adapter.Adapter(tmp_path / "keys", hand_on)
    body = json.dumps(MESSAGE).encode()
    statuses = [gateway.take(SECRET, signed(body), body) for _again in range(3)]
    assert (statuses, len(asked)) == ([502, 202, 200], 2)
