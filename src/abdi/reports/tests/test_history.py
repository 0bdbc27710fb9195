"""What a mapping file says, and what becomes of a row of another system."""

from datetime import UTC, date, datetime

import pytest

from abdi.platform.norms import norms
from abdi.platform.text import clean_text
from abdi.reports import rules

NORMS = norms("reports", on=date(2026, 3, 2))
KNOWN = frozenset(NORMS["categories"])
NOW = datetime(2026, 3, 2, tzinfo=UTC)
MAP = {
    "source": "uji-coba",
    "institution": {"code": "uji", "name": "Kota Uji", "region": "UJI"},
    "zone": "America/New_York",
    "time_format": "%m/%d/%Y %I:%M:%S %p",
    "columns": {
        "key": "id",
        "received": "in",
        "due": "due",
        "closed": "out",
        "status": "status",
        "category": "kind",
        "agency": "office",
        "channel": "how",
        "lat": "lat",
        "lng": "lng",
        "place": ["street", "zip"],
        "text": ["head", "body"],
        "verdict": "verdict",
    },
    "status": {"closed": ["Closed"], "open": ["Open"]},
    "categories": {"Lamp": "street_light_out"},
    "channels": {"APP": "mobile"},
    "outcomes": {},
    "must_match": {"zip": "[0-9]{5}"},
    "agencies": {"lamps": {"name": "Lamps", "values": ["PW"]}},
    "verdict": {"ONTIME": True, "LATE": False},
}
ROW = {
    "id": "7",
    "in": "01/05/2015 11:30:00 PM",
    "due": "01/20/2015 08:30:00 AM",
    "out": "01/20/2015 08:30:00 AM",
    "status": "Closed",
    "kind": "Lamp",
    "office": "PW",
    "how": "APP",
    "lat": "42.3474",
    "lng": "-71.0944",
    "street": "Main Street",
    "zip": "02115",
    "head": "Dark",
    "body": "The lamp is out",
    "verdict": "ONTIME",
}


def a_plan(**other):
    return rules.plan_of({**MAP, **other}, KNOWN)


def read(plan=None, **cells):
    def route(head, text):
        return rules.topic_of(head, text, NORMS)

    return rules.past_report(
        {**ROW, **cells}, plan or a_plan(), clean=clean_text, route=route, now=NOW
    )


def refusal(plan=None, **cells):
    with pytest.raises(rules.RowRefused) as refused:
        read(plan, **cells)
    return str(refused.value)


# ------------------------------------------------------------------ a row


def test_a_row_is_read_in_the_zone_of_its_city():
    row = read()
    assert row.received_at == datetime(2015, 1, 6, 4, 30, tzinfo=UTC)
    assert row.due_at == row.closed_at == datetime(2015, 1, 20, 13, 30, tzinfo=UTC)
    assert row.kept is True


def test_names_of_the_file_become_our_codes():
    row = read()
    assert (row.category, row.agency, row.channel) == ("street_light_out", "lamps", "mobile")
    assert (row.lat_e6, row.lng_e6) == (42_347_400, -71_094_400)
    assert (row.place_text, row.text) == ("Main Street, 02115", "Dark\nThe lamp is out")
    assert row.outcome == "fixed"


def test_a_heading_the_text_begins_with_is_not_written_twice():
    assert read(body="Dark street again").text == "Dark street again"


def test_an_open_row_has_no_end_and_no_outcome():
    row = read(status="Open", out="", verdict="")
    assert (row.closed_at, row.outcome, row.kept) == (None, "", None)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"id": ""}, "the row has no usable key"),
        ({"id": "x" * 101}, "the row has no usable key"),
        ({"in": ""}, "the row does not say when the report came in"),
        ({"in": "2015-01-05"}, "the time in column in cannot be read"),
        ({"in": "03/08/2015 02:30:00 AM"}, "the time in column in did not exist: clocks changed"),
        ({"in": "01/05/2031 01:00:00 AM"}, "a moment lies in the future"),
        ({"due": "01/01/2015 01:00:00 AM"}, "promised before it came in"),
        ({"out": "01/01/2015 01:00:00 AM"}, "closed before it came in"),
        ({"out": ""}, "closed, but the row does not say when"),
        ({"status": "Open"}, "still open, but the row says when it was closed"),
        ({"status": "?"}, "the map does not know this status"),
        ({"kind": "Tree"}, "the map does not know this kind of report"),
        ({"office": "XY"}, "the map does not know this agency"),
        ({"zip": "0211"}, "zip is not as it should be"),
        ({"lat": "north"}, "the point on the map cannot be read"),
        ({"lat": "NaN"}, "the point on the map cannot be read"),
        ({"lng": "181"}, "the point lies outside of the map"),
        ({"body": "a\x00b"}, "the text holds signs that are no text, or is too long"),
        ({"street": "x" * 201}, "the place holds signs that are no text, or is too long"),
    ],
)
def test_an_odd_row_is_refused_with_its_reason(cells, reason):
    assert refusal(**cells) == reason


def test_a_table_without_a_kind_is_told_apart_by_its_words():
    columns = {k: v for k, v in MAP["columns"].items() if k not in ("category", "agency")}
    plan = a_plan(
        columns=columns,
        categories={"water": "water_supply"},
        agencies={"tirta": {"name": "Tirta", "topics": ["water"]}},
    )
    assert plan.is_routed
    assert not a_plan().is_routed
    row = read(plan, head="Air PDAM mati", body="sudah tiga hari")
    assert (row.category, row.agency) == ("water_supply", "tirta")
    assert refusal(plan, head="Pohon tumbang") == "the map does not know this agency"


# ------------------------------------------------------------------ the map


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"zone": "Mars/Olympus"}, "zone: Mars/Olympus"),
        ({"source": "Über alles"}, "source must be"),
        ({"columns": {"received": "in", "category": "kind"}}, "key is missing"),
        ({"columns": {"key": "id", "category": "kind"}}, "received is missing"),
        ({"columns": {"key": "id", "received": "in"}}, "neither category nor text"),
        ({"columns": {"key": "id", "colour": "c"}}, "colour is not one of"),
        ({"categories": {"Lamp": "lamp"}}, "no category of the norms"),
        ({"channels": {"APP": "pigeon"}}, "channels:"),
        ({"agencies": {}}, "agencies: at least one"),
        ({"must_match": {"zip": "["}}, "cannot be read"),
        ({"columns": None}, "cannot be read"),
    ],
)
def test_a_map_that_cannot_be_followed_says_why(other, words):
    with pytest.raises(rules.BadMap, match=words):
        a_plan(**other)


def test_a_map_without_agencies_says_so():
    with pytest.raises(rules.BadMap, match="lacks agencies"):
        rules.plan_of({k: v for k, v in MAP.items() if k != "agencies"}, KNOWN)


def test_a_map_names_the_columns_it_needs():
    assert {"id", "street", "zip", "body"} <= a_plan().needed


def test_a_table_without_a_status_is_read_by_its_moments():
    columns = {key: name for key, name in MAP["columns"].items() if key != "status"}
    assert read(a_plan(columns=columns)).closed_at is not None


def test_a_row_without_an_agency_goes_to_the_default_one_where_the_map_names_it():
    assert "does not know this agency" in refusal(office="")
    assert read(a_plan(default_agency="lamps"), office="").agency == "lamps"


def test_a_row_without_a_point_has_none():
    found = read(lat="", lng="-71.0944")
    assert (found.lat_e6, found.lng_e6) == (None, None)
