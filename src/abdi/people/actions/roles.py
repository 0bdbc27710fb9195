"""Roles given, confirmed by a second person, and ended."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from abdi.people import events
from abdi.people.models import Account, RoleGrant, Unit
from abdi.people.permissions import may_confirm, may_grant, may_revoke
from abdi.platform import clock
from abdi.platform.access import Actor, Refused, law
from abdi.platform.actions import Conflict, Invalid, action
from abdi.platform.journal import record


def _may_grant(by: Actor, account: Account, agency: Unit | None) -> bool:
    return _gives(by, account, agency)


def _gives(by: Actor, account: Account, agency: Unit | None, role: str = "") -> bool:
    return may_grant(by, account.person_id, agency.pk if agency else None, role)


@action(allowed=_may_grant)
def grant_role(
    account: Account,
    agency: Unit | None,
    *,
    by: Actor,
    role: str,
    start_on: date | None = None,
    last_on: date | None = None,
) -> RoleGrant:
    """Give an account a role, at an agency or city-wide; it counts once a second person confirms.

    Raises Invalid for an unknown role, a last day that is over, and a role ended this very day;
    Refused for a role of the whole city by who gives roles in his agency only.
    """
    if role not in law().roles:
        raise Invalid(_("This role does not exist."), field="role")
    if not by.is_system and not _gives(by, account, agency, role):
        raise Refused("city_role", resource="system.role_grant", act="create")
    first = start_on or clock.today()
    if last_on is not None and last_on < max(first, clock.today()):
        raise Invalid(_("This day is over already."), field="last_on")
    row, made = RoleGrant.objects.get_or_create(
        account=account,
        role=role,
        agency=agency,
        start_on=first,
        defaults={
            "granted_by": by.ref,
            "confirmed_by": by.ref if by.is_system else "",
            "end_on": last_on + timedelta(days=1) if last_on else None,
        },
    )
    if not made and row.end_on is not None and row.end_on <= clock.today():
        raise Invalid(_("This role was ended today; give it again from tomorrow."), field="role")
    fact = events.RoleGranted(grant_id=row.pk, account_id=account.pk, role=role)
    record(fact, by=by, about=account)
    return row


@action(allowed=may_confirm)
def confirm_role(grant: RoleGrant, *, by: Actor) -> RoleGrant:
    """Confirm a role another person gave; raises Conflict where that is done or one's own grant."""
    fresh = RoleGrant.objects.filter(pk=grant.pk, confirmed_by="").exclude(granted_by=by.ref)
    if fresh.update(confirmed_by=by.ref) != 1:
        raise Conflict(_("Another person has to confirm this role."))
    fact = events.RoleConfirmed(grant_id=grant.pk, account_id=grant.account_id, role=grant.role)
    record(fact, by=by, about=grant.account)
    return grant


@action(allowed=may_revoke)
def revoke_role(grant: RoleGrant, *, by: Actor) -> RoleGrant:
    """End a role today."""
    grant.end_on = max(clock.today(), grant.start_on)
    grant.save(update_fields=["end_on"])
    fact = events.RoleRevoked(grant_id=grant.pk, account_id=grant.account_id, role=grant.role)
    record(fact, by=by, about=grant.account)
    return grant
