"""Evaluations of the two quarters before: proposed by figures, decided by superiors."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from abdi.people.demo import DemoCity, in_hours, workday
from abdi.performance import events, queries, rules
from abdi.performance.choices import EvaluationState, ObjectionState, Predicate, Rating, Value
from abdi.performance.models import BehaviourRating, Evaluation, Objection, Period, Target
from abdi.performance.queries import TargetFigure
from abdi.platform import clock
from abdi.platform.db.bulk import insert_many
from abdi.platform.journal import PastFact, record_many
from abdi.platform.norms import norms
from abdi.workload import queries as workload

BATCH: Final = 2_000
PRAISED: Final = (
    "Menjawab warga dengan sabar dan memberi jalan keluar pada hari yang sama.",
    "Mengajari dua rekan baru sampai bisa bekerja sendiri.",
    "Menyelesaikan tunggakan berkas tanpa diminta.",
)
MISSED: Final = (
    "Tiga warga melapor lagi karena pekerjaan ditinggal sebelum selesai.",
    "Tidak memberi kabar kepada warga ketika jadwal berubah.",
)
OTHERWISE: Final = (
    "Angka tidak menggambarkan tugas tambahan yang diselesaikan dengan baik.",
    "Sebagian hasil dicapai bersama regu lain.",
)
DECIDED_PERCENT: Final = 93


@dataclass
class Sheet:
    """Evaluations of one quarter and what hangs on them."""

    period: Period
    rows: list[Evaluation] = field(default_factory=list)
    behaviours: list[dict[str, tuple[str, str]]] = field(default_factory=list)


def build(city: DemoCity, rng: random.Random, targets: Sequence[Target]) -> None:
    """The quarter evaluated now, and the one before it."""
    latest = queries.open_period()
    if latest is None:
        return
    before = Period.objects.filter(end_on__lt=latest.start_on).order_by("-end_on").first()
    by_person: dict[int, list[Target]] = defaultdict(list)
    for target in targets:
        by_person[target.plan.person_id].append(target)
    weak: dict[int, bool] = {}
    for period in [one for one in (before, latest) if one is not None]:
        figures = _figures(city, targets, period) if period == latest else {}
        sheet = Sheet(period)
        for person_id in sorted(by_person):
            _judge(city, rng, sheet, figures.get(person_id, []), (person_id, weak))
        _write(city, rng, sheet, is_latest=period == latest)


def _figures(
    city: DemoCity, targets: Sequence[Target], period: Period
) -> dict[int, list[TargetFigure]]:
    paths = {person_id: city.by_id[seat.unit_id].path for person_id, seat in city.seats.items()}
    day = min(period.end_on, clock.today())
    wanted = [target for target in targets if target.plan.year == period.year]
    found: dict[int, list[TargetFigure]] = defaultdict(list)
    for figure in queries.figures_of(wanted, period.year, day, paths):
        found[figure.target.plan.person_id].append(figure)
    return found


def _judge(
    city: DemoCity,
    rng: random.Random,
    sheet: Sheet,
    figures: list[TargetFigure],
    who: tuple[int, dict[int, bool]],
) -> None:
    person_id, weak = who
    superior = city.superior_of(person_id)
    if superior is None:
        return
    proposed = queries.proposed_rating(figures)
    result = proposed or rng.choices(Rating.codes(), (12, 80, 8))[0]
    reason = ""
    if proposed == Rating.BELOW and rng.random() < 0.55:
        result, reason = Rating.MEETS.value, rng.choice(OTHERWISE)
    weak.setdefault(person_id, rng.random() < 0.05)
    behaviours = _behaviours(rng, weak[person_id], result)
    given = [rating for rating, _example in behaviours.values()]
    overall = rules.behaviour_rating(
        given.count(Rating.ABOVE), given.count(Rating.BELOW), len(Value.codes())
    )
    limits = norms("performance", on=sheet.period.end_on)
    row = Evaluation(
        period=sheet.period,
        person_id=person_id,
        unit_id=city.seats[person_id].unit_id,
        plan_id=figures[0].target.plan_id if figures else None,
        appraiser_id=superior,
        proposed=proposed,
        result_rating=result,
        result_reason=reason,
        behaviour_rating=overall,
        predicate=rules.predicate(result, overall, limits),
        inputs_text=json.dumps([figure.kept() for figure in figures]),
        rule_set=f"{limits.row('predicate_matrix').set}; {limits.row('result_limits').set}",
        formula_version=rules.EVALUATION_VERSION,
    )
    sheet.rows.append(row)
    sheet.behaviours.append(behaviours)


def _behaviours(rng: random.Random, is_weak: bool, result: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    high = rng.random() < (0.55 if result == Rating.ABOVE else 0.1)
    for value in Value.codes():
        if is_weak and rng.random() < 0.72:
            found[value] = (Rating.BELOW.value, rng.choice(MISSED))
        elif high and rng.random() < 0.74:
            found[value] = (Rating.ABOVE.value, rng.choice(PRAISED))
        else:
            found[value] = (Rating.MEETS.value, "")
    return found


def _write(city: DemoCity, rng: random.Random, sheet: Sheet, *, is_latest: bool) -> None:
    loads: dict[int, int | None] = {}
    kept: list[int] = []
    waiting = _waiting(city) if is_latest else set()
    for n, row in enumerate(sheet.rows):
        if row.person_id in waiting or (is_latest and rng.random() * 100 > DECIDED_PERCENT):
            if row.person_id in waiting or rng.random() < 0.7:
                continue
            row.state = EvaluationState.DRAFT
        else:
            row.state = EvaluationState.FINAL
            day = sheet.period.end_on + timedelta(days=rng.randint(2, 40))
            row.final_at = in_hours(rng, workday(min(day, clock.today() - timedelta(days=3))))
        if row.unit_id not in loads:
            snapshot = workload.snapshot_of(row.unit_id)
            loads[row.unit_id] = snapshot.load_permyriad if snapshot else None
        row.load_permyriad = loads[row.unit_id]
        kept.append(n)
    made = Evaluation.objects.bulk_create([sheet.rows[n] for n in kept], batch_size=BATCH)
    insert_many(
        BehaviourRating,
        ("institution", "evaluation", "value", "rating", "example"),
        (
            (city.institution.pk, row.pk, value, rating, example)
            for row, n in zip(made, kept, strict=True)
            for value, (rating, example) in sheet.behaviours[n].items()
        ),
    )
    record_many(fact for row in made for fact in _facts(city, row))
    if is_latest:
        _object(city, made)


def _waiting(city: DemoCity) -> set[int]:
    """Two of the team of the superior who signs in are still to be evaluated."""
    crew = [one for one in city.people_of("pju") if city.seats[one].is_civil_servant]
    return set([one for one in crew if one != city.logins["petugas"]][:2])


def _facts(city: DemoCity, row: Evaluation) -> Iterator[PastFact]:
    if row.final_at is None:
        return
    what: dict[str, Any] = {
        "person_id": row.person_id,
        "unit_id": row.unit_id,
        "period_id": row.period_id,
        "predicate": row.predicate,
    }
    by = city.by(row.appraiser_id)
    closed = events.EvaluationClosed(evaluation_id=row.pk, **what)
    yield PastFact(closed, row.final_at, by, row.ref)
    if rules.is_low(row.predicate):
        yield PastFact(events.ResultLow(**what), row.final_at, by, row.ref)
    elif row.predicate == Predicate.SANGAT_BAIK:
        yield PastFact(events.ResultHigh(**what), row.final_at, by, row.ref)


def _object(city: DemoCity, rows: list[Evaluation]) -> None:
    """One objection that waits for its decision."""
    crew = set(city.people_of("sampah"))
    row = next(
        (
            one
            for one in rows
            if one.person_id in crew and one.final_at and rules.is_low(one.predicate)
        ),
        None,
    )
    if row is None or row.final_at is None:
        return
    sent = clock.now() - timedelta(days=2)
    row.final_at = sent - timedelta(days=3)
    row.save(update_fields=["final_at"])
    objection = Objection.objects.create(
        evaluation=row,
        person_id=row.person_id,
        decider_id=city.superior_of(row.appraiser_id),
        reason="Dua laporan yang dibuka kembali bukan pekerjaan saya; saya sedang cuti.",
        sent_at=sent,
        state=ObjectionState.OPEN,
    )
    fact = events.ObjectionSent(
        objection_id=objection.pk, evaluation_id=row.pk, person_id=row.person_id
    )
    record_many([PastFact(fact, sent, city.by(row.person_id), objection.ref)])


def _is_low(row: Evaluation) -> bool:
    return rules.is_low(row.predicate)
