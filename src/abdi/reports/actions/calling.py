"""Calls for reports: whoever has an urgent one is called, then the next, until somebody takes it.

Duty keeps chain, steps and messages; here only stands when a report begins a call and ends one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from abdi.duty import actions as duty_actions
from abdi.duty import queries as duty
from abdi.duty import rules as duty_rules
from abdi.duty.choices import EndReason, Severity, Whom
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action
from abdi.platform.norms import norms
from abdi.reports.choices import Priority, Status
from abdi.reports.models import Report
from abdi.reports.permissions import only_by_itself

if TYPE_CHECKING:
    from abdi.people.models import Unit

CALLED: Final = (Priority.P1, Priority.P2)
LONGEST_SECONDS: Final = 7200
UNTAKEN: Final = (Status.RECEIVED, Status.VERIFIED, Status.FORWARDED)
WAITS: Final = (*UNTAKEN, Status.WAITING_REPORTER)


def call_out(report: Report, unit: Unit, *, by: Actor, note: str = "") -> None:
    """An urgent report was given to somebody: call him, and those after him until one accepts.

    Protected cases are left alone: nobody beside those they are given to hears of them.
    """
    duty_actions.end_alerts(report.ref, by=by, why=EndReason.REASSIGNED)
    if report.priority not in CALLED or report.is_protected or report.person_id is None:
        return
    first = duty_rules.Step(Whom.ASSIGNED, seconds_to_accept(report), person_id=report.person_id)
    _raise(report, unit, by, first, note)


@action(allowed=only_by_itself)
def call_for_nobody(report: Report, *, by: Actor) -> Report:
    """An urgent report stands beyond its first answer and nobody has accepted it: call by roster.

    Raises Conflict where it is taken, over, or being called for already.
    """
    waits = report.accepted_at is None and report.status in UNTAKEN and not report.joined_to_id
    if not waits or report.is_protected or duty.live_alert(report.ref):
        raise Conflict(_("Nobody has to be called for this report."))
    _raise(report, report.unit, by, None, "")
    return report


def _raise(report: Report, unit: Unit, by: Actor, first: duty_rules.Step | None, note: str) -> None:
    what = duty_actions.Happening(
        about=report.ref,
        subject=report.category.name,
        path=reverse("reports:report", args=[report.number]),
        severity=Severity(report.priority),
        area=report.area,
        note=note or _("%(number)s is urgent.") % {"number": report.number},
    )
    key = f"{report.ref}:{report.version}"
    duty_actions.raise_alert(unit, what, by=by, key=key, first=first)


def seconds_to_accept(report: Report) -> int:
    """How long who was given a report has to accept it, by the figures of today."""
    figures = norms("reports", on=clock.today())
    own = figures["categories"].get(report.category.code, {})
    general = figures["priorities"][report.priority]
    minutes = own.get("ack_minutes", general.get("ack_minutes", 30))
    return min(max(int(minutes) * 60, 60), LONGEST_SECONDS)


def stand_down(report: Report, *, by: Actor, why: EndReason) -> None:
    """The report is taken, given back or over: whoever is being called is left alone.

    Who has it counts as the answer where it was taken before anybody answered.
    """
    if report.priority not in CALLED:
        return
    taken = report.person_id if why == EndReason.ACCEPTED else None
    duty_actions.end_alerts(report.ref, by=by, why=why, answered_by=taken)


def give_back(report: Report, is_back: bool, *, by: Actor) -> None:
    """A crew put it off: where it goes back to the desk, nobody is called any more."""
    if is_back:
        stand_down(report, by=by, why=EndReason.DECLINED)


def call_off(report: Report, *, by: Actor) -> None:
    """The report is of another kind now and nobody has it: a call for it ends."""
    duty_actions.end_alerts(report.ref, by=by, why=EndReason.REASSIGNED)


def stand_down_after(report: Report, to: Status, *, by: Actor) -> None:
    """After a step of the report: a call goes on only while it waits for somebody."""
    if to in (Status.ON_THE_WAY, Status.IN_PROGRESS):
        stand_down(report, by=by, why=EndReason.ACCEPTED)
    elif to not in WAITS:
        stand_down(report, by=by, why=EndReason.DONE)
