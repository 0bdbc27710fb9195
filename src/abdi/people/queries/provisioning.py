"""Accounts and who holds which role, for the program that keeps accounts."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q, QuerySet

from abdi.people.models import Account, RoleGrant
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.tenancy import current_institution_id


def visible_accounts(actor: Actor) -> QuerySet[Account]:
    """Accounts of this institution that were not ended for good, for those who may see them."""
    rows = Account.objects.filter(institution_id=current_institution_id())
    gone = Q(person__isnull=True, ends_on__lt=clock.today())
    rows = rows.exclude(gone).select_related("person").order_by("id")
    return rows if actor.reach("system.account", "view").all else rows.none()


def held_account(actor: Actor, pk: int) -> Account | None:
    """One account, held until the transaction ends."""
    rows = visible_accounts(actor).filter(pk=pk)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.first()


def holders() -> dict[str, list[int]]:
    """Ids of the accounts that hold each role today; one query."""
    today = clock.today()
    rows = RoleGrant.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gt=today), start_on__lte=today
    ).exclude(confirmed_by="")
    found: dict[str, list[int]] = {}
    for role, account_id in (
        rows.order_by("account_id").values_list("role", "account_id").distinct()
    ):
        found.setdefault(role, []).append(account_id)
    return found
