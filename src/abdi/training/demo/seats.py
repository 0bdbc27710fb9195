"""Who sits in which class, who came, who passed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from abdi.competence.choices import EvidenceKind
from abdi.competence.demo import Proof, keep_evidence
from abdi.people.choices import TimeKind
from abdi.people.demo import DemoCity, Seat, keep_times
from abdi.people.models import Person
from abdi.platform import clock
from abdi.platform.journal import PastFact, record_many
from abdi.training import events
from abdi.training.choices import ClassState, SeatState
from abdi.training.models import NO_SEAT, Certificate, Class, Enrolment, Presence, Series, Session

BATCH: Final = 2_000
NOT_YET_PAPER: Final = 9
"""The newest passed ones still wait for their certificate."""


@dataclass
class Room:
    """A class with its sessions and the people who are in it."""

    klass: Class
    sessions: list[Session]
    people: list[Seat]
    waiting: list[Seat] = field(default_factory=list)
    invited: list[Seat] = field(default_factory=list)


def write(city: DemoCity, rng: random.Random, rooms: list[Room]) -> None:
    """Enrolments, presence, calendars, results and certificates of all classes."""
    rows: list[tuple[Room, Enrolment]] = []
    for room in rooms:
        rows += [(room, _enrolment(rng, room, seat)) for seat in room.people]
        rows += [(room, _queued(rng, room, seat)) for seat in room.waiting]
        rows += [(room, _invited(room, seat)) for seat in room.invited]
    Enrolment.objects.bulk_create([row for _room, row in rows], batch_size=BATCH)
    now = clock.now()
    Presence.objects.bulk_create(list(_presences(rows, now)), batch_size=BATCH)
    keep_times(_times(rows, now), TimeKind.CLASS)
    record_many(_enrolled(city, rows))
    _pass(city, [(room, row) for room, row in rows if row.state == SeatState.PASSED])
    for room in rooms:
        own = [row for other, row in rows if other is room]
        room.klass.taken = sum(row.has_seat for row in own)
    Class.objects.bulk_update([room.klass for room in rooms], ["taken"])


def _enrolment(rng: random.Random, room: Room, seat: Seat) -> Enrolment:
    klass = room.klass
    roll = rng.random()
    state = SeatState.ENROLLED
    if klass.state == ClassState.CLOSED:
        state = SeatState.PASSED
        if roll > 0.9:
            state = SeatState.ABSENT if roll > 0.94 else SeatState.NOT_PASSED
    elif klass.state == ClassState.RUNNING and roll < 0.95:
        state = SeatState.ATTENDED
    decided = state in (SeatState.PASSED, SeatState.NOT_PASSED)
    return Enrolment(
        klass=klass,
        person_id=seat.person_id,
        agency_id=seat.agency_id,
        state=state,
        has_seat=state not in NO_SEAT,
        queued_at=_early(rng, room),
        score=rng.randint(72, 98) if state == SeatState.PASSED else 51 if decided else None,
        decided_at=room.sessions[-1].end_at + timedelta(hours=20) if decided else None,
    )


def _early(rng: random.Random, room: Room) -> datetime:
    begins = min(room.sessions[0].start_at, clock.now())
    return begins - timedelta(days=rng.randint(2, 14), minutes=rng.randrange(600))


def _queued(rng: random.Random, room: Room, seat: Seat) -> Enrolment:
    return Enrolment(
        klass=room.klass,
        person_id=seat.person_id,
        agency_id=seat.agency_id,
        state=SeatState.WAITING,
        queued_at=_early(rng, room),
    )


def _invited(room: Room, seat: Seat) -> Enrolment:
    return Enrolment(
        klass=room.klass,
        person_id=seat.person_id,
        agency_id=seat.agency_id,
        state=SeatState.INVITED,
        has_seat=True,
        queued_at=clock.now() - timedelta(hours=7),
        offer_until=clock.now() + timedelta(days=2),
    )


def _presences(rows: list[tuple[Room, Enrolment]], now: datetime) -> Iterator[Presence]:
    came = (SeatState.PASSED, SeatState.NOT_PASSED, SeatState.ATTENDED)
    for room, row in rows:
        if row.state in came:
            for session in room.sessions:
                if session.start_at <= now:
                    marked = session.start_at + timedelta(minutes=5)
                    yield Presence(enrolment=row, session=session, marked_at=marked)


def _times(
    rows: list[tuple[Room, Enrolment]], now: datetime
) -> Iterator[tuple[int, datetime, datetime, str]]:
    for room, row in rows:
        if not row.has_seat or row.state == SeatState.INVITED:
            continue
        for session in room.sessions:
            if session.end_at > now:
                yield row.person_id, session.start_at, session.end_at, room.klass.ref


def _enrolled(city: DemoCity, rows: list[tuple[Room, Enrolment]]) -> Iterator[PastFact]:
    for room, row in rows:
        if row.state in (SeatState.WAITING, SeatState.INVITED):
            continue
        fact = events.PersonEnrolled(class_id=room.klass.pk, person_id=row.person_id)
        yield PastFact(fact, row.queued_at, city.by(row.person_id), row.ref)


def _pass(city: DemoCity, rows: list[tuple[Room, Enrolment]]) -> None:
    """What a class passed leaves: its entry, the evidence, the certificate."""
    by = city.by(city.logins["pelatihan"])
    entries = record_many(
        PastFact(
            events.ClassPassed(
                class_id=room.klass.pk,
                person_id=row.person_id,
                competency=room.klass.competency,
                level=room.klass.level,
                hours=room.klass.hours,
            ),
            row.decided_at or room.sessions[-1].end_at,
            by,
            row.ref,
        )
        for room, row in rows
    )
    keep_evidence(
        _proof(room, row, entry) for (room, row), entry in zip(rows, entries, strict=True)
    )
    rows.sort(key=lambda pair: (pair[0].klass.end_on, pair[1].pk))
    _papers(city, rows[:-NOT_YET_PAPER])


def _proof(room: Room, row: Enrolment, entry: int) -> Proof:
    return Proof(
        row.person_id,
        room.klass.competency,
        EvidenceKind.CLASS,
        room.klass.ref,
        row.decided_at or room.sessions[-1].end_at,
        f"level_{room.klass.level}",
        entry,
    )


def _papers(city: DemoCity, rows: list[tuple[Room, Enrolment]]) -> None:
    rng = city.chance("certificates")
    wanted = {row.person_id for _room, row in rows}
    names = {
        person.pk: person.display_name
        for person in Person.objects.only("name", "title_prefix", "title_suffix").iterator()
        if person.pk in wanted
    }
    last: dict[int, int] = {}
    papers = []
    for room, row in rows:
        klass = room.klass
        issued = klass.end_on + timedelta(days=2)
        last[issued.year] = last.get(issued.year, 0) + 1
        papers.append(
            Certificate(
                enrolment=row,
                number=f"{last[issued.year]:05d}/PEL/{issued.year}",
                code=f"{rng.getrandbits(104):026x}",
                holder=names[row.person_id],
                title=klass.title,
                hours=klass.hours,
                start_on=klass.start_on,
                end_on=klass.end_on,
                issued_on=issued,
                issued_by_id=city.logins["pelatihan"],
            )
        )
    made = Certificate.objects.bulk_create(papers, batch_size=BATCH)
    Series.objects.bulk_create(Series(year=year, last=count) for year, count in last.items())
    by = city.by(city.logins["pelatihan"])
    record_many(
        PastFact(
            events.CertificateIssued(certificate_id=paper.pk, person_id=row.person_id),
            (row.decided_at or clock.now()) + timedelta(hours=26),
            by,
            paper.ref,
        )
        for paper, (_room, row) in zip(made, rows, strict=True)
    )
