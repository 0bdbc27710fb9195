"""Rules of reports by examples and drawn cases."""

from datetime import UTC, date, datetime, timedelta, timezone
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.platform import formula_cli
from abdi.platform.inputs import BadInput
from abdi.platform.norms import norms
from abdi.reports import rules
from abdi.reports.choices import Channel, Priority, RejectReason, ReportClass, Status

TODAY = date(2026, 3, 2)
NORMS = norms("reports", on=TODAY)
WIB = timezone(timedelta(hours=7))
OFFICE = rules.weekdays_without(())


def run(**values):
    return formula_cli.run("deadline.due", values, today=TODAY)


# ------------------------------------------------------------------ deadlines of classes


@pytest.mark.parametrize(
    ("report_class", "verify_by", "answer_by"),
    [
        ("information", date(2026, 3, 5), date(2026, 3, 9)),
        ("aspiration", date(2026, 3, 5), date(2026, 3, 9)),
        ("complaint_normal", date(2026, 3, 5), date(2026, 3, 20)),
        ("complaint_supervisory", date(2026, 3, 5), date(2026, 5, 25)),
        ("emergency", date(2026, 3, 2), date(2026, 3, 2)),
    ],
)
def test_a_class_gives_working_days_after_the_day_of_receipt(report_class, verify_by, answer_by):
    found = run(**{"received": "2026-03-02T23:59:00+07:00", "class": report_class})
    assert (found["verify_by"], found["answer_by"]) == (verify_by, answer_by)


def test_weekends_and_holidays_do_not_count():
    found = run(**{"received": "2026-03-06", "class": "information"}, holidays=["2026-03-09"])
    assert (found["verify_by"], found["answer_by"]) == (date(2026, 3, 12), date(2026, 3, 16))


def test_a_report_of_a_saturday_starts_on_monday():
    found = run(**{"received": "2026-03-07T10:00:00", "class": "information"})
    assert found["verify_by"] == date(2026, 3, 11)


# ------------------------------------------------------------------ deadlines of categories


def steps_of(category, received, **more):
    found = run(received=received, category=category, **more)["steps"]
    return {step["step"]: step["due"].isoformat() for step in found}


def test_a_category_goes_before_its_priority():
    assert steps_of("fire", "2026-03-08T02:00:00+07:00") == {
        "ack": "2026-03-08T02:01:00+07:00",
        "arrive": "2026-03-08T02:15:00+07:00",
        "make_safe": "2026-03-08T06:00:00+07:00",
        "resolve": "2026-03-08T06:00:00+07:00",
    }


def test_a_step_nobody_promised_is_left_out():
    assert list(steps_of("pothole", "2026-03-02T08:00:00+07:00")) == ["ack", "resolve"]


def test_scheduled_work_counts_24_hours_on_working_days_only():
    assert steps_of("road_sign", "2026-03-06T10:00:00+07:00") == {
        "ack": "2026-03-06T18:00:00+07:00",
        "resolve": "2026-03-17T10:00:00+07:00",
    }
    assert steps_of("road_sign", "2026-03-07T10:00:00+07:00")["ack"] == "2026-03-09T08:00:00+07:00"
    late = steps_of("road_sign", "2026-03-06T20:00:00+07:00", holidays=["2026-03-09"])
    assert late["ack"] == "2026-03-10T04:00:00+07:00"


def test_a_moment_without_zone_stays_without():
    assert steps_of("fire", "2026-03-02T08:00:00")["ack"] == "2026-03-02T08:01:00"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"received": "2026-03-02"}, "class"),
        ({"received": "2026-03-02", "class": "information", "category": "fire"}, "category"),
        ({"received": "2026-03-02", "category": "ufo"}, "category"),
        ({"received": "2026-03-02", "class": "ufo"}, "class"),
        ({"received": "2026-02-30", "class": "information"}, "received"),
        ({"received": "yesterday", "class": "information"}, "received"),
        ({"received": "2026-03-02", "class": "information", "holidays": ["x"]}, "holidays"),
        ({"received": "2026-03-02", "class": "information", "holidays": "x"}, "holidays"),
        ({"class": "information"}, "received"),
    ],
)
def test_a_deadline_of_nothing_is_refused(values, field):
    with pytest.raises(BadInput) as bad:
        run(**values)
    assert bad.value.field == field


def test_a_calendar_without_work_is_refused():
    free = [(date(2026, 3, 2) + timedelta(days=n)).isoformat() for n in range(2000)]
    with pytest.raises(BadInput) as bad:
        run(**{"received": "2026-03-02", "class": "information"}, holidays=free)
    assert bad.value.field == "holidays"


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(WIB))  # noqa: DTZ001


@given(MOMENTS, st.integers(1, 30_000), st.sets(st.dates(date(2020, 1, 1), date(2031, 1, 1))))
def test_working_time_never_ends_before_clock_time(start, minutes, free):
    due = rules.add_working_time(start, minutes, rules.weekdays_without(free))
    assert due >= start + timedelta(minutes=minutes)


@given(MOMENTS, st.integers(0, 20_000), st.integers(0, 20_000))
def test_more_time_is_never_due_earlier(start, one, more):
    assert rules.add_working_time(start, one, OFFICE) <= rules.add_working_time(
        start, one + more, OFFICE
    )


def test_the_reporter_may_answer_for_a_while():
    asked = date(2026, 3, 2)
    own = rules.reply_open_until(asked, sp4n=False, works=OFFICE, norms=NORMS)
    sp4n = rules.reply_open_until(asked, sp4n=True, works=OFFICE, norms=NORMS)
    assert (own, sp4n) == (date(2026, 3, 9), date(2026, 3, 16))


# ------------------------------------------------------------------ figures


def test_nothing_closed_counts_as_kept():
    assert rules.answered_in_time(0, 0) == 10_000
    assert rules.answered_in_time(40, 37) == 9250


def test_closing_at_the_due_moment_is_in_time():
    due = int(datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp())
    assert [rules.in_time(due + late, due) for late in (-1, 0, 1)] == [1, 1, 0]
    assert rules.promise_left(due, due + 60) == -60


@pytest.mark.parametrize(
    ("left", "word"), [(-1, "late"), (0, "soon"), (30, "soon"), (31, "fine"), (120, "fine")]
)
def test_a_promise_is_soon_due_in_its_last_quarter(left, word):
    assert rules.urgency(left, 120) == word


def test_only_the_citys_own_task_counts_for_it():
    assert rules.counts_for_city("city")
    assert not rules.counts_for_city("power_company")


# ------------------------------------------------------------------ states and numbers


def test_every_state_can_be_reached_and_left():
    reached = {after for status in Status for after in rules.next_statuses(status)}
    assert reached == set(Status) - {Status.RECEIVED}
    assert all(rules.next_statuses(status) for status in Status)
    assert all(status not in rules.next_statuses(status) for status in [Status.CLOSED])


def test_a_closed_report_can_only_be_reopened():
    assert rules.next_statuses("closed") == {Status.REOPENED}
    assert not rules.is_open("resolved")
    assert rules.is_open("on_the_way")


def test_a_state_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="disposisi"):
        rules.next_statuses("disposisi")


@pytest.mark.parametrize("text", ["CD-7K4-219", "KOTA-AAA-000"])
def test_report_numbers_look_like_this(text):
    assert rules.is_report_number(text)


@pytest.mark.parametrize(
    "text", ["", "CD-7O4-219", "CD-7K4-21", "cd-7k4-219", "CD-7K4-219\n", "CD-1K4-219", "C-7K4-219"]
)
def test_letters_people_mix_up_are_not_used(text):
    assert not rules.is_report_number(text)


@given(st.integers(0, 2**32))
def test_every_number_made_is_one(seed):
    assert rules.is_report_number(rules.report_number("CD", Random(seed).randrange))


def test_a_region_without_code_gets_no_number():
    with pytest.raises(ValueError, match="region"):
        rules.report_number("x", Random(1).randrange)


# ------------------------------------------------------------------ figures on file


def test_the_57_categories_are_whole():
    categories = NORMS["categories"]
    assert len(categories) == 57
    kinds = set(NORMS["agency_kinds"])
    for category in categories.values():
        assert category["priority"] in Priority.codes()
        assert category["opd_kind"] in kinds
        assert category["resolve_hours"] > 0
        assert category.get("sp4n_class", "information") in ReportClass.codes()


def test_names_in_the_figures_are_the_choices():
    assert tuple(NORMS["states"]) == Status.codes()
    assert tuple(NORMS["channels"]) == Channel.codes()
    assert tuple(NORMS["reject_reasons"]) == RejectReason.codes()
    assert tuple(NORMS["classes"]) == ReportClass.codes()
    assert set(NORMS["open311_status"]) == set(Status)
