"""Every route × every role over HTTP: opened by its cell, closed otherwise, never an error."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern

from abdi.people.testing import a_city, an_actor
from abdi.people.testing_consoles import a_console, at_console
from abdi.platform.access import key_of, law
from abdi.platform.before_factor import stays_open
from abdi.platform.consoles import opens_on_console
from abdi.platform.route_check import problem_of, routes
from abdi.platform.testing import sign_in_as

DERIVED = ("citizen", "employee", "superior")
ROUTES = [(pattern, view, key) for pattern, view, key in routes() if key is not None]
SAMPLES = {
    "int": "999999",
    "slug": "tidak-ada",
    "str": "tidak-ada",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "path": "tidak-ada",
}
ANSWERS = {200, 302, 303, 304, 400, 401, 403, 404, 405, 409, 422, 429}


def address(pattern):
    """A path of the route whose objects do not exist."""
    path = re.sub(r"<(\w+):\w+>", lambda found: SAMPLES.get(found[1], "tidak-ada"), pattern)
    path = re.sub(r"<\w+>", "tidak-ada", path)
    path = re.sub(r"\(\?P<\w+>[^)]*\)", "tidakada99", path)
    return "/" + path.strip("^$")


def has_parameters(pattern):
    return "<" in pattern


def test_every_route_has_a_key_that_exists():
    wrong = [f"/{pattern} {problem_of(key_of(view))}" for pattern, view, _ in routes()]
    assert [line for line in wrong if not line.endswith(" ")] == []
    assert isinstance(URLPattern, type)


@pytest.fixture
def clients():
    """A signed-in client for every role, each at the agency of the small city."""
    city = a_city()
    made = {"citizen": Client(), "employee": sign_in_as(an_actor("", unit=city.section))}
    for role in law().roles:
        if role not in DERIVED:
            agency = None if role in ("executive", "personnel_office") else city.agency
            person = an_actor(role, agency) if role != "sysadmin" else an_actor(role)
            made[role] = sign_in_as(person)
    return made


def opens(client, role, key):
    """Whether the cell of a route opens for the client."""
    if key.public and key.cell is None:
        return True
    if key.own:
        return role != "citizen"
    cells = [law().cell(*cell) for cell in (key.cell, key.also) if cell]
    held = {role, "citizen"} | ({"employee"} if role not in ("citizen", "sysadmin") else set())
    return any(cell.is_public or held & set(cell.grants) for cell in cells)


@pytest.mark.django_db
def test_each_route_opens_only_for_the_roles_of_its_cell(clients):
    wrong = []
    for pattern, _view, key in ROUTES:
        path = address(pattern)
        for role, client in clients.items():
            answer = client.get(path)
            status = answer.status_code
            if status not in ANSWERS:
                wrong.append(f"{role} {path}: {status}")
            elif not opens(client, role, key) and status not in (302, 401, 403, 404, 405):
                wrong.append(f"{role} opened {path}: {status}")
            elif has_parameters(pattern) and status == 200 and not key.public:
                wrong.append(f"{role} {path}: something that does not exist was shown")
    assert wrong == []


@pytest.mark.django_db
def test_without_a_session_only_public_routes_open():
    wrong = []
    for pattern, _view, key in ROUTES:
        if key.public or (key.cell and law().cell(*key.cell).is_public):
            continue
        answer = Client().get(address(pattern))
        place = answer.headers.get("Location", "")
        sent_to_sign_in = answer.status_code == 302 and place.startswith("/masuk")
        if not sent_to_sign_in and answer.status_code not in (401, 404, 405):
            wrong.append(f"{pattern}: {answer.status_code} {place}")
    assert wrong == []


@pytest.mark.django_db
def test_forms_of_every_route_refuse_strangers_and_never_break(clients):
    wrong = []
    for pattern, _view, key in ROUTES:
        path = address(pattern)
        for role in ("citizen", "employee"):
            answer = clients[role].post(path, {"x": "y"})
            if answer.status_code not in ANSWERS | {201, 204}:
                wrong.append(f"{role} POST {path}: {answer.status_code}")
            if not opens(clients[role], role, key) and answer.status_code < 300:
                wrong.append(f"{role} POST {path} was let in: {answer.status_code}")
    assert wrong == []


ON_CONSOLE = {"papan", "papan/baris", "konsol/masuk", "konsol/kunci"}
"""All that a duty PC opens while nobody has stepped in, beside the ways to sign in."""


def test_the_pages_open_on_a_console_are_the_board_and_its_door():
    assert {pattern for pattern, view, _ in ROUTES if opens_on_console(view)} == ON_CONSOLE


@pytest.mark.django_db
def test_a_console_where_nobody_stepped_in_opens_the_board_and_the_door_only():
    _row, token = a_console(a_city().agency, city_wide=True)
    client, wrong = at_console(token), []
    for pattern, view, _key in ROUTES:
        if opens_on_console(view) or stays_open(view) or pattern.startswith("health/"):
            continue
        path = "/pegawai/tidakada99" if "(?P" in pattern else address(pattern)
        seen, sent = client.get(path), client.post(path, {"x": "y"})
        to_the_door = seen.status_code == 302 and seen["Location"].startswith("/konsol/masuk")
        if not to_the_door and seen.status_code != 401:
            wrong.append(f"{path}: {seen.status_code}")
        if sent.status_code != 401:
            wrong.append(f"POST {path}: {sent.status_code}")
    assert wrong == []
