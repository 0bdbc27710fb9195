"""The worker's side of long lists: one order after the other, each in its asker's name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import structlog
from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from abdi.imports import actions, progress
from abdi.imports.models import ApplyOrder
from abdi.platform.access import SYSTEM, Actor, Refused
from abdi.platform.actions import Conflict

log = structlog.get_logger()


def carry_out(order: ApplyOrder) -> bool:
    """Apply one list, or say why not; False where somebody else is at it.

    What stops the program is tried again, three times in all; what speaks against the list is said
    at once.
    """
    lease = actions.LEASE.total_seconds()
    if progress.is_fresh(order.pk, lease) or not actions.lease_order(order):
        return False
    order.refresh_from_db()
    with translation.override(actions.LANGUAGE):
        problem = _problem(order)
    if problem:
        actions.fail_order(order, by=SYSTEM, problem=problem)
    progress.clear(order.pk)
    return True


def _problem(order: ApplyOrder) -> str:
    """Apply the list; the sentence that speaks against it, empty where it counts or is retried."""
    if order.tries > actions.MOST_TRIES:
        return _("The program was stopped several times while it applied this list. Try again.")
    build: Callable[[int], Actor | None] = import_string(settings.ABDI_ACTOR_BUILDER)
    by = build(order.account_number)
    if by is None:
        return _("The account that asked for it is closed.")
    progress.note(order.pk, 0)
    try:
        actions.carry_out(order, by=by, note=partial(progress.note, order.pk))
    except Conflict as problem:
        return str(problem)
    except Refused:
        return _("You may not bring in lists of these people any more.")
    except Exception:
        log.exception("list not applied", order=order.pk)
        actions.release_order(order)
    return ""
