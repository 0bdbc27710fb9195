"""Building the units, posts, people and accounts of the demo city, in bulk and always the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from abdi.people.choices import AssignmentKind, Employment, PositionKind, Sex, UnitKind
from abdi.people.demo import plan
from abdi.people.models import Account, Assignment, Person, Position, RoleGrant, Service, Unit
from abdi.platform import clock
from abdi.platform.tenancy import Institution

START = date(2024, 1, 1)
TITLES = ("", "", "S.T.", "S.E.", "S.Sos.", "A.Md.", "S.AP.")
FIELD_SECTIONS = ("pju", "taman", "jalan", "drainase", "damkar", "trantib", "darurat", "sampah")
HEAD_TIERS = {0: "JPT_PRATAMA", 1: "ADMINISTRATOR", 2: "PENGAWAS"}


@dataclass
class DemoCity:
    """What the other floors need to build theirs upon it."""

    institution: Institution
    size: str
    rng: random.Random
    units: dict[str, Unit] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    heads: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    sign_ins: list[tuple[str, str, str]] = field(default_factory=list)

    def people_of(self, code: str) -> list[int]:
        """Ids of the members of a unit, its head not among them."""
        return self.members[self.units[code].pk]


@dataclass
class Seatings:
    """Rows that wait to be written in bulk."""

    positions: list[Position] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    starts: list[date] = field(default_factory=list)


def build(
    institution: Institution, size: str, progress: Callable[[str], None], password: str
) -> DemoCity:
    """Units, services, posts, people, assignments and accounts; the same for the same size."""
    city = DemoCity(institution, size, random.Random(f"cendana {size}"))  # noqa: S311 - a demo
    progress("perangkat daerah dan unit")
    _units(city)
    _services(city)
    progress("pegawai dan jabatan")
    seatings = Seatings()
    _heads(city, seatings)
    _staff(city, seatings)
    _write(city, seatings)
    progress("akun dan peran")
    _accounts(city, password)
    return city


def _units(city: DemoCity) -> None:
    root = _save_level(city, [("kota", "Pemerintah Kota Cendana", UnitKind.CITY, None, "")])[0]
    agencies = [(a.code, a.name, a.kind, root, a.opd_kind) for a in plan.AGENCIES]
    _save_level(city, agencies)
    middle, lower = [], []
    for agency in plan.AGENCIES:
        top = city.units[agency.code]
        if agency.kind == UnitKind.SUBDISTRICT:
            middle += [
                (f"kel-{name.lower().replace(' ', '-')}", f"Kelurahan {name}", "village", top, "")
                for name in plan.VILLAGES[agency.code]
            ]
            continue
        middle.append((f"{agency.code}-set", "Sekretariat", UnitKind.SECRETARIAT, top, ""))
        for number in range(1, _departments(agency) + 1):
            name = f"Bidang {'Pelayanan' if number == 1 else 'Pembinaan'} {number}"
            middle.append((f"{agency.code}-b{number}", name, UnitKind.DEPARTMENT, top, ""))
    _save_level(city, middle)
    for agency in plan.AGENCIES:
        if agency.kind == UnitKind.SUBDISTRICT:
            continue
        parent = city.units[f"{agency.code}-b1"]
        lower += [(code, name, UnitKind.SECTION, parent, "") for code, name in agency.sections]
        for number in range(2, _departments(agency) + 1):
            lower.append(
                (
                    f"{agency.code}-s{number}",
                    f"Seksi {number}",
                    UnitKind.SECTION,
                    city.units[f"{agency.code}-b{number}"],
                    "",
                )
            )
    _save_level(city, lower)


def _departments(agency: plan.Agency) -> int:
    return 1 if agency.weight < 2 else 2 if agency.weight < 5 else 3


def _save_level(
    city: DemoCity, rows: Sequence[tuple[str, str, str, Unit | None, str]]
) -> list[Unit]:
    made = Unit.objects.bulk_create(
        [
            Unit(code=code, name=name, kind=kind, parent=parent, opd_kind=opd_kind, start_on=START)
            for code, name, kind, parent, opd_kind in rows
        ]
    )
    for unit in made:
        stands_alone = unit.kind in (UnitKind.AGENCY, UnitKind.SUBDISTRICT, UnitKind.CITY)
        unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
        unit.agency_id = unit.pk if stands_alone or unit.parent is None else unit.parent.agency_id
        city.units[unit.code] = unit
    Unit.objects.bulk_update(made, ["path", "agency"], batch_size=500)
    return made


def _services(city: DemoCity) -> None:
    rows = [
        Service(unit=city.units[unit], code=code, name=name)
        for agency in plan.AGENCIES
        for code, name, unit in agency.services
    ]
    counters = (("dukcapil", "ktp", "Kartu tanda penduduk"), ("dpmptsp", "izin", "Perizinan"))
    rows += [Service(unit=city.units[u], code=code, name=name) for u, code, name in counters]
    city.services = {row.code: row for row in Service.objects.bulk_create(rows)}


def _heads(city: DemoCity, seatings: Seatings) -> None:
    for unit in city.units.values():
        depth = unit.path.count("/") - 2
        if unit.code == "kota":
            position = _post(unit, "Wali Kota", "", PositionKind.ELECTED, None, head=True)
            _seat(city, seatings, position, Employment.ELECTED, age=(50, 60))
            continue
        tier = "PENGAWAS" if unit.kind == UnitKind.VILLAGE else HEAD_TIERS[min(depth - 1, 2)]
        if unit.kind == UnitKind.SUBDISTRICT:
            tier = "ADMINISTRATOR"
        title = {"village": "Lurah", "subdistrict": "Camat"}.get(unit.kind, f"Kepala {unit.name}")
        kind = (
            PositionKind.HIGH_LEADERSHIP if tier == "JPT_PRATAMA" else PositionKind.ADMINISTRATION
        )
        job_class = {"JPT_PRATAMA": 14, "ADMINISTRATOR": 12, "PENGAWAS": 9}[tier]
        position = _post(unit, title, tier, kind, job_class, head=True)
        _seat(city, seatings, position, Employment.PNS, age=(44, 58))


def _post(
    unit: Unit, title: str, tier: str, kind: str, job_class: int | None, *, head: bool = False
) -> Position:
    return Position(
        unit=unit,
        title=title,
        tier=tier,
        kind=kind,
        job_class=job_class,
        is_managerial=head,
        is_head=head,
    )


def _staff(city: DemoCity, seatings: Seatings) -> None:
    left = plan.PEOPLE[city.size] - len(seatings.people)
    weights = {agency.code: agency.weight for agency in plan.AGENCIES}
    total = sum(weights.values())
    for agency in plan.AGENCIES:
        count = left * weights[agency.code] // total
        places = [
            unit
            for unit in city.units.values()
            if unit.path.startswith(city.units[agency.code].path)
            and unit.kind in (UnitKind.SECTION, UnitKind.SECRETARIAT, UnitKind.VILLAGE)
        ] or [city.units[agency.code]]
        for number in range(count):
            _staff_member(city, seatings, places[number % len(places)], number)


def _staff_member(city: DemoCity, seatings: Seatings, unit: Unit, number: int) -> None:
    if unit.code == "pju" and number % 3:  # the overloaded section of the story has few people
        unit = city.units["disperkim-set"]
    field_work = unit.code in FIELD_SECTIONS
    titles = plan.FIELD_TITLES if field_work else plan.STAFF_TITLES
    title, tier, job_class = titles[city.rng.randrange(len(titles))]
    kind = PositionKind.FUNCTIONAL if tier.startswith("JF") else PositionKind.ADMINISTRATION
    roll = city.rng.random()
    employment = Employment.PNS if roll < 0.62 else Employment.PPPK
    if field_work and roll > 0.75:
        employment = Employment.CONTRACT
    _seat(city, seatings, _post(unit, title, tier, kind, job_class), employment, age=(23, 57))


def _seat(
    city: DemoCity, seatings: Seatings, position: Position, employment: str, age: tuple[int, int]
) -> None:
    rng = city.rng
    woman = rng.random() < 0.45
    first = rng.choice(plan.WOMEN if woman else plan.MEN)
    birth = clock.today() - timedelta(days=rng.randint(age[0] * 365, age[1] * 365))
    start = max(START, date(2024, 1, 1) + timedelta(days=rng.randint(0, 500)))
    civil = employment in (Employment.PNS, Employment.PPPK)
    number = _number(birth, rng, woman, employment, len(seatings.people)) if civil else None
    person = Person(
        code=f"c{rng.getrandbits(44):011x}"[:12],
        name=f"{first} {rng.choice(plan.FAMILY)}",
        title_suffix=rng.choice(("", "", "S.T.", "S.E.", "S.Sos.", "A.Md.", "S.AP."))
        if civil
        else "",
        employee_number=number,
        employment=employment,
        sex=Sex.FEMALE if woman else Sex.MALE,
        birth_on=birth,
        phone=f"+6281200{len(seatings.people):06d}",
        education="S1" if civil else "SMA",
        contract_end_on=date(clock.today().year + 1, 12, 31) if employment == "PPPK" else None,
    )
    seatings.positions.append(position)
    seatings.people.append(person)
    seatings.starts.append(start if start < clock.today() else START)


def _number(birth: date, rng: random.Random, woman: bool, employment: str, serial: int) -> str:
    """A number of the legal shape that belongs to nobody: serials count through the city."""
    sex = 2 if woman else 1
    if employment == Employment.PPPK:
        start = f"{rng.randint(2021, 2025)}{rng.choice((11, 21))}"
        return f"{birth:%Y%m%d}{start}{sex}{serial % 999 + 1:03d}"
    joined = birth.year + rng.randint(22, 30)
    return (
        f"{birth:%Y%m%d}{min(joined, 2024)}{rng.choice((1, 3, 12)):02d}{sex}{serial % 999 + 1:03d}"
    )


def _write(city: DemoCity, seatings: Seatings) -> None:
    seen: set[str] = set()
    for person in seatings.people:
        while person.employee_number in seen:
            person.employee_number = str(int(person.employee_number or "0") + 1)
        if person.employee_number:
            seen.add(person.employee_number)
    positions = Position.objects.bulk_create(seatings.positions, batch_size=2_000)
    people = Person.objects.bulk_create(seatings.people, batch_size=2_000)
    Assignment.objects.bulk_create(
        [
            Assignment(
                person=person, position=position, start_on=start, kind=AssignmentKind.DEFINITE
            )
            for person, position, start in zip(people, positions, seatings.starts, strict=True)
        ],
        batch_size=2_000,
    )
    for person, position in zip(people, positions, strict=True):
        if position.is_head:
            city.heads[position.unit_id] = person.pk
        else:
            city.members.setdefault(position.unit_id, []).append(person.pk)
    for unit in city.units.values():
        city.members.setdefault(unit.pk, [])


def _accounts(city: DemoCity, password: str) -> None:
    digest = make_password(password)
    rows = [
        Account(
            institution=city.institution,
            person_id=person_id,
            login=f"pegawai-{person_id}",
            email=f"pegawai{person_id}@cendana.example",
            password=digest,
        )
        for person_id in _with_accounts(city)
    ]
    made = {row.person_id: row for row in Account.objects.bulk_create(rows, batch_size=2_000)}
    _roles(city, made, digest)


def _with_accounts(city: DemoCity) -> list[int]:
    ids = list(city.heads.values()) + [one for found in city.members.values() for one in found]
    return sorted(set(ids))


def _roles(city: DemoCity, made: dict[int | None, Account], digest: str) -> None:
    units = city.units
    wanted = (
        ("warga", "", None, None),
        ("dispatcher", "dispatcher", city.people_of("diskominfo-set")[0], None),
        ("komandan", "duty_commander", city.heads[units["disperkim-b1"].pk], "disperkim"),
        ("petugas", "field_officer", city.people_of("pju")[0], "disperkim"),
        ("atasan", "superior", city.heads[units["pju"].pk], None),
        ("pegawai", "employee", city.people_of("disperkim-set")[0], None),
        ("kepegawaian-opd", "agency_hr", city.people_of("disperkim-set")[1], "disperkim"),
        ("pelatihan", "organiser", city.people_of("bkpsdm-set")[0], None),
        ("bkpsdm", "personnel_office", city.people_of("bkpsdm-set")[1], None),
        ("organisasi", "organisation_office", _somebody(city, "bag-organisasi"), None),
        ("fasilitator", "facilitator", city.people_of("disperkim-set")[2], "disperkim"),
        ("integritas", "integrity_officer", city.people_of("inspektorat-set")[0], None),
        ("inspektorat", "inspectorate", city.people_of("inspektorat-set")[1], None),
        ("walikota", "executive", city.heads[units["kota"].pk], None),
    )
    grants = []
    for login, role, person_id, agency in wanted:
        if person_id is None:
            continue
        account = made[person_id]
        account.login = login
        account.email = f"{login}@cendana.example"
        if role not in ("employee", "superior"):
            grants.append((account, role, agency))
        city.sign_ins.append((role, login, _name_of(person_id)))
    Account.objects.bulk_update(list(made.values()), ["login", "email"], batch_size=500)
    operator = Account.objects.create(
        institution=city.institution, login="operator", password=digest
    )
    grants.append((operator, "sysadmin", None))
    city.sign_ins.append(("sysadmin", "operator", "–"))
    crews = [one for code in FIELD_SECTIONS for one in city.people_of(code)]
    holders = {account.person_id for account, role, _agency in grants if role == "field_officer"}
    RoleGrant.objects.bulk_create(
        [_grant(city, account, role, agency) for account, role, agency in grants]
        + [_crew_grant(city, made[one]) for one in crews if one not in holders]
    )


def _somebody(city: DemoCity, code: str) -> int:
    inside = [u.pk for u in city.units.values() if u.path.startswith(city.units[code].path)]
    return next(one for pk in inside for one in city.members[pk])


def _name_of(person_id: int) -> str:
    return str(Person.objects.get(pk=person_id))


def _grant(city: DemoCity, account: Account, role: str, agency: str | None) -> RoleGrant:
    return RoleGrant(
        account=account,
        role=role,
        agency=city.units[agency] if agency else None,
        start_on=START,
        granted_by="system",
        confirmed_by="system",
    )


def _crew_grant(city: DemoCity, account: Account) -> RoleGrant:
    agency_id = next(
        city.units[code].agency_id
        for code in FIELD_SECTIONS
        if account.person_id in city.members[city.units[code].pk]
    )
    return RoleGrant(
        account=account,
        role="field_officer",
        agency_id=agency_id,
        start_on=START,
        granted_by="system",
        confirmed_by="system",
    )
