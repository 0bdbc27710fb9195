"""A staff list that waits in the demo city, with the faults such lists have."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any, Final

from abdi.imports import actions, queries
from abdi.people import queries as people
from abdi.people.actors import actor_of
from abdi.people.demo import DemoCity
from abdi.platform.access import SYSTEM

ROWS: Final = 40
HEADINGS: Final = (
    "NO",
    "NAMA",
    "NIP",
    "TGL LAHIR",
    "JK",
    "GOL",
    "TMT GOL",
    "JABATAN",
    "UNIT KERJA",
)
NAME: Final = "nominatif-maret.csv"
WRONG: Final = (
    {2: "1,98503E+17"},
    {8: "UPT Parkir Timur"},
    {3: "31-02-1979"},
    {5: "V/z"},
    {4: "X"},
    {6: ""},
    {7: "#REF!"},
    {2: ""},
)
"""What stands in which column instead, one row each."""


def build(city: DemoCity) -> None:
    """A draft of the personnel office: most rows say what the record says, some are faulty."""
    table = _table(city)
    for at, changes in enumerate(WRONG):
        row = table[3 + at * 4]
        for column, text in changes.items():
            row[column] = text
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";").writerows([HEADINGS, *table])
    data = target.getvalue().encode()
    office = actor_of(city.accounts[city.logins["bkpsdm"]]) or SYSTEM
    with queries.open_list(data, NAME, is_upload=True) as opened:
        rows = list(opened)
    actions.start_draft(None, by=office, opened=opened, rows=rows, content=data)


def _table(city: DemoCity) -> list[list[Any]]:
    ids = sorted(one for one, seat in city.seats.items() if seat.is_civil_servant)[:ROWS]
    ranks = {hold.person_id: hold for hold in people.ranks_of(ids)}
    seats = people.seating(ids)
    table: list[list[Any]] = []
    for number, person in enumerate(people.persons().filter(pk__in=ids).order_by("pk"), 1):
        rank, seat = ranks.get(person.pk), seats[person.pk].position
        table.append(
            [
                number,
                person.display_name,
                person.employee_number,
                _day(person.birth_on),
                "P" if person.sex == "female" else "L",
                rank.rank if rank else "",
                _day(rank.start_on) if rank else "",
                seat.title,
                seat.unit.name,
            ]
        )
    return table


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
