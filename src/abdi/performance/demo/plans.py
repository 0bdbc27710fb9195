"""Plans of the year: from the head of an agency down to the crew, each under the one above."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count

from abdi.people.demo import DemoCity, Seat, in_hours, workday
from abdi.performance import rules
from abdi.performance.choices import Aspect, Measure, PlanState
from abdi.performance.models import Plan, Result, Target
from abdi.platform import clock

BATCH: Final = 2_000
SERVING: Final = ("disperkim", "dlh", "dpupr", "satpol", "bpbd", "dishub", "pdam")
"""Agencies where everybody has a plan; of the others some have."""
OTHERS_PERCENT: Final = 30
YEAR_DAYS: Final = 365


@dataclass(frozen=True)
class Wanted:
    """A target: result, indicator, aspect, measure, figure in hundredths, its unit."""

    result: str
    indicator: str
    aspect: Aspect
    measure: Measure
    figure: int
    unit: str


KEPT: Final = Wanted(
    "Laporan warga selesai sesuai janji layanan",
    "Persentase laporan yang selesai tepat waktu",
    Aspect.TIME, Measure.REPORTS_IN_TIME, 9_000, "persen",
)  # fmt: skip
LIKED: Final = Wanted(
    "Warga puas dengan penanganan laporan",
    "Rata-rata nilai warga",
    Aspect.QUALITY, Measure.REPORT_RATING, 420, "bintang",
)  # fmt: skip
LEARNED: Final = Wanted(
    "Kompetensi sesuai standar jabatan",
    "Jumlah pelatihan yang lulus",
    Aspect.QUALITY, Measure.CLASSES_PASSED, 200, "pelatihan",
)  # fmt: skip
OFFICE: Final = (
    ("Dokumen perencanaan dan pelaporan tersusun tepat waktu", "Jumlah dokumen", "dokumen", 1_200),
    ("Layanan administrasi selesai pada hari yang sama", "Jumlah berkas selesai", "berkas", 42_000),
    ("Arsip dinamis tertata", "Jumlah boks arsip", "boks", 6_000),
    ("Data kegiatan tersaji setiap bulan", "Jumlah laporan bulanan", "laporan", 1_200),
)


def build(city: DemoCity, rng: random.Random) -> list[Target]:
    """Plans and targets of this year, from the top of the tree to the bottom."""
    seats = [seat for seat in city.seats.values() if _has_plan(city, rng, seat)]
    seats.sort(key=lambda seat: (city.by_id[seat.unit_id].path.count("/"), not seat.is_head))
    year = clock.today().year
    plans = Plan.objects.bulk_create(
        [_plan(city, rng, seat, year) for seat in seats], batch_size=BATCH
    )
    own = {plan.person_id: plan for plan in plans}
    return _targets(city, rng, seats, own)


def _has_plan(city: DemoCity, rng: random.Random, seat: Seat) -> bool:
    if not (seat.is_civil_servant and seat.tier):
        return False
    serving = city.by_id[seat.agency_id].code in SERVING
    named = seat.person_id in city.logins.values()
    return rng.random() * 100 < OTHERS_PERCENT or serving or named or _leads(city, seat)


def _leads(city: DemoCity, seat: Seat) -> bool:
    return seat.is_head and city.by_id[seat.unit_id].kind != "school"


def _plan(city: DemoCity, rng: random.Random, seat: Seat, year: int) -> Plan:
    roll = rng.random()
    state = PlanState.AGREED
    named = seat.person_id in city.logins.values() or seat.title.startswith("Teknisi Penerangan")
    if roll > 0.95 and not seat.is_head and not named:
        state = PlanState.SUBMITTED if roll > 0.97 else PlanState.DRAFT
    superior = city.superior_of(seat.person_id)
    begun = in_hours(rng, workday(date(year, 1, 6) + timedelta(days=rng.randrange(14))))
    agreed = state == PlanState.AGREED and superior is not None
    proposed = state != PlanState.DRAFT
    return Plan(
        person_id=seat.person_id,
        year=year,
        state=state if superior is not None or not proposed else PlanState.SUBMITTED,
        proposed_at=begun if proposed else None,
        agreed_at=begun + timedelta(days=3) if agreed else None,
        agreed_by_id=superior if agreed else None,
    )


def _targets(
    city: DemoCity, rng: random.Random, seats: list[Seat], own: dict[int, Plan]
) -> list[Target]:
    """Level by level, so that the ones above are there to hang the ones below under."""
    usual = _closed_by_unit()
    mine: dict[int, list[Target]] = {}
    levels: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats:
        levels[city.by_id[seat.unit_id].path.count("/") * 2 - seat.is_head].append(seat)
    found: list[Target] = []
    for level in sorted(levels):
        rows: list[Target] = []
        for seat in levels[level]:
            above = mine.get(city.superior_of(seat.person_id) or 0, [])
            mine[seat.person_id] = [
                _target(own[seat.person_id], wanted, order, seat, above)
                for order, wanted in enumerate(_wanted(city, rng, seat, usual))
            ]
            rows += mine[seat.person_id]
        found += Target.objects.bulk_create(rows, batch_size=BATCH)
    return found


def _wanted(city: DemoCity, rng: random.Random, seat: Seat, usual: dict[int, int]) -> list[Wanted]:
    """What somebody in this seat is to achieve."""
    if seat.is_head and _answers(city, seat, usual):
        return [KEPT, LIKED, LEARNED]
    if seat.unit_id in usual:
        closed = Wanted(
            "Laporan warga ditangani sampai tuntas",
            "Jumlah laporan yang ditutup",
            Aspect.QUANTITY, Measure.REPORTS_CLOSED,
            max(100, usual[seat.unit_id] * 100 // max(1, len(city.members[seat.unit_id]))),
            "laporan",
        )  # fmt: skip
        return [closed, KEPT, LIKED, LEARNED]
    result, indicator, unit, figure = rng.choice(OFFICE)
    manual = Wanted(result, indicator, Aspect.QUANTITY, Measure.MANUAL, figure, unit)
    return [manual, LEARNED]


def _answers(city: DemoCity, seat: Seat, usual: dict[int, int]) -> bool:
    path = city.by_id[seat.unit_id].path
    return any(city.by_id[unit_id].path.startswith(path) for unit_id in usual)


def _closed_by_unit() -> dict[int, int]:
    """Reports a unit closes in a year, from those closed so far this year."""
    today = clock.today()
    rows = Result.objects.filter(measure=Measure.REPORTS_CLOSED, on__year=today.year)
    counted = rows.order_by().values_list("unit_id").annotate(n=Count("id"))
    day = today.timetuple().tm_yday
    return {unit_id: n * YEAR_DAYS // day for unit_id, n in counted if unit_id and n > 20}


def _target(plan: Plan, wanted: Wanted, order: int, seat: Seat, above: list[Target]) -> Target:
    same = [one for one in above if one.measure == wanted.measure]
    return Target(
        plan=plan,
        parent=next(iter(same or above), None),
        result=wanted.result,
        indicator=wanted.indicator,
        aspect=wanted.aspect,
        measure=wanted.measure,
        better=rules.MEASURES[wanted.measure].better,
        figure=wanted.figure,
        unit=wanted.unit,
        is_of_unit=seat.is_head and wanted in (KEPT, LIKED),
        order=order,
    )
