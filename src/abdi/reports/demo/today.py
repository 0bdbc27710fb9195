"""Reports of this very day: what the desk, the crew and the leader find waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from abdi.people.demo import DemoCity
from abdi.reports.choices import Status
from abdi.reports.demo.mix import SECTIONS, Section

NEW: Final = (
    ("fallen_tree_blocking", 3),
    ("pole_live", 6),
    ("street_light_out", 9),
    ("street_light_out", 14),
    ("animal_rescue", 12),
    ("waste_pile", 24),
    ("street_light_out", 27),
    ("pothole", 41),
    ("waste_not_collected", 55),
    ("water_supply", 22),
    ("dangerous_tree", 88),
    ("street_light_wire", 4),
    ("homeless_odgj", 19),
    ("id_card", 130),
)
"""Kinds that nobody has looked at yet, and how many minutes ago they came."""
GIVEN: Final = (Status.VERIFIED, "desk"), (Status.FORWARDED, "desk")
GOING: Final = (*GIVEN, (Status.ON_THE_WAY, "crew"))
THERE: Final = (*GOING, (Status.IN_PROGRESS, "crew"))
ASKED: Final = ((Status.VERIFIED, "desk"), (Status.WAITING_REPORTER, "desk"))
QUESTION: Final = "Mohon sebutkan patokan terdekat, lokasinya belum kami temukan."


@dataclass(frozen=True)
class Wanted:
    """A report in a certain state, for a page that would be empty without it."""

    code: str
    minutes_ago: int
    steps: tuple[tuple[Status, str], ...] = ()
    person_id: int | None = None
    note: str = ""
    notes: str = ""


def wanted(city: DemoCity, now: datetime) -> list[Wanted]:
    """New ones for the desk, jobs for the crew on duty, some that wait for their reporter."""
    crew = city.logins["petugas"]
    others = [one for one in city.people_of("pju") if one != crew]
    found = [Wanted(code, minutes) for code, minutes in NEW]
    found += [
        Wanted("street_light_out", 52, GIVEN, crew),
        Wanted("street_light_wire", 35, GIVEN, crew),
        Wanted("street_light_out", 140, THERE, crew),
        Wanted("street_light_out", 26 * 60, GIVEN, crew),
        Wanted("street_light_out", 31 * 60, GIVEN, others[0]),
        Wanted("street_light_out", 44 * 60, GIVEN, others[-1]),
        Wanted("pole_fallen", 95, GOING, others[0]),
        Wanted("street_light_out", 300, ASKED, None, QUESTION, "desk"),
        Wanted("waste_pile", 500, ASKED, None, QUESTION, "desk"),
        Wanted("pothole", 900, ASKED, None, QUESTION, "desk"),
        Wanted("flood", 75, THERE, city.people_of("darurat")[0]),
        Wanted("waste_not_collected", 27 * 60, GIVEN, city.people_of("sampah")[0]),
    ]
    return found


def section_of(code: str) -> Section:
    """The section a kind belongs to."""
    return next(one for one in SECTIONS if any(kind.code == code for kind in one.kinds))
