"""Reports with their history, ratings, contacts and journal, written in batches."""

from __future__ import annotations

import hashlib
import random
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from abdi.people.demo import DemoCity
from abdi.platform import clock
from abdi.reports import links, rules
from abdi.reports.actions.classing import class_columns
from abdi.reports.actions.timing import reply_until
from abdi.reports.choices import Identity, Jurisdiction, Outcome, RejectReason, Status
from abdi.reports.demo import drawing, handovers, lives, phrases, today
from abdi.reports.demo.lives import Life, Step
from abdi.reports.demo.mix import Section
from abdi.reports.demo.setting_up import categories
from abdi.reports.demo.writing import Batch
from abdi.reports.models import Category, Report

BATCH: Final = 4_000
ANSWERED: Final = (
    "id_card",
    "permit",
    "social_aid",
    "property_tax",
    "market_price",
    "staff_conduct",
)
OWNED_ELSEWHERE: Final = ("street_light_out", "pothole", "road_damage", "drain_blocked", "flood")
JOIN_WITHIN: Final = timedelta(hours=36)


@dataclass
class Desk:
    """What is at hand while reports are made up."""

    city: DemoCity
    rng: random.Random
    kinds: dict[str, Category]
    areas: list[drawing.Area]
    now: datetime
    numbers: set[str] = field(default_factory=set)
    serial: int = 0
    leaders: dict[tuple[str, str], tuple[Report, datetime]] = field(default_factory=dict)
    open_jobs: deque[Report] = field(default_factory=deque)


def build(city: DemoCity) -> None:
    """Six months of reports, and those of this very day."""
    rng = city.chance("reports")
    desk = Desk(city, rng, categories(city), drawing.areas(city), clock.now())
    drawn = drawing.draw(rng, city)
    while part := list(islice(drawn, BATCH)):
        batch = Batch(city)
        for one in part:
            _add(desk, batch, one)
        batch.write()
    batch = Batch(city)
    for wanted in today.wanted(city, desk.now):
        _add_wanted(desk, batch, wanted)
    batch.write()
    handovers.build(city)


def _add(desk: Desk, batch: Batch, one: drawing.Drawn) -> None:
    life = lives.begin(desk.rng, desk.kinds[one.code], one.section.work, one.received_at)
    report = _told(desk, life)
    leader = _leader(desk, report)
    if leader is not None:
        _join(desk, batch, life, report, leader)
        return
    if _ends_early(desk, life, report):
        batch.add(report, life)
        return
    _give(desk, life, one.section)
    tone = life.work.tone
    note, again = desk.rng.choice(phrases.DONE), desk.rng.choice(phrases.AGAIN[tone])
    lives.run(desk.rng, life, desk.now, note, again)
    end = life.steps[-1].at if life.closed_at else desk.now
    desk.leaders[one.code, report.area] = (report, end)
    _finish(desk, life, report)
    batch.add(report, life, words=_words(desk, life))


def _add_wanted(desk: Desk, batch: Batch, wanted: today.Wanted) -> None:
    section = today.section_of(wanted.code)
    at = desk.now - timedelta(minutes=wanted.minutes_ago)
    life = lives.begin(desk.rng, desk.kinds[wanted.code], section.work, at)
    report = _told(desk, life)
    life.person_id = wanted.person_id
    moment = at
    for status, who in wanted.steps:
        moment += (desk.now - at) / (len(wanted.steps) + 1)
        life.steps.append(Step(status, moment, who, wanted.note if who == wanted.notes else ""))
    _finish(desk, life, report)
    batch.add(report, life)


def _told(desk: Desk, life: Life) -> Report:
    """What the reporter says and where; the rest follows from his category."""
    rng, category = desk.rng, life.category
    area = rng.choices(desk.areas, [area.weight for area in desk.areas])[0]
    street = rng.choice(phrases.STREETS)
    lat = area.lat_e6 + rng.randint(-4_800, 4_800)
    lng = area.lng_e6 + rng.randint(-4_800, 4_800)
    has_point = rng.random() < 0.86
    text = phrases.text_of(rng, category.code, category.name, street)
    desk.serial += 1
    key = hashlib.sha256(f"{desk.city.size} {desk.serial}".encode()).hexdigest()
    return Report(
        number=_number(desk),
        token_hash=links.hash_of(links.token_of(key)),
        key_hash=links.hash_of(key),
        input_hash=hashlib.sha256(text.encode()).hexdigest(),
        category=category,
        service_id=category.service_id,
        unit=category.unit,
        agency_id=category.unit.agency_id or category.unit_id,
        priority=category.priority,
        channel=life.channel,
        identity=rng.choices((Identity.OPEN, Identity.ANONYMOUS, Identity.SECRET), (68, 26, 6))[0],
        text=text,
        place_text=phrases.place_of(rng, street),
        area=area.name,
        lat_e6=lat if has_point else None,
        lng_e6=lng if has_point else None,
        cell=rules.cell_of(lat, lng) if has_point else "",
        received_at=life.received_at,
        ack_due_at=life.promise.ack_due_at,
        due_at=life.promise.due_at,
        remind_at=life.promise.remind_at,
        **class_columns(category, life.received_at),
        is_confidential=category.is_confidential,
        is_protected=category.is_protected,
    )


def _number(desk: Desk) -> str:
    while True:
        number = rules.report_number(desk.city.institution.region_code, desk.rng.randrange)
        if number not in desk.numbers:
            desk.numbers.add(number)
            return number


def _leader(desk: Desk, report: Report) -> Report | None:
    """An open report of the same kind in the same place that this one repeats."""
    found = desk.leaders.get((report.category.code, report.area))
    if found is None or desk.rng.random() > 0.3:
        return None
    leader, until = found
    fresh = report.received_at - leader.received_at < JOIN_WITHIN
    return leader if fresh and report.received_at < until else None


def _join(desk: Desk, batch: Batch, life: Life, report: Report, leader: Report) -> None:
    at = min(desk.now, report.received_at + timedelta(minutes=desk.rng.randint(2, 25)))
    life.steps.append(Step(Status.VERIFIED, at, "desk"))
    _finish(desk, life, report)
    leader.joined_count += 1
    report.place_text = leader.place_text
    batch.join(report, life, leader)


def _ends_early(desk: Desk, life: Life, report: Report) -> bool:
    """Not ours, unclear, or already solved: the desk ends it without a crew."""
    roll = desk.rng.random()
    at = report.received_at + timedelta(minutes=desk.rng.randint(10, 200))
    if roll > 0.045 or at > desk.now or report.priority == "P1":
        return False
    report.status = Status.REJECTED
    if roll < 0.02 and report.category.code in OWNED_ELSEWHERE:
        report.jurisdiction, report.owner_text = desk.rng.choice(phrases.OWNERS)
        report.reject_reason = RejectReason.NOT_AUTHORITY
    else:
        report.reject_reason = desk.rng.choice(
            (RejectReason.UNCLEAR, RejectReason.ALREADY_SOLVED, RejectReason.SPAM)
        )
    life.steps.append(Step(Status.VERIFIED, at - timedelta(minutes=2), "desk"))
    life.steps.append(Step(Status.REJECTED, at, "desk"))
    _finish(desk, life, report)
    return True


def _give(desk: Desk, life: Life, section: Section) -> None:
    crew = desk.city.people_of(section.unit)
    life.person_id = crew[int(desk.rng.random() ** 1.3 * len(crew))]


def _finish(desk: Desk, life: Life, report: Report) -> None:
    """Bring the columns of the report to where its life stands."""
    checked = life.at_of(Status.VERIFIED, Status.FORWARDED)
    started = life.at_of(Status.ON_THE_WAY, Status.IN_PROGRESS)
    given = life.at_of(Status.FORWARDED)
    report.status = life.status
    report.person_id = life.person_id if given else None
    report.acknowledged_at = checked
    report.published_at = None if report.is_confidential else checked
    report.accepted_at = started
    report.arrived_at = life.at_of(Status.IN_PROGRESS)
    report.reopened_count = life.reopened
    report.reminded_at = _passed(desk, report.remind_at, life.resolved_at)
    report.broken_at = _passed(desk, report.due_at + timedelta(minutes=3), life.resolved_at)
    if report.jurisdiction != Jurisdiction.CITY:
        report.broken_at = None
    report.broken_count = int(report.broken_at is not None)
    last = life.steps[-1]
    if last.obstacle:
        report.new_date_at = last.at + timedelta(days=3)
    if life.resolved_at is not None:
        report.resolved_at, report.resolved_by_id = life.resolved_at, life.person_id
        report.reply_until = reply_until(life.resolved_at, report.channel)
        report.outcome = _outcome(desk, report)
    if life.closed_at is not None:
        report.closed_at = life.closed_at
        ref = f"citizen:{report.token_hash[:40]}"
        report.closed_by = ref if life.closed_by_reporter else "system"
        report.minutes, report.in_time = life.minutes, life.in_time
        report.stars = life.stars or None


def _passed(desk: Desk, at: datetime, done: datetime | None) -> datetime | None:
    return at if at < (done or desk.now) else None


def _outcome(desk: Desk, report: Report) -> str:
    if report.category.code in ANSWERED:
        return Outcome.ANSWERED
    return Outcome.NOT_FOUND if desk.rng.random() < 0.02 else Outcome.FIXED


def _words(desk: Desk, life: Life) -> str:
    if not life.stars or desk.rng.random() < 0.3:
        return ""
    lists: dict[int, Iterable[str]] = {4: phrases.PRAISE, 5: phrases.PRAISE, 3: phrases.MIDDLING}
    sad = phrases.COMPLAINT.get(life.work.tone or "slow", ())
    found: Iterator[str] = iter(lists.get(life.stars, sad))
    return desk.rng.choice(list(found))
