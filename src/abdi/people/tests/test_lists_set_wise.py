"""A messy list entered set-wise leaves the same rows as entered row by row."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import transaction

from abdi.people import actions
from abdi.people.models import Assignment, Person, Position, RankHold, Unit
from abdi.people.rules import Listed
from abdi.people.testing import a_unit, an_agency
from abdi.people.tests import row_by_row
from abdi.platform import clock
from abdi.platform.access import SYSTEM

pytestmark = pytest.mark.django_db
TITLES = ("Analis", "analis ", "Kepala Seksi Jalan", "Petugas", "Pranata Komputer Ahli Muda", "")
RANKS = ("II/a", "III/a", "III/b", "")
KNOWN = 14


class Undone(Exception):
    """Takes everything back that was written inside."""


def a_row(chance, line, person_id, number):
    """One row: somebody new or known, telling some of what a list may tell."""
    today = clock.today()
    facts = {
        "name": chance.choice(("Sari Dewi", "SARI DEWI", "Budi", "Nur'aini")),
        "employment": chance.choice(("pns", "contract")),
        "employee_number": number,
        "title_suffix": chance.choice(("S.E.", "M.Si.")),
        "birth_on": today - timedelta(days=365 * chance.randint(20, 50)),
        "phone": f"+6281200000{chance.randint(0, 4):03d}",
    }
    kept = {name for name in facts if chance.random() < 0.6} | {"name", "employment"}
    if person_id is not None:
        kept -= {"employee_number"}
    units = [*Unit.objects.values_list("pk", flat=True), None]
    return Listed(
        line=line,
        person_id=person_id,
        facts={name: told for name, told in facts.items() if name in kept},
        unit_id=chance.choice(units),
        title=chance.choice(TITLES),
        echelon=chance.choice(("", "", "IV.a", "III/b")),
        since=chance.choice((None, today - timedelta(days=chance.randint(1, 900)))),
        rank=chance.choice(RANKS),
        rank_since=chance.choice((None, today - timedelta(days=30 * chance.randint(1, 3)))),
    )


def a_list(seed):
    """Rows about those who are there, each once, among rows of somebody new."""
    chance = random.Random(seed)
    known = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    who = [*chance.sample(known, k=min(len(known), 9)), *([None] * chance.randint(3, 9))]
    chance.shuffle(who)
    numbers = (f"19800101200501{seed % 90 + 10}{at:02d}" for at in range(100))
    return [a_row(chance, at, pk, next(numbers)) for at, pk in enumerate(who, 1)]


def left_behind():
    """Every row a list touches; who and which post by what they say, ids and codes apart."""
    people = Person.objects.values(
        *(field.name for field in Person._meta.fields if field.name not in ("id", "code"))
    )
    posts = Position.objects.values(
        *(field.name for field in Position._meta.fields if field.name != "id")
    )
    seat = ("kind", "start_on", "end_on", "extension", "decree", "institution")
    post = ("position__unit", "position__title", "position__is_head", "position__tier")
    rank = ("rank", "start_on", "served_months", "decree", "source", "institution")
    whose = ("person__name", "person__employee_number", "person__birth_on", "person__phone")
    return [
        sorted(repr(sorted(row.items())) for row in rows)
        for rows in (
            people,
            posts,
            Assignment.objects.values(*seat, *post, *whose),
            RankHold.objects.values(*rank, *whose),
        )
    ]


def after(enter, rows):
    """What an act leaves behind; it is taken back afterwards."""
    found = []
    try:
        with transaction.atomic():
            enter(rows)
            found.append(left_behind())
            raise Undone
    except Undone:
        return found[0]


@pytest.mark.parametrize("seed", range(8))
def test_set_wise_and_row_by_row_leave_the_same(seed):
    agency = an_agency("Dinas Perhubungan")
    for name in ("Bidang Jalan", "Bidang Parkir"):
        a_unit(agency, name=name)
    chance = random.Random(seed + 1_000)
    start = [a_row(chance, at, None, f"19700101199501{at:04d}") for at in range(KNOWN)]
    actions.enter_people(start, by=SYSTEM)
    with clock.at(clock.now() + timedelta(days=400)):
        rows = a_list(seed)
        told = after(row_by_row.enter, rows)
        assert after(lambda some: actions.enter_people(some, by=SYSTEM), rows) == told
        before = left_behind()
        assert after(lambda _rows: None, rows) == before != told
