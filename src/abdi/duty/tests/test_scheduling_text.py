"""Reading instances and rosters, and the checker's verdict on each rule broken once."""

import pytest

from abdi.duty.scheduling import exchange, reading
from abdi.duty.scheduling.checker import RULES, check
from abdi.duty.scheduling.wire import from_plain, to_plain
from abdi.duty.tests.scheduling_tasks import task_text

TEXT = """\
# two weeks, two people
SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
L,540,E
SECTION_STAFF
A,E=14|L=2,3000,960,3,2,2,1
B,E=14|L=14,6000,0,9,1,1,2
SECTION_DAYS_OFF
A,0
SECTION_SHIFT_ON_REQUESTS
A,2,E,3
SECTION_SHIFT_OFF_REQUESTS
B,4,L,2
SECTION_COVER
2,E,1,100,1
4,L,0,100,7
"""
GOOD = ["", "", "E", "E", "", "", "", "", "E", "E", "", "", "", ""]
IDLE = [""] * 14


@pytest.fixture
def instance():
    return reading.read(TEXT, "two")


def changed(**days):
    row = list(GOOD)
    for day, name in days.items():
        row[int(day[1:])] = name
    return row


def test_a_text_becomes_an_instance_and_survives_the_wire(instance):
    assert (instance.days, len(instance.shifts), len(instance.people)) == (14, 2, 2)
    assert instance.people[0].days_off == {0}
    assert instance.shifts[1].no_next == {"E"}
    assert from_plain(to_plain(instance)) == instance


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("SECTION_COVER\n2,E,1,100,1\n4,L,0,100,7\n", "", "missing: SECTION_COVER"),
        ("14\n", f"{'9' * 5000}\n", "line 3 (SECTION_HORIZON): days"),
        ("14\n", "-3\n", "no whole number"),
        ("14\n", "", "a day before SECTION_HORIZON"),
        ("L,540,E", "L,540,Q", "unknown follower “Q”"),
        ("L,540,E", "E,540,", "line 6 (SECTION_SHIFTS): shift “E” stands twice"),
        ("L,540,E", "L,0,E", "minutes: “0” is not within"),
        ("A,E=14|L=2,", "A,E=14|Q=2,", "line 8 (SECTION_STAFF): MaxShifts names an unknown shift"),
        ("A,E=14|L=2,", "A,E=14,", "MaxShifts says nothing of shift L"),
        ("3,2,2,1\n", "3,2,2\n", "8 values expected, 7 found"),
        ("B,E=14", "A,E=14", "“A” stands twice"),
        ("A,0\n", "A,14\n", "day: “14” is not within 0 and 13"),
        ("A,2,E,3", "C,2,E,3", "unknown person “C”"),
        ("A,2,E,3", "A,2,N,3", "unknown shift “N”"),
        ("4,L,0,100,7", "2,E,0,100,7", "stands twice"),
        ("4,L,0,100,7", "4,L,1e9,100,7", "no whole number"),
        ("SECTION_DAYS_OFF", "SECTION_HORIZON", "SECTION_HORIZON stands twice"),
        ("SECTION_DAYS_OFF", "SECTION_MAGIC", "unknown section"),
        (TEXT, "", "missing: SECTION_HORIZON"),
        (TEXT, "hello", "line 1: text before the first SECTION_ line"),
    ],
)
def test_a_broken_text_is_told_by_line(old, new, words):
    with pytest.raises(reading.BadInstanceError) as told:
        reading.read(TEXT.replace(old, new, 1))
    assert words in str(told.value)
    assert len(str(told.value)) < 200


def test_a_file_that_is_no_text_or_not_there_is_told(tmp_path):
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00\x81")
    for name in ("binary.txt", "absent.txt"):
        with pytest.raises(reading.BadInstanceError, match=name):
            reading.read_file(tmp_path / name)


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("day_off", changed(d0="E", d1="E", d2="", d3="")),
        ("follower", changed(d2="L")),
        ("limit", changed(d2="E", d3="L", d9="L", d10="L")),
        ("max_minutes", changed(d4="E", d10="E", d13="E")),
        ("min_minutes", changed(d2="", d3="", d8="", d9="", d13="E")),
        ("max_run", changed(d4="E", d5="E")),
        ("min_run", changed(d3="", d9="", d8="", d12="E", d13="E")),
        ("min_off", changed(d5="E", d6="E", d4="")),
        ("weekends", changed(d5="E", d6="E", d2="", d3="", d9="", d8="", d12="E", d13="E")),
        ("unknown_shift", changed(d2="Q")),
        ("shape", GOOD[:-1]),
    ],
)
def test_each_broken_rule_is_named(instance, rule, row):
    broken = {one.rule for one in check(instance, [row, IDLE]).violations}
    assert broken == {rule}
    assert rule in RULES


def test_a_good_roster_is_valid_and_its_cost_is_counted_by_cause(instance):
    verdict = check(instance, [GOOD, changed(d4="L", d2="", d3="")])
    assert verdict.is_valid
    assert verdict.parts == {"on_requests": 0, "off_requests": 2, "under": 0, "over": 7}
    idle = check(instance, [changed(d2="", d3="", d12="E", d13="E"), IDLE])
    assert idle.parts == {"on_requests": 3, "off_requests": 0, "under": 100, "over": 0}
    assert idle.cost == 103


def test_short_runs_at_the_edges_of_the_horizon_are_allowed(instance):
    row = ["", "E", "E", "", "", "", "", "", "", "", "", "", "", "E"]
    assert check(instance, [row, IDLE]).is_valid


def test_too_few_rows_are_told(instance):
    assert [one.rule for one in check(instance, [GOOD]).violations] == ["shape"]


def test_a_roster_is_written_and_read_back_leniently(instance):
    roster = [GOOD, changed(d4="L")]
    text = exchange.write(roster)
    assert exchange.parse(text, instance) == roster
    named = "".join(
        f"{person.name}\t{line}\n"
        for person, line in zip(instance.people, text.splitlines(), strict=True)
    )
    assert exchange.parse(named + "\n\n", instance) == roster
    assert exchange.parse(text.replace("\t", ","), instance) == roster
    assert exchange.parse("-\t-\tE\tE\n", instance)[0][:5] == ["", "", "E", "E", ""]


def test_tasks_made_by_chance_are_instances():
    instance = reading.read(task_text(14, 5, 3, seed=1))
    assert len(instance.people) == 5
