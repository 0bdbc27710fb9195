"""The year's plan, then classes with their people."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Final

from abdi.people.demo import DemoCity, Seat, in_hours, moment, workday
from abdi.people.models import BusyTime
from abdi.platform import clock
from abdi.platform.calendar import add_working_days
from abdi.platform.journal import PastFact, record_many
from abdi.training import events, rules
from abdi.training.choices import ClassState
from abdi.training.demo import proposals, seats
from abdi.training.demo.courses import COURSES, EAGER, FEW_HOURS, Course
from abdi.training.models import Class, Session

HELD_OPEN: Final = "Orientasi Pelayanan bagi Petugas Lapangan"
OFFERED: Final = "Perekat Bangsa di Tempat Kerja"


def build(city: DemoCity) -> None:
    """Proposals from gaps, fourteen classes, everybody in his seat."""
    rng = city.chance("training")
    found = proposals.build(city, rng)
    key = (city.units["dlh"].pk, "M.5", 2)
    by_title = {HELD_OPEN: proposals.answered(found.get(key))}
    classes = [_class(city, rng, course) for course in COURSES]
    for klass in classes:
        klass.proposal = by_title.get(klass.title)
    Class.objects.bulk_create(classes)
    rooms = [
        seats.Room(klass, _sessions(klass), people)
        for klass, people in zip(classes, _everybody(city, rng), strict=True)
    ]
    Session.objects.bulk_create([one for room in rooms for one in room.sessions])
    for room, course in zip(rooms, COURSES, strict=True):
        _fit(city, rng, room, course)
    Class.objects.bulk_update(classes, ["capacity"])
    record_many(_opened(city, rng, classes))
    seats.write(city, rng, rooms)


def _days(course: Course) -> tuple[date, date]:
    """First and last day; those to come on days on which offices work."""
    today = clock.today()
    if course.first <= 0:
        return today + timedelta(days=course.first), today + timedelta(days=course.last)
    start = add_working_days(today + timedelta(days=course.first), 0)
    return start, add_working_days(start, course.last - course.first)


def _class(city: DemoCity, rng: random.Random, course: Course) -> Class:
    start, end = _days(course)
    state = ClassState.OPEN
    if start <= clock.today():
        state = ClassState.CLOSED if course.last < -5 else ClassState.RUNNING
    return Class(
        code=f"{rng.getrandbits(40):010x}"[:8],
        title=course.title,
        goal=course.goal,
        competency=course.competency,
        level=course.level,
        hours=course.hours,
        start_on=start,
        end_on=end,
        place=course.place,
        is_online=not course.place,
        capacity=course.seats or 1,
        state=state,
        organiser_id=city.logins["pelatihan"],
        trainer_id=city.logins["pengajar"] if course.last >= -5 else _trainer(city, rng),
        cost_rupiah=course.cost_rupiah,
        opened_at=in_hours(rng, workday(min(start, clock.today()) - timedelta(days=32))),
    )


def _trainer(city: DemoCity, rng: random.Random) -> int:
    return rng.choice(city.people_of("bkpsdm-set"))


def _sessions(klass: Class) -> list[Session]:
    days = rules.teaching_days(klass.start_on, klass.end_on, frozenset()) or [klass.start_on]
    if klass.is_online:
        days = [days[0], days[-1]] if len(days) > 1 else days
    return [Session(klass=klass, start_at=moment(day, 8), end_at=moment(day, 15)) for day in days]


def _everybody(city: DemoCity, rng: random.Random) -> list[list[Seat]]:
    """Who comes to each class: those it is for, or a part of everybody."""
    civil = [seat for seat in city.seats.values() if seat.is_civil_servant and seat.tier]
    few = {city.units[code].pk for code in FEW_HOURS}
    eager = {city.units[code].pk for code in EAGER}
    found = []
    for course in COURSES:
        if course.share:
            found.append([seat for seat in civil if _learns(rng, course.share, seat, few, eager)])
            continue
        inside = city.seats_below(course.of) if course.of else civil
        pool = [seat for seat in inside if seat.is_civil_servant and seat.agency_id not in few]
        if course.title == HELD_OPEN:
            pool = [seat for seat in inside if seat.is_civil_servant]
        rng.shuffle(pool)
        found.append(pool)
    return found


def _learns(rng: random.Random, share: int, seat: Seat, few: set[int], eager: set[int]) -> bool:
    wanted = 9 if seat.agency_id in few else 100 if seat.unit_id in eager else share
    return rng.random() * 100 < wanted


def _fit(city: DemoCity, rng: random.Random, room: seats.Room, course: Course) -> None:
    """As many as there are seats; who is taken at that time stays away."""
    if course.share:
        room.klass.capacity = len(room.people) + len(room.people) // 20 + 5
        return
    begins, ends = room.sessions[0].start_at, room.sessions[-1].end_at
    free = _free(room.people, begins, ends) if ends > clock.now() else room.people
    free = [seat for seat in free if seat.person_id not in city.logins.values()]
    count = max(1, course.seats * course.taken // 100)
    room.people, rest = free[:count], free[count:]
    if len(room.people) == room.klass.capacity and course.first > 0:
        room.waiting = rest[:3]
    if course.title == OFFERED:
        room.invited = [city.seats[city.logins["pegawai"]]]


def _free(people: list[Seat], begins: datetime, ends: datetime) -> list[Seat]:
    taken = set(
        BusyTime.objects.filter(start_at__lt=ends, end_at__gt=begins).values_list(
            "person_id", flat=True
        )
    )
    return [seat for seat in people if seat.person_id not in taken]


def _opened(city: DemoCity, rng: random.Random, classes: list[Class]) -> list[PastFact]:
    by = city.by(city.logins["pelatihan"])
    facts = []
    for klass in classes:
        opened = events.ClassOpened(
            class_id=klass.pk,
            competency=klass.competency,
            level=klass.level,
            capacity=klass.capacity,
        )
        facts.append(PastFact(opened, klass.opened_at, by, klass.ref))
    return facts
