"""What the people floor does by itself."""

from __future__ import annotations

from abdi.people import actions
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
