"""Standards by decree, one round, assessments in every state, levels and gaps."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from abdi.competence import events, queries, rules
from abdi.competence.choices import AssessmentState, Competency, Source, StandardState
from abdi.competence.demo import levels
from abdi.competence.models import (
    Assessment,
    AssessmentRound,
    Result,
    SelfAnswer,
    Standard,
    StandardLevel,
    StandardRequest,
    SuperiorAnswer,
    Talk,
)
from abdi.people.demo import DemoCity, Seat, in_hours, workday
from abdi.platform import clock
from abdi.platform.db.bulk import insert_many
from abdi.platform.journal import PastFact, record_many
from abdi.platform.norms import norms

BATCH = 2_000
STATES = (
    (0.70, AssessmentState.SETTLED),
    (0.77, AssessmentState.AGREED),
    (0.79, AssessmentState.IN_TALK),
    (0.86, AssessmentState.SENT),
    (0.92, AssessmentState.PARTIAL),
)
"""Shares of civil servants by how far their assessment is; the rest has not begun."""
OWN = ("institution", "assessment", "competency", "level", "example", "at")
KEEPS_ANSWERS_UP_TO = 5_000
CREW_ASKS: dict[str, int] = {
    code: 2
    for code in (Competency.M_1, Competency.M_2, Competency.M_3, Competency.M_4, Competency.M_5)
}
HEAD_ASKS: dict[str, int] = {Competency.M_4: 3, Competency.M_5: 3}
CREW_SECTIONS = (
    "pju", "taman", "jalan", "drainase", "damkar", "trantib", "darurat", "sampah", "pohon",
    "gawat-darurat", "lalin", "pipa",
)  # fmt: skip
DRAFTS = ("dukcapil-s1", "dpmptsp-s1", "dinsos-s1")
EXAMPLES = (
    "Menyusun jadwal bersama rekan satu regu agar tidak ada giliran kosong.",
    "Menjelaskan syarat layanan kepada warga sampai jelas, lalu mencatat pertanyaannya.",
    "Menyelesaikan laporan bulanan dua hari sebelum batas waktu.",
    "Mengajari rekan baru memakai aplikasi persuratan.",
    "Menegur rekan dengan baik ketika ada warga yang menunggu terlalu lama.",
    "",
    "",
)


@dataclass
class Sheet:
    """Rows of the round that wait to be written in bulk."""

    own: list[tuple[Any, ...]] = field(default_factory=list)
    superior: list[tuple[Any, ...]] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)


def build(city: DemoCity) -> None:
    """Standards of service posts, then the round of this year."""
    own = _standards(city)
    today = clock.today()
    round_ = AssessmentRound.objects.create(
        name=f"Penilaian kompetensi {today.year}",
        start_on=today - timedelta(days=75),
        end_on=today + timedelta(days=21),
    )
    opened = events.RoundOpened(round_id=round_.pk)
    by = city.by(city.logins["bkpsdm"])
    record_many([PastFact(opened, in_hours(city.chance("round"), round_.start_on), by, round_.ref)])
    _round(city, round_, own)


def _standards(city: DemoCity) -> dict[int, Mapping[str, int]]:
    """Decrees for the posts that serve citizens; drafts and a request wait for approval."""
    author = city.logins["organisasi"]
    crews = {city.units[code].pk for code in CREW_SECTIONS}
    asked: dict[int, dict[str, int]] = {}
    for seat in city.seats.values():
        if seat.unit_id in crews:
            asked[seat.position_id] = dict(HEAD_ASKS if seat.is_head else CREW_ASKS)
    _decree(author, asked)
    drafts = [city.seats[city.head_of(code)].position_id for code in DRAFTS]
    _decree(author, {position: dict(HEAD_ASKS) for position in drafts}, draft=True)
    StandardRequest.objects.create(
        position_id=city.seats[city.people_of("disnaker-s1")[0]].position_id,
        asked_at=clock.now() - timedelta(days=3),
        asked_by_id=city.logins["kepegawaian-opd"],
    )
    return {position: found for position, found in asked.items()}


def _decree(author: int, asked: Mapping[int, Mapping[str, int]], *, draft: bool = False) -> None:
    today = clock.today()
    start = None if draft else today - timedelta(days=300)
    made = Standard.objects.bulk_create(
        [
            Standard(
                position_id=position_id,
                state=StandardState.DRAFT if draft else StandardState.IN_FORCE,
                decree_number="" if draft or start is None else f"188.45/214/{start.year}",
                decree_on=start,
                start_on=start,
                author_id=author,
                made_at=clock.now() - timedelta(days=6 if draft else 310),
            )
            for position_id in asked
        ],
        batch_size=BATCH,
    )
    StandardLevel.objects.bulk_create(
        (
            StandardLevel(standard=row, competency=code, level=level)
            for row in made
            for code, level in asked[row.position_id].items()
        ),
        batch_size=BATCH,
    )


def _required(own: Mapping[int, Mapping[str, int]]) -> _Required:
    return _Required(own, norms("competence", on=clock.today())["required_levels"])


@dataclass(frozen=True)
class _Required:
    own: Mapping[int, Mapping[str, int]]
    defaults: Mapping[str, int]

    def of(self, seat: Seat, code: str) -> int | None:
        return rules.required_level(
            self.own.get(seat.position_id, {}), self.defaults.get(seat.tier), code
        )


def _round(city: DemoCity, round_: AssessmentRound, own: Mapping[int, Mapping[str, int]]) -> None:
    rng = city.chance("competence")
    chosen = _states(city, rng)
    started = {
        one: in_hours(rng, workday(round_.start_on + timedelta(days=rng.randrange(40))))
        for one in chosen
    }
    made = Assessment.objects.bulk_create(
        [
            _assessment(city, round_, seat, chosen[one], started[one])
            for one, seat in city.seats.items()
            if one in chosen
        ],
        batch_size=BATCH,
    )
    filler = _Filler(city, rng, round_, _required(own))
    size = 4_000
    for first in range(0, len(made), size):
        filler.write(made[first : first + size])


def _states(city: DemoCity, rng: random.Random) -> dict[int, AssessmentState]:
    chosen: dict[int, AssessmentState] = {}
    for one, seat in city.seats.items():
        roll = rng.random()
        if seat.is_civil_servant and seat.tier:
            state = next((state for share, state in STATES if roll < share), None)
            if state is not None:
                chosen[one] = state
    for one in city.people_of("pju") + city.people_of("sampah") + city.people_of("pohon"):
        if one in chosen or city.seats[one].is_civil_servant:
            chosen[one] = AssessmentState.SETTLED
    waiting = [one for one in city.people_of("pju") if one != city.logins["petugas"]]
    for one in waiting[-2:]:
        chosen[one] = AssessmentState.SENT
    chosen[city.logins["pegawai"]] = AssessmentState.PARTIAL
    for one in (city.logins["petugas"], city.logins["atasan"], city.logins["fasilitator"]):
        chosen[one] = AssessmentState.SETTLED
    return chosen


def _assessment(
    city: DemoCity, round_: AssessmentRound, seat: Seat, state: AssessmentState, at: datetime
) -> Assessment:
    now = clock.now()
    sent = min(at + timedelta(days=6), now - timedelta(hours=30))
    answered = min(sent + timedelta(days=5), now - timedelta(hours=9))
    settled = min(answered + timedelta(days=7), now - timedelta(hours=2))
    is_sent = state != AssessmentState.PARTIAL
    is_answered = is_sent and state != AssessmentState.SENT
    is_settled = state == AssessmentState.SETTLED
    return Assessment(
        round=round_,
        person_id=seat.person_id,
        position_id=seat.position_id,
        unit_id=seat.unit_id,
        agency_id=seat.agency_id,
        superior_id=city.superior_of(seat.person_id) if is_sent else None,
        state=state,
        started_at=at,
        saved_at=min(at + timedelta(minutes=12), now),
        sent_at=sent if is_sent else None,
        answered_at=answered if is_answered else None,
        settled_at=settled if is_settled else None,
        settled_by=city.by(city.logins["bkpsdm"]) if is_settled else "",
    )


class _Filler:
    """Answers and levels of assessments, written in bulk."""

    def __init__(
        self, city: DemoCity, rng: random.Random, round_: AssessmentRound, required: _Required
    ) -> None:
        self.city = city
        self.rng = rng
        self.round = round_
        self.required = required
        self.shares = levels.Shares(city)
        self.kept_answers = 0

    def write(self, rows: list[Assessment]) -> None:
        sheet = Sheet()
        for row in rows:
            self._fill(sheet, row)
        insert_many(SelfAnswer, OWN, sheet.own)
        insert_many(SuperiorAnswer, (*OWN, "by_person"), sheet.superior)
        Talk.objects.bulk_create(sheet.talks, batch_size=BATCH)
        results = Result.objects.bulk_create(sheet.results, batch_size=BATCH)
        record_many(_journal(self.city, rows, results))

    def _fill(self, sheet: Sheet, row: Assessment) -> None:
        seat = self.city.seats[row.person_id]
        codes = list(queries.CODES)
        if row.state == AssessmentState.PARTIAL:
            mine = seat.person_id == self.city.logins["pegawai"]
            codes = codes[: 4 if mine else self.rng.randrange(1, 8)]
        apart = self.rng.choice(codes) if row.state == AssessmentState.IN_TALK else None
        settled = row.state == AssessmentState.SETTLED
        keeps = not settled or self.kept_answers < KEEPS_ANSWERS_UP_TO
        self.kept_answers += settled
        for code in codes:
            required = self.required.of(seat, code)
            level = levels.level_of(self.rng, required, self.shares.of(seat, code))
            own, superior = levels.two_answers(self.rng, level)
            if code == apart:
                own, superior = (4, 2) if superior < 3 else (superior - 2, superior)
                sheet.talks.append(Talk(assessment=row, competency=code))
            if keeps:
                self._answers(sheet, row, code, own, superior)
            if settled:
                sheet.results.append(self._result(row, code, own, superior, required))

    def _answers(self, sheet: Sheet, row: Assessment, code: str, own: int, superior: int) -> None:
        example = EXAMPLES[self.rng.randrange(len(EXAMPLES))]
        place = (row.institution_id, row.pk, code)
        sheet.own.append((*place, own, example, row.saved_at))
        if row.answered_at is not None:
            sheet.superior.append((*place, superior, "", row.answered_at, row.superior_id))

    def _result(
        self, row: Assessment, code: str, own: int, superior: int, required: int | None
    ) -> Result:
        found = rules.agreed_level(own, superior, None)
        level, source = (found.level, found.source) if found else (superior, Source.TALK)
        return Result(
            person_id=row.person_id,
            competency=code,
            level=level,
            required=required,
            missing=rules.missing_levels(required or 0, level),
            source=source,
            formula_version=rules.FORMULA_VERSION,
            round=self.round,
            assessment=row,
            position_id=row.position_id,
            unit_id=row.unit_id,
            agency_id=row.agency_id,
            set_at=row.settled_at or row.started_at,
            set_by=row.settled_by,
        )


def _journal(city: DemoCity, rows: list[Assessment], results: list[Result]) -> list[PastFact]:
    gaps: dict[int, list[Result]] = {}
    for result in results:
        if result.missing:
            gaps.setdefault(result.person_id, []).append(result)
    facts = []
    for row in rows:
        person = city.by(row.person_id)
        begun = events.AssessmentStarted(assessment_id=row.pk, person_id=row.person_id)
        facts.append(PastFact(begun, row.started_at, person, row.ref))
        if row.sent_at is not None:
            sent = events.AssessmentSent(assessment_id=row.pk, person_id=row.person_id)
            facts.append(PastFact(sent, row.sent_at, person, row.ref))
        if row.settled_at is None:
            continue
        found = gaps.get(row.person_id, [])
        fact = events.ResultSettled(assessment_id=row.pk, person_id=row.person_id, gaps=len(found))
        facts.append(PastFact(fact, row.settled_at, row.settled_by, row.ref))
        facts += [_gap(result) for result in found]
    return facts


def _gap(result: Result) -> PastFact:
    fact = events.GapFound(
        person_id=result.person_id,
        unit_id=result.unit_id,
        competency=result.competency,
        required=result.required or 0,
        held=result.level,
    )
    return PastFact(fact, result.set_at, result.set_by, result.ref)
