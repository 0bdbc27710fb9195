"""Who may do what: the actor, the permission file, the key on every route.

The file `config/permissions.yaml` is the law (`grants[action][role] = widest scope`); this module
reads it and answers. It knows nothing of government: roles and resources are data.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from abdi.platform.reach import Reach as Reach  # noqa: PLC0414 - its door for all modules
from abdi.platform.reach import Where as Where  # noqa: PLC0414

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from abdi.platform.tenancy import Institution

SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STEP_UP_LIFE = timedelta(minutes=10)
READING = ("view", "view_dates", "view_totals")
BOARD = ("reports.dispatch", "view")  # all that a duty PC reads while nobody has stepped in
View = TypeVar("View", bound=Callable[..., HttpResponse])


class Request(HttpRequest):
    """A request as views get it; for type hints."""

    actor: Actor
    institution: Institution
    htmx: HtmxDetails


class Refused(PermissionDenied):
    """The actor may not do this: 403 (a row outside his reach answers 404 before)."""

    def __init__(self, reason: str = "not_allowed", *, resource: str = "", act: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.resource = resource
        self.act = act


@dataclass(frozen=True)
class Cell:
    """One resource × action of the permission file."""

    resource: str
    action: str
    grants: Mapping[str, str]
    conditions: tuple[str, ...]
    data_class: str

    @property
    def is_public(self) -> bool:
        """Granted to everybody, without an account."""
        return "public" in self.grants.values()


@dataclass(frozen=True)
class Law:
    """The permission file, read once."""

    cells: Mapping[tuple[str, str], Cell]
    roles: Mapping[str, Mapping[str, Any]]
    acting_powers: Mapping[str, Mapping[str, tuple[str, ...]]]
    raw: Mapping[str, Any]

    def cell(self, resource: str, act: str) -> Cell:
        """The cell, or LookupError where the file has none."""
        try:
            return self.cells[resource, act]
        except KeyError:
            raise LookupError(f"permissions.yaml has no {resource} / {act}") from None


@functools.cache
def law() -> Law:
    """The permission file of this installation."""
    with Path(settings.ABDI_PERMISSIONS_FILE).open(encoding="utf-8") as source:
        raw = yaml.load(source, Loader=SafeLoader)  # noqa: S506 - the safe loader, in C
    cells = {}
    for resource, row in raw["resources"].items():
        for act, grants in row["grants"].items():
            conditions = tuple(row.get("when", {}).get(act, ()))
            cells[resource, act] = Cell(resource, act, dict(grants), conditions, row["class"])
    powers = {
        kind: {name: tuple(acts) for name, acts in raw["delegation"][words].items()}
        for kind, words in (("plt", "acting_powers"), ("plh", "daily_powers"))
    }
    return Law(cells, raw["roles"], powers, raw)


@dataclass(frozen=True)
class Grant:
    """A role held today. `agency_id` None means the whole institution.

    `only` and `behalf_of`: powers somebody handed over for his absence, and his reference;
    `only` names resources, or their beginnings such as `duty.`. `within`: the one set of
    resources a role counts for, whatever its scope; empty for all.
    """

    role: str
    agency_id: int | None = None
    acting: str = ""
    only: tuple[str, ...] = ()
    behalf_of: str = ""
    within: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Actor:
    """Who acts: an account, a citizen without one, or the system."""

    kind: str
    institution_id: int | None = None
    account_id: int | None = None
    person_id: int | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()
    agency_id: int | None = None
    unit_id: int | None = None
    team_ids: frozenset[int] = frozenset()
    other_teams: tuple[tuple[str, frozenset[int]], ...] = ()  # by resource, where not team_ids
    acting: str = ""
    acting_as: str = ""
    citizen_ref: str = ""
    limits: frozenset[str] | None = None  # by a key: the "resource.act" pairs it is held to
    stepped_up_at: datetime | None = field(default=None, compare=False)
    last_day: date | None = None
    owes_factor: str = ""  # the role that asks for a second factor he has not
    console_id: int | None = None  # a duty PC where nobody has stepped in

    @property
    def ref(self) -> str:
        """Text reference for the journal."""
        if self.account_id is not None:
            return f"people.account:{self.account_id}"
        if self.console_id is not None:
            return f"people.console:{self.console_id}"
        return f"{self.kind}:{self.citizen_ref[:40]}" if self.citizen_ref else self.kind

    @property
    def is_system(self) -> bool:
        """Acts for a job or a reaction."""
        return self.kind == "system"

    @property
    def is_signed_in(self) -> bool:
        """Has an account."""
        return self.account_id is not None

    def is_over(self, on: date) -> bool:
        """Whether the last day of this access has passed."""
        return self.last_day is not None and self.last_day < on

    @property
    def roles(self) -> frozenset[str]:
        """Roles held today, `citizen` included."""
        return frozenset(grant.role for grant in self.grants if not grant.only) | {"citizen"}

    def by_own_right(self, giver: str = "") -> Actor:
        """The same actor without powers handed over to him, or with those of one giver only."""
        kept = tuple(row for row in self.grants if row.behalf_of in ("", giver))
        return replace(self, grants=kept)

    @property
    def givers(self) -> tuple[str, ...]:
        """References of those who handed powers over to him."""
        return tuple(dict.fromkeys(row.behalf_of for row in self.grants if row.behalf_of))

    def holds(self, resource: str, act: str) -> bool:
        """Whether any of the actor's roles has this cell, whatever the scope."""
        if self.is_system:
            return True
        cell = law().cell(resource, act)
        if self.console_id is not None:
            return (resource, act) == BOARD
        return cell.is_public or any(self._counts(grant, cell) for grant in self._held())

    def may(self, resource: str, act: str, where: Where) -> bool:
        """Whether this actor may do this to that object: scope, powers, own record, author."""
        if self.is_system:
            return True
        cell = law().cell(resource, act)
        if self.console_id is not None:
            return (resource, act) == BOARD and self.agency_id in (None, where.agency_id)
        if self._judges_himself(cell, where):
            return False
        return any(
            self._counts(grant, cell) and self._inside(cell, grant, where) for grant in self._held()
        ) or ("public" in cell.grants.values())

    def reach(self, resource: str, act: str) -> Reach:
        """The union of the scopes this actor has on one cell."""
        if self.is_system:
            return Reach(all=True)
        cell = law().cell(resource, act)
        if self.console_id is not None:
            room = frozenset(() if self.agency_id is None else (self.agency_id,))
            return Reach(all=not room, agency_ids=room) if (resource, act) == BOARD else Reach()
        found = Reach(all=cell.is_public)
        for grant in self._held():
            if self._counts(grant, cell):
                found = self._widen(found, cell, grant)
        return found

    def _held(self) -> tuple[Grant, ...]:
        return (*self.grants, Grant("citizen"))

    def _counts(self, grant: Grant, cell: Cell) -> bool:
        if grant.role not in cell.grants or not _handed_over(grant, cell):
            return False
        if grant.within and cell.resource not in grant.within:
            return False
        if self.limits is not None and f"{cell.resource}.{cell.action}" not in self.limits:
            return False
        if not grant.acting or cell.action in READING:
            return True
        return cell.action in law().acting_powers[grant.acting].get(cell.resource, ())

    def _judges_himself(self, cell: Cell, where: Where) -> bool:
        own = self.person_id is not None
        if "not_self" in cell.conditions and own and where.person_id == self.person_id:
            return True
        return "not_author" in cell.conditions and own and where.author_id == self.person_id

    def _team(self, cell: Cell) -> frozenset[int]:
        """Whom a cell reaches as a team; who reads sees those he leads as well."""
        own = dict(self.other_teams).get(cell.resource)
        if own is None:
            return self.team_ids
        return own | self.team_ids if cell.action in READING else own

    def _inside(self, cell: Cell, grant: Grant, where: Where) -> bool:
        mine = {where.person_id, where.author_id} - {None}
        by_link = bool(self.citizen_ref and self.citizen_ref == where.citizen_ref)
        return {
            "public": True,
            "city": True,
            "agency": grant.agency_id is None or grant.agency_id == where.agency_id,
            "team": where.person_id is not None and where.person_id in self._team(cell),
            "assigned": (self.person_id is not None and self.person_id in where.assigned)
            or by_link,
            "self": (self.person_id in mine) or by_link,
        }[cell.grants[grant.role]]

    def _widen(self, found: Reach, cell: Cell, grant: Grant) -> Reach:
        scope = cell.grants[grant.role]
        if scope in ("public", "city") or (scope == "agency" and grant.agency_id is None):
            return replace(found, all=True)
        if scope == "agency" and grant.agency_id is not None:
            return replace(found, agency_ids=found.agency_ids | {grant.agency_id})
        if scope == "team":
            return replace(found, team_ids=found.team_ids | self._team(cell))
        if scope == "assigned":
            return replace(found, assigned=self.person_id is not None)
        return replace(found, self_id=self.person_id, citizen_ref=self.citizen_ref)


def _handed_over(grant: Grant, cell: Cell) -> bool:
    """Whether powers for an absence reach this cell: what they name, in an agency or the city."""
    wide = cell.grants[grant.role] in ("agency", "city")
    return not grant.only or (wide and cell.resource.startswith(grant.only))


SYSTEM = Actor(kind="system")


def citizen(institution_id: int | None, ref: str = "") -> Actor:
    """A citizen without account; `ref` is the hash of his device or tracking token."""
    return Actor(kind="citizen", institution_id=institution_id, citizen_ref=ref)


@dataclass
class Key:
    """The access declaration of one route."""

    cell: tuple[str, str] | None = None
    public: str = ""
    own: str = ""
    also: tuple[str, str] | None = None


def key_of(view: Any) -> Key | None:
    """The key a view carries, or None."""
    return getattr(view, "abdi_key", None)


def guard(resource: str, act: str, *, also: str = "") -> Callable[[View], View]:
    """Ask the cell before the view runs: some grant (else sign-in or 403), step-up where asked.

    `also` names a second resource whose grant for the same action opens the page too.
    """

    def declare(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            opened = actor.holds(resource, act) or bool(also and actor.holds(also, act))
            if not opened:
                if not actor.is_signed_in:
                    return to_sign_in(request)
                raise Refused("no_grant", resource=resource, act=act)
            if "step_up" in law().cell(resource, act).conditions and not _fresh(actor):
                return _to_step_up(request)
            return view(request, *args, **kwargs)

        key = key_of(view) or Key()
        second = (also, act) if also else None
        marked: Any = run
        marked.abdi_key = Key((resource, act), key.public, key.own, second)
        return run  # type: ignore[return-value]

    return declare


def public(why: str) -> Callable[[View], View]:
    """Open without account; beside a guard only where the cell grants `citizen`."""

    def declare(view: View) -> View:
        key = key_of(view) or Key()
        return _marked(view, Key(key.cell, why, key.own))

    return declare


def own(why: str) -> Callable[[View], View]:
    """Any signed-in person, for pages whose parts ask their own cells."""

    def declare(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.is_signed_in:  # type: ignore[attr-defined]
                return to_sign_in(request)
            return view(request, *args, **kwargs)

        run.abdi_key = Key(None, "", why)  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    return declare


def _marked(view: View, key: Key) -> View:
    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    run.abdi_key = key  # type: ignore[attr-defined]
    return run  # type: ignore[return-value]


def _fresh(actor: Actor) -> bool:
    from abdi.platform import clock

    seen = actor.stepped_up_at
    return seen is not None and clock.now() - seen <= STEP_UP_LIFE


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect to sign-in, keeping the place; 401 for the API and for fragments."""
    if request.path.startswith("/api/") or getattr(request, "htmx", False):
        return HttpResponse(status=401, headers={"HX-Redirect": _sign_in_url(request)})
    return redirect(_sign_in_url(request))


def _sign_in_url(request: HttpRequest) -> str:
    console = getattr(request, "actor", SYSTEM).console_id is not None
    route = settings.ABDI_STEP_IN_ROUTE if console else settings.ABDI_SIGN_IN_ROUTE
    return f"{reverse(route)}?{urlencode({'next': request.get_full_path()})}"


def _to_step_up(request: HttpRequest) -> HttpResponse:
    place = (
        request.get_full_path()
        if request.method == "GET"
        else request.META.get("HTTP_REFERER", "/")
    )
    return redirect(f"{reverse(settings.ABDI_STEP_UP_ROUTE)}?{urlencode({'next': place})}")
