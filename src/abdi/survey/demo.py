"""Surveys of services and ratings of reports in the demo city."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from abdi.people.demo import DemoCity, moment, workday
from abdi.platform import clock
from abdi.platform.journal import PastFact, record_many
from abdi.survey import events, queries
from abdi.survey.choices import Element
from abdi.survey.models import (
    Answer,
    ElementTotal,
    Invitation,
    Participation,
    Period,
    Rating,
)

BATCH = 2_000
SPREAD = 0.62


@dataclass(frozen=True)
class Surveyed:
    """A survey of one service: when it ended (days ago), who answered, what they think.

    `mean` is the average answer of 1 to 4, `weak` the elements that stand lower by `less`.
    """

    service: str
    ended: int | None
    opened: int
    people: int
    served: int
    mean: float
    weak: tuple[Element, ...] = ()
    less: float = 0.0


PLAN = (
    Surveyed("ktp", 38, 70, 236, 5_200, 3.62),
    Surveyed("pju", 24, 60, 174, 2_600, 3.22, (Element.TIME,), 0.75),
    Surveyed("sampah", 17, 52, 191, 3_400, 2.96, (Element.CONDUCT, Element.COMPETENCE), 0.55),
    Surveyed("izin", None, 12, 47, 1_100, 3.4, (Element.PROCEDURE,), 0.3),
)


def build(city: DemoCity) -> None:
    """Three surveys that ended, one that takes answers."""
    rng = city.chance("survey")
    today = clock.today()
    for row in PLAN:
        period = Period.objects.create(
            service=city.services[row.service],
            opened_on=today - timedelta(days=row.opened),
            closes_on=today + timedelta(days=16 if row.ended is None else -row.ended),
            closed_on=None if row.ended is None else today - timedelta(days=row.ended),
            people_served=row.served * city.scale,
        )
        answers = _answers(rng, period, row)
        rng.shuffle(answers)
        Answer.objects.bulk_create(answers, batch_size=BATCH)
        _note(city, period, answers)
        if row.ended is None:
            _participations(rng, period, row.people, today)


def _answers(rng: random.Random, period: Period, row: Surveyed) -> list[Answer]:
    found = []
    for element in Element:
        mean = row.mean - (row.less if element in row.weak else 0) + rng.uniform(-0.12, 0.12)
        asked = row.people - rng.randrange(6)
        for _person in range(asked):
            value = min(4, max(1, round(rng.gauss(mean, SPREAD))))
            found.append(
                Answer(id=rng.getrandbits(62), period=period, element=element, value=value)
            )
    return found


def _participations(rng: random.Random, period: Period, people: int, today: date) -> None:
    days = (today - period.opened_on).days
    Participation.objects.bulk_create(
        Participation(
            id=rng.getrandbits(62),
            period=period,
            who=f"{rng.getrandbits(256):064x}",
            answered_on=period.opened_on + timedelta(days=rng.randrange(days)),
        )
        for _person in range(people)
    )


def _note(city: DemoCity, period: Period, answers: list[Answer]) -> None:
    office = city.by(city.logins["organisasi"])
    opened = events.PeriodOpened(period_id=period.pk, service_id=period.service_id)
    facts = [PastFact(opened, moment(workday(period.opened_on), 8), office, period.ref)]
    if period.closed_on is not None:
        _count(period, answers)
        result = queries.result_of(period)
        closed = events.PeriodClosed(
            period_id=period.pk,
            service_id=period.service_id,
            unit_id=period.service.unit_id,
            index_hundredths=result.index,
            grade=str(result.grade or ""),
        )
        facts.append(PastFact(closed, moment(period.closed_on, 16), office, period.ref))
    record_many(facts)


def _count(period: Period, answers: list[Answer]) -> None:
    counts = Counter(answer.element for answer in answers)
    sums: Counter[str] = Counter()
    for answer in answers:
        sums[answer.element] += answer.value
    ElementTotal.objects.bulk_create(
        ElementTotal(
            period=period, element=element, respondents=counts[element], answers_sum=sums[element]
        )
        for element in Element
    )


@dataclass(frozen=True, slots=True)
class Rated:
    """A closed report: since when its reporter may rate it, and how he did, if he did."""

    about: str
    round: int
    unit_id: int
    service_id: int | None
    invited_at: datetime
    stars: int = 0
    words: str = ""
    rated_at: datetime | None = None


def keep_ratings(rows: Iterable[Rated]) -> None:
    """Invitations, and ratings where somebody rated; the facts in the journal."""
    given = list(rows)
    made = Invitation.objects.bulk_create(
        [
            Invitation(
                about=row.about,
                round=row.round,
                unit_id=row.unit_id,
                service_id=row.service_id,
                invited_at=row.invited_at,
            )
            for row in given
        ],
        batch_size=BATCH,
    )
    rated = [pair for pair in zip(made, given, strict=True) if pair[1].stars]
    Rating.objects.bulk_create(
        [
            Rating(
                invitation=one,
                stars=row.stars,
                words=row.words,
                rated_at=row.rated_at or row.invited_at,
            )
            for one, row in rated
        ],
        batch_size=BATCH,
    )
    record_many(_rating_fact(one, row) for one, row in rated)


def _rating_fact(one: Invitation, row: Rated) -> PastFact:
    fact = events.RatingGiven(
        invitation_id=one.pk,
        about=row.about,
        unit_id=row.unit_id,
        service_id=row.service_id,
        stars=row.stars,
    )
    return PastFact(fact, row.rated_at or row.invited_at, "citizen", row.about)
