"""Two hands at the same moment. The control shows the test can fail."""

from __future__ import annotations

import pytest

from abdi.culture import actions
from abdi.culture.actions import coaching as coaching_actions
from abdi.culture.models import Circle, CircleMember, Coaching
from abdi.culture.testing import a_circle_city, a_cluster, a_plan, a_proposal, a_start
from abdi.people.testing import a_city, actor_for
from abdi.platform.journal import Entry
from abdi.platform.testing.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def deciding_both_ways(city):
    """Open and not now, each with its own copy read before any of them acts."""
    row = a_proposal(city.crew, city.head)
    by = actor_for(city.head)
    one, other = Coaching.objects.get(pk=row.pk), Coaching.objects.get(pk=row.pk)
    return (
        lambda: actions.open_coaching(one, by=by, plan=a_plan()),
        lambda: actions.decline_coaching(other, by=by, reason="Belum perlu."),
    )


def test_a_proposal_is_decided_once(inside_institution):
    assert len(at_once(*deciding_both_ways(a_city()))) == 1
    kinds = ("culture.CoachingOpened", "culture.CoachingDeclined")
    assert Entry.objects.filter(kind__in=kinds).count() == 1


def test_control_without_the_lock_it_is_decided_twice(inside_institution, monkeypatch):
    monkeypatch.setattr(coaching_actions, "lock", lambda row: row)
    assert len(at_once(*deciding_both_ways(a_city()))) == 2


def test_one_theme_gets_one_group_however_often_it_is_pressed(inside_institution):
    where = a_circle_city()
    given = a_start(where, a_cluster(where))
    unit = where.reports.city.section
    press = lambda: actions.start_circle(unit, by=where.starter, given=given)  # noqa: E731
    assert len(at_once(press, press, press)) == 1
    assert Circle.objects.count() == 1
    assert CircleMember.objects.count() == 3
