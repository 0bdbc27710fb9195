"""Who holds a role today, as people: for those who have to be called."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from abdi.people.models import Account, RoleGrant
from abdi.platform import clock


def people_in_role(role: str, agency_id: int | None, most: int = 20) -> list[int]:
    """Ids of the people who hold a role today at an agency, then those who hold it city-wide.

    `agency_id` None: city-wide alone. Accounts switched off or without a person do not count.
    One query.
    """
    today = clock.today()
    at = Q(agency_id=agency_id) | Q(agency__isnull=True)
    rows = RoleGrant.objects.filter(
        at,
        Q(end_on__isnull=True) | Q(end_on__gt=today),
        role=role,
        start_on__lte=today,
        account__is_active=True,
        account__person__isnull=False,
    ).exclude(confirmed_by="")
    found = list(rows.order_by("id").values_list("account__person_id", "agency_id"))
    own = [person_id for person_id, where in found if where == agency_id]
    return list(dict.fromkeys([*own, *(person_id for person_id, _where in found)]))[:most]


def addresses_of(person_ids: Iterable[int]) -> dict[int, str]:
    """The mail addresses of the accounts that people can sign in with; one query.

    Who has no account, or one switched off, is not in it; an account without address has "".
    """
    rows = Account.objects.filter(person_id__in=list(person_ids), is_active=True)
    return {one: email for one, email in rows.values_list("person_id", "email") if one}
