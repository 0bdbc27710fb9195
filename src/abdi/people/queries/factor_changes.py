"""Requests to take second factors off an account, and who may decide them."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery

from abdi.people.choices import FactorState, FactorWay
from abdi.people.models import Account, Assignment, FactorChange, RoleGrant
from abdi.platform import clock
from abdi.platform.access import Actor

OPENS_ONCE = (FactorState.CONFIRMED, FactorState.USED)
"""States in which an account has no factor of its own and still owes one."""


def phone_changes(actor: Actor) -> QuerySet[FactorChange]:
    """New phones that wait for this HR officer; never his own, the oldest first."""
    reach = actor.reach("system.factor_change", "decide")
    rows = _waiting(FactorWay.IN_PERSON).exclude(account_id=actor.account_id or 0)
    if reach.all:
        return rows
    seat = Assignment.objects.on(clock.today()).filter(
        person_id=OuterRef("account__person_id"), kind="definite"
    )
    rows = rows.annotate(agency=Subquery(seat.values("position__unit__agency_id")[:1]))
    return rows.filter(agency__in=reach.agency_ids)


def factor_resets(actor: Actor) -> QuerySet[FactorChange]:
    """Resets another administrator asked for; those of his own account do not show."""
    rows = _waiting(FactorWay.TWO_PERSONS)
    if not actor.reach("system.account", "reset_mfa").all:
        return rows.none()
    return rows.exclude(account_id=actor.account_id or 0)


def change_of(account: Account) -> FactorChange | None:
    """The newest request about an account; a few weeks old at most."""
    rows = FactorChange.objects.filter(account_id=account.pk)
    return rows.order_by("-asked_at", "-id").first()


def owes_new_factor(account_id: int) -> bool:
    """Whether factors were taken off an account and no new one is in their place yet."""
    return FactorChange.objects.filter(account_id=account_id, state__in=OPENS_ONCE).exists()


def hr_officers(agency_id: int | None) -> list[Account]:
    """Who keeps the personnel matters of an agency today, at most five."""
    if agency_id is None:
        return []
    today = clock.today()
    still = Q(end_on__isnull=True) | Q(end_on__gt=today)
    held = RoleGrant.objects.filter(
        still, role="agency_hr", agency_id=agency_id, start_on__lte=today, account__is_active=True
    ).exclude(confirmed_by="")
    found = held.select_related("account__person").order_by("id")[:5]
    return [grant.account for grant in found]


def _waiting(way: FactorWay) -> QuerySet[FactorChange]:
    rows = FactorChange.objects.filter(way=way, state=FactorState.ASKED)
    return rows.select_related("account__person").order_by("asked_at", "id")
