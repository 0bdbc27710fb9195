"""The line for a code: empty again after the press, and unseen at a PC that others use."""

import pytest
from django.test import Client

from abdi.people import second_factor
from abdi.people.models import Account
from abdi.people.testing import PASSWORD, a_city, a_person, an_account, an_actor
from abdi.people.testing_consoles import a_console, at_console
from abdi.people.tests.test_own_account import a_code
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
BACKUP = "k7q2-m9xa"


def an_owner(city) -> Account:
    account = an_account(a_person(city.section))
    secret = second_factor.new_secret()
    assert second_factor.switch_on(account, secret, a_code(secret))
    return account


def line_of(client, account, path):
    """The line of the page as it stands after a press with a backup code that is not right."""
    client.post("/masuk", {"login": account.login, "password": PASSWORD})
    if path == "/masuk/ulang":
        client.force_login(account)
    answer = client.post(path, {"code": BACKUP})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert BACKUP not in page
    form = page.partition(f'action="{path}"')[2].partition("</form>")[0]
    assert "data-private" in form.partition(">")[0], "no draft is kept of it on the machine"
    return form.partition("<input class=")[2].partition(">")[0]


@pytest.mark.parametrize("path", ["/masuk/kode", "/masuk/ulang"])
def test_a_code_is_not_shown_again_and_typed_unseen_at_a_duty_pc(path):
    city = a_city()
    account = an_owner(city)
    _row, token = a_console(city.section)
    line = line_of(at_console(token), account, path)
    assert 'type="password"' in line
    assert 'autocomplete="off"' in line
    own = line_of(Client(), account, path)
    assert 'type="text"' in own
    assert 'autocomplete="one-time-code"' in own


def test_a_pc_that_waits_for_its_code_is_not_called_in_use():
    city, client = a_city(), sign_in_as(an_actor("sysadmin"))
    assert "Tidak ada PC piket yang dipakai" in client.get("/atur/konsol").content.decode()
    given = {"name": "PC 1", "unit": city.agency.pk, "reason": "ruang kendali baru"}
    client.post("/atur/konsol", given)
    assert "<h1>Satu PC piket menunggu kodenya" in client.get("/atur/konsol").content.decode()
    a_console(city.section)
    assert "PC piket dipakai</h1>" in client.get("/atur/konsol").content.decode()
