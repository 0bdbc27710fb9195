"""Quarters, results, plans, progress, evaluations."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from abdi.people.demo import DemoCity, in_hours, workday
from abdi.performance import events, rules
from abdi.performance.choices import FeedbackKind, Measure, PlanState
from abdi.performance.demo import evaluations, plans, results
from abdi.performance.models import Feedback, Period, Result, Target
from abdi.platform import clock
from abdi.platform.journal import PastFact, record_many
from abdi.platform.norms import norms

BATCH: Final = 2_000
STEPS: Final = 3
NOTES: Final = ("Triwulan I", "Triwulan II", "Triwulan III", "Sampai minggu ini")
WORDS: Final = (
    "Terima kasih, laporan dari warga minggu ini selesai semua.",
    "Coba kabari warga lebih awal kalau jadwal bergeser.",
    "Catatan pekerjaan sudah rapi, teruskan.",
)


def build(city: DemoCity) -> None:
    """Everything of this year, and the quarters of the year before."""
    rng = city.chance("performance")
    today = clock.today()
    _periods(today.year - 1)
    _periods(today.year)
    results.build(city)
    targets = plans.build(city, rng)
    _progress(city, rng, targets)
    _feedback(city, rng, targets)
    record_many(_agreed(city, targets))
    evaluations.build(city, rng, targets)


def _periods(year: int) -> None:
    figures = norms("performance", on=date(year, 1, 1))
    Period.objects.bulk_create(
        Period(
            year=span.year,
            number=span.number,
            start_on=span.start_on,
            end_on=span.end_on,
            opens_on=span.opens_on,
            closes_on=span.closes_on,
        )
        for span in rules.quarters_of(year, figures)
    )


def _progress(city: DemoCity, rng: random.Random, targets: Iterable[Target]) -> None:
    """What people entered themselves where nothing collects by itself."""
    today = clock.today()
    days = max(today.timetuple().tm_yday, STEPS * 2)
    rows = []
    for target in targets:
        if target.measure != Measure.MANUAL:
            continue
        pace = rng.choices((82, 97, 112), (14, 66, 20))[0] * rng.randint(95, 105)
        for step in range(STEPS):
            back = days * (STEPS - 1 - step) // STEPS + rng.randrange(6)
            on = workday(today - timedelta(days=back + 3))
            rows.append(
                Result(
                    person_id=target.plan.person_id,
                    unit_id=city.seats[target.plan.person_id].unit_id,
                    target=target,
                    measure=Measure.MANUAL,
                    value=target.figure * days * pace // (365 * STEPS * 10_000),
                    note=NOTES[step + 1],
                    at=in_hours(rng, on),
                    on=on,
                )
            )
    Result.objects.bulk_create(rows, batch_size=BATCH)


def _feedback(city: DemoCity, rng: random.Random, targets: Iterable[Target]) -> None:
    now = clock.now()
    rows = []
    for target in targets:
        superior = city.superior_of(target.plan.person_id)
        if target.order == 0 and superior is not None and rng.random() < 0.2:
            rows.append(
                Feedback(
                    person_id=target.plan.person_id,
                    author_id=superior,
                    target=target,
                    kind=FeedbackKind.RESULT,
                    text=rng.choice(WORDS),
                    at=_before(rng, now),
                )
            )
    Feedback.objects.bulk_create(rows, batch_size=BATCH)


def _before(rng: random.Random, now: datetime) -> datetime:
    day = workday(clock.local(now).date() - timedelta(days=rng.randint(4, 60)))
    return in_hours(rng, day)


def _agreed(city: DemoCity, targets: Iterable[Target]) -> list[PastFact]:
    found = {target.plan_id: target.plan for target in targets}
    return [
        PastFact(
            events.PlanAgreed(plan_id=plan.pk, person_id=plan.person_id),
            plan.agreed_at,
            city.by(plan.agreed_by_id),
            plan.ref,
        )
        for plan in found.values()
        if plan.state == PlanState.AGREED and plan.agreed_at is not None
    ]
