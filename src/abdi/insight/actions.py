"""Making the figures anew."""

from __future__ import annotations

import time
from datetime import date, timedelta

from django.db.models import QuerySet

from abdi.insight import events
from abdi.insight.computing import Found, compute
from abdi.insight.definitions import definition
from abdi.insight.marts import marts_of
from abdi.insight.models import Figure, Run
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import action
from abdi.platform.journal import record

PERIOD_DAYS = 91
KEPT_RUNS = 8
Numbers = dict[tuple[str, str, int], Found]
Places = frozenset[tuple[str, int]]


def calculate(end: date) -> tuple[Numbers, Numbers, int]:
    """Numbers of the period that ends with `end`, of the one before, and the milliseconds taken."""
    started = time.monotonic()
    start = end - timedelta(days=PERIOD_DAYS)
    before = start - timedelta(days=PERIOD_DAYS)
    now = compute(marts_of(start, end + timedelta(days=1)))
    past = compute(marts_of(before, start, standing=False))
    return _keyed(now), _keyed(past), int((time.monotonic() - started) * 1000)


def _keyed(found: list[Found]) -> Numbers:
    return {(one.key, str(one.scope), one.scope_id): one for one in found}


def _only_system(by: Actor) -> bool:
    return by.is_system


@action(allowed=_only_system)
def keep_figures(
    *,
    by: Actor,
    end: date,
    now: Numbers,
    past: Numbers,
    milliseconds: int,
    places: Places | None = None,
) -> Run:
    """Store a run with its figures and drop the runs it replaces.

    A run of all places replaces the oldest beyond eight. With `places`, of an earlier time, only
    their figures are kept, and the run replaces the one of the same period.
    """
    start = end - timedelta(days=PERIOD_DAYS)
    run = Run.objects.create(
        at=clock.now(),
        start_on=start,
        end_on=end,
        before_on=start - timedelta(days=PERIOD_DAYS),
        milliseconds=milliseconds,
        is_complete=places is None,
    )
    wanted = {key: one for key, one in now.items() if places is None or key[1:] in places}
    rows = [_figure(run, one, past.get(key)) for key, one in wanted.items()]
    Figure.objects.bulk_create(rows, batch_size=2_000)
    _replaced_by(run).delete()
    record(events.FiguresRefreshed(run_id=run.pk, count=len(rows)), by=by, about=run)
    return run


def _replaced_by(run: Run) -> QuerySet[Run]:
    rows: QuerySet[Run] = Run.objects.filter(is_complete=run.is_complete)
    if not run.is_complete:
        return rows.filter(end_on=run.end_on).exclude(pk=run.pk)
    kept = list(rows.order_by("-id").values_list("id", flat=True)[:KEPT_RUNS])
    return rows.exclude(id__in=kept)


def _figure(run: Run, one: Found, before: Found | None) -> Figure:
    meaning = definition(one.key)
    return Figure(
        run=run,
        key=one.key,
        scope=one.scope,
        scope_id=one.scope_id,
        kind=meaning.kind,
        value=one.value,
        part=one.part,
        base=one.base,
        before=before.value if before else None,
        before_base=before.base if before else 0,
        formula=meaning.formula,
        version=meaning.version,
    )
