"""What is reported in the demo city, when, and how each section does its work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

REPORTS: Final = {"small": 6_000, "city": 18_000, "province": 150_000}
DAYS: Final = 180
"""Within two quarters: workload counts whole quarters that have reports."""

NIGHT: Final = (9, 7, 5, 4, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 12, 18, 17, 14, 12, 10)
MORNING: Final = (0, 0, 0, 0, 1, 6, 14, 18, 16, 12, 8, 5, 3, 3, 2, 2, 2, 2, 1, 1, 1, 0, 0, 0)
DAY: Final = (1, 0, 0, 0, 0, 1, 4, 8, 11, 12, 10, 8, 6, 6, 7, 7, 8, 8, 6, 5, 4, 3, 2, 1)
AFTERNOON: Final = (3, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 5, 8, 12, 15, 16, 14, 11, 9, 7, 5, 4, 3)
ALWAYS: Final = (3, 3, 2, 2, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 5, 4, 4)
RAIN: Final = {
    1: 70,
    2: 65,
    3: 55,
    4: 40,
    5: 25,
    6: 15,
    7: 10,
    8: 10,
    9: 15,
    10: 35,
    11: 55,
    12: 65,
}
"""Days with rain in a month, in per cent: an invented city south of the equator."""


@dataclass(frozen=True)
class Kind:
    """One category: reports of 10,000, when they come, whether rain brings them."""

    code: str
    weight: int
    hours: tuple[int, ...] = DAY
    rain: int = 1


@dataclass(frozen=True)
class Work:
    """How a section does: kept promises, reopened, both of 100, stars of 1 to 5 by weight."""

    kept: int = 95
    reopened: int = 2
    stars: tuple[int, ...] = (2, 3, 9, 33, 53)
    tone: str = ""


@dataclass(frozen=True)
class Section:
    """A unit that answers reports: its service, its kinds, its way of working."""

    unit: str
    service: str | None
    kinds: tuple[Kind, ...]
    work: Work = Work()


OVERLOADED: Final = Work(kept=60, reopened=5, stars=(5, 9, 20, 36, 30), tone="slow")
UNDER_SKILLED: Final = Work(kept=93, reopened=14, stars=(16, 22, 29, 22, 11), tone="rude")
SECTIONS: Final = (
    Section(
        "pju",
        "pju",
        (
            Kind("street_light_out", 2_060, NIGHT),
            Kind("street_light_wire", 140, NIGHT, 2),
            Kind("lamp_by_day", 120, DAY),
            Kind("pole_live", 30, NIGHT, 3),
            Kind("pole_fallen", 40, AFTERNOON, 4),
        ),
        OVERLOADED,
    ),
    Section(
        "sampah",
        "sampah",
        (
            Kind("waste_pile", 600, MORNING),
            Kind("waste_not_collected", 620, MORNING),
            Kind("illegal_dumping", 200, MORNING),
            Kind("pollution", 90, AFTERNOON),
        ),
        UNDER_SKILLED,
    ),
    Section(
        "pohon",
        "pohon",
        (Kind("dangerous_tree", 430, AFTERNOON, 5), Kind("tree_trimming", 370, DAY)),
        UNDER_SKILLED,
    ),
    Section("taman", "taman", (Kind("park_facility", 200),)),
    Section(
        "jalan",
        "jalan",
        (
            Kind("pothole", 600, DAY, 2),
            Kind("road_damage", 140),
            Kind("sidewalk_damage", 100),
            Kind("bridge_damage", 30, DAY, 2),
        ),
        Work(kept=91),
    ),
    Section("drainase", "drainase", (Kind("drain_blocked", 600, AFTERNOON, 5),), Work(kept=92)),
    Section(
        "darurat",
        "bencana",
        (
            Kind("flood", 320, AFTERNOON, 14),
            Kind("fallen_tree_blocking", 270, AFTERNOON, 12),
            Kind("landslide", 14, AFTERNOON, 14),
            Kind("drowning_missing", 8, AFTERNOON),
        ),
        Work(kept=94, stars=(1, 2, 6, 30, 61)),
    ),
    Section(
        "damkar",
        "damkar",
        (
            Kind("fire", 100, ALWAYS),
            Kind("animal_rescue", 300, ALWAYS, 2),
            Kind("fire_crew_rescue", 160, ALWAYS),
            Kind("gas_leak", 30, ALWAYS),
        ),
        Work(kept=97, reopened=0, stars=(1, 1, 3, 20, 75)),
    ),
    Section(
        "trantib",
        "trantib",
        (
            Kind("street_vendor", 190),
            Kind("public_order", 240, NIGHT),
            Kind("street_fight", 70, NIGHT),
            Kind("illegal_billboard", 90),
        ),
        Work(kept=91),
    ),
    Section(
        "gawat-darurat",
        "ambulans",
        (
            Kind("medical_emergency", 380, ALWAYS),
            Kind("traffic_accident", 200, AFTERNOON),
            Kind("stray_dog_bite", 18),
        ),
        Work(kept=96, reopened=0, stars=(1, 2, 5, 24, 68)),
    ),
    Section(
        "lalin",
        "lalin",
        (
            Kind("traffic_light_out", 180, ALWAYS, 2),
            Kind("road_sign", 110),
            Kind("illegal_parking", 210),
        ),
        Work(kept=92),
    ),
    Section("pipa", "air", (Kind("water_supply", 480, MORNING),), Work(kept=90)),
    Section("dukcapil-s1", "ktp", (Kind("id_card", 110),), Work(kept=94)),
    Section("dpmptsp-s1", "izin", (Kind("permit", 50),), Work(kept=93)),
    Section(
        "dinsos-s1",
        None,
        (Kind("homeless_odgj", 60, ALWAYS), Kind("social_aid", 30), Kind("aid_wrong_person", 15)),
    ),
    Section("dispertan-s1", None, (Kind("stray_animal", 70),)),
    Section("diskominfo-s1", None, (Kind("wifi_cctv", 40), Kind("telecom_cables", 40))),
    Section("disdag-s1", None, (Kind("market_price", 25),)),
    Section("bapenda-s1", None, (Kind("property_tax", 20),)),
    Section("bkpsdm-s1", None, (Kind("staff_conduct", 15),)),
)


def rains(day: date) -> bool:
    """Whether it rained in the invented city; the same for a day, whoever asks."""
    return (day.toordinal() * 7_919 + day.day * 104_729) % 100 < RAIN[day.month]
