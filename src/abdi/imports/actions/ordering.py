"""A long list is applied beside the pages: asked, carried out in the asker's name, or failed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from abdi.imports import events, queries
from abdi.imports.actions.applying import apply_ready
from abdi.imports.choices import DraftState, OrderState
from abdi.imports.models import ApplyOrder, ImportDraft, ImportRun
from abdi.imports.permissions import may_carry_out, may_use, only_other_modules
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action, lock
from abdi.platform.journal import record
from abdi.platform.notices.telling import tell

AT_ONCE: Final = 500
"""So many ready rows are applied inside a request; more go to the worker, with progress."""
LEASE: Final = timedelta(seconds=60)
MOST_TRIES: Final = 3
LANGUAGE: Final = "id"
MAIL: Final = "imports/mail/applied.txt"


@action(allowed=may_use)
def ask_apply(draft: ImportDraft, *, by: Actor, seen: int | None = None) -> ApplyOrder:
    """Have the ready rows of a long list applied beside the pages; asked twice, it is one order.

    Raises Conflict where the draft was put away or changed meanwhile.
    """
    row = lock(draft)
    waiting: ApplyOrder | None = ApplyOrder.objects.waiting().filter(draft=row).first()
    if row.state != DraftState.OPEN:
        raise Conflict(_("This draft was put away meanwhile."), current=row)
    if waiting is None and seen is not None and row.version != seen:
        raise Conflict(_("Somebody changed this meanwhile."), current=row)
    order = waiting or ApplyOrder.objects.create(
        draft=row,
        by=by.ref,
        account_number=by.account_id or 0,
        seen=row.version,
        row_count=queries.counts_of(row).ready,
        asked_at=clock.now(),
    )
    fact = events.ApplyAsked(order_id=order.pk, draft_id=row.pk, rows=order.row_count)
    record(fact, by=by, about=row)
    return order


def lease_order(order: ApplyOrder) -> bool:
    """Take an order for a minute; a second worker gets nothing. A killed one's lease runs out."""
    now = clock.now()
    free = ApplyOrder.objects.free(now).filter(pk=order.pk)
    return bool(free.update(leased_until=now + LEASE, tries=F("tries") + 1))


def release_order(order: ApplyOrder) -> None:
    """Nobody works on it any more: it is taken again at the next beat."""
    ApplyOrder.objects.waiting().filter(pk=order.pk).update(leased_until=None)


@action(allowed=may_carry_out)
def carry_out(order: ApplyOrder, *, by: Actor, note: Callable[[int], None]) -> ImportRun:
    """Apply the list of an order in the name of who asked, all of it or nothing, and say so.

    `note` hears how many rows are through. Raises Conflict where the order is done already, or as
    apply_ready does.
    """
    row = lock(order)
    if row.state != OrderState.WAITING:
        raise Conflict(_("This list was applied meanwhile."), current=row)
    run = apply_ready(row.draft, by=by, seen=row.seen, note=note)
    row.state, row.run = OrderState.DONE, run
    row.save(update_fields=["state", "run"])
    with translation.override(LANGUAGE):
        lines = [
            _("Your list %(name)s was applied: %(rows)s rows, %(made)s new people, %(changed)s"
              " changed. It can be taken back within 30 days.")
            % {"name": run.name, "rows": run.row_count, "made": run.made_count,
               "changed": run.changed_count}
        ]  # fmt: skip
        _tell(row, by, _("Your list was applied"), lines, reverse("imports:result", args=[run.pk]))
    return run


@action(allowed=only_other_modules)
def fail_order(order: ApplyOrder, *, by: Actor, problem: str) -> ApplyOrder:
    """Note why a list was not applied, and tell who asked; the draft is as it was."""
    row = lock(order)
    if row.state != OrderState.WAITING:
        return row
    row.state, row.problem, row.leased_until = OrderState.FAILED, problem[:500], None
    row.save(update_fields=["state", "problem", "leased_until"])
    record(events.ApplyFailed(order_id=row.pk, draft_id=row.draft_id), by=by, about=row.draft)
    with translation.override(LANGUAGE):
        lines = [
            _("Nothing of your list %(name)s was applied.") % {"name": row.draft.name},
            problem,
        ]
        place = reverse("imports:check", args=[row.draft_id])
        _tell(row, by, _("Your list was not applied"), lines, place)
    return row


def _tell(order: ApplyOrder, by: Actor, subject: str, lines: list[str], path: str) -> None:
    person = people.person_behind(order.by)
    if person is not None:
        data = {"lines": lines, "path": path}
        tell(person, subject, MAIL, data, about=order, by=by, key=f"{order.ref}:{order.state}")
