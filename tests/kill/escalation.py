"""Calls under kills: the real `abdi serve` and `abdi work`, killed with -9 at any moment.

Time is played (`played.py`): it moves on to when something is due, on the grid of the poll, and
stands still until that is done, so that how late a step was taken is known exactly however slow
the machine is. A killed process is started again at once, as a service manager does.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.kill.place import TOKEN, Place, address_of_somebody

POLL = timedelta(seconds=2)
MOST_CALLS = 90
MOST_ROUNDS = 60
PATIENCE_SECONDS = 120
SHARE_IN_SENDING = 0.4
"""Of the workers that die, how many do so when the gateway has the message and no row says so."""
MOST_A_CALL = {"server": 1, "worker": 5}
"""So that deaths fall into many calls, not all into the first ones."""
ONE_SERVER_IN = 6
"""A server takes seconds to start and a worker none, so fewer of the dead are servers."""
LONGEST_LIFE = {"server": 0.05, "worker": 0.15}
"""A process that is to die does so within so many seconds after it was given something to do."""


class Nursery:
    """Begets workers: see `nursery.py`."""

    def __init__(self) -> None:
        program = "from tests.kill import nursery; nursery.main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"

    def worker(self, kind: str) -> int:
        """A new worker; returns its process."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{kind}\n")
        self.process.stdin.flush()
        return int(self._line())

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        """No more workers."""
        self.process.communicate()


@dataclass
class Play:
    """One installation with its gateway, and the processes that come and go."""

    folder: Path
    place: Place
    nursery: Nursery
    wanted: dict[str, int]
    without_key: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(4))
    kills: dict[str, int] = field(default_factory=lambda: {"server": 0, "worker": 0})
    before: dict[str, int] = field(default_factory=dict)
    """How many had been killed when the call of now began."""
    handed_before: int = 0
    in_sending: int = 0
    worker: int = 0
    answered: int = 0

    def __post_init__(self) -> None:
        self.now = _now()
        self.beget()

    @property
    def name(self) -> str:
        """What the keys of its calls begin with."""
        return "control" if self.without_key else "kills"

    @property
    def is_over(self) -> bool:
        """Whether as many were killed as wanted."""
        return self.kills == self.wanted

    def dies(self, kind: str) -> bool:
        """Whether the next thing this kind does ends it."""
        among = self.kills[kind] - self.before[kind] < MOST_A_CALL[kind]
        return among and self.kills[kind] < self.wanted[kind]

    def beget(self) -> None:
        """A worker for the one that is gone."""
        self.worker = self.nursery.worker("forget" if self.without_key else "work")

    def kill_worker(self) -> None:
        """End the worker at once; the next one begins."""
        with suppress(ProcessLookupError):
            os.killpg(self.worker, signal.SIGKILL)
        self.kills["worker"] += 1
        self.beget()

    def kill_server(self) -> None:
        """End the server with all its processes at once; the next one begins to start."""
        self.place.kill()
        self.kills["server"] += 1
        self.place.launch()

    def set_clock(self, to: datetime) -> None:
        """Move the time of the play on, for every process."""
        self.now = to
        fresh = self.folder / "clock.new"
        fresh.write_text(str(to.timestamp()))
        fresh.rename(self.folder / "clock")


def _now() -> datetime:
    from abdi.platform import clock

    return clock.now().replace(microsecond=0)


def main(folder: str, kills: int) -> None:
    """Play until so many processes were killed, then the control; print what became of both."""
    import django

    django.setup()
    from abdi.platform.tenancy import Institution, within

    at = Path(folder)
    environment = dict(os.environ)
    place = Place(Path(environment["ABDI_DATA_DIR"]), environment["DATABASE_URL"])
    place.extra = {name: environment[name] for name in PLAYED}
    nursery = Nursery()
    try:
        place.start()
        with within(Institution.objects.get().pk):
            city = _city(at)
            servers = kills // ONE_SERVER_IN
            wanted = {"server": servers, "worker": kills - servers}
            _play(Play(at, place, nursery, wanted), city)
            (at / "handed.jsonl").unlink()
            wanted = {"server": 0, "worker": 6}
            _play(Play(at, place, nursery, wanted, without_key=True), city)
    finally:
        place.kill()
        nursery.close()


PLAYED = ("DJANGO_SETTINGS_MODULE", "PLAYED_IN", "PYTHONPATH")
"""What makes a process one of the play; every process gets it from here."""


def _play(play: Play, city: Any) -> None:
    calls = 0
    try:
        while not play.is_over and calls < MOST_CALLS:
            calls += 1
            _one_call(play, city, calls)
    finally:
        os.killpg(play.worker, signal.SIGKILL)
    print(json.dumps(_outcome(play, calls)), flush=True)


def _city(folder: Path) -> Any:
    """People with telephones, a gateway, somebody on duty, nobody on standby."""
    from abdi.duty import actions
    from abdi.duty.models import AlertGateway
    from abdi.duty.testing import a_coverage
    from abdi.people.testing import a_city, an_account
    from abdi.platform.access import SYSTEM

    city = a_city()
    a_coverage(city.section)
    commander = type(city.crew).objects.get(pk=city.commander.person_id or 0)
    for n, person in enumerate((city.crew, city.second_crew, city.head, commander)):
        person.phone = f"08120000000{n}"
        person.save(update_fields=["phone"])
    an_account(city.crew)
    _gateway, secret = actions.make_gateway(
        by=SYSTEM, name="Gerbang", channel="whatsapp", address="https://hook.example/wa"
    )
    port = int((folder / "port").read_text())
    AlertGateway.objects.update(address=f"https://hook.example:{port}/wa")
    (folder / "secret").write_text(secret)
    return city


def _one_call(play: Play, city: Any, number: int) -> None:
    """A call from its beginning to an answer, or to the end of its chain."""
    from abdi.duty.choices import Whom
    from abdi.duty.models import Alert
    from abdi.duty.rules import Step
    from abdi.duty.testing import a_call

    key = f"{play.name}-{number}"
    play.before = dict(play.kills)
    play.handed_before = len(_lines(play.folder / "handed.jsonl"))
    first = Step(Whom.ASSIGNED, 61, person_id=city.crew.pk)
    alert = a_call(city.section, key=key, about=f"x.y:{key}", first=first)
    answers_after, pressed = play.chance.randint(0, 4), False
    for turn in range(MOST_ROUNDS):
        _until_done(play)
        if turn >= answers_after and not pressed:
            pressed = _press(play, alert.pk)
        due = _next_due()
        if due is not None:
            play.set_clock(max(play.now + POLL, due + (play.now - due) % POLL))
        elif pressed:
            break
        else:
            _wait_for(play.place.answers, "the server does not come back")
    else:
        raise AssertionError(f"call {key} does not end")
    alert = Alert.objects.get(pk=alert.pk)
    play.answered += alert.acknowledged_by_id is not None


def _until_done(play: Play) -> None:
    """Time stands still until the workers have done what is due; one of them may die meanwhile."""
    dies = play.dies("worker") and _is_anything_due(play.now)
    in_sending = dies and (play.without_key or play.chance.random() < SHARE_IN_SENDING)
    if in_sending:
        _kill_in_sending(play)
    elif dies and not play.without_key:
        time.sleep(play.chance.random() * LONGEST_LIFE["worker"])
        play.kill_worker()
    _wait_for(lambda: not _is_anything_due(play.now), "nobody did what was due")


def _kill_in_sending(play: Play) -> None:
    """The gateway holds its answer until the worker that asked is dead."""
    hold, seen = play.folder / "hold", _size(play.folder / "seen.jsonl")
    hold.touch()
    _wait_for(
        lambda: _size(play.folder / "seen.jsonl") > seen or not _is_anything_due(play.now),
        "nobody sent what was due",
    )
    if _size(play.folder / "seen.jsonl") > seen:
        play.kill_worker()
        play.in_sending += 1
    hold.unlink()


def _wait_for(happens: Callable[[], bool], else_: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not happens():
        assert time.monotonic() < end, else_
        time.sleep(0.01)


def _press(play: Play, alert_id: int) -> bool:
    """Who was told last presses the button of the link on his telephone; whether he was answered.

    The server may die meanwhile. Who gets no answer presses again when the server is back; in the
    meantime the call goes on.
    """
    path = _link(play, alert_id)
    if path is None or not play.place.answers():
        return False
    if not play.dies("server"):
        return _post(play.place, path)
    death = Timer(play.chance.random() * LONGEST_LIFE["server"], play.kill_server)
    death.start()
    try:
        return _post(play.place, path)
    finally:
        death.join()


def _link(play: Play, alert_id: int) -> str | None:
    """The path of the link that came last by the gateway; the control knows no keys."""
    handed = _lines(play.folder / "handed.jsonl")
    links = [
        str(one["link"])
        for number, one in enumerate(handed)
        if one["key"].startswith(f"a{alert_id}-")
        or (play.without_key and number >= play.handed_before)
    ]
    return urlsplit(links[-1]).path if links else None


def _post(place: Place, path: str) -> bool:
    """Look at the page of the link and press its button; False where the server is gone."""
    headers = {"X-Forwarded-For": address_of_somebody()}
    try:
        with closing(place.line()) as line:
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            text = answer.read().decode()
            assert answer.status == 200, (answer.status, text[:500])
            token = TOKEN.search(text)
            if token is None:
                return True  # the page says that somebody is on it
            cookies = [words for name, words in answer.getheaders() if name.lower() == "set-cookie"]
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": "; ".join(one.split(";")[0] for one in cookies),
                "Origin": f"http://127.0.0.1:{place.port}",
            }
            body = urlencode({"csrfmiddlewaretoken": token[1]})
            line.request("POST", path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
    except (OSError, http.client.HTTPException):
        return False
    assert answer.status in (200, 409), (answer.status, text[:500])
    return True


def _is_anything_due(now: datetime) -> bool:
    due = _next_due()
    return due is not None and due <= now


def _next_due() -> datetime | None:
    """When the next step, message or fall-back is due."""
    from abdi.duty.choices import TellingState
    from abdi.duty.models import Alert, Telling

    alerts = Alert.objects.filter(next_due_at__isnull=False)
    waiting = Telling.objects.filter(state__in=TellingState.open_ones())
    backs = Telling.objects.filter(fallback_at__isnull=False)
    found = [*alerts.values_list("next_due_at", flat=True)]
    found += [*waiting.values_list("due_at", flat=True)]
    found += [*backs.values_list("fallback_at", flat=True)]
    return min((at for at in found if at is not None), default=None)


def _outcome(play: Play, calls: int) -> dict[str, Any]:
    """What the database and the gateway know in the end."""
    from abdi.duty.models import Alert, AlertStep, Telling

    handed = _lines(play.folder / "handed.jsonl")
    alerts = Alert.objects.filter(key__startswith=play.name)
    tellings = Telling.objects.filter(channel="whatsapp", alert__in=alerts)
    steps = AlertStep.objects.filter(alert__in=alerts)
    late = [step.taken_at - step.due_at for step in steps]
    told = set(Telling.objects.values_list("alert_id", flat=True))
    broken = [
        alert.key
        for alert in alerts
        if _numbers(alert) != list(range(1, len(_numbers(alert)) + 1)) or alert.pk not in told
    ]
    return {
        "kills": play.kills,
        "in_sending": play.in_sending,
        "calls": [calls, alerts.count()],
        "answered": play.answered,
        "open": alerts.filter(next_due_at__isnull=False).count(),
        "broken": broken,
        "handed": sorted(one["key"] for one in handed),
        "tellings": sorted(tellings.exclude(sent_at=None).values_list("key", flat=True)),
        "perhaps": sorted(
            tellings.filter(state="sent", sent_at=None).values_list("key", flat=True)
        ),
        "unsent": tellings.exclude(state__in=["sent", "dropped"]).count(),
        "seen": len(_lines(play.folder / "seen.jsonl")),
        "worst_seconds": max(late).total_seconds(),
        "steps": len(late),
    }


def _numbers(alert: Any) -> list[int]:
    from abdi.duty.models import AlertStep

    rows = AlertStep.objects.filter(alert=alert).order_by("number")
    return list(rows.values_list("number", flat=True))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _lines(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a file; one that is being written does not count yet."""
    text = path.read_text() if path.exists() else ""
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]
