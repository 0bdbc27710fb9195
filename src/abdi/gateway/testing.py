"""Builders: a key and a client that sends it; an address that is told of changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.test import Client

from abdi.gateway import actions, queries
from abdi.gateway.choices import HookTopic
from abdi.gateway.models import Hook
from abdi.people.testing import a_person, actor_for, an_account
from abdi.platform import clock

if TYPE_CHECKING:
    from abdi.gateway.models import ApiKey
    from abdi.people.models import Unit
    from abdi.platform.access import Actor


def a_keeper(unit: Unit) -> Actor:
    """An administrator who also works here: what an employee reads, his keys may read."""
    person = a_person(unit)
    an_account(person, (("sysadmin", None),))
    return actor_for(person)


def a_key(by: Actor, *scopes: str, name: str = "SIMPEG", days: int = 30) -> tuple[ApiKey, str]:
    """A key with these scopes (all it can have, where none is named) and its token."""
    return actions.make_key(
        by=by,
        name=name,
        scopes=scopes or [scope.value for scope in queries.offered(by)],
        reason="uji coba",
        expires_on=clock.today() + timedelta(days=days),
    )


def a_program(token: str, language: str = "") -> Client:
    """A test client that sends the key, and the language where one is named."""
    headers = {"Authorization": f"Bearer {token}"}
    if language:
        headers["Accept-Language"] = language
    return Client(headers=headers)


ADDRESS = "https://hook.example/in"
TOPICS = [str(topic) for topic in HookTopic]


def a_hook(
    admin: Actor, port: int = 0, topics: Sequence[str] = TOPICS, name: str = "SIMPEG"
) -> tuple[Hook, str]:
    """An address and its secret; `port` is that of the other program in a test."""
    hook, secret = actions.make_hook(by=admin, name=name, address=ADDRESS, topics=topics)
    if port:
        address = ADDRESS.replace("/in", f":{port}/in")
        Hook.objects.filter(pk=hook.pk).update(address=address)
        hook.refresh_from_db()
    return hook, secret
