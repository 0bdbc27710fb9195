"""Coaching proposals and one work-culture group of the demo city."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Final

from abdi.culture import events, queries
from abdi.culture.choices import (
    CauseBranch,
    CauseCheck,
    CircleRole,
    CircleStep,
    CoachingState,
    StepState,
)
from abdi.culture.models import (
    Cause,
    CauseVote,
    Circle,
    CircleMember,
    Coaching,
    Meeting,
    StepRecord,
    Task,
)
from abdi.people.demo import DemoCity, moment, workday
from abdi.performance import queries as performance
from abdi.performance import rules as performance_rules
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.journal import PastFact, record_many
from abdi.reports import queries as reports

PROPOSALS: Final = 2
BEGAN_DAYS_AGO: Final = 62
CLUSTER_DAYS: Final = 60
LIGHT: Final = "street_light_out"
NAME: Final = "Terang Terus"
STEP_DAYS: Final = (4, 9, 16, 24, 33)
"""Days after the start on which the first five steps were done."""
CAUSES: Final = (
    (
        CauseBranch.MATERIAL,
        "Lampu pengganti cepat putus",
        ["Stok dari merek termurah", "Pengadaan hanya melihat harga", "Spesifikasi tidak ditulis"],
        "mati lagi, kedip",
        CauseCheck.FITS,
        "Dari 20 lampu yang diganti, 9 padam lagi dalam 60 hari.",
        True,
        (0, 1, 2, 3, 4),
    ),
    (
        CauseBranch.METHOD,
        "Satu jalur padam karena panel tidak diperiksa",
        ["Panel baru dibuka saat ada laporan", "Jadwal periksa panel tidak ada"],
        "dua titik, gulita",
        CauseCheck.FITS,
        "7 dari 12 panel belum dibuka lebih dari setahun.",
        True,
        (0, 2, 3, 5),
    ),
    (
        CauseBranch.TOOLS,
        "Mobil tangga hanya satu untuk seluruh kota",
        ["Malam hari mobil dipakai sampai jauh"],
        "menunggu, lama",
        CauseCheck.UNCLEAR,
        "Catatan pemakaian mobil baru ada sejak bulan lalu.",
        False,
        (1, 4),
    ),
    (
        CauseBranch.PLACE,
        "Dahan menutup dan mengenai kabel",
        ["Pemangkasan menunggu laporan"],
        "dahan, pohon",
        CauseCheck.DOES_NOT_FIT,
        "Hanya 2 dari 40 foto yang menunjukkan dahan.",
        False,
        (5,),
    ),
)
"""Branch, cause, whys, words of citizens, what the data say, how, dominant, who chose it."""
TASKS: Final = (
    ("Uji 20 lampu dari dua merek di 4 ruas jalan", 0, 0, 40, 4_600_000, "18 dari 20 menyala"),
    ("Periksa dan kencangkan 12 panel", 1, 1, 46, 900_000, "12 panel selesai, 3 sekring diganti"),
    ("Tulis spesifikasi lampu untuk pengadaan", 0, 2, 58, 0, ""),
    ("Jadwalkan periksa panel setiap triwulan", 1, 3, 76, 0, ""),
)
"""What, cause, member, days after the start, cost, note where it is done."""
TEXTS: Final = {
    CircleStep.THEME: {
        "statement": "Lampu jalan di {area} padam berulang pada titik yang sama.",
        "reason": "Warga takut melintas malam hari, dan regu datang dua kali ke titik yang sama.",
    },
    CircleStep.TARGET: {
        "situation": "Sebagian besar laporan masuk antara pukul 19.00 dan 22.00 WIB.",
    },
}
MEETINGS: Final = (
    (2, "Menyepakati tema", "Tema dan pembagian peran disepakati."),
    (12, "Mencari akar masalah", "Empat sebab ditulis; data dikumpulkan dari laporan dan foto."),
    (23, "Memilih penyebab dominan", "Dua sebab dipilih setelah melihat angka."),
    (31, "Menyusun rencana", "Empat tugas, satu orang satu tugas."),
)


def build(city: DemoCity) -> None:
    """Two proposals that wait for their superiors, and a group that carries out its plan."""
    _proposals(city)
    _circle(city)


def _proposals(city: DemoCity) -> None:
    today, taken = clock.today(), 0
    for person_id in _low_people(city):
        basis = queries.basis_of(person_id, today)
        coach = city.superior_of(person_id)
        if basis is None or coach is None:
            continue
        at = clock.now() - timedelta(days=3 + taken, hours=2)
        row = Coaching.objects.create(
            person_id=person_id,
            coach_id=coach,
            unit_id=city.seats[person_id].unit_id,
            state=CoachingState.PROPOSED,
            basis=basis.rows,
            low_count=len(basis.pattern.refs),
            explained_count=basis.pattern.explained_count,
            first_on=basis.pattern.first_on,
            last_on=basis.pattern.last_on,
            proposed_at=at,
        )
        fact = events.CoachingProposed(
            coaching_id=row.pk, person_id=person_id, unit_id=row.unit_id, low_count=row.low_count
        )
        record_many([PastFact(fact, at, "system", row.ref)])
        taken += 1
        if taken == PROPOSALS:
            return


def _low_people(city: DemoCity) -> list[int]:
    """People with two low quarters or more; those of the story's sections first."""
    low = [code.value for code in performance_rules.LOW]
    rows = performance.visible_evaluations(SYSTEM).filter(predicate__in=low)
    counts: dict[int, int] = defaultdict(int)
    for person_id in rows.filter(final_at__isnull=False).values_list("person_id", flat=True):
        counts[person_id] += 1
    first = {one for code in ("sampah", "pohon") for one in city.people_of(code)}
    several = [one for one, count in counts.items() if count >= 2 and one in city.seats]
    return sorted(several, key=lambda one: (one not in first, one))


# ------------------------------------------------------------------ the group


def _circle(city: DemoCity) -> None:
    began = moment(workday(clock.today() - timedelta(days=BEGAN_DAYS_AGO)), 9)
    section = city.units["pju"]
    found = reports.clusters(began - timedelta(days=CLUSTER_DAYS), began, [section.pk])
    cluster = next((one for one in found if one.category == LIGHT), None)
    if cluster is None:
        return
    circle = Circle.objects.create(
        name=NAME,
        agency_id=section.agency_id or section.pk,
        unit=section,
        theme_key=cluster.key,
        category=cluster.category,
        category_name=str(cluster.category_name),
        area=cluster.area,
        report_count=cluster.count,
        reopened_count=cluster.reopened,
        report_ids=list(cluster.report_ids),
        step=CircleStep.EXECUTE,
        started_at=began,
        version=24,
    )
    members = _members(city, circle)
    base = queries.baseline_of(circle)
    circle.target_count = max(1, base.per_month * 6 // 10)
    circle.target_on = clock.today() + timedelta(days=60)
    circle.save(update_fields=["target_count", "target_on"])
    _steps(city, circle, members, asdict(base))
    causes = _causes(circle, members)
    _tasks(circle, causes, members)
    _meetings(circle, members)
    fact = events.CircleStarted(circle_id=circle.pk, unit_id=section.pk, category=LIGHT)
    starter = city.by(city.logins["kepegawaian-opd"])
    record_many([PastFact(fact, began, starter, circle.ref)])


def _members(city: DemoCity, circle: Circle) -> list[int]:
    crew = sorted(city.people_of("pju"))[:5]
    people = [*crew, city.logins["fasilitator"]]
    roles = [CircleRole.LEADER, CircleRole.SECRETARY, *[CircleRole.MEMBER] * (len(crew) - 2)]
    roles.append(CircleRole.FACILITATOR)
    CircleMember.objects.bulk_create(
        CircleMember(circle=circle, person_id=one, role=role)
        for one, role in zip(people, roles, strict=True)
    )
    return people


def _after(circle: Circle, days: int, hour: int = 15) -> datetime:
    day = clock.local(circle.started_at).date() + timedelta(days=days)
    return moment(workday(day), hour)


def _steps(city: DemoCity, circle: Circle, members: list[int], base: dict[str, int]) -> None:
    approver = city.head_of("disperkim")
    facts = []
    for step, days in zip(CircleStep, STEP_DAYS, strict=False):
        at = _after(circle, days)
        approved = step in (CircleStep.THEME, CircleStep.PLAN)
        texts = {key: text.format(area=circle.area) for key, text in TEXTS.get(step, {}).items()}
        StepRecord.objects.create(
            circle=circle,
            step=step,
            state=StepState.DONE,
            texts=texts,
            figures=base if step in (CircleStep.THEME, CircleStep.TARGET) else {},
            saved_at=at,
            saved_by_id=members[0],
            sent_by_id=members[0],
            sent_at=at,
            approved_by_id=approver if approved else None,
            done_at=at + timedelta(hours=2 if approved else 0),
        )
        by = city.by(approver if approved else members[0])
        fact = events.CircleStepDone(circle_id=circle.pk, step=step.value)
        facts.append(PastFact(fact, at, by, circle.ref))
    StepRecord.objects.create(circle=circle, step=CircleStep.EXECUTE)
    record_many(facts)


def _causes(circle: Circle, members: list[int]) -> list[Cause]:
    made = []
    for branch, text, whys, words, check, proof, dominant, voters in CAUSES:
        cause = Cause.objects.create(
            circle=circle,
            branch=branch,
            text=text,
            whys=list(whys),
            words=words,
            check_state=check,
            proof=proof,
            is_dominant=dominant,
            added_by_id=members[0],
        )
        CauseVote.objects.bulk_create(
            CauseVote(cause=cause, person_id=members[n]) for n in voters if n < len(members)
        )
        made.append(cause)
    return made


def _tasks(circle: Circle, causes: list[Cause], members: list[int]) -> None:
    for what, cause, who, days, cost, note in TASKS:
        due: date = _after(circle, days).date()
        Task.objects.create(
            circle=circle,
            cause=causes[cause],
            what=what,
            person_id=members[min(who, len(members) - 1)],
            due_on=due,
            cost_rupiah=cost,
            done_at=_after(circle, days - 2, 11) if note else None,
            done_note=note,
        )


def _meetings(circle: Circle, members: list[int]) -> None:
    Meeting.objects.bulk_create(
        Meeting(
            circle=circle,
            start_at=_after(circle, days, 13),
            end_at=_after(circle, days, 14),
            place="Ruang rapat seksi",
            step=CircleStep.THEME,
            agenda=agenda,
            decisions=decisions,
            attendee_ids=sorted(members),
        )
        for days, agenda, decisions in MEETINGS
    )
