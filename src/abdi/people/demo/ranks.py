"""Ranks of the demo city: from the appointment on, one step every four years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from abdi.people import rules
from abdi.people.choices import Employment, RecordSource
from abdi.people.demo.city import DemoCity
from abdi.people.models import Person, RankHold
from abdi.platform import clock
from abdi.platform.norms import norms

BATCH: Final = 2_000
STEP_YEARS: Final = 4
LEADERS: Final = ("JPT_PRATAMA", "ADMINISTRATOR", "JF_AHLI_MADYA")
LATE: Final = 0.03
"""Share of the people whose last step was forgotten: the page of rights has something to find."""


def build(city: DemoCity) -> None:
    """Ranks of every civil servant; a contract has one grade."""
    chance = city.chance("ranks")
    rows: list[RankHold] = []
    for person in Person.objects.exclude(employee_number=None).order_by("id"):
        if person.employment != Employment.PNS:
            year = int((person.employee_number or "")[8:12])
            rows.append(_hold(person, "IX", date(year, 3, 1)))
            continue
        held = list(_steps(person, city.seats[person.pk].tier))
        rows += held[:-1] if len(held) > 1 and chance.random() < LATE else held
    RankHold.objects.bulk_create(rows, batch_size=BATCH)


def _steps(person: Person, tier: str) -> Iterator[RankHold]:
    figures = norms("people", on=clock.today())
    entry = figures["education"][person.education]
    highest = "IV/c" if tier in LEADERS else entry["highest_rank"]
    number = person.employee_number or ""
    day, rank = date(int(number[8:12]), int(number[12:14]), 1), str(entry["entry_rank"])
    while day <= clock.today():
        yield _hold(person, rank, day)
        above = rules.next_rank(rank, figures)
        if above is None or rank == highest:
            return
        day, rank = day.replace(year=day.year + STEP_YEARS), above


def _hold(person: Person, rank: str, start_on: date) -> RankHold:
    return RankHold(person=person, rank=rank, start_on=start_on, source=RecordSource.IMPORTED)
