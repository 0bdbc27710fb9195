"""One code, tried in two browsers at the same moment, opens one. The controls show it can fail."""

from __future__ import annotations

from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator

from abdi.people import actions, second_factor
from abdi.people.actors import actor_of
from abdi.people.choices import FactorState
from abdi.people.models import Account, FactorChange
from abdi.people.testing import a_city, an_actor
from abdi.people.tests.test_factor_changes import asked, decided, with_factor
from abdi.platform.actions import Invalid
from abdi.platform.testing.races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
BROWSERS = 4


def at_once(work):
    """What `work()` answers in each of four browsers, all at one moment."""
    return all_at_once(lambda _browser: work(), range(BROWSERS))


@pytest.fixture
def handed():
    """An account whose factors were taken off, and the code handed over."""
    city = a_city()
    row = asked(city.crew)
    return row, decided(row, an_actor("agency_hr", city.agency, unit=city.agency))


def test_a_handed_code_opens_one_browser(handed):
    row, code = handed

    def use():
        account = Account.objects.get(pk=row.account_id)
        try:
            actions.use_handed_code(account, by=actor_of(account.pk), code=code)
        except Invalid:
            return False
        return True

    assert sum(at_once(use)) == 1


def test_control_who_looks_first_and_marks_later_opens_several(handed):
    row, _code = handed
    looked = Barrier(BROWSERS)

    def unguarded():
        state = FactorChange.objects.get(pk=row.pk).state
        looked.wait(timeout=20)
        FactorChange.objects.filter(pk=row.pk).update(state=FactorState.USED)
        return state == FactorState.CONFIRMED

    assert sum(at_once(unguarded)) == BROWSERS


def test_a_backup_code_opens_one_browser():
    account = with_factor(a_city().crew)
    code = second_factor.renew_codes(account)[0]

    def use():
        try:
            return actions.use_backup_code(account, by=actor_of(account.pk), code=code)
        except Invalid:
            return None

    assert [left for left in at_once(use) if left is not None] == [second_factor.CODES - 1]
    assert second_factor.codes_left(account.pk) == second_factor.CODES - 1


def test_control_without_the_lock_a_backup_code_opens_several():
    account = with_factor(a_city().crew)
    code = second_factor.renew_codes(account)[0]
    looked = Barrier(BROWSERS)

    def unguarded():
        row = Authenticator.objects.get(user=account, type="recovery_codes")
        wanted = second_factor.digest(account.pk, code)
        looked.wait(timeout=20)
        left = [known for known in row.data["digests"] if known != wanted]
        Authenticator.objects.filter(pk=row.pk).update(data={"digests": left})
        return len(left) < len(row.data["digests"])

    assert sum(at_once(unguarded)) == BROWSERS
