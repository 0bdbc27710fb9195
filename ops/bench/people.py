"""People: the search that answers while typing, superior and team, at 5,000 and at many."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ops.bench.people_fill import BASE, IN_UNIT, fill_people
from ops.bench.turns import expect

FEW: Final = 5_000
ASKED: Final = 24
TURNS: Final = 2
LAID_ASIDE: Final = {
    "sqlite": (
        "DROP TRIGGER people_one_definite_insert",
        "DROP TRIGGER people_one_definite_update",
    ),
    "postgresql": (
        "SET session_replication_role = replica",
        "SET maintenance_work_mem = '512MB'",
        "SET statement_timeout = 0",
    ),
}


def measure(many: int) -> dict[str, Any]:
    """p95 of the same questions to 5,000 people and to many, and the queries each asks."""
    from abdi.platform.tenancy import Institution, within

    place = Institution.objects.create(code="ukur", name="Kota Ukur")
    with within(place.pk):
        templates, client = _city()
        with _bulk():
            fill_people(templates, IN_UNIT, FEW)
        few = _figures(client, FEW)
        with _bulk():
            fill_people(templates, FEW, many)
        lots = _figures(client, many)
    return {"rows": many, "few": few, "many": lots, "ratios": _ratios(few, lots)}


def _ratios(few: dict[str, Any], lots: dict[str, Any]) -> dict[str, float]:
    return {kind: round(lots[kind]["p95_us"] / few[kind]["p95_us"], 2) for kind in few}


def _city() -> tuple[dict[str, Any], Any]:
    from abdi.people.models import Assignment, Position
    from abdi.people.testing import a_city, actor_for
    from abdi.platform.testing import sign_in_as

    city = a_city()
    seat = Assignment.objects.select_related("position").get(person=city.crew)
    templates = {
        "agency": city.agency,
        "unit": city.section,
        "head_post": Position.objects.get(unit=city.section, is_head=True),
        "post": seat.position,
        "person": city.crew,
        "seat": seat,
    }
    return templates, sign_in_as(actor_for(city.head))


@contextmanager
def _bulk() -> Iterator[None]:
    """Indexes of names and triggers go for a while, of keys too: the fill is not asked."""
    from abdi.people.guards import keep_one_definite
    from abdi.people.models import Person
    from abdi.people.models.naming import name_indexes
    from abdi.platform.testing import as_owner

    indexes = name_indexes()
    with as_owner(), connection.schema_editor() as editor:
        for index in indexes:
            editor.remove_index(Person, index)
    with as_owner(), connection.cursor() as cursor:
        for words in LAID_ASIDE[connection.vendor]:
            cursor.execute(words)
    yield
    with as_owner(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")
    with as_owner(), connection.schema_editor() as editor:
        for index in indexes:
            editor.add_index(Person, index)
    keep_one_definite(using="default")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _figures(client: Any, people: int) -> dict[str, dict[str, Any]]:
    from abdi.people import queries
    from abdi.people.models import Person
    from abdi.platform.access import SYSTEM

    step = max(1, (people - IN_UNIT) // ASKED)
    ids = [BASE + IN_UNIT + number * step for number in range(ASKED)]
    sample = list(Person.objects.filter(id__in=ids).order_by("id"))
    heads = [BASE + one.pk % BASE // IN_UNIT * IN_UNIT for one in sample]

    def search(words: str) -> None:
        queries.directory(SYSTEM, words, 1, 25)

    def page(words: str) -> None:
        answer = client.get("/pegawai", {"q": words}, SERVER_NAME="127.0.0.1")
        expect(answer.status_code == 200, "the page of people")

    typed = [text for one in sample for text in _typed(one.name)]
    beside = [f"{one.name.split()[-1]} {one.name.split()[0]}" for one in sample]
    numbers = [(one.employee_number or "")[:size] for one in sample for size in (4, 8, 18)]
    return {
        "typing a name": _p95(search, typed),
        "words in another order": _p95(search, beside),
        "typing a number": _p95(search, numbers),
        "nobody": _p95(search, ["Zzyx", "Zzyx Qq", "9999", "Zzyx Radi"]),
        "the first page of all": _p95(search, [""] * 5),
        "the page in the browser": _p95(page, typed[::7]),
        "superior on a date": _p95(lambda pk: queries.lines([pk]), [one.pk for one in sample]),
        "team of a head": _p95(queries.led_by, heads),
    }


def _typed(name: str) -> list[str]:
    """What somebody has typed after a few keys, by the first word, the second, both."""
    first, second = name.split()[:2]
    return [first[:2], first[:3], first, f"{first} {second[:2]}", f"{first} {second}", second[:4]]


def _p95(ask: Callable[[Any], Any], things: list[Any]) -> dict[str, Any]:
    ask(things[0])
    # SQLite works inside this process: its processor time does not swing with the machine
    watch = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    costs = []
    for _turn in range(TURNS):
        for thing in things:
            begun = watch()
            ask(thing)
            costs.append(watch() - begun)
    costs.sort()
    most = 0
    for thing in things[:: max(1, len(things) // 10)]:
        with CaptureQueriesContext(connection) as asked:
            ask(thing)
        most = max(most, len(asked))
    place = min(len(costs) - 1, int(len(costs) * 0.95))
    return {"p95_us": round(costs[place] * 1e6), "queries": most}
