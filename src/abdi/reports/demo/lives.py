"""The life of one report of the demo city: its steps until now, computed by the module's rules."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from abdi.reports import rules
from abdi.reports.actions.timing import Promise, promise_of, reply_until
from abdi.reports.choices import Channel, Obstacle, Priority, Status
from abdi.reports.demo.mix import Work
from abdi.reports.models import Category

MINUTE: Final = timedelta(minutes=1)
ACK: Final = {Priority.P1: 4, Priority.P2: 24, Priority.P3: 90, Priority.P4: 300}
LATEST: Final = timedelta(days=3)
MATERIAL: Final = "Menunggu lampu pengganti dari gudang."


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a report's history. `who` is reporter, desk, crew or system."""

    status: Status
    at: datetime
    who: str
    note: str = ""
    obstacle: str = ""


@dataclass(slots=True)
class Life:
    """What happened to a report, as far as it has happened."""

    category: Category
    work: Work
    received_at: datetime
    promise: Promise
    channel: str = Channel.WEB
    person_id: int | None = None
    steps: list[Step] = field(default_factory=list)
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by_reporter: bool = False
    reopened: int = 0
    stars: int = 0

    @property
    def status(self) -> Status:
        """Where it stands."""
        return self.steps[-1].status

    def at_of(self, *statuses: Status) -> datetime | None:
        """When it first came into one of these states."""
        return next((step.at for step in self.steps if step.status in statuses), None)

    @property
    def in_time(self) -> bool:
        """Whether the work was done by the moment promised."""
        return self.resolved_at is not None and self.resolved_at <= self.promise.due_at

    @property
    def minutes(self) -> int:
        """Minutes from receipt until the work was done."""
        return rules.minutes_between(self.received_at, self.resolved_at or self.received_at)


def begin(rng: random.Random, category: Category, work: Work, received_at: datetime) -> Life:
    """A report as it comes in."""
    channel = rng.choices(
        (Channel.WEB, Channel.WHATSAPP, Channel.PHONE_112, Channel.SP4N_LAPOR, Channel.WALK_IN),
        (58, 22, 12, 5, 3),
    )[0]
    if category.priority == Priority.P1 and rng.random() < 0.5:
        channel = Channel.PHONE_112
    life = Life(category, work, received_at, promise_of(category, received_at), channel)
    life.steps.append(Step(Status.RECEIVED, received_at, "reporter"))
    return life


def run(rng: random.Random, life: Life, now: datetime, note: str, again: str) -> None:
    """Let a report live until now: checked, given out, done, confirmed, perhaps reopened."""
    span = life.promise.due_at - life.received_at
    kept = rng.random() * 100 < life.work.kept
    share = 0.06 + 0.9 * rng.betavariate(2.0, 3.2) if kept else 1.04 + rng.expovariate(1.5)
    done = min(life.received_at + span * min(share, 5.0), life.promise.due_at + LATEST)
    _work(rng, life, life.received_at, done, note)
    if rng.random() * 100 < life.work.reopened:
        told = done + timedelta(minutes=rng.randint(60, 22 * 60))
        life.steps.append(Step(Status.REOPENED, told, "reporter", again))
        done = told + timedelta(minutes=rng.randint(180, 44 * 60))
        _work(rng, life, told, done, note)
        life.reopened = 1
    _end(rng, life, done)
    _until(life, now)


def _work(rng: random.Random, life: Life, start: datetime, done: datetime, note: str) -> None:
    whole = max(int((done - start) / MINUTE), 6)
    ack = min(rng.randint(1, ACK[Priority(life.category.priority)]), whole // 3)
    given = ack + rng.randint(0, max(1, min(12, whole // 6)))
    labour = min(rng.randint(18, 95), whole // 3)
    travel = min(rng.randint(8, 34), whole // 6)
    again = life.at_of(Status.FORWARDED) is not None
    if not again:
        life.steps.append(Step(Status.VERIFIED, start + ack * MINUTE, "desk"))
    life.steps.append(Step(Status.FORWARDED, start + given * MINUTE, "desk"))
    late = done > life.promise.due_at + timedelta(hours=3)
    if life.work.tone == "slow" and late and not again and rng.random() < 0.3:
        wait = max(life.promise.due_at - timedelta(hours=2), start + (given + 5) * MINUTE)
        if wait < done - (labour + travel + 5) * MINUTE:
            step = Step(Status.FORWARDED, wait, "crew", MATERIAL, Obstacle.MATERIAL)
            life.steps.append(step)
    life.steps.append(Step(Status.ON_THE_WAY, done - (labour + travel) * MINUTE, "crew"))
    life.steps.append(Step(Status.IN_PROGRESS, done - labour * MINUTE, "crew"))
    life.steps.append(Step(Status.RESOLVED, done, "crew", note))
    life.resolved_at = done


def _end(rng: random.Random, life: Life, done: datetime) -> None:
    last = reply_until(done, life.channel)
    answers = rng.random() < 0.46
    if answers:
        at = done + timedelta(minutes=rng.randint(5, 40 * 60))
        life.closed_by_reporter = at < last
    life.closed_at = at if life.closed_by_reporter else last + timedelta(minutes=4)
    who = "reporter" if life.closed_by_reporter else "system"
    life.steps.append(Step(Status.CLOSED, life.closed_at, who))
    if rng.random() < (0.72 if life.closed_by_reporter else 0.1):
        life.stars = _stars(rng, life)


def _stars(rng: random.Random, life: Life) -> int:
    weights = life.work.stars
    if life.work.tone == "slow" and life.in_time:
        weights = (2, 3, 9, 33, 53)
    return rng.choices((1, 2, 3, 4, 5), weights)[0]


def _until(life: Life, now: datetime) -> None:
    """Forget what has not happened yet."""
    life.steps = [step for step in life.steps if step.at <= now]
    if life.status != Status.CLOSED:
        life.closed_at = None
        life.stars = 0
        life.closed_by_reporter = False
    reopened = life.at_of(Status.REOPENED)
    life.reopened = int(reopened is not None)
    done = [step.at for step in life.steps if step.status == Status.RESOLVED]
    ended = life.status in (Status.RESOLVED, Status.CLOSED)
    life.resolved_at = done[-1] if ended else None


def stop_at(life: Life, status: Status) -> None:
    """Leave a report in an earlier state than it had come to: it still waits there."""
    places = [n for n, step in enumerate(life.steps) if step.status == status]
    if places:
        life.steps = life.steps[: places[0] + 1]
        life.resolved_at = life.closed_at = None
        life.stars = life.reopened = 0
