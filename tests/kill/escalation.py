"""Calls under kills: server and worker are processes forked from this one, killed at any point.

A *point* is where a statement of the database, or a request to the gateway, has just come back.
Time is played: it moves on to when something is due, on the grid of the poll, so that how late a
step was taken is known exactly. A killed process is started again at once, as a service manager
does.
"""

from __future__ import annotations

import json
import os
import random
import signal
import ssl
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

POLL = timedelta(seconds=2)
MOST_CALLS = 90
SHARE_IN_SENDING = 0.4
"""Of the workers that die, how many do so when the gateway has the message and no row says so."""
MOST_ROUNDS = 30


class Kills:
    """Ends this process at the given point; nothing is cleaned up.

    `at` below 0 counts requests to the gateway alone: -1 dies as soon as the first has come back.
    """

    def __init__(self, at: int) -> None:
        self.left = abs(at)
        self.requests_only = at < 0

    def point(self, *, is_request: bool = False) -> None:
        """One point was reached."""
        if self.requests_only and not is_request:
            return
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        found = execute(sql, params, many, context)
        self.point()
        return found


class Play:
    """One installation with its gateway, and the processes that come and go."""

    def __init__(self, folder: Path, wanted: int, *, without_key: bool) -> None:
        self.folder = folder
        self.wanted = wanted
        self.without_key = without_key
        self.chance = random.Random(4)
        self.kills = {"server": 0, "worker": 0}
        self.now = _now()

    @property
    def name(self) -> str:
        """What the keys of its calls begin with."""
        return "control" if self.without_key else "kills"

    def process(self, kind: str, act: Callable[[], object]) -> None:
        """Do an act in a process of its own; killed, it is done again by the next process."""
        at = self.point_for(kind)
        while self._fork(act, at):
            self.kills[kind] += 1
            at = 0

    def point_for(self, kind: str) -> int:
        """At which point this process dies; 0 for one that lives. Server and worker take turns."""
        few = self.wanted // 3 if kind == "server" else self.wanted - self.wanted // 3
        if self.kills[kind] >= few:
            return 0
        if kind == "worker" and (self.without_key or self.chance.random() < SHARE_IN_SENDING):
            return -1
        return self.chance.randint(1, 22)

    def _fork(self, act: Callable[[], object], at: int) -> bool:
        from django.db import connection

        connection.close()
        (self.folder / "clock").write_text(str(self.now.timestamp()))
        child = os.fork()
        if child == 0:
            self._live(act, at)
        _pid, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return True
        assert os.WEXITSTATUS(status) == 0, "a process ended by an error"
        return False

    def _live(self, act: Callable[[], object], at: int) -> None:
        from django.db import connection

        from abdi.platform import clock, outgoing

        kills, real = Kills(at), outgoing.Outgoing.request

        def asking(line: Any, *words: Any, **more: Any) -> Any:
            found = real(line, *words, **more)
            kills.point(is_request=True)
            return found

        outgoing.Outgoing.request = asking  # type: ignore[method-assign,assignment]
        if self.without_key:
            _forget_keys()
        try:
            with clock.at(self.now), connection.execute_wrapper(kills):
                act()
            code = 0
        except BaseException:
            import traceback

            traceback.print_exc()
            code = 1
        sys.stderr.flush()
        os._exit(code)


def _now() -> datetime:
    from abdi.platform import clock

    return clock.now().replace(microsecond=0)


def _forget_keys() -> None:
    """The control: each try goes under a key of its own."""
    import secrets

    from abdi.duty import telegraph
    from abdi.duty.models import Telling

    send = telegraph.send

    def send_anew(telling: Telling, line: Any) -> None:
        telling.key = secrets.token_hex(8)
        send(telling, line)

    telegraph.send = send_anew


def main(folder: str, kills: int) -> None:
    """Play until so many processes were killed, then the control; print what became of both."""
    import django

    django.setup()
    from django.test import Client

    from abdi.platform.tenancy import Institution, within

    place = Path(folder)
    with within(Institution.objects.get().pk):
        city = _city(place)
        _load()
        assert Client(headers={"host": "127.0.0.1"}).get("/siaga/x").status_code == 404
        _play(Play(place, kills, without_key=False), city)
        (place / "handed.jsonl").unlink()
        _play(Play(place, 6, without_key=True), city)


def _load() -> None:
    """What the processes need is loaded before they are forked, else each would load it anew."""
    import http.client
    import importlib

    for name in ("duty.jobs", "duty.carrying", "duty.testing", "duty.links", "config.urls"):
        importlib.import_module(f"abdi.{name}")
    assert http.client.OK


def _play(play: Play, city: Any) -> None:
    calls = 0
    while sum(play.kills.values()) < play.wanted and calls < MOST_CALLS:
        calls += 1
        _one_call(play, city, calls)
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
    from abdi.duty.models import Alert

    key = f"{play.name}-{number}"
    play.process("server", lambda: _raise(city, key))
    answered_after = play.chance.randint(0, 4)
    for turn in range(MOST_ROUNDS):
        play.process("worker", lambda: _work(play.folder))
        alert = Alert.objects.get(key=key)
        if turn == answered_after:
            play.process("server", partial(_answer, alert.pk))
        due = _next_due()
        if due is None:
            return
        play.now = max(play.now + POLL, due + (play.now - due) % POLL)


def _raise(city: Any, key: str) -> None:
    from abdi.duty.choices import Whom
    from abdi.duty.rules import Step
    from abdi.duty.testing import a_call

    first = Step(Whom.ASSIGNED, 61, person_id=city.crew.pk)
    a_call(city.section, key=key, about=f"x.y:{key}", first=first)


def _work(folder: Path) -> None:
    """One turn of a worker: the pulses, with the line to the gateway of the play."""
    from abdi.duty import carrying, jobs
    from abdi.platform.outgoing import Outgoing

    context = ssl.create_default_context(cafile=str(folder / "both.pem"))
    port = int((folder / "port").read_text())
    line = Outgoing(
        resolver=lambda _host, _port: ["127.0.0.1"],
        allowed=lambda _address: True,
        ports=frozenset({port}),
        context=context,
    )
    jobs.go_on_with_calls()
    jobs.fall_back_without_receipt()
    carrying.carry_due(carrying.LINES[2], line)


def _answer(alert_id: int) -> None:
    """Somebody who was told presses the button of his link; a second press is the same."""
    from django.test import Client

    from abdi.duty import links
    from abdi.duty.models import Telling

    telling = Telling.objects.filter(alert_id=alert_id).order_by("-id").first()
    assert telling is not None, "nobody was told"
    path = f"/siaga/{links.token_of(telling.pk)}"
    answer = Client(headers={"host": "127.0.0.1"}).post(path)
    assert answer.status_code in (200, 409), answer.status_code


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
        "calls": [calls, alerts.count()],
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


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
