"""From an account to the actor of the day: roles granted, roles derived from the organisation."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q

from abdi.people import queries, second_factor
from abdi.people.choices import AssignmentKind
from abdi.people.models import Account, Assignment, Delegation, RoleGrant
from abdi.people.queries.access import last_day_of_access
from abdi.people.queries.teams import Led
from abdi.people.rules import (
    APPRAISED_RESOURCES,
    DEPUTY_RESOURCES,
    SHARED_RESOURCES,
    factor_owed,
)
from abdi.platform import clock
from abdi.platform.access import Actor, Grant
from abdi.platform.before_factor import roles_asking
from abdi.platform.tenancy import unscoped, within


def actor_of(account_id: int) -> Actor | None:
    """The actor of an account today; None where it is disabled or has ended."""
    rows = Account.objects.select_related("person").annotate(factor=second_factor.has_one())
    with unscoped("an account says whose it is"):
        account = rows.filter(pk=account_id).first()
    if account is None or not account.is_active:
        return None
    with within(account.institution_id):
        built = _build(account)
        if built.is_over(clock.today()):
            return None
        held = [grant.role for grant in built.grants]
        owed = factor_owed(held, roles_asking(), has_factor=account.factor)
        return replace(built, owes_factor=owed)


def _build(account: Account) -> Actor:
    granted = _granted(account.pk, account.person_id)
    person = account.person
    if person is None:
        return Actor(
            kind="account",
            institution_id=account.institution_id,
            account_id=account.pk,
            name=account.login,
            grants=granted,
            last_day=account.ends_on,
        )
    seat = queries.assignment_of(person.pk)
    unit = seat.position.unit if seat else None
    agency_id = unit.agency_id if unit else None
    led = queries.led_by(person.pk)
    acting = _acting(person.pk)
    grants = [Grant("employee", agency_id), *granted]
    leads_by = _superior_by(person.pk) if led.team else ""
    if led.team:
        grants.append(Grant("superior", agency_id, leads_by))
    if led.rated and (not led.team or leads_by == AssignmentKind.PLH):
        within = APPRAISED_RESOURCES | SHARED_RESOURCES
        grants.append(Grant("superior", agency_id, within=within))
    return Actor(
        kind="account",
        institution_id=account.institution_id,
        account_id=account.pk,
        person_id=person.pk,
        name=person.display_name,
        grants=tuple(grants),
        agency_id=agency_id,
        unit_id=unit.pk if unit else None,
        team_ids=led.team,
        other_teams=_other_teams(led),
        acting=acting.kind if acting else "",
        acting_as=acting.position.title if acting else "",
        last_day=last_day_of_access(account, seat),
    )


def _other_teams(led: Led) -> tuple[tuple[str, frozenset[int]], ...]:
    """The resources whose team is another: the appraiser decides there."""
    if led.team == led.rated:
        return ()
    decided = [(name, led.rated) for name in sorted(APPRAISED_RESOURCES)]
    return (*decided, *((name, led.team | led.rated) for name in sorted(SHARED_RESOURCES)))


def _granted(account_id: int, person_id: int | None) -> tuple[Grant, ...]:
    today = clock.today()
    givers = Delegation.objects.on(today).filter(receiver_id=person_id).values("giver_id")
    whose = Q(account_id=account_id)
    if person_id is not None:
        whose |= Q(account__person_id__in=givers, account__is_active=True)
    still = Q(end_on__isnull=True) | Q(end_on__gt=today)
    rows = RoleGrant.objects.filter(still, whose, start_on__lte=today).exclude(confirmed_by="")
    held = list(rows.select_related("account").order_by("id"))
    own = tuple(Grant(row.role, row.agency_id) for row in held if row.account_id == account_id)
    others = [row for row in held if row.account_id != account_id]
    return (*own, *_handed_over(others, person_id)) if others else own


def _handed_over(rows: list[RoleGrant], person_id: int | None) -> list[Grant]:
    """Roles of others, cut down to what they handed over for today."""
    given = Delegation.objects.on(clock.today()).filter(receiver_id=person_id)
    return [
        Grant(
            row.role,
            row.agency_id,
            only=DEPUTY_RESOURCES[delegation.power],
            behalf_of=f"people.person:{delegation.giver_id}",
        )
        for delegation in given
        for row in rows
        if row.account.person_id == delegation.giver_id
    ]


def _acting(person_id: int) -> Assignment | None:
    acting = [AssignmentKind.PLT, AssignmentKind.PLH]
    return (
        Assignment.objects.on(clock.today())
        .filter(person_id=person_id, kind__in=acting)
        .select_related("position")
        .order_by("-start_on")
        .first()
    )


def _superior_by(person_id: int) -> str:
    """How a team is led: empty for a definite head, plt or plh for one who only acts."""
    kinds = set(
        Assignment.objects.on(clock.today())
        .filter(person_id=person_id, position__is_head=True)
        .values_list("kind", flat=True)
    )
    if AssignmentKind.DEFINITE in kinds:
        return ""
    return "plt" if AssignmentKind.PLT in kinds else "plh" if AssignmentKind.PLH in kinds else ""
