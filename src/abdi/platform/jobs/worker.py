"""The worker: deliveries, due jobs, the audit seal. More than one may run; rows are leased."""

from __future__ import annotations

import threading
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.db import close_old_connections, connection
from django.db.models import F, Q

from abdi.platform import clock
from abdi.platform.jobs.declaring import JOBS, Declared
from abdi.platform.jobs.pulses import beat_all, start
from abdi.platform.jobs.records import Schedule
from abdi.platform.journal.chain import seal_new_entries
from abdi.platform.journal.deliveries import deliver_due
from abdi.platform.tenancy import Institution, within

LEASE = timedelta(minutes=10)
IDLE_SECONDS = 0.5
ENOUGH_SECONDS = 15.0
"""How long a worker that ends waits for what its pulses are sending."""
log = structlog.get_logger()


def ensure_schedule() -> None:
    """One row per declared job; rows of jobs that are gone are dropped."""
    known = set(Schedule.objects.values_list("name", flat=True))
    now = clock.now()
    for name, found in JOBS.items():
        if name not in known:
            due = found.next_after(now, _zone())
            Schedule.objects.get_or_create(name=name, defaults={"due_at": due})
    Schedule.objects.exclude(name__in=list(JOBS)).delete()


def run_due_jobs(only: str | None = None) -> int:
    """Run every job whose time has come (or the one named, at once); returns how many ran."""
    ensure_schedule()
    now = clock.now()
    rows = Schedule.objects.filter(name=only) if only else Schedule.objects.filter(due_at__lte=now)
    ran = 0
    for name in rows.order_by("due_at").values_list("name", flat=True):
        ran += _run_leased(JOBS[name], force=bool(only))
    return ran


def _run_leased(found: Declared, *, force: bool) -> int:
    now = clock.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    rows = Schedule.objects.filter(free, name=found.name)
    if not force:
        rows = rows.filter(due_at__lte=now)
    if not rows.update(leased_until=now + LEASE, started_at=now, tries=F("tries") + 1):
        return 0
    problem = _run_everywhere(found)
    row = Schedule.objects.get(name=found.name)
    if problem and row.tries < 8:
        due = clock.now() + timedelta(seconds=min(2**row.tries, 900))
        tries = row.tries
    else:
        due, tries = found.next_after(clock.now(), _zone()), 0
    Schedule.objects.filter(name=found.name).update(
        due_at=due, leased_until=None, done_at=clock.now(), tries=tries, problem=problem
    )
    return 1


def _run_everywhere(found: Declared) -> str:
    problem = ""
    for institution_id in Institution.objects.order_by("id").values_list("id", flat=True):
        try:
            with within(institution_id):
                found.function()
        except Exception as error:
            log.exception("job failed", job=found.name, institution=institution_id)
            problem = f"{type(error).__name__}: {error}"[:300]
    return problem


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.ABDI_ZONE)


def turn() -> int:
    """One round of work; returns how much was done."""
    done = deliver_due()
    done += run_due_jobs()
    if connection.vendor == "postgresql":
        done += seal_new_entries()
    return done


def work(stop: threading.Event | None = None, *, once: bool = False) -> None:
    """Work until told to stop; `once` ends when nothing is left to deliver.

    Pulses run in threads of their own meanwhile; with `once` they take their turn with the rest.
    """
    stop = stop or threading.Event()
    beating = [] if once else start(stop)
    while not stop.is_set():
        close_old_connections()
        done = turn() + (beat_all() if once else 0)
        if not done:
            if once:
                return
            stop.wait(IDLE_SECONDS)
    for thread in beating:
        thread.join(ENOUGH_SECONDS)
