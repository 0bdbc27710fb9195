"""A reaction that writes, says so and dawdles, in a process of its own that a test may kill."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

LEASE = timedelta(seconds=61)


def main(what: str, pause: float = 0.0) -> None:
    """give: make an event; carry: deliver it; carry_late: the same a lease later; show: print."""
    import django

    django.setup()
    from abdi.people import events
    from abdi.platform import clock
    from abdi.platform.journal import deliver_due, reacts_to

    @reacts_to(events.UnitChanged)
    def note_it(event: Any, *, cause: Any) -> None:
        from abdi.people.models import Unit

        unit = Unit.objects.get(pk=event.unit_id)
        unit.phone += "x"
        unit.save(update_fields=["phone"])
        if pause:
            print("written", flush=True)
            time.sleep(pause)

    if what == "give":
        _give()
    elif what == "carry":
        deliver_due()
    elif what == "carry_late":
        with clock.at(clock.now() + LEASE):
            deliver_due()
    _show()


def _give() -> None:
    from abdi.people import actions
    from abdi.platform.access import SYSTEM
    from abdi.platform.tenancy import Institution, within

    with within(Institution.objects.get().pk):
        actions.add_unit(None, by=SYSTEM, code="late", name="Late", kind="agency")


def _show() -> None:
    from abdi.people.models import Unit
    from abdi.platform.journal.records import Delivery
    from abdi.platform.tenancy import unscoped

    with unscoped("the test looks"):
        row = Delivery.objects.get(reaction="kill.note_it")
        print(row.state, row.tries, Unit.objects.get(code="late").phone or "-", flush=True)
