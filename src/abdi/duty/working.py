"""The worker's side of plans: one at a time, in a thread beside the worker's other work.

The worker goes on with reminders and messages meanwhile; the search itself is a process of its
own. A worker that is killed leaves a lease that runs out; the plan is then taken up again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Final

import structlog
from django.db import connection
from django.utils.translation import gettext as _

from abdi.duty import actions, queries, rules
from abdi.duty.choices import PlanKind
from abdi.duty.models import Plan
from abdi.duty.solving.running import NotSolved, run
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.tenancy import current_institution_id, within

SECONDS: Final = {PlanKind.MONTH: 45.0, PlanKind.REPAIR: 3.0}
BEAT_SECONDS: Final = 1.0
log = structlog.get_logger()
solver: list[Callable[..., Any]] = [run]
"""How a sheet is solved: in a process of its own; tests put the same search into theirs."""


def start_next() -> int:
    """Take the next plan of the institution at work and work it out in a thread; 1 if any."""
    now = clock.now()
    if queries.is_planning(now):
        return 0
    plan = queries.next_plan(now)
    if plan is None or not actions.lease_plan(plan):
        return 0
    threading.Thread(
        target=_in_thread, args=(plan.pk, current_institution_id()), daemon=True
    ).start()
    return 1


def _in_thread(plan_id: int, institution_id: int) -> None:
    try:
        with within(institution_id):
            work_out(Plan.objects.get(pk=plan_id))
    except Exception:
        log.exception("plan failed", plan=plan_id)
    finally:
        connection.close()


def work_out(plan: Plan) -> None:
    """Solve a plan and keep the answer, or say why there is none."""
    if plan.tries > actions.MOST_TRIES:
        actions.fail_plan(plan, by=SYSTEM, problem=_("The search was broken off several times."))
        return
    planning = queries.planning_of(queries.asked_of(plan))
    if not planning.places:
        actions.fail_plan(plan, by=SYSTEM, problem=_("No turn of these days is still to come."))
        return
    try:
        sheet = rules.sheet_of(planning)
        answer = solver[0](sheet, SECONDS[PlanKind(plan.kind)], _teller(plan))
        pairs = rules.pairs_of(planning, answer.pop("placed"))
        before = queries.pairs_now(planning)
        found = {**answer, **rules.summary_of(planning, pairs)}
        found["wishes"] = list(rules.wishes_met(planning, pairs))
        actions.keep_plan(plan, by=SYSTEM, pairs=pairs, before=before, found=found)
    except NotSolved:
        log.exception("solver failed", plan=plan.pk)
        actions.fail_plan(plan, by=SYSTEM, problem=_("The search failed. Try again."))
    except Conflict:
        log.info("plan was put away", plan=plan.pk)


def _teller(plan: Plan) -> Any:
    told = [time.monotonic() - BEAT_SECONDS]
    last: dict[str, Any] = {}

    def tell(fact: dict[str, Any]) -> None:
        if fact["phase"] != "beat":
            last.update(fact)
        if time.monotonic() - told[0] >= BEAT_SECONDS:
            told[0] = time.monotonic()
            actions.note_progress(plan, dict(last))

    return tell
