"""Leave: asked, decided, cancelled. Approved leave stands in the calendar everybody reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.letters import actions as letters
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.calendar import NATIONAL
from abdi.platform.journal import record
from abdi.platform.norms import norms
from abdi.platform.notices.telling import tell_quietly
from abdi.presence import events, queries, rules
from abdi.presence.choices import LeaveKind, LeaveState
from abdi.presence.models import Leave
from abdi.presence.permissions import may_cancel, may_decide, may_draft_permit, may_request
from abdi.presence.states import change_state, write_step

if TYPE_CHECKING:
    from abdi.people.models import Person

WORDS_NEEDED = (LeaveState.REFUSED, LeaveState.POSTPONED)
FARTHEST_DAYS = 400
LATEST_DAYS = 60


@action(allowed=may_request)
def request_leave(
    person: Person,
    *,
    by: Actor,
    kind: LeaveKind | str,
    first_on: date,
    last_on: date,
    reason: str = "",
    address: str = "",
    stand_in: Person | None = None,
) -> Leave:
    """Ask for leave; the superior decides. It warns rosters and blocks nothing yet.

    The person is held first, so that two requests at once cannot take the same days. Raises
    Invalid for days that are none, a kind the employment has not, too many days; Conflict where
    another leave stands in these days.
    """
    person = lock(person)
    days = _checked_days(person, str(kind), first_on, last_on)
    _refuse_overlap(person.pk, first_on, last_on)
    if kind == LeaveKind.ANNUAL:
        _refuse_beyond_balance(person.pk, first_on, days)
    row = Leave.objects.create(
        person=person,
        kind=str(kind),
        first_on=first_on,
        last_on=last_on,
        days=days,
        state=LeaveState.REQUESTED,
        reason=reason,
        address=address,
        stand_in=None if stand_in is None or stand_in.pk == person.pk else stand_in,
        asked_by_id=by.person_id,
        asked_at=clock.now(),
    )
    write_step(row, by.ref)
    _announce_request(row, by)
    return row


def _announce_request(row: Leave, by: Actor) -> None:
    fact = events.LeaveRequested(
        leave_id=row.pk,
        person_id=row.person_id,
        kind_code=row.kind,
        first_on=row.first_on.isoformat(),
        last_on=row.last_on.isoformat(),
    )
    record(fact, by=by, about=row)


def _checked_days(person: Person, kind: str, first_on: date, last_on: date) -> int:
    figures = norms("presence", on=first_on)
    if kind not in rules.kinds_for(person.employment, figures):
        raise Invalid(_("This employment has no such leave."), field="kind")
    if last_on < first_on:
        raise Invalid(_("The last day lies before the first."), field="last_on")
    if (first_on - clock.today()).days > FARTHEST_DAYS:
        raise Invalid(_("This day is too far ahead."), field="first_on")
    if (clock.today() - first_on).days > LATEST_DAYS:
        raise Invalid(
            _("This day is long past. The personnel officer enters older leave by a file."),
            field="first_on",
        )
    days = rules.leave_days(kind, first_on, last_on, NATIONAL.working_days, figures)
    if days == 0:
        raise Invalid(_("There is no working day in this stretch."), field="first_on")
    most = figures["leave_kinds"][kind]["most_days"]
    if most is not None and days > most:
        raise Invalid(
            _("This leave lasts at most %(most)s days; asked are %(days)s.")
            % {"most": most, "days": days},
            field="last_on",
        )
    return days


def _refuse_overlap(person_id: int, first_on: date, last_on: date, but: int = 0) -> None:
    rows = Leave.objects.standing().touching(first_on, last_on).filter(person_id=person_id)
    other = rows.exclude(pk=but).order_by("first_on").first()
    if other is not None:
        raise Conflict(
            _("Another leave stands in these days: %(first)s to %(last)s.")
            % {"first": f"{other.first_on:%d-%m-%Y}", "last": f"{other.last_on:%d-%m-%Y}"},
            current=other,
        )


def _refuse_beyond_balance(person_id: int, first_on: date, days: int) -> None:
    left = queries.balance_of(person_id, first_on).total
    if days > left:
        raise Invalid(
            _("%(days)s days are asked, %(left)s are left.") % {"days": days, "left": left},
            field="last_on",
        )


@action(allowed=may_decide)
def decide_leave(
    leave: Leave, *, by: Actor, state: LeaveState | str, words: str = "", seen: int | None = None
) -> Leave:
    """Approve, postpone or refuse; approved leave is written into the calendar at once.

    Raises Conflict where it was decided or cancelled meanwhile, or the days are taken; Invalid
    without words for a refusal or a postponement, or where no days are left.
    """
    row = lock(leave)
    state = LeaveState(str(state))
    if state == LeaveState.CANCELLED or state not in rules.next_states(row.state):
        raise Conflict(_("This leave has been decided meanwhile."), current=row)
    if state in WORDS_NEEDED and not words.strip():
        raise Invalid(_("Say why, so that it can be talked about."), field="words")
    if state == LeaveState.APPROVED:
        lock(row.person)
        _refuse_too_much(row)
    guard_version(row, seen)
    change_state(row, state, by, words)
    tell_quietly(row.person, about=row, by=by, key=f"leave-{row.pk}-{row.version}")
    return row


def _refuse_too_much(row: Leave) -> None:
    _refuse_overlap(row.person_id, row.first_on, row.last_on, but=row.pk)
    if row.kind != LeaveKind.ANNUAL:
        return
    balance = queries.balance_of(row.person_id, row.first_on)
    if row.days > balance.left.total:
        raise Invalid(
            _("%(days)s days are asked, %(left)s are left.")
            % {"days": row.days, "left": balance.left.total},
            field="state",
        )


@action(allowed=may_cancel)
def cancel_leave(leave: Leave, *, by: Actor, words: str = "", seen: int | None = None) -> Leave:
    """Take a leave back before it begins; its days are free again for rosters and classes.

    Raises Conflict once it has begun or is no longer standing.
    """
    row = lock(leave)
    if LeaveState.CANCELLED not in rules.next_states(row.state):
        raise Conflict(_("This leave does not stand any more."), current=row)
    if row.state == LeaveState.APPROVED and row.first_on <= clock.today():
        raise Conflict(
            _("This leave has begun. The personnel officer changes it by a letter."), current=row
        )
    guard_version(row, seen)
    change_state(row, LeaveState.CANCELLED, by, words)
    return row


@action(allowed=may_draft_permit)
def draft_permit(leave: Leave, *, by: Actor) -> Leave:
    """Have the permit of an approved leave drafted; the same leave again gives the first one back.

    Raises Conflict where the leave is not approved.
    """
    row = lock(leave)
    if row.state != LeaveState.APPROVED:
        raise Conflict(_("Only an approved leave has a permit."), current=row)
    kinds = norms("presence", on=row.first_on)["leave_kinds"]
    stand_in = row.stand_in.display_name if row.stand_in else "atasan langsung"
    facts = {
        "leave_kind": kinds[row.kind]["name_id"].lower(),
        "days": row.days,
        "start_on": row.first_on,
        "end_on": row.last_on,
        "substitute": stand_in,
        "address": row.address or "-",
    }
    letters.draft(
        "leave_permit", row.ref, facts, by=by, person_ids=[row.person_id], source_key=row.ref
    )
    return row
