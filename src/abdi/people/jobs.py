"""What the people floor does by itself."""

from __future__ import annotations

from abdi.people import actions, queries
from abdi.people.queries.access import accounts_past_their_end
from abdi.platform.access import SYSTEM
from abdi.platform.checks import reconciliation
from abdi.platform.jobs import job


@job("every 2 minutes")
def close_accounts_of_leavers() -> int:
    """Close the accounts of those who left; returns how many."""
    count = 0
    while accounts_past_their_end().exists():
        count += actions.close_ended_accounts(by=SYSTEM)
    return count


@reconciliation
def open_accounts_of_people_who_left() -> int:
    """Accounts still open although the last day of their person has passed."""
    return accounts_past_their_end().count()


@job("daily 00.10")
def take_effect_of_acts() -> None:
    """Approved changes of the organisation whose day has come."""
    for act in queries.due_acts():
        actions.take_effect(act, by=SYSTEM)
