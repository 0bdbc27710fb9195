"""Sign-in at the institution's own provider, against a provider that runs as a process."""

from __future__ import annotations

import datetime as dt
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from abdi.people import actions
from abdi.people.models import Account
from abdi.people.testing import PASSWORD, a_city, an_account
from abdi.platform import clock
from abdi.platform.access import SYSTEM

pytestmark = pytest.mark.django_db
PROCESS = Path(__file__).with_name("provider_process.py")


@pytest.fixture(scope="module")
def issuer():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen([sys.executable, str(PROCESS), str(port)])
    for _try in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    running.terminate()
    running.wait(10)


@pytest.fixture
def provider(issuer, settings):
    settings.ABDI_OIDC_ISSUER = issuer
    settings.ABDI_OIDC_CLIENT = "abdi"
    settings.ABDI_OIDC_SECRET = "rahasia-uji"
    with clock.at(dt.datetime.fromtimestamp(time.time(), dt.UTC)):
        yield issuer


@pytest.fixture
def account():
    return an_account(a_city().crew)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given):
        return None


def at_provider(address: str, **more: str) -> dict[str, str]:
    """What the provider sends back after a person said yes there."""
    opener = urllib.request.build_opener(_Stay)
    try:
        opener.open(f"{address}&{urlencode(more)}", timeout=5)
    except HTTPError as answer:
        with answer:
            back = urlsplit(answer.headers["Location"])
        return {key: values[0] for key, values in parse_qs(back.query).items()}
    raise AssertionError("no redirect")


def begin(client: Client) -> str:
    answer = client.post("/masuk/instansi", {"next": "/unit"})
    return answer.context_data["address"]


def enter(client: Client, who: str, **more: str):
    given = at_provider(begin(client), login_as=who, **more)
    return client.get("/masuk/instansi/kembali", given)


def test_a_verified_e_mail_opens_the_session_and_the_subject_is_kept(provider, account):
    client = Client()
    answer = enter(client, f"u-1|{account.email.upper()}|1")
    assert answer["Location"] == "/unit"
    assert client.get("/profil").status_code == 200
    account.refresh_from_db()
    assert account.oidc_subject == f"{provider}#u-1"
    again = enter(Client(), "u-1|lain@contoh.test|0")
    assert again["Location"] == "/unit"
    stolen = enter(Client(), f"u-2|{account.email}|1")
    assert stolen.status_code == 422


@pytest.mark.parametrize(
    ("who", "spoil", "words"),
    [
        ("u-9|tidak-ada@contoh.test|1", "", "belum memiliki akun"),
        ("u-9|EMAIL|0", "", "belum memastikan"),
        ("u-9||1", "", "belum memastikan"),
        ("u-1|EMAIL|1", "nonce", "tidak dapat diperiksa"),
        ("u-1|EMAIL|1", "aud", "tidak dapat diperiksa"),
        ("u-1|EMAIL|1", "iss", "tidak dapat diperiksa"),
        ("u-1|EMAIL|1", "exp", "tidak dapat diperiksa"),
        ("u-1|EMAIL|1", "key", "tidak dapat diperiksa"),
    ],
)
def test_what_is_not_proved_gets_a_sentence_and_no_session(provider, account, who, spoil, words):
    client = Client()
    before = Account.objects.count()
    answer = enter(client, who.replace("EMAIL", account.email), spoil=spoil)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert client.get("/profil").status_code == 302
    assert Account.objects.count() == before


def test_a_return_of_another_browser_twice_or_too_late_opens_nothing(provider, account):
    client, who = Client(), f"u-1|{account.email}|1"
    given = at_provider(begin(client), login_as=who)
    path = "/masuk/instansi/kembali"
    assert Client().get(path, given).status_code == 422
    assert client.get(path, {**given, "state": "lain"}).status_code == 422
    assert client.get(path, given).status_code == 422  # a wrong state uses the trip up
    late = at_provider(begin(client), login_as=who)
    with clock.at(clock.now() + dt.timedelta(minutes=11)):
        assert client.get(path, late).status_code == 422
    refused = at_provider(begin(client), login_as=who)
    assert client.get(path, {"state": refused["state"], "error": "x"}).status_code == 422


def test_the_code_is_bound_to_the_verifier_of_this_browser(provider, account):
    """A code caught on the way is worth nothing in another session: PKCE at the provider."""
    thief, victim = Client(), Client()
    caught = at_provider(begin(victim), login_as=f"u-1|{account.email}|1")
    own = at_provider(begin(thief), login_as="u-7|x@y.test|1")
    answer = thief.get("/masuk/instansi/kembali", {"state": own["state"], "code": caught["code"]})
    assert answer.status_code == 422
    assert thief.get("/profil").status_code == 302


def test_who_left_is_told_so_and_a_provider_that_is_away_too(provider, account, settings):
    Account.objects.filter(pk=account.pk).update(ends_on=clock.today() - dt.timedelta(days=1))
    answer = enter(Client(), f"u-1|{account.email}|1")
    assert "berakhir" in answer.content.decode()
    settings.ABDI_OIDC_ISSUER = "http://127.0.0.1:9"
    assert Client().post("/masuk/instansi").status_code == 422


def test_without_a_provider_there_is_no_button_and_no_page(settings):
    assert "/masuk/instansi" not in Client().get("/masuk").content.decode()
    assert Client().post("/masuk/instansi").status_code == 404
    assert Client().get("/masuk/instansi/kembali").status_code == 404


@pytest.mark.parametrize(
    ("setting", "status"), [("own", 302), ("provider", 200)], ids=["own", "provider"]
)
def test_a_role_that_asks_for_a_factor_takes_the_providers_word_only_by_setting(
    provider, account, settings, setting, status
):
    settings.ABDI_FACTOR_BY_ROLE = True
    settings.ABDI_OIDC_SECOND_FACTOR = setting
    actions.grant_role(account, None, by=SYSTEM, role="executive")
    client = Client()
    enter(client, f"u-9|{account.email}|1")
    answer = client.get("/profil")
    assert answer.status_code == status
    assert answer.get("Location", "") in ("", "/profil/kode")
    by_password = Client()
    by_password.post("/masuk", {"login": account.login, "password": PASSWORD})
    assert by_password.get("/profil")["Location"] == "/profil/kode"
