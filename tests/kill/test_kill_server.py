"""kill -9 of the server during intake: what was confirmed is there, once, and whole."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time

import pytest

from tests.kill.place import PATIENCE_SECONDS, Citizen, Place

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

KILLS = 10
CLIENTS = 4
MOST_EACH = 150
LOOK = """
import json
import django
django.setup()
from django.db.models import Count
from abdi.platform.journal import Entry
from abdi.platform.tenancy import unscoped
from abdi.reports.models import Report, StatusChange
with unscoped("the test looks at everything"):
    reports = dict(Report.objects.values_list("key_hash", "id"))
    steps = dict(StatusChange.objects.values_list("report_id").annotate(n=Count("id")))
    kind = "reports.ReportReceived"
    told = Entry.objects.filter(kind=kind).values_list("about").annotate(n=Count("id"))
    print(json.dumps({
        "count": Report.objects.count(),
        "keys": list(reports),
        "steps": sorted(steps.items()),
        "told": sorted((int(about.split(":")[1]), n) for about, n in told),
        "ids": sorted(reports.values()),
    }))
"""


def storm(citizens: list[Citizen], answers: int, place: Place) -> None:
    """Everybody sends at once; after so many answers the server is killed in the middle of it."""
    over = threading.Event()

    def keep_sending(citizen: Citizen) -> None:
        for _number in range(MOST_EACH):
            if over.is_set():
                return
            if citizen.send() is None:  # nobody is there yet, or not any more
                time.sleep(0.1)

    wanted = confirmed_by(citizens) + answers
    deadline = time.monotonic() + PATIENCE_SECONDS
    threads = [threading.Thread(target=keep_sending, args=(one,)) for one in citizens]
    for thread in threads:
        thread.start()
    while confirmed_by(citizens) < wanted and time.monotonic() < deadline:
        time.sleep(0.002)
    place.kill()
    over.set()
    for thread in threads:
        thread.join(60)
    assert confirmed_by(citizens) >= wanted, (place.folder / "log").read_text()[-3000:]


def hash_of(key: str) -> str:
    """How the key of a sending stands in the database."""
    return hashlib.sha256(key.encode()).hexdigest()


def confirmed_by(citizens: list[Citizen]) -> int:
    """How many sendings were answered."""
    return sum(len(one.confirmed) for one in citizens)


def test_what_was_confirmed_is_there_once_and_whole_after_ten_kills(place: Place) -> None:
    place.start()
    citizens = [place.citizen() for _number in range(CLIENTS)]
    chance = random.Random(place.port)
    for _number in range(KILLS):
        if place.server is None:
            place.start()
        storm(citizens, chance.randint(3, 40), place)
    place.start()
    _sending_again_is_the_same(citizens)
    place.kill()
    for one in citizens:
        one.leave()
    found = json.loads(place.python(LOOK))
    confirmed = {hash_of(key) for one in citizens for key in one.confirmed}
    sent = {hash_of(key) for one in citizens for key in one.sent}
    assert len(confirmed) > KILLS
    assert confirmed <= set(found["keys"]) <= sent
    assert found["count"] == len(found["keys"])
    whole = [[number, 1] for number in found["ids"]]
    assert found["steps"] == whole
    assert found["told"] == whole
    verdict = place.verify()
    assert (verdict["whole"], verdict["code"], verdict["unsealed"]) == (True, 0, 0), verdict


def _sending_again_is_the_same(citizens: list[Citizen]) -> None:
    """Confirmed or not: the same sending after the kill leads to one report and one address."""
    for one in citizens:
        for key in one.sent[-15:]:
            before = one.confirmed.get(key)
            again = one.send(key)
            assert again is not None
            assert before in (None, again)
            assert one.send(key) == again
