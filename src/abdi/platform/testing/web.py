"""Signing a test client in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from abdi.platform.access import Actor


def sign_in_as(actor: Actor, client: Client | None = None, *, stepped_up: bool = True) -> Client:
    """A test client with the session of an actor's account."""
    from abdi.platform import clock

    client = client or Client()
    account = get_user_model()._default_manager.get(pk=actor.account_id or 0)
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    if stepped_up:
        session = client.session
        session["stepped_up"] = clock.now().timestamp()
        session.save()
    return client
