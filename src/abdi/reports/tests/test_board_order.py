"""The board of the control room: what breaks first stands first, what is broken on top."""

from datetime import timedelta

import pytest

from abdi.platform import clock
from abdi.platform.testing import sign_in_as
from abdi.reports import actions
from abdi.reports.models import Report
from abdi.reports.queries.board import board, by_what_breaks_first
from abdi.reports.testing import a_report, a_report_city, an_assigned_report

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_broken_ones_stand_on_top_then_what_breaks_next_and_standing_clocks_last():
    where = a_report_city()
    calm = an_assigned_report(where)
    start = calm.received_at
    stands = an_assigned_report(where)
    actions.pause_clock(stands, by=where.dispatcher, reason="unsafe")
    with clock.at(start + MINUTE):
        unseen = a_report()
    with clock.at(start + 2 * MINUTE):
        soon = a_report("lamp_by_day")
    with clock.at(start + 3 * MINUTE):
        urgent = a_report("street_light_wire")
    now = start + 20 * MINUTE
    with clock.at(now):
        found = [one.pk for one in board(where.dispatcher, now).rows]
    assert found == [urgent.pk, unseen.pk, soon.pk, calm.pk, stands.pk]


def test_at_the_same_time_the_more_urgent_one_stands_first():
    where = a_report_city()
    slow, fast = a_report("lamp_by_day"), a_report("street_light_wire")
    now = clock.now()
    same = {"ack_due_at": now + MINUTE, "due_at": now + 9 * MINUTE}
    Report.objects.filter(pk__in=[slow.pk, fast.pk]).update(**same)
    found = list(by_what_breaks_first(Report.objects.all(), now).values_list("pk", flat=True))
    assert found == [fast.pk, slow.pk]
    page = sign_in_as(where.dispatcher).get("/papan").content.decode()
    assert "Yang lewat janji di atas, lalu yang paling dekat batasnya" in page
