"""Entering, approving and withdrawing figures of the institution."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor, Where, law
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import Entry, record
from abdi.platform.norms import kept, rows_of
from abdi.platform.norms.events import NormApproved, NormEntered, NormWithdrawn
from abdi.platform.norms.leaves import BETWEEN, BadFigure, Leaf, as_text, leaf_at, packaged, read
from abdi.platform.norms.records import DatedNorm, NormState
from abdi.platform.tenancy import current_institution_id

SETTINGS = "system.settings"
LEAST_REASON = 10


def resource_of(module: str) -> str:
    """Who guards the figures of a module: its own cell `….norm` where the file has one."""
    own = f"{module}.norm"
    return own if own in law().raw["resources"] else SETTINGS


def approval_asked(module: str) -> bool:
    """Whether a second person has to approve a figure of this module."""
    return (resource_of(module), "approve") in law().cells


def may_see(by: Actor, module: str) -> bool:
    """May this actor read the figures of a module."""
    everywhere = Where()
    return by.may(SETTINGS, "view", everywhere) or by.may(resource_of(module), "view", everywhere)


def may_enter(by: Actor, module: str, *place: Any) -> bool:
    """May this actor set a figure of a module for the whole institution."""
    return by.may(resource_of(module), "update", Where())


def may_approve(by: Actor, row: DatedNorm) -> bool:
    """May this actor approve a figure: never his own."""
    if not approval_asked(row.module):
        return False
    return by.may(resource_of(row.module), "approve", Where(author_id=row.author_id))


def may_withdraw(by: Actor, row: DatedNorm) -> bool:
    """May this actor take a figure back: who may set it."""
    return may_enter(by, row.module)


@action(allowed=may_enter)
def enter_norm(
    module: str,
    path: str,
    *,
    by: Actor,
    value: str,
    since: date,
    source: str,
    reason: str,
    until: date | None = None,
) -> DatedNorm:
    """Set a figure from a day on; `path` is the norm and the place in it, parted by colons.

    Raises Invalid at the field (value, since, until, source, reason), Conflict where the same
    figure begins on the same day already.
    """
    leaf = settable(module, path, since)
    figure = _read(leaf, value)
    _dates(module, since, until)
    _words(source, reason)
    row = DatedNorm(
        module=module,
        path=leaf.key,
        value_text=as_text(figure),
        since=since,
        until=until,
        source=source,
        reason=reason,
        needs_approval=approval_asked(module),
    )
    return _enter(row, by)


def _enter(row: DatedNorm, by: Actor) -> DatedNorm:
    row.entered_by, row.author_id, row.entered_at = by.ref, by.person_id, clock.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict(
            _("This figure already has a value from that day. Withdraw it first.")
        ) from None
    since, until = row.since.isoformat(), row.until.isoformat() if row.until else None
    fact = NormEntered(row.pk, row.module, row.path, since, until, row.needs_approval)
    record(fact, by=by, about=row)
    kept.changed(current_institution_id())
    return row


@action(allowed=may_approve)
def approve_norm(row: DatedNorm, *, by: Actor) -> DatedNorm:
    """Let a figure count from its first day. Raises Conflict where it does not wait any more."""
    row = lock(row)
    if row.state(clock.today()) is not NormState.WAITING:
        raise Conflict(_("This figure does not wait for approval any more."))
    if row.since <= clock.today() and done_since(row.module, row.since):
        raise Conflict(_("Its first day has passed while it waited. Enter it again."))
    row.approved_by, row.approved_at = by.ref, clock.now()
    row.save(update_fields=["approved_by", "approved_at"])
    record(NormApproved(row.pk, row.module, row.path), by=by, about=row)
    kept.changed(current_institution_id())
    return row


@action(allowed=may_withdraw)
def withdraw_norm(row: DatedNorm, *, by: Actor, reason: str) -> DatedNorm:
    """Take a figure back: void before its first day, else today is its last.

    What was computed with it stays explained by it. Raises Invalid, Conflict.
    """
    if len(reason) < LEAST_REASON:
        raise Invalid(_too_short(), field="reason")
    row, today = lock(row), clock.today()
    if row.state(today) in (NormState.ENDED, NormState.WITHDRAWN) or row.until == today:
        raise Conflict(_("This figure has ended already."))
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = by.ref, clock.now(), reason
    if row.state(today) is NormState.IN_FORCE:
        row.until = today
    else:
        row.is_void = True
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason", "until", "is_void"])
    ends = None if row.is_void else today.isoformat()
    record(NormWithdrawn(row.pk, row.module, row.path, ends), by=by, about=row)
    kept.changed(current_institution_id())
    return row


def settable(module: str, path: str, on: date) -> Leaf:
    """The leaf a path names. Raises Invalid where there is none or it may not be set."""
    name, *rest = path.split(BETWEEN)
    row = packaged(module, name, on) if name in rows_of(module) else None
    try:
        leaf = leaf_at(row, rest) if row else None
    except (LookupError, TypeError):
        leaf = None
    if leaf is None or not leaf.is_settable:
        raise Invalid(
            _("This figure changes with a new release of the program only."), field="value"
        )
    return leaf


def _read(leaf: Leaf, text: str) -> Any:
    try:
        return read(leaf, text)
    except BadFigure as problem:
        raise Invalid(str(problem), field="value") from None


def _dates(module: str, since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Invalid(_("The last day lies before the first."), field="until")
    if since <= clock.today() and done_since(module, since):
        tomorrow = clock.today() + timedelta(days=1)
        raise Invalid(
            _("Work was already done with the figure of that day. The earliest day is %(day)s.")
            % {"day": tomorrow.strftime("%d-%m-%Y")},
            field="since",
        )


def done_since(module: str, day: date) -> bool:
    """Whether a module wrote anything into the journal since a day began."""
    start = datetime.combine(day, time(), tzinfo=clock.zone())
    rows = Entry.objects.filter(kind__startswith=f"{module}.")
    return rows.filter(at_us__gte=int(start.timestamp() * 1_000_000)).exists()


def _words(source: str, reason: str) -> None:
    if not source:
        raise Invalid(_("Please name the legal basis."), field="source")
    if len(reason) < LEAST_REASON:
        raise Invalid(_too_short(), field="reason")


def _too_short() -> str:
    return _("Please give a reason of at least %(least)d letters.") % {"least": LEAST_REASON}
