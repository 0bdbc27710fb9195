"""Actions, the journal, deliveries and the audit chain."""

from __future__ import annotations

import pytest
from django.db import connection

from abdi.people import actions
from abdi.people import events as people_events
from abdi.people.testing import an_actor, an_agency
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.journal import (
    REACTIONS,
    Delivery,
    Entry,
    deliver_due,
    reacts_to,
    record,
    seal_new_entries,
    verify_chain,
)
from abdi.platform.tenancy import NoInstitution, Owned, unscoped, within
from abdi.platform.testing import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """The only reaction to a changed unit, for the length of one test."""
    found: list[object] = []
    monkeypatch.setitem(REACTIONS, people_events.UnitChanged.kind, {})

    @reacts_to(people_events.UnitChanged)
    def hear(event, *, cause):
        if "broken" in found:
            raise TypeError("broken")
        found.append(event.unit_id)

    return found


def test_a_change_writes_its_row_its_entry_and_its_deliveries(heard):
    agency = an_agency("Dinas Uji")
    entry = Entry.objects.get(kind="people.UnitChanged")
    assert entry.about == agency.ref
    assert entry.data == {"unit_id": agency.pk}
    assert Delivery.objects.get(entry=entry).reaction == "people.hear"
    assert deliver_due() == 1
    assert heard == [agency.pk]
    assert deliver_due() == 0


def test_a_failing_reaction_is_put_back_and_loses_nothing(heard):
    heard.append("broken")
    an_agency()
    assert deliver_due() == 1
    row = Delivery.objects.get()
    assert row.state == "waiting"
    assert row.tries == 1
    assert "TypeError" in row.problem


def test_a_person_without_the_right_is_refused_and_nothing_is_written():
    actor = an_actor("dispatcher", an_agency())
    before = Entry.objects.count()
    with pytest.raises(Refused):
        actions.add_unit(None, by=actor, code="x", name="X", kind="agency")
    assert Entry.objects.count() == before


def test_recording_outside_an_action_is_a_mistake():
    with pytest.raises(RuntimeError):
        record(people_events.UnitChanged(unit_id=1), by=SYSTEM)


def test_the_chain_is_whole_and_names_a_changed_line():
    for _ in range(3):
        an_agency()
    seal_new_entries()
    verdict = verify_chain()
    assert verdict.whole
    assert verdict.checked == Entry.objects.count()
    second = Entry.objects.order_by("id")[1]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE platform_entry SET about = 'x' WHERE id = %s", [second.pk])
    broken = verify_chain()
    assert not broken.whole
    assert broken.first_bad == 2


def test_rows_of_another_institution_do_not_exist(inside_institution):
    from abdi.people.models import Unit
    from abdi.people.testing import an_institution

    other = an_institution()
    with within(other.pk):
        theirs = an_agency("Dinas Tetangga")
    assert not Unit.objects.filter(pk=theirs.pk).exists()
    with unscoped("the test looks at both"):
        assert Unit.objects.filter(pk=theirs.pk).exists()


def test_a_scoped_table_is_not_read_where_no_institution_is_set():
    from contextvars import Context

    from abdi.people.models import Unit

    with pytest.raises(NoInstitution):
        Context().run(lambda: list(Unit.objects.all()))
    assert issubclass(Unit, Owned)
