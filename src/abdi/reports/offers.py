"""The eight tiles of the first page and "another problem": the kinds of reports each covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from abdi.platform.choices import N_


@dataclass(frozen=True)
class Offer:
    """One tile: its place in addresses, its words, and its kinds, the most frequent first."""

    slug: str
    title: str
    hint: str
    icon: str
    codes: tuple[str, ...]
    tone: str = "pri"
    is_emergency: bool = False
    fixed: str = N_("It is fixed")
    broken: str = N_("Not fixed yet")
    where: str = N_("Street name or landmark")
    example: str = N_("Example: Jl. Kenanga, in front of the school")
    has_map: bool = True


OFFERS: Final = (
    Offer(
        "lampu",
        N_("Street light out"),
        N_("Dark or flickering"),
        "lamp",
        (
            "street_light_out",
            "street_light_wire",
            "pole_live",
            "pole_fallen",
            "lamp_by_day",
            "traffic_light_out",
        ),
        fixed=N_("It is lit"),
        broken=N_("Still dark"),
    ),
    Offer(
        "pohon",
        N_("Fallen tree"),
        N_("Or about to fall"),
        "tree",
        ("fallen_tree_blocking", "dangerous_tree", "tree_trimming"),
    ),
    Offer(
        "banjir",
        N_("Flood or standing water"),
        N_("Blocked drain"),
        "flood",
        ("flood", "drain_blocked", "landslide"),
    ),
    Offer(
        "kebakaran",
        N_("Fire"),
        N_("Connects you to 112"),
        "fire",
        ("fire", "gas_leak"),
        tone="red",
        is_emergency=True,
    ),
    Offer(
        "jalan",
        N_("Road damage"),
        N_("Potholes, subsidence"),
        "road",
        ("pothole", "road_damage", "sidewalk_damage", "bridge_damage", "road_sign"),
    ),
    Offer(
        "sampah",
        N_("Waste"),
        N_("Piled up, not collected"),
        "trash",
        ("waste_pile", "waste_not_collected", "illegal_dumping", "pollution"),
    ),
    Offer("air", N_("Clean water"), N_("Off, leaking, cloudy"), "drop", ("water_supply",)),
    Offer(
        "kantor",
        N_("Office service"),
        N_("Queues, staff, levies"),
        "users",
        (
            "staff_conduct",
            "extortion",
            "id_card",
            "permit",
            "health_service",
            "school_service",
            "social_aid",
            "aid_wrong_person",
            "property_tax",
        ),
        fixed=N_("It is settled"),
        broken=N_("Not settled yet"),
        where=N_("Which office?"),
        example=N_("Example: Kelurahan Melati"),
        has_map=False,
    ),
)
ELSE: Final = Offer(
    "lain",
    N_("Another problem"),
    N_("Write it in your own words"),
    "dots",
    (
        "other",
        "power_outage",
        "telecom_cables",
        "illegal_parking",
        "street_vendor",
        "public_order",
        "street_fight",
        "illegal_billboard",
        "park_facility",
        "animal_rescue",
        "stray_animal",
        "stray_dog_bite",
        "dengue_fogging",
        "homeless_odgj",
        "market_price",
        "wifi_cctv",
        "medical_emergency",
        "traffic_accident",
        "drowning_missing",
        "fire_crew_rescue",
        "body_found",
        "suicide_attempt",
        "violence_women_child",
        "school_bullying",
    ),
)
_BY_SLUG: Final = {offer.slug: offer for offer in (*OFFERS, ELSE)}


def offer_named(slug: str) -> Offer | None:
    """The tile of an address, or None."""
    return _BY_SLUG.get(slug)


def offer_of(category_code: str) -> Offer:
    """The tile that covers a kind of report; "something else" where none does."""
    return next((offer for offer in OFFERS if category_code in offer.codes), ELSE)
