"""Rights of the demo city: found ten months ago, most of the past ones given since."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from abdi.people.demo import DemoCity, moment
from abdi.platform import clock
from abdi.platform.journal import PastFact, record_many
from abdi.rights import events, queries
from abdi.rights.choices import Look, RightKind, RightState
from abdi.rights.models import Right
from abdi.rights.rules import Due

BATCH: Final = 2_000
BEHIND: Final = timedelta(days=300)
GIVEN_SHARE: Final = 0.9
"""Share of the past ones that were given in time; the rest is late."""


def build(city: DemoCity) -> None:
    """Announce what fell due in ten months and falls due; most of the past ones are given.

    A promotion is never given here: the rank stands in the record or it does not.
    """
    rng = city.chance("rights")
    today = clock.today()
    people = sorted(one for one, seat in city.seats.items() if seat.is_civil_servant)
    rows: dict[tuple[int, str, date], Right] = {}
    for day in (today - BEHIND, today):
        for person_id, dues in queries.dues(people, day).items():
            for due in dues:
                if day < today and due.kind == RightKind.PROMOTION:
                    continue
                rows.setdefault((person_id, due.kind, due.due_on), _right(person_id, due, today))
    for row in rows.values():
        past = row.due_on < today and row.kind != RightKind.PROMOTION
        if past and rng.random() < GIVEN_SHARE:
            _give(row, city)
    made = Right.objects.bulk_create(rows.values(), batch_size=BATCH)
    record_many(_fact(row) for row in made)


def _right(person_id: int, due: Due, today: date) -> Right:
    watched = due.kind in (RightKind.RAISE, RightKind.PROMOTION)
    return Right(
        person_id=person_id,
        kind=due.kind,
        due_on=due.due_on,
        base_on=due.base_on,
        what=due.what,
        look=Look.PERFORMANCE if watched else "",
        announced_at=moment(today - BEHIND, 4, 10),
    )


def _give(row: Right, city: DemoCity) -> None:
    row.state, row.given_on = RightState.GIVEN, row.due_on
    row.closed_by_id = city.logins["bkpsdm"]
    row.closed_at = moment(min(row.due_on, clock.today() - timedelta(days=1)), 10)
    row.decree = f"822/{row.due_on:%m}/{row.due_on:%Y}"


def _fact(row: Right) -> PastFact:
    fact = events.RightFallsDue(
        right_id=row.pk,
        person_id=row.person_id,
        kind_code=str(row.kind),
        due_on=row.due_on.isoformat(),
    )
    return PastFact(fact, row.announced_at, "system", row.ref)
