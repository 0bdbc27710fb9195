"""Posts and the people in them, written in bulk."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from abdi.people.choices import AssignmentKind, Employment, PositionKind, Sex, UnitKind
from abdi.people.demo import names, plan
from abdi.people.demo.city import DemoCity, Seat
from abdi.people.demo.units import START, office_places
from abdi.people.models import Assignment, Person, Position, Unit
from abdi.platform import clock

BATCH = 2_000
GRADUATE = ("", "S.T.", "S.E.", "S.Sos.", "S.AP.", "S.H.", "A.Md.")
CIVIL = (Employment.PNS, Employment.PPPK)
HEAD_TIERS = {
    UnitKind.AGENCY: "JPT_PRATAMA",
    UnitKind.SUBDISTRICT: "ADMINISTRATOR",
    UnitKind.SECRETARIAT: "ADMINISTRATOR",
    UnitKind.DEPARTMENT: "ADMINISTRATOR",
    UnitKind.SCHOOL: "JF_AHLI_MADYA",
    UnitKind.HEALTH_CENTRE: "JF_AHLI_MUDA",
    UnitKind.CREW: "JF_AHLI_MUDA",
}
HEAD_TITLES = {
    UnitKind.VILLAGE: "Lurah",
    UnitKind.SUBDISTRICT: "Camat",
    UnitKind.SECRETARIAT: "Sekretaris",
    UnitKind.SCHOOL: "Kepala Sekolah",
    UnitKind.HEALTH_CENTRE: "Kepala Puskesmas",
    UnitKind.CREW: "Ketua Kelompok",
}
OWN_TITLES = {
    "setda": "Sekretaris Daerah",
    "setwan": "Sekretaris DPRD",
    "inspektorat": "Inspektur",
    "rsud": "Direktur RSUD",
    "pdam": "Direktur Utama",
}
JOB_CLASSES = {"JPT_PRATAMA": 14, "ADMINISTRATOR": 12, "JF_AHLI_MADYA": 11}


@dataclass
class Seatings:
    """Rows that wait to be written in bulk."""

    positions: list[Position] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    starts: list[date] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)


def build(city: DemoCity) -> None:
    """A head for each unit, crews as the plan says, everybody else in the offices."""
    seatings = Seatings()
    for unit in city.units.values():
        _head(city, seatings, unit)
    for code, count in names.CREWS.items():
        for _number in range(count * city.scale):
            _crew_member(city, seatings, code)
    _offices(city, seatings)
    _write(city, seatings)


def _head(city: DemoCity, seatings: Seatings, unit: Unit) -> None:
    if unit.kind == UnitKind.CITY:
        post = _post(unit, ("Wali Kota", "", None), PositionKind.ELECTED, head=True)
        _seat(city, seatings, post, Employment.ELECTED, age=(50, 60))
        return
    tier = HEAD_TIERS.get(UnitKind(unit.kind), "PENGAWAS")
    title = OWN_TITLES.get(unit.code) or HEAD_TITLES.get(UnitKind(unit.kind))
    title = title or f"Kepala {unit.name}"
    kind = PositionKind.ADMINISTRATION
    if tier.startswith("JF"):
        kind = PositionKind.FUNCTIONAL
    elif tier == "JPT_PRATAMA":
        kind = PositionKind.HIGH_LEADERSHIP
    post = _post(unit, (title, tier, JOB_CLASSES.get(tier, 9)), kind, head=True)
    _seat(city, seatings, post, Employment.PNS, age=(42, 57))


def _post(
    unit: Unit, title: tuple[str, str, int | None], kind: str, *, head: bool = False
) -> Position:
    return Position(
        unit=unit,
        title=title[0],
        tier=title[1],
        kind=kind,
        job_class=title[2],
        is_managerial=head and not title[1].startswith("JF"),
        is_head=head,
    )


def _crew_member(city: DemoCity, seatings: Seatings, code: str) -> None:
    title, job_class = names.CREW_TITLES[code]
    post = _post(city.units[code], (title, "PELAKSANA", job_class), PositionKind.ADMINISTRATION)
    roll = city.rng.random()
    employment = Employment.PNS if roll < 0.4 else Employment.PPPK
    if roll > 0.75 and code not in names.ALL_CIVIL:
        employment = Employment.CONTRACT
    _seat(city, seatings, post, employment, age=(22, 54))


def _offices(city: DemoCity, seatings: Seatings) -> None:
    left = plan.PEOPLE[city.size] - len(seatings.people)
    total = sum(agency.weight for agency in plan.AGENCIES)
    for agency in plan.AGENCIES:
        places = office_places(city, agency.code)
        for number in range(left * agency.weight // total):
            _staff_member(city, seatings, places[number % len(places)])


def _staff_member(city: DemoCity, seatings: Seatings, unit: Unit) -> None:
    titles = {
        UnitKind.SCHOOL: names.SCHOOL_TITLES,
        UnitKind.HEALTH_CENTRE: names.HEALTH_TITLES,
    }.get(UnitKind(unit.kind), names.STAFF_TITLES)
    title = titles[city.rng.randrange(len(titles))]
    functional = title[1].startswith("JF")
    kind = PositionKind.FUNCTIONAL if functional else PositionKind.ADMINISTRATION
    employment = Employment.PNS if city.rng.random() < 0.62 else Employment.PPPK
    _seat(city, seatings, _post(unit, title, kind), employment, age=(23, 57))


def _seat(
    city: DemoCity, seatings: Seatings, position: Position, employment: str, age: tuple[int, int]
) -> None:
    rng = city.rng
    woman = rng.random() < 0.45
    first = rng.choice(names.WOMEN if woman else names.MEN)
    today = clock.today()
    birth = today - timedelta(days=rng.randint(age[0] * 365, age[1] * 365))
    start = START + timedelta(days=rng.randint(0, 500))
    civil = employment in CIVIL
    person = Person(
        code=f"c{rng.getrandbits(44):011x}"[:12],
        name=f"{first} {rng.choice(names.FAMILY)}",
        title_suffix=rng.choice(GRADUATE) if civil else "",
        employee_number=_number(rng, birth, woman, employment, seatings) if civil else None,
        employment=employment,
        sex=Sex.FEMALE if woman else Sex.MALE,
        birth_on=birth,
        phone=f"+6281200{len(seatings.people):06d}",
        education="S1" if civil else "SMA",
        contract_end_on=date(today.year + 1, 12, 31) if employment == Employment.PPPK else None,
    )
    seatings.positions.append(position)
    seatings.people.append(person)
    seatings.starts.append(start if start < today else START)


def _number(
    rng: random.Random, birth: date, woman: bool, employment: str, seatings: Seatings
) -> str:
    """A number of the legal shape that belongs to nobody: serials count through the city."""
    sex = 2 if woman else 1
    if employment == Employment.PPPK:
        middle = f"{rng.randint(2021, 2025)}{rng.choice((11, 21))}"
    else:
        joined = min(birth.year + rng.randint(22, 30), 2024)
        middle = f"{joined}{rng.choice((1, 3, 12)):02d}"
    serial = len(seatings.people) % 999
    while True:
        serial = serial % 999 + 1
        number = f"{birth:%Y%m%d}{middle}{sex}{serial:03d}"
        if number not in seatings.numbers:
            seatings.numbers.add(number)
            return number


def _write(city: DemoCity, seatings: Seatings) -> None:
    positions = Position.objects.bulk_create(seatings.positions, batch_size=BATCH)
    people = Person.objects.bulk_create(seatings.people, batch_size=BATCH)
    rows = zip(people, positions, seatings.starts, strict=True)
    Assignment.objects.bulk_create(
        (
            Assignment(
                person=person, position=position, start_on=start, kind=AssignmentKind.DEFINITE
            )
            for person, position, start in rows
        ),
        batch_size=BATCH,
    )
    city.members = {unit.pk: [] for unit in city.units.values()}
    for person, position, start in zip(people, positions, seatings.starts, strict=True):
        if position.is_head:
            city.heads[position.unit_id] = person.pk
        else:
            city.members[position.unit_id].append(person.pk)
        city.seats[person.pk] = Seat(
            person_id=person.pk,
            position_id=position.pk,
            unit_id=position.unit_id,
            agency_id=position.unit.agency_id or position.unit_id,
            title=position.title,
            tier=position.tier,
            is_head=position.is_head,
            is_civil_servant=person.employee_number is not None,
            start_on=start,
        )
