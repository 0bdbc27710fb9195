"""Units and services of the demo city, level by level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from abdi.people.choices import UnitKind
from abdi.people.demo import plan
from abdi.people.demo.city import DemoCity
from abdi.people.models import Service, Unit

START = date(2024, 1, 1)
SEATED = frozenset(
    {
        UnitKind.SECTION,
        UnitKind.SECRETARIAT,
        UnitKind.VILLAGE,
        UnitKind.SCHOOL,
        UnitKind.HEALTH_CENTRE,
        UnitKind.CREW,
    }
)
Row = tuple[str, str, str, Unit | None, str]


def build(city: DemoCity) -> None:
    """The tree of units and the services they give."""
    root = _save(city, [("kota", "Pemerintah Kota Cendana", UnitKind.CITY, None, "")])[0]
    _save(city, [(a.code, a.name, a.kind, root, a.opd_kind) for a in plan.AGENCIES])
    _save(city, [row for agency in plan.AGENCIES for row in _middle(city, agency)])
    _save(city, [row for agency in plan.AGENCIES for row in _lower(city, agency)])
    _save(city, _schools(city))
    _save(city, _groups(city))
    city.by_id = {unit.pk: unit for unit in city.units.values()}
    _services(city)


def _middle(city: DemoCity, agency: plan.Agency) -> list[Row]:
    top = city.units[agency.code]
    if agency.kind == UnitKind.SUBDISTRICT:
        return [
            (f"kel-{name.lower().replace(' ', '-')}", f"Kelurahan {name}", "village", top, "")
            for name in plan.VILLAGES[agency.code]
        ]
    office = "Tata Usaha" if agency.code == "bag-organisasi" else "Sekretariat"
    rows: list[Row] = [(f"{agency.code}-set", office, UnitKind.SECRETARIAT, top, "")]
    for number, name in enumerate(agency.departments, 1):
        rows.append((f"{agency.code}-b{number}", name, UnitKind.DEPARTMENT, top, ""))
    return rows


def _lower(city: DemoCity, agency: plan.Agency) -> list[Row]:
    found: list[Row] = []
    for number, name in enumerate(agency.departments, 1):
        parent = city.units[f"{agency.code}-b{number}"]
        if number == 1 and agency.sections:
            found += [(c, n, UnitKind.SECTION, parent, "") for c, n in agency.sections]
            continue
        topic = name.partition(" ")[2]
        found.append((f"{agency.code}-s{number}", f"Seksi {topic}", UnitKind.SECTION, parent, ""))
    return found


def _schools(city: DemoCity) -> list[Row]:
    education, health = city.units["disdik-b1"], city.units["dinkes-b1"]
    rows: list[Row] = [
        (f"smp-{n}", f"SMP Negeri {n}", UnitKind.SCHOOL, education, "")
        for n in range(1, plan.SCHOOLS[city.size] + 1)
    ]
    for number in range(plan.HEALTH_CENTRES[city.size]):
        villages = [name for names in plan.VILLAGES.values() for name in names]
        turn, place = divmod(number, len(villages))
        name = f"Puskesmas {villages[place]}{f' {turn + 1}' if turn else ''}"
        rows.append((f"puskesmas-{number + 1}", name, UnitKind.HEALTH_CENTRE, health, ""))
    return rows


def _groups(city: DemoCity) -> list[Row]:
    """In a large city the offices have groups, so that nobody leads hundreds."""
    if city.size != "province":
        return []
    found: list[Row] = []
    total = sum(agency.weight for agency in plan.AGENCIES)
    for agency in plan.AGENCIES:
        places = office_places(city, agency.code)
        each = plan.PEOPLE[city.size] * agency.weight // total // max(len(places), 1)
        if agency.code in ("disdik", "dinkes") or each <= plan.LARGEST_TEAM:
            continue
        for unit in places:
            for number in range(1, each // plan.LARGEST_TEAM + 2):
                code = f"{unit.code}-k{number}"
                found.append((code, f"Kelompok {number}", UnitKind.CREW, unit, ""))
    return found


def office_places(city: DemoCity, agency: str) -> list[Unit]:
    """Where the people of an agency sit, its crews apart."""
    crews = {code for one in plan.AGENCIES for code, _name in one.sections}
    inside = [unit for unit in city.below(agency) if unit.kind in SEATED and unit.code not in crews]
    grouped = {unit.parent_id for unit in inside if unit.kind == UnitKind.CREW}
    return [unit for unit in inside if unit.pk not in grouped]


def _save(city: DemoCity, rows: Sequence[Row]) -> list[Unit]:
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
    rows += [Service(unit=city.units[u], code=code, name=name) for code, name, u in plan.COUNTERS]
    city.services = {row.code: row for row in Service.objects.bulk_create(rows)}
