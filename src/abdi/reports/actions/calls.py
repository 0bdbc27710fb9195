"""Whoever was called out for a report is done with it: his rest counts from here."""

from __future__ import annotations

from datetime import datetime

from abdi.duty import actions as duty
from abdi.platform.access import Actor
from abdi.reports.choices import Status
from abdi.reports.models import Report

OUT = frozenset({Status.ON_THE_WAY.value, Status.IN_PROGRESS.value})


def end_call_out(report: Report, *, at: datetime, by: Actor) -> None:
    """End the call-out of the person in charge, where he is out; inside an action only."""
    if report.person is not None and report.status in OUT:
        duty.end_call_out(report.person, about=report.ref, at=at, by=by)
