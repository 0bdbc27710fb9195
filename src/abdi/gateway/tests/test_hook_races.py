"""Several workers at one moment send a piece of news once. The control shows it can fail."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from abdi.gateway import actions, sending
from abdi.gateway.choices import HookState
from abdi.gateway.models import Hook, HookDelivery
from abdi.gateway.testing import a_hook
from abdi.gateway.tests.test_hooks import receiver, running  # noqa: F401 - fixtures
from abdi.people.testing import an_actor
from abdi.platform.tenancy import current_institution_id, within

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 3
NEWS = 4


@pytest.fixture
def waiting(receiver):  # noqa: F811 - the fixture imported above
    """Four tests that wait for one address, and how to reach it."""
    admin = an_actor("sysadmin")
    hook, _secret = a_hook(admin, receiver.port)
    for _number in range(NEWS):
        actions.try_hook(hook, by=admin)
    return receiver


def at_once(work):
    """What `work(together)` answers in each worker, all begun at one moment."""
    together, institution_id = Barrier(WORKERS), current_institution_id()

    def run(_number):
        try:
            with within(institution_id):
                together.wait(timeout=20)
                return work(together)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(run, range(WORKERS)))


def keys(seen):
    return Counter(one["headers"]["Abdi-Key"] for one in seen)


def test_workers_at_one_moment_send_each_piece_once(waiting):
    arrived = at_once(lambda _together: sending.send_due(waiting.line()))
    while sending.send_due(waiting.line()):  # a worker that came second to a row leaves the rest
        arrived.append(0)
    assert set(keys(waiting.seen).values()) == {1}
    assert len(waiting.seen) == NEWS
    states = HookDelivery.objects.values_list("state", "tries")
    assert set(states) == {(HookState.SENT, 1)}


def test_control_workers_who_only_look_before_they_send_send_it_several_times(waiting):
    def unguarded(together):
        hook = Hook.objects.get()
        row = HookDelivery.objects.order_by("id")[0]
        together.wait(timeout=20)
        return row.state == HookState.WAITING and sending._send(hook, row, waiting.line())

    assert all(at_once(unguarded))
    assert list(keys(waiting.seen).values()) == [WORKERS]
