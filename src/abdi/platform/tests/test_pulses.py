"""Pulses: beside the jobs, each in a thread of its own, none held up by another."""

import threading

import pytest

from abdi.platform.jobs import PULSES, pulse, work, worker


@pytest.fixture
def pulses(monkeypatch):
    """Only the pulses of the test."""
    before = dict(PULSES)
    PULSES.clear()
    yield PULSES
    PULSES.clear()
    PULSES.update(before)


@pytest.mark.django_db(transaction=True)
def test_a_pulse_beats_while_another_hangs_and_goes_on_after_a_failure(pulses, inside_institution):
    stop, hanging, beats = threading.Event(), threading.Event(), []

    @pulse(0.01)
    def hangs():
        hanging.wait(20)
        return 0

    @pulse(0.01)
    def beats_on():
        beats.append(len(beats))
        if len(beats) == 1:
            raise LookupError("one bad beat")
        if len(beats) > 2:
            stop.set()
            hanging.set()
        return 0

    assert {hangs.__name__, beats_on.__name__} == {name.split(".")[1] for name in pulses}
    work(stop)
    assert len(beats) > 2


def test_a_worker_that_works_off_what_there_is_beats_each_pulse_until_none_has_work(
    pulses, monkeypatch
):
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "turn", lambda: 0)
    left = [2, 1, 0]

    @pulse(60)
    def works_off():
        return left.pop(0)

    work(once=True)
    assert left == []
    assert works_off.__name__ == "works_off"
