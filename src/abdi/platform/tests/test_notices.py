import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction

from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import action
from abdi.platform.events import event
from abdi.platform.journal import record
from abdi.platform.notices import posting, telling
from abdi.platform.notices.models import Notice, NoticeDelivery, NoticeState
from abdi.platform.tests.mail_server import MailServer
from abdi.platform.text import BadText

TEMPLATE = "platform/mail/quiet.txt"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@dataclass
class Budi:
    email: str = "budi@example.org"
    ref: str = "people.person:12"


@event
class SomethingHappened:
    number: int


@action(allowed=lambda by: by.is_system)
def happen(*, by, receiver, subject="A place in a class", key="", quiet=False):
    record(SomethingHappened(number=1), by=by)
    if quiet:
        return telling.tell_quietly(receiver, about="x.y:1", by=by, key=key)
    return telling.tell(receiver, subject, TEMPLATE, {}, about="training.class:3", by=by, key=key)


@pytest.fixture
def server(settings):
    with MailServer() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        settings.EMAIL_TIMEOUT = 3
        yield running


def the_row():
    return NoticeDelivery.objects.get()


def later(**delta):
    return clock.at(clock.now() + timedelta(**delta))


def test_a_notice_reaches_a_real_mail_server(server):
    notice = happen(by=SYSTEM, receiver=Budi())
    assert posting.send_due() == 1
    [mail] = server.kept.mails
    assert mail["To"] == "budi@example.org"
    assert mail["Subject"] == "A place in a class"
    assert mail["Message-ID"] == the_row().message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "/beranda" in mail.get_payload()
    assert the_row().state == NoticeState.SENT
    assert the_row().sent_at == clock.now()
    assert (notice.receiver, notice.about, notice.by) == (
        "people.person:12",
        "training.class:3",
        "system",
    )


def test_what_is_rolled_back_tells_nobody(server):
    def act_and_fail():
        with transaction.atomic():
            happen(by=SYSTEM, receiver=Budi())
            raise LookupError

    with pytest.raises(LookupError):
        act_and_fail()
    assert Notice.objects.count() == 0
    assert posting.send_due() == 0


def test_nothing_is_sent_while_the_action_runs(server):
    happen(by=SYSTEM, receiver=Budi())
    assert server.kept.mails == []


def test_the_same_key_tells_once(server):
    first = happen(by=SYSTEM, receiver=Budi(), key="entry-7")
    assert happen(by=SYSTEM, receiver=Budi(), key="entry-7") == first
    assert posting.send_due() == 1
    assert posting.send_due() == 0
    assert len(server.kept.mails) == 1


def test_a_notice_belongs_to_an_action():
    with pytest.raises(RuntimeError, match="inside"):
        telling.tell(Budi(), "x", TEMPLATE, {}, about="", by=SYSTEM)


def test_an_address_alone_is_enough(server):
    happen(by=SYSTEM, receiver="warga@example.org")
    assert posting.send_due() == 1
    assert Notice.objects.get().receiver == ""


def test_a_person_without_address_is_told_in_the_program(server):
    happen(by=SYSTEM, receiver=Budi(email=""))
    assert NoticeDelivery.objects.count() == 0
    assert telling.notices_for("people.person:12").count() == 1


def test_without_a_mail_server_nothing_pretends_to_be_sent(settings):
    settings.EMAIL_BACKEND = telling.NO_MAIL
    happen(by=SYSTEM, receiver=Budi())
    assert NoticeDelivery.objects.count() == 0
    assert posting.send_due() == 0


def test_what_must_stay_inside_is_not_in_the_subject(server):
    happen(by=SYSTEM, receiver=Budi(), quiet=True)
    posting.send_due()
    assert server.kept.mails[0]["Subject"] == "There is something for you"


def test_a_subject_brings_no_headers_in():
    with pytest.raises(BadText):
        happen(by=SYSTEM, receiver=Budi(), subject="x\nBcc: all@example.org")


def test_only_the_receiver_can_note_that_he_has_seen_it(server):
    notice = happen(by=SYSTEM, receiver=Budi())
    assert not telling.note_seen("people.person:13", notice.pk)
    assert telling.note_seen("people.person:12", notice.pk)
    assert not telling.note_seen("people.person:12", notice.pk), "seen is seen once"


def test_an_address_refused_for_ever_is_not_tried_again(server):
    server.kept.for_address["budi@example.org"] = "550 No such user"
    happen(by=SYSTEM, receiver=Budi())
    assert posting.send_due() == 0
    assert (the_row().state, the_row().problem) == (NoticeState.REFUSED, "SMTP 550")
    with later(days=1):
        assert posting.send_due() == 0


@pytest.mark.parametrize("where", ["address", "data"])
def test_a_server_that_says_later_is_asked_later(server, where):
    if where == "address":
        server.kept.for_address["budi@example.org"] = "451 Try later"
    else:
        server.kept.for_data = "452 Disk full"
    happen(by=SYSTEM, receiver=Budi())
    assert posting.send_due() == 0
    assert the_row().state == NoticeState.WAITING
    assert the_row().due_at > clock.now()
    server.kept.for_address.clear()
    server.kept.for_data = "250 OK"
    with later(hours=1):
        assert posting.send_due() == 1


def test_one_bad_address_does_not_hold_up_the_others(server):
    server.kept.for_address["budi@example.org"] = "550 No such user"
    for name in ("budi", "siti", "agus"):
        happen(by=SYSTEM, receiver=f"{name}@example.org")
    assert posting.send_due() == 2


def test_a_server_that_is_down_is_asked_once_a_round(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    for name in ("budi", "siti"):
        happen(by=SYSTEM, receiver=f"{name}@example.org")
    assert posting.send_due() == 0
    assert sorted(NoticeDelivery.objects.values_list("tries", flat=True)) == [0, 1]


def test_after_eight_tries_a_notice_is_parked_and_shown(server):
    server.kept.for_data = "452 Disk full"
    happen(by=SYSTEM, receiver=Budi())
    now = clock.now()
    for hour in range(1, 12):
        with clock.at(now + timedelta(hours=hour * 2)):
            posting.send_due()
    assert (the_row().state, the_row().tries) == (NoticeState.PARKED, 8)
    assert posting.notices_given_up() == 1


def test_a_notice_whose_senders_always_die_is_parked_too(server):
    happen(by=SYSTEM, receiver=Budi())
    now = clock.now()
    for round_ in range(8):
        with clock.at(now + timedelta(hours=round_)):
            assert posting._take(the_row().pk)
    with clock.at(now + timedelta(hours=9)):
        assert posting.send_due() == 0
    assert the_row().state == NoticeState.PARKED
    assert server.kept.mails == []


def test_a_line_that_breaks_is_opened_again_for_the_next(server):
    broken = []

    def cut():
        if not broken:
            broken.append(True)
            raise ConnectionResetError

    server.kept.before_answer = cut
    for name in ("budi", "siti"):
        happen(by=SYSTEM, receiver=f"{name}@example.org")
    posting.send_due()
    states = set(NoticeDelivery.objects.values_list("state", flat=True))
    assert states == {NoticeState.WAITING, NoticeState.SENT}


def test_a_full_outbox_is_noticed(server):
    happen(by=SYSTEM, receiver=Budi())
    assert posting.notices_that_wait_too_long() == 0
    with later(hours=1):
        assert posting.notices_that_wait_too_long() == 1


def test_a_row_being_sent_is_not_taken_by_another(server):
    happen(by=SYSTEM, receiver=Budi())
    server.kept.before_answer = None
    assert posting._take(the_row().pk)
    assert the_row().state == NoticeState.SENDING
    assert posting.send_due() == 0


def test_sending_is_on_record_before_the_first_byte_leaves(server, monkeypatch):
    happen(by=SYSTEM, receiver=Budi())
    seen = []
    real = EmailMessage.message
    monkeypatch.setattr(
        EmailMessage, "message", lambda self: (seen.append(the_row().state), real(self))[1]
    )
    posting.send_due()
    assert seen[0] == NoticeState.SENDING


def test_a_killed_senders_mail_comes_again_with_the_same_key(server):
    happen(by=SYSTEM, receiver=Budi())
    assert posting._take(the_row().pk)
    mail = posting._message(the_row(), line := posting.get_connection())
    line.send_messages([mail])  # killed here: sent, but not marked
    with later(minutes=1):
        assert posting.send_due() == 0, "its lease still runs"
    with later(minutes=3):
        assert posting.send_due() == 1
    assert len(server.kept.mails) == 2
    assert len(server.kept.mailbox) == 1, "the receiver drops what it has"


def test_done_outbox_rows_expire_and_notices_stay(server):
    happen(by=SYSTEM, receiver=Budi())
    posting.send_due()
    with later(days=29):
        assert telling.forget_old_notices() == 0
    with later(days=31):
        assert telling.forget_old_notices() == 1
    assert Notice.objects.count() == 1


def test_links_lead_to_the_configured_host(settings):
    settings.ABDI_PUBLIC_URL = "https://abdi.example.org/"
    assert telling.link("/laporan/x") == "https://abdi.example.org/laporan/x"


def test_mail_text_is_not_escaped_as_html():
    made = telling._plain().from_string("{{ name }}").render(name="Budi & <Siti>")
    assert made == "Budi & <Siti>"


KILLED = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
settings.DATABASES["default"]["NAME"] = sys.argv[2]
from abdi.platform.notices import posting
from abdi.platform.tenancy import within
from django.core.mail.backends.smtp import EmailBackend
real = EmailBackend.send_messages
def send_and_die(self, mails):
    real(self, mails)
    os.kill(os.getpid(), signal.SIGKILL)
EmailBackend.send_messages = send_and_die
with within(int(sys.argv[3])):
    posting.send_due()
"""


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_in_the_middle_loses_and_doubles_nothing(server, inside_institution):
    happen(by=SYSTEM, receiver=Budi())
    name = str(connection.settings_dict["NAME"])
    connection.close()
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(server.port), name, str(inside_institution.pk)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=False,
        capture_output=True,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()[-500:]
    assert the_row().state == NoticeState.SENDING
    with clock.at(the_row().due_at + timedelta(seconds=1)):
        assert posting.send_due() == 1
    assert len(server.kept.mailbox) == 1
    assert the_row().state == NoticeState.SENT
