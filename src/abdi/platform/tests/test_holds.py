import pytest

from abdi.platform.access import SYSTEM
from abdi.platform.actions import action
from abdi.platform.events import event
from abdi.platform.holds import Hold, HoldKind, held, lift_holds, place_hold
from abdi.platform.journal import record

pytestmark = pytest.mark.django_db


@event
class CaseTouched:
    number: int


@action(allowed=lambda by: by.is_system)
def open_case(*, by, about):
    record(CaseTouched(number=1), by=by)
    return place_hold(about, HoldKind.CASE, cause="integrity.case:7", by=by)


@action(allowed=lambda by: by.is_system)
def close_case(*, by):
    record(CaseTouched(number=2), by=by)
    return lift_holds("integrity.case:7", by=by)


def test_a_held_record_is_off_the_list():
    open_case(by=SYSTEM, about="reports.report:1")
    assert held(["reports.report:1", "reports.report:2"]) == {"reports.report:1"}


def test_placing_a_hold_again_changes_nothing():
    first = open_case(by=SYSTEM, about="reports.report:1")
    assert open_case(by=SYSTEM, about="reports.report:1") == first
    assert Hold.objects.count() == 1


def test_lifting_frees_the_record_and_keeps_the_history():
    open_case(by=SYSTEM, about="reports.report:1")
    assert close_case(by=SYSTEM) == 1
    assert held(["reports.report:1"]) == set()
    assert Hold.objects.get().lifted_by == "system"
    open_case(by=SYSTEM, about="reports.report:1")
    assert held(["reports.report:1"]) == {"reports.report:1"}


def test_a_hold_belongs_to_an_action():
    with pytest.raises(RuntimeError, match="inside"):
        place_hold("reports.report:1", HoldKind.AUDIT, cause="x:1", by=SYSTEM)
