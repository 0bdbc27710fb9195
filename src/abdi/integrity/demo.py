"""Declarations and may-I questions of the demo city."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Final

from abdi.integrity import events
from abdi.integrity.choices import AdviceKind, AdviceState
from abdi.integrity.models import Advice, AdvicePattern, Pledge
from abdi.people.demo import DemoCity, in_hours, workday
from abdi.platform import clock
from abdi.platform.calendar import add_working_days
from abdi.platform.journal import PastFact, record_many
from abdi.platform.norms import norms

BATCH: Final = 2_000
SIGNED: Final = 72
"""Of 100 people so many have signed this year."""
UNSIGNED_LOGINS: Final = ("pegawai", "petugas")
"""Who signs in and finds it among the things to do."""

PHOTO, MEDIA = AdviceKind.PHOTO.value, AdviceKind.SOCIAL_MEDIA.value
ASKED: Final = (
    (PHOTO, "Bolehkah saya berfoto bersama wali kota di acara peresmian taman?", 41),
    (PHOTO, "Atasan meminta foto bersama tamu yang kabarnya akan maju. Bolehkah?", 36),
    (PHOTO, "Saya difoto warga bersama anggota dewan. Apakah itu masalah?", 29),
    (PHOTO, "Bolehkah foto lama bersama calon tetap ada di akun saya?", 22),
    (PHOTO, "Rombongan partai minta foto di depan kantor. Bolehkah saya ikut?", 16),
    (
        MEDIA,
        "Saya terlanjur menekan suka pada unggahan bakal calon. Sebaiknya bagaimana?",
        12,
    ),
    (AdviceKind.SPOUSE.value, "Suami saya mendaftar calon anggota dewan. Bolehkah saya hadir?", 9),
    (AdviceKind.ATTENDANCE.value, "Ada kampanye di lapangan dekat rumah. Bolehkah menonton?", 6),
    (MEDIA, "Bolehkah saya tetap di grup RT yang ramai membahas calon?", 2),
    (AdviceKind.FACILITIES.value, "Ruang rapat dipinjam organisasi pemuda untuk diskusi calon.", 1),
)
"""Kind, question, how many working days ago. The last two still wait."""
WAITING: Final = 2
ANSWERS: Final = {
    PHOTO: "Foto dinas bersama pejabat yang menjabat boleh. Jangan ada isyarat jari, warna, "
    "atau slogan, dan jangan diunggah dengan ajakan.",
    MEDIA: "Hapus tanda suka itu, jangan mengulang, dan catat tanggalnya. Bila ditanya, "
    "ceritakan apa adanya.",
    AdviceKind.SPOUSE.value: "Boleh mendampingi sebagai keluarga, tanpa atribut dan tanpa ajakan. "
    "Untuk kerja kampanye, ambil cuti di luar tanggungan negara dulu.",
    AdviceKind.ATTENDANCE.value: "Sebaiknya tidak. Bila hanya lewat, jangan memakai seragam "
    "dan jangan memberi isyarat.",
}
FOR_ALL: Final = (
    "Foto dinas bersama pejabat yang menjabat boleh. Isyarat jari, warna, slogan, dan ajakan "
    "memilih tidak boleh, juga pada foto lama yang diunggah ulang."
)


def build(city: DemoCity) -> None:
    """Three of four people have signed; ten questions, eight of them answered."""
    _pledges(city)
    _advice(city)


def _pledges(city: DemoCity) -> None:
    rng = city.chance("integrity")
    year = clock.today().year
    version = norms("integrity", on=clock.today())["pledge"]["version"]
    late = {city.logins[login] for login in UNSIGNED_LOGINS if login in city.logins}
    seats = [seat for seat in city.seats.values() if seat.person_id not in late]
    chosen = sorted(rng.sample(seats, len(city.seats) * SIGNED // 100), key=lambda s: s.person_id)
    first = clock.today().replace(month=1, day=2)
    days = max(1, (clock.today() - first).days)
    rows = Pledge.objects.bulk_create(
        (
            Pledge(
                person_id=seat.person_id,
                unit_id=seat.unit_id,
                year=year,
                text_version=version,
                signed_at=_signed_at(rng, min(days, 1 + int(rng.expovariate(0.05)))),
            )
            for seat in chosen
        ),
        batch_size=BATCH,
    )
    record_many(
        PastFact(
            events.PledgeSigned(
                pledge_id=row.pk, person_id=row.person_id, unit_id=row.unit_id, year=year
            ),
            row.signed_at,
            city.by(row.person_id),
            row.ref,
        )
        for row in rows
    )


def _signed_at(rng: random.Random, days: int) -> datetime:
    day = workday(clock.today().replace(month=1, day=2) + timedelta(days=days))
    return min(in_hours(rng, day), clock.now() - timedelta(minutes=5))


def _advice(city: DemoCity) -> None:
    rng = city.chance("advice")
    officer = city.logins["integritas"]
    askers = rng.sample([one for one in sorted(city.seats) if one != officer], len(ASKED))
    facts = []
    for number, (kind, question, ago) in enumerate(ASKED):
        asked = _days_ago(rng, ago)
        row = Advice(
            person_id=askers[number],
            kind=kind,
            question=question,
            asked_at=asked,
            due_on=add_working_days(asked.date(), 3),
        )
        if number < len(ASKED) - WAITING:
            row.state = AdviceState.ANSWERED
            row.answer = ANSWERS[kind]
            row.answered_by_id = officer
            row.answered_at = min(asked + timedelta(days=1), clock.now() - timedelta(hours=1))
            row.read_at = row.answered_at if number < len(ASKED) - WAITING - 1 else None
            row.version = 2
        row.save(force_insert=True)
        facts += _facts(city, row, officer)
    record_many(sorted(facts, key=lambda past: past.at))
    _for_all(city, officer)


def _days_ago(rng: random.Random, ago: int) -> datetime:
    day = clock.today() - timedelta(days=ago * 7 // 5 + 1)
    return in_hours(rng, day - timedelta(days=max(0, day.weekday() - 4)))


def _facts(city: DemoCity, row: Advice, officer: int) -> list[PastFact]:
    asked = events.AdviceAsked(advice_id=row.pk, kind_code=row.kind)
    found = [PastFact(asked, row.asked_at, city.by(row.person_id), row.ref)]
    if row.answered_at is not None:
        answered = events.AdviceAnswered(advice_id=row.pk, kind_code=row.kind)
        found.append(PastFact(answered, row.answered_at, city.by(officer), row.ref))
    return found


def _for_all(city: DemoCity, officer: int) -> None:
    count = sum(kind == PHOTO for kind, _question, _ago in ASKED)
    row = AdvicePattern.objects.create(
        kind=PHOTO,
        text=FOR_ALL,
        based_on_count=count,
        published_by_id=officer,
        published_at=_days_ago(city.chance("pattern"), 14),
    )
    fact = events.PatternPublished(pattern_id=row.pk, kind_code=PHOTO, based_on_count=count)
    record_many([PastFact(fact, row.published_at, city.by(officer), row.ref)])
