"""Other programs are told of changes: signed, retried under one key, never by name."""

import hashlib
import hmac
import json
import os
import signal
import ssl
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from abdi.gateway import actions, jobs, sending
from abdi.gateway.choices import HookState, HookTopic
from abdi.gateway.models import Hook, HookDelivery
from abdi.gateway.testing import a_hook
from abdi.people import actions as people
from abdi.people.actions import provisioning
from abdi.people.rules import Listed
from abdi.people.testing import a_city, a_person, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Refused
from abdi.platform.events import from_data
from abdi.platform.journal import REACTIONS, Entry, deliver_due
from abdi.platform.journal.reactions import reaction_named
from abdi.platform.outgoing import NotSent, Outgoing
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
PROCESS = Path(__file__).with_name("receiver_process.py")


class Receiver:
    """The other program, as the test sees it."""

    def __init__(self, folder):
        self.folder = folder
        self.port = int((folder / "port").read_text())

    def line(self, **options):
        """How requests reach it: by its own name, port and certificate."""
        context = ssl.create_default_context(cafile=str(self.folder / "both.pem"))
        asked = {"resolver": lambda _host, _port: ["127.0.0.1"], "allowed": lambda _address: True}
        ports = frozenset({self.port})
        return Outgoing(**{**asked, "ports": ports, "context": context, **options})

    def answers(self, mode):
        (self.folder / "mode").write_text(mode)

    @property
    def seen(self):
        path = self.folder / "seen.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def effects(self):
        path = self.folder / "effects.txt"
        return path.read_text().split() if path.exists() else []


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("receiver")
    process = subprocess.Popen([sys.executable, str(PROCESS), str(folder)])
    end = time.monotonic() + 20
    while not (folder / "port").exists():
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.02)
    yield Receiver(folder)
    process.kill()
    process.wait()


@pytest.fixture
def receiver(running):
    for name in ("seen.jsonl", "effects.txt"):
        (running.folder / name).unlink(missing_ok=True)
    running.answers("ok")
    return running


@pytest.fixture
def admin():
    return an_actor("sysadmin")


def later(**delta):
    return clock.at(clock.now() + timedelta(**delta))


def the_row():
    return HookDelivery.objects.get()


def a_placement():
    city = a_city()
    while deliver_due():
        pass
    HookDelivery.objects.all().delete()
    person = a_person(city.section, name="Ratna Rahasia")
    while deliver_due():
        pass
    return person


def test_a_placement_is_told_signed_by_ids_and_codes(admin, receiver):
    hook, secret = a_hook(admin, receiver.port, ["people_placed"])
    person = a_placement()
    assert sending.send_due(receiver.line()) == 1
    (seen,) = receiver.seen
    body, headers = seen["body"], seen["headers"]
    mark = hmac.new(
        secret.encode(), f"{headers['Abdi-Time']}.{body}".encode(), hashlib.sha256
    ).hexdigest()
    assert headers["Abdi-Signature"] == f"sha256={mark}"
    told = json.loads(body)
    assert (told["topic"], told["event"]) == ("people_placed", "people.PersonPlaced")
    assert told["data"]["person"] == person.code
    assert told["key"] == headers["Abdi-Key"] == f"{hook.pk}-{told['number']}"
    assert "Ratna" not in body
    row = the_row()
    assert (row.state, row.status, row.tries) == (HookState.SENT, 200, 1)


def test_nothing_is_put_down_where_nobody_listens(admin):
    a_hook(admin, topics=["accounts_ended"])
    a_placement()
    assert HookDelivery.objects.count() == 0
    assert not Entry.objects.filter(kind="gateway.HooksTold").exists()


def test_of_a_list_is_told_how_many_and_not_who(admin):
    a_hook(admin, topics=["people_placed"])
    rows = [Listed(line=1, person_id=None, facts={"name": "Sari", "employment": "contract"})]
    people.enter_people(rows, by=SYSTEM)
    while deliver_due():
        pass
    assert json.loads(the_row().body)["data"] == {"count": 1}


def test_an_account_switched_off_is_told_and_a_new_one_is_not(admin):
    a_hook(admin, topics=["accounts_ended"])
    account = provisioning.bring_account(by=admin, login="luar")
    provisioning.end_account(account, by=admin)
    while deliver_due():
        pass
    assert json.loads(the_row().body)["data"]["account_id"] == account.pk


@pytest.mark.parametrize(
    ("kind", "function"),
    [
        ("people.PositionSucceeded", "tell_of_positions"),
        ("people.NeedsNoted", "tell_of_positions"),
        ("people.UnitSucceeded", "tell_of_units"),
        ("people.OrganisationChanged", "tell_of_units"),
        ("people.PlacementEnded", "tell_of_people"),
        ("people.ActingAppointed", "tell_of_people"),
        ("people.PeopleEntered", "tell_of_people"),
        ("people.PeopleTakenBack", "tell_of_people"),
        ("people.AccountClosed", "tell_of_accounts"),
    ],
)
def test_each_change_has_its_reaction(kind, function):
    assert f"gateway.{function}" in REACTIONS[kind]


def test_the_same_entry_heard_twice_is_told_once(admin):
    a_hook(admin, topics=["people_placed"])
    a_placement()
    entry = the_row().entry
    reaction = reaction_named("gateway.tell_of_people")[1]
    reaction(from_data(entry.kind, entry.data), cause=entry)
    assert HookDelivery.objects.count() == 1
    assert Entry.objects.filter(kind="gateway.HooksTold", cause=entry).count() == 1


def test_a_failing_program_is_tried_eight_times_under_one_key_then_parked(admin, receiver):
    hook, _secret = a_hook(admin, receiver.port)
    receiver.answers("fail")
    actions.try_hook(hook, by=admin)
    at = clock.now()
    for _turn in range(40):
        with clock.at(at):
            sending.send_due(receiver.line())
        at += timedelta(hours=1)
    row = the_row()
    assert (row.state, row.tries, row.status) == (HookState.PARKED, 8, 500)
    assert len(receiver.seen) == 8
    assert {seen["headers"]["Abdi-Key"] for seen in receiver.seen} == {row.key}
    assert len({seen["headers"]["Abdi-Time"] for seen in receiver.seen}) == 8
    assert receiver.effects == []
    assert jobs.deliveries_to_programs_given_up() == 1
    page = sign_in_as(admin).get(f"/atur/integrasi/kait/{hook.pk}").content.decode()
    assert "HTTP 500" in page
    receiver.answers("ok")
    with clock.at(at):
        actions.send_again(hook, row, by=admin)
        assert sending.send_due(receiver.line()) == 1
    assert receiver.effects == [row.key]
    hook.refresh_from_db()
    assert (hook.failures, hook.paused_until) == (0, None)


def test_after_five_failures_the_program_is_left_alone(admin, receiver):
    hook, _secret = a_hook(admin, receiver.port)
    receiver.answers("fail")
    for _number in range(6):
        actions.try_hook(hook, by=admin)
    for _turn in range(7):
        sending.send_due(receiver.line())
    hook.refresh_from_db()
    assert len(receiver.seen) == 5
    assert hook.paused_until > clock.now()
    untouched = HookDelivery.objects.filter(tries=0).count()
    assert untouched == 1, "a pause costs no tries"
    with later(minutes=6):
        sending.send_due(receiver.line())
    assert len(receiver.seen) == 6, "one knock after the pause"


def test_what_comes_leaves_in_the_order_of_the_journal(admin, receiver):
    hook, _secret = a_hook(admin, receiver.port)
    rows = [actions.try_hook(hook, by=admin) for _number in range(3)]
    assert sending.send_due(receiver.line()) == 3
    assert receiver.effects == [row.key for row in rows]


def test_a_bad_program_holds_up_no_other(admin, receiver):
    bad, _secret = a_hook(admin, name="Rusak")
    good, _secret = a_hook(admin, receiver.port, name="Baik")
    for hook in (bad, good):
        actions.try_hook(hook, by=admin)
    assert sending.send_due(receiver.line()) == 1
    assert HookDelivery.objects.get(hook=bad).problem == "this port is not listed"


def test_a_redirect_is_a_failure_and_is_not_followed(admin, receiver):
    hook, _secret = a_hook(admin, receiver.port)
    receiver.answers("away")
    actions.try_hook(hook, by=admin)
    assert sending.send_due(receiver.line()) == 0
    assert (the_row().state, the_row().status) == (HookState.WAITING, 302)


def test_a_name_that_leads_inside_is_refused_at_sending(admin, receiver):
    hook, _secret = a_hook(admin, receiver.port)
    actions.try_hook(hook, by=admin)
    inside = Outgoing(
        resolver=lambda _host, _port: ["203.0.113.9", "10.0.0.7"], ports=frozenset({receiver.port})
    )
    assert sending.send_due(inside) == 0
    assert the_row().problem == "this host is not on the open internet"
    assert receiver.seen == []


def test_a_hook_switched_off_is_told_nothing_and_its_waiting_news_is_dropped(admin, receiver):
    hook, _secret = a_hook(admin, receiver.port)
    actions.try_hook(hook, by=admin)
    hook = actions.switch_hook(hook, by=admin, on=False, seen=1)
    assert sending.send_due(receiver.line()) == 0
    assert the_row().state == HookState.DROPPED
    with pytest.raises(Conflict):
        actions.try_hook(hook, by=admin)
    with pytest.raises(Conflict):
        actions.switch_hook(hook, by=admin, on=False)
    with pytest.raises(Conflict):
        actions.switch_hook(hook, by=admin, on=True, seen=1)
    assert actions.switch_hook(hook, by=admin, on=True, seen=2).is_on


def test_old_deliveries_that_arrived_are_forgotten(admin, receiver):
    hook, _secret = a_hook(admin, receiver.port)
    actions.try_hook(hook, by=admin)
    sending.send_due(receiver.line())
    with later(days=29):
        assert sending.forget_old() == 0
    with later(days=31):
        jobs.forget_what_arrived()
    assert HookDelivery.objects.count() == 0


KILLED = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
from abdi.gateway import sending
from abdi.gateway.tests.test_hooks import Receiver
from abdi.platform.tenancy import within
from pathlib import Path
settings.DATABASES["default"]["NAME"] = sys.argv[2]
settings.SECRET_KEY = sys.argv[4]
sending._arrived = lambda *_things: os.kill(os.getpid(), signal.SIGKILL)
with within(int(sys.argv[3])):
    sending.send_due(Receiver(Path(sys.argv[1])).line())
"""


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_in_the_middle_has_one_effect(receiver, inside_institution, settings):
    admin = an_actor("sysadmin")
    hook, _secret = a_hook(admin, receiver.port)
    actions.try_hook(hook, by=admin)
    name = str(connection.settings_dict["NAME"])
    connection.close()
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            KILLED,
            str(receiver.folder),
            name,
            str(inside_institution.pk),
            settings.SECRET_KEY,
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=False,
        capture_output=True,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()[-500:]
    row = the_row()
    assert row.state == HookState.SENDING
    assert sending.send_due(receiver.line()) == 0, "its lease still runs"
    with clock.at(row.due_at + timedelta(seconds=1)):
        assert sending.send_due(receiver.line()) == 1
    assert len(receiver.seen) == 2
    assert receiver.effects == [row.key]
    assert the_row().state == HookState.SENT


def test_the_usual_line_refuses_what_is_inside(admin):
    """The control of all tests above that bring their own line."""
    hook, _secret = a_hook(admin)
    Hook.objects.filter(pk=hook.pk).update(address="https://127.0.0.1/in")
    actions.try_hook(hook, by=admin)
    jobs.tell_other_programs()
    assert the_row().problem == "this host is not on the open internet"
    with pytest.raises(NotSent):
        Outgoing().request("POST", "https://127.0.0.1/in")


def test_the_reactions_run_for_the_system_only(admin):
    hook, _secret = a_hook(admin)
    entry = Entry.objects.first()
    with pytest.raises(Refused):
        actions.tell_hooks([hook], by=admin, topic=HookTopic.UNITS, data={}, cause=entry)
    actions.tell_hooks([hook], by=SYSTEM, topic=HookTopic.UNITS, data={}, cause=entry)
    assert HookDelivery.objects.count() == 1
