"""A stored session is opened once, and is nobody else's to change."""

import pytest
from django.core.signing import dumps

from abdi.platform import sessions
from abdi.platform.access import Actor, Grant
from abdi.platform.actor_text import frozen, thawed
from abdi.platform.sessions import SessionStore


def stored(facts):
    return SessionStore().encode(facts)


def test_each_request_has_a_session_of_its_own():
    text = stored({"methods": ["password"]})
    first = SessionStore().decode(text)
    first["methods"].append("totp")
    assert SessionStore().decode(text) == {"methods": ["password"]}


def test_a_changed_text_is_no_session():
    text = stored({"_auth_user_id": "1"})
    assert SessionStore().decode(text)
    head, mark, sign = text.rpartition(":")
    for other in (f"{head}{mark}x{sign[1:]}", f"x{text}", "", "a:b:c", text[:-1]):
        assert SessionStore().decode(other) == {}


def test_another_secret_opens_nothing(settings):
    text = stored({"_auth_user_id": "1"})
    assert SessionStore().decode(text)
    settings.SECRET_KEY = "another secret that is long enough for this"
    assert SessionStore().decode(text) == {}


def test_what_was_signed_for_something_else_is_no_session():
    assert SessionStore().decode(dumps({"_auth_user_id": "1"})) == {}


def test_a_known_text_is_not_opened_again():
    sessions._opened.cache_clear()
    text = stored({"a": 1})
    for _time in range(3):
        SessionStore().decode(text)
    assert sessions._opened.cache_info().misses == 1


@pytest.mark.parametrize("stepped_up", [None, 1_700_000_000.5])
def test_the_actor_of_a_session_is_the_one_that_was_kept(stepped_up):
    grants = (Grant("dispatcher", 4, "plt", ("duty.",), "people.person:3", frozenset({"a.b"})),)
    actor = Actor(
        "account", 1, 2, 3, "Rina", grants, team_ids=frozenset({5, 6}),
        other_teams=(("performance.plan", frozenset({7})),), owes_factor="dispatcher",
    )  # fmt: skip
    read = thawed(frozen(actor), stepped_up)
    assert read == actor
    assert (read.stepped_up_at and read.stepped_up_at.timestamp()) == stepped_up
