"""Where loaded rows belong: the institution, the agencies and services a mapping file names."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.choices import UnitKind
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.tenancy import Institution
from abdi.reports import actions, queries, rules

if TYPE_CHECKING:
    from abdi.people.models import Unit


READS_FIGURES = "executive"


class Stop(Exception):
    """Ends a command with one sentence that says what to do."""


def find_institution(code: str, plan: rules.Plan) -> Institution:
    """The institution of a code, else the only one, else that of the map; made where none is.

    Raises Stop where several are installed and none of them is named.
    """
    wanted = code or plan.institution.get("code", "")
    rows = {row.code: row for row in Institution.objects.order_by("id")}
    if wanted in rows:
        return rows[wanted]
    if len(rows) == 1 and not code:
        return next(iter(rows.values()))
    if rows and not code:
        raise Stop(f"Several institutions are here: choose with --institution {'|'.join(rows)}")
    return _made(wanted, plan)


def _made(code: str, plan: rules.Plan) -> Institution:
    told = plan.institution
    if not code or "name" not in told:
        raise Stop("No institution is here yet: the map must give institution: {code, name, …}.")
    return Institution.objects.create(
        code=code,
        name=told["name"],
        region_code=told.get("region", "CD"),
        time_zone=told.get("zone", plan.zone.key),
    )


@transaction.atomic
def prepare_owners(institution: Institution, plan: rules.Plan) -> Mapping[str, actions.Owner]:
    """The agencies of a map with their services, made where missing, and the categories it needs.

    Runs inside the institution. An agency is known by its code, so a map may name one that exists.
    """
    units = {unit.code: unit for unit in people.units()}
    root = next((unit for unit in units.values() if unit.kind == UnitKind.CITY), None)
    if not units:
        root = people_actions.add_unit(
            None, by=SYSTEM, code=institution.code, name=institution.name, kind=UnitKind.CITY
        )
    owners = {}
    for agency in plan.agencies.values():
        unit = units.get(agency.code) or people_actions.add_unit(
            root,
            by=SYSTEM,
            code=agency.code,
            name=agency.name,
            kind=UnitKind.AGENCY,
            opd_kind=agency.kind,
        )
        owners[agency.code] = _owner(unit, agency)
    _adopt_missing(plan, root or next(iter(owners.values())).unit)
    return owners


@transaction.atomic
def open_sign_in(login: str) -> str:
    """An account that reads the figures of the whole city; returns its password, told only once.

    Runs inside the institution. Raises Stop where the name is taken.
    """
    password = secrets.token_urlsafe(15)
    try:
        account = people_actions.open_account(login, by=SYSTEM, password=password)
    except Conflict as taken:
        raise Stop(taken.message) from None
    people_actions.grant_role(account, None, by=SYSTEM, role=READS_FIGURES)
    return password


def _owner(unit: Unit, agency: rules.AgencyPlan) -> actions.Owner:
    if not agency.service_code:
        return actions.Owner(unit)
    known = {service.code: service for service in people.services()}
    service = known.get(agency.service_code) or people_actions.add_service(
        unit, by=SYSTEM, code=agency.service_code, name=agency.service_name
    )
    return actions.Owner(unit, service)


def _adopt_missing(plan: rules.Plan, desk: Unit) -> None:
    known = set(queries.categories().values_list("code", flat=True))
    if not {*plan.categories.values(), "other"} <= known:
        actions.adopt_categories(desk, by=SYSTEM)
