"""Accounts closed and sessions ended: by the person, by an administrator, by the calendar."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.sessions.models import Session
from django.db.models import Q

from abdi.people import events
from abdi.people.models import Account, RoleGrant
from abdi.people.permissions import only_other_modules
from abdi.people.queries.access import accounts_past_their_end
from abdi.platform import clock
from abdi.platform.access import Actor, Where
from abdi.platform.actions import action
from abdi.platform.journal import record

BATCH = 500


def _may_end_sessions(by: Actor, account: Account) -> bool:
    where = Where(person_id=account.person_id or -account.pk)
    return by.account_id == account.pk or by.may("system.account", "end_sessions", where)


@action(allowed=_may_end_sessions)
def end_sessions(account: Account, *, by: Actor) -> None:
    """End every session of an account."""
    drop_sessions({account.pk})
    record(events.SessionsEnded(account_id=account.pk), by=by, about=account)


@action(allowed=only_other_modules)
def close_ended_accounts(*, by: Actor) -> int:
    """Close accounts whose last day passed, end their sessions and roles; returns how many.

    At most 500 at once; the job comes again until none is left.
    """
    today = clock.today()
    rows = list(accounts_past_their_end(today)[:BATCH])
    for account in rows:
        fact = events.AccountClosed(account_id=account.pk, reason=_reason(account))
        record(fact, by=by, about=account)
    ids = {account.pk for account in rows}
    Account.objects.filter(pk__in=ids).update(is_active=False)
    held = RoleGrant.objects.filter(account_id__in=ids, start_on__lte=today)
    held.filter(Q(end_on__isnull=True) | Q(end_on__gt=today)).update(end_on=today)
    drop_sessions(ids)
    return len(rows)


def _reason(account: Account) -> str:
    today = clock.today()
    person = account.person
    if account.ends_on is not None and account.ends_on < today:
        return "account_ended"
    if person is not None and person.left_on is not None and person.left_on < today:
        return "left"
    return "posts_ended"


def drop_sessions(account_ids: Collection[int]) -> None:
    """End the sessions of some accounts; part of the actions that call it."""
    ids = {str(pk) for pk in account_ids}
    for session in Session.objects.filter(expire_date__gt=clock.now()).iterator():
        if str(session.get_decoded().get("_auth_user_id")) in ids:
            session.delete()
