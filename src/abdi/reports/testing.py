"""Builders for tests: reports in every state, made by the real actions."""

from __future__ import annotations

import hashlib
import io
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from abdi.people.testing import SmallCity, a_city, actor_for, an_account
from abdi.platform import files
from abdi.platform.access import SYSTEM, Actor, citizen
from abdi.platform.tenancy import current_institution_id
from abdi.reports import actions, links
from abdi.reports.actions import Given, PhotoGiven
from abdi.reports.choices import PhotoKind
from abdi.reports.models import Category, Report

if TYPE_CHECKING:
    from abdi.people.models import Person

_numbers = itertools.count(1)
_tokens: dict[str, str] = {}
"""The secret links of the citizens below, by their hash: the program itself keeps the hash only."""
LAT, LNG = -7_629_800, 111_523_900
"""A point of the invented city."""


@dataclass(frozen=True)
class ReportCity:
    """The small city with its categories, and the actors of its street-light service."""

    city: SmallCity
    dispatcher: Actor
    officer: Actor

    @property
    def crew(self) -> Person:
        """The person who goes out."""
        return self.city.crew


def a_report_city() -> ReportCity:
    """The small city, ready to take in reports."""
    city = a_city()
    actions.adopt_categories(city.agency, by=SYSTEM)
    return ReportCity(city, city.dispatcher, an_officer(city.crew))


def an_officer(person: Person) -> Actor:
    """A person's actor with the role of a field officer."""
    an_account(person, (("field_officer", None),))
    return actor_for(person)


def a_category(code: str = "street_light_out") -> Category:
    """A category of the norms; sets the city up where there is none."""
    found = Category.objects.select_related("unit").filter(code=code).first()
    if found is None:
        a_report_city()
        found = Category.objects.select_related("unit").get(code=code)
    return found


def a_citizen(client_key: str = "") -> Actor:
    """A citizen without account, as the page makes him before he sends."""
    token = links.token_of(client_key or links.new_key())
    token_hash = links.hash_of(token)
    _tokens[token_hash] = token
    return citizen(current_institution_id(), token_hash)


def reporter_of(report: Report) -> Actor:
    """The citizen who holds the secret link of a report."""
    return citizen(report.institution_id, report.token_hash)


def token_of(report: Report) -> str:
    """The secret link of a report that a citizen of these builders sent."""
    return _tokens[report.token_hash]


def a_report(category: str = "street_light_out", *, key: str = "", **told: Any) -> Report:
    """A report that has just come in."""
    client_key = key or links.new_key()
    words = {"text": "Lampu mati", "place_text": "Jl. Kenanga", "lat_e6": LAT, "lng_e6": LNG}
    return actions.receive_report(
        a_category(category),
        by=a_citizen(client_key),
        given=Given(**{**words, **told}),
        client_key=client_key,
    )


def an_assigned_report(where: ReportCity, **told: Any) -> Report:
    """A report given to the crew."""
    return actions.assign(a_report(**told), where.crew, by=where.dispatcher)


def a_started_report(where: ReportCity, **told: Any) -> Report:
    """A report whose crew is at the place."""
    report = actions.start(an_assigned_report(where, **told), by=where.officer)
    return actions.arrive(report, by=where.officer)


def a_resolved_report(where: ReportCity, **told: Any) -> Report:
    """A report whose crew says it is done."""
    report = a_started_report(where, **told)
    actions.add_photo(report, by=where.officer, given=a_photo(), kind=PhotoKind.AFTER)
    return actions.propose_done(report, by=where.officer)


def a_closed_report(where: ReportCity, **told: Any) -> Report:
    """A report the reporter confirmed."""
    report = a_resolved_report(where, **told)
    return actions.close_report(report, by=reporter_of(report))


def a_photo() -> PhotoGiven:
    """The row of a stored photo; the file itself is not there."""
    number = next(_numbers)
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    return PhotoGiven(key=digest[:32], sha256=digest, size=1000, width=640, height=480)


@dataclass(frozen=True)
class StoredPhoto:
    """A real picture: its bytes as a phone sends them, and the row of the stored copy."""

    data: bytes
    given: PhotoGiven


def a_stored_photo(colour: str = "navy") -> StoredPhoto:
    """A picture that is really there."""
    from PIL import Image

    target = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(target, "JPEG")
    data = target.getvalue()
    kept = files.store(data)
    return StoredPhoto(data, PhotoGiven(kept.key, kept.sha256, kept.size, 640, 480))
