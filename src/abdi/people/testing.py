"""Builders for tests: people, units, accounts and actors."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from abdi.people import actions
from abdi.people.actors import actor_of
from abdi.people.choices import Employment, PositionKind, UnitKind
from abdi.people.models import Account, Person, Position, Service, Unit
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.tenancy import Institution

_numbers = itertools.count(1)
START = date(2024, 1, 1)
PASSWORD = "kata sandi untuk uji coba"


def an_institution(code: str = "", name: str = "Kota Uji") -> Institution:
    """Another institution beside the one of the test."""
    return Institution.objects.create(code=code or f"kota-{next(_numbers)}", name=name)


def a_unit(
    parent: Unit | None = None,
    *,
    name: str = "",
    kind: str = UnitKind.SECTION,
    opd_kind: str = "",
    head: Person | None = None,
) -> Unit:
    """A unit below another; without parent an agency."""
    number = next(_numbers)
    kind = kind if parent is not None else UnitKind.AGENCY
    unit = actions.add_unit(
        parent,
        by=SYSTEM,
        code=f"u{number}",
        name=name or f"Unit {number}",
        kind=kind,
        opd_kind=opd_kind,
    )
    if head is not None:
        seat(head, a_position(unit, is_head=True))
    return unit


def an_agency(name: str = "", opd_kind: str = "") -> Unit:
    """An agency."""
    return a_unit(None, name=name, opd_kind=opd_kind)


def a_service(unit: Unit, name: str = "Penerangan jalan", code: str = "") -> Service:
    """A service of a unit."""
    return Service.objects.create(unit=unit, name=name, code=code or f"s{next(_numbers)}")


def a_position(
    unit: Unit, *, title: str = "Analis", tier: str = "PELAKSANA", is_head: bool = False
) -> Position:
    """A post in a unit."""
    found = Position.objects.filter(unit=unit, is_head=True).first() if is_head else None
    return found or Position.objects.create(
        unit=unit,
        title=f"Kepala {unit.name}" if is_head else title,
        kind=PositionKind.ADMINISTRATION if is_head else PositionKind.FUNCTIONAL,
        tier="PENGAWAS" if is_head else tier,
        is_managerial=is_head,
        is_head=is_head,
    )


def seat(person: Person, position: Position, **more: object) -> None:
    """Seat a person in a post."""
    inputs = {"start_on": START, **more}
    actions.place_person(person, position.unit, by=SYSTEM, position=position, **inputs)  # type: ignore[arg-type]


def a_person(
    unit: Unit | None = None,
    *,
    name: str = "",
    head: bool = False,
    tier: str = "PELAKSANA",
    title: str = "Analis",
    employment: str = Employment.PNS,
    number: str | None = None,
) -> Person:
    """A person; with a unit he is seated in it, as its head where asked."""
    person = Person.objects.create(
        name=name or f"Orang {next(_numbers)}", employment=employment, employee_number=number
    )
    if unit is not None:
        seat(person, a_position(unit, title=title, tier=tier, is_head=head))
    return person


def an_account(
    person: Person | None = None,
    roles: tuple[tuple[str, Unit | None], ...] = (),
    login: str = "",
) -> Account:
    """An account with roles, each at an agency or city-wide."""
    from abdi.platform.tenancy import current_institution_id

    name = login or f"akun{next(_numbers)}"
    account = Account(
        institution_id=current_institution_id(),
        person=person,
        login=name,
        email=f"{name}@contoh.test",
    )
    account.set_password(PASSWORD)
    account.save()
    for role, agency in roles:
        actions.grant_role(account, agency, by=SYSTEM, role=role, start_on=START)
    return account


def an_actor(
    role: str = "",
    agency: Unit | None = None,
    *,
    person: Person | None = None,
    unit: Unit | None = None,
) -> Actor:
    """The actor of a fresh account: a person (seated in `unit` or the agency) with one role."""
    if person is None and role != "sysadmin":
        person = a_person(unit or agency)
    account = an_account(person, ((role, agency),) if role else ())
    actor = actor_of(account.pk)
    assert actor is not None
    return actor


def actor_for(person: Person) -> Actor:
    """The actor of a person, with an account made where he has none."""
    account = Account.objects.filter(person=person).first() or an_account(person)
    actor = actor_of(account.pk)
    assert actor is not None
    return actor


@dataclass(frozen=True)
class SmallCity:
    """One agency for street lights, with everybody the loop needs."""

    agency: Unit
    section: Unit
    service: Service
    agency_head: Person
    head: Person
    crew: Person
    second_crew: Person
    dispatcher: Actor
    commander: Actor


def a_city() -> SmallCity:
    """Street-lighting agency: head, section with its head and two crew, dispatcher, commander."""
    agency = an_agency("Dinas Penerangan", opd_kind="street_lighting")
    agency_head = a_person(agency, head=True, name="Kepala Dinas", tier="JPT_PRATAMA")
    section = a_unit(agency, name="Seksi Lampu Jalan")
    head = a_person(section, head=True, name="Hendra Kepala", tier="PENGAWAS")
    crew = a_person(section, name="Bayu Petugas", title="Teknisi lampu")
    second = a_person(section, name="Sari Petugas", title="Teknisi lampu")
    return SmallCity(
        agency,
        section,
        a_service(section),
        agency_head,
        head,
        crew,
        second,
        an_actor("dispatcher", agency=None, unit=agency),
        an_actor("duty_commander", agency),
    )
