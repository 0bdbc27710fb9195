"""Scheduling tasks made by chance in the style of the public ones, for tests and benchmarks."""

from __future__ import annotations

import random

LENGTHS = (480, 480, 480, 600, 480, 720, 540, 420)
FULL_TIME = (5, 2, 2)


def task_text(days: int, staff: int, shifts: int, seed: int) -> str:
    """An instance as text: `days` of the horizon, people and kinds of shift."""
    chance = random.Random(seed)
    names = [f"s{number}" for number in range(shifts)]
    lengths = [LENGTHS[number % len(LENGTHS)] for number in range(shifts)]
    hour = sorted(chance.random() for _ in names)
    lines = ["SECTION_HORIZON", str(days), "SECTION_SHIFTS"]
    for number, name in enumerate(names):
        earlier = [names[other] for other in range(number) if hour[number] - hour[other] > 0.15]
        lines.append(f"{name},{lengths[number]},{'|'.join(earlier)}")
    lines.append("SECTION_STAFF")
    people = [f"p{number}" for number in range(staff)]
    worth = 0
    for number, person in enumerate(people):
        lines.append(_person(person, names, days, number / staff, chance))
        worth += int(lines[-1].split(",")[2])
    lines.append("SECTION_DAYS_OFF")
    lines += [
        ",".join([person, *map(str, sorted(chance.sample(range(days), max(1, days // 14))))])
        for person in people
    ]
    for section, share in (("ON", 0.12), ("OFF", 0.08)):
        lines.append(f"SECTION_SHIFT_{section}_REQUESTS")
        lines += [
            f"{person},{day},{chance.choice(names)},{chance.randint(1, 3)}"
            for person in people
            for day in range(days)
            if chance.random() < share
        ]
    return "\n".join([*lines, *_cover(names, days, worth, chance)]) + "\n"


def _person(name: str, shifts: list[str], days: int, place: float, chance: random.Random) -> str:
    part = 1.0 if place < 0.8 else 0.6 if place < 0.95 else 0.4
    run, least, off = FULL_TIME if place < 0.5 else (6, 2, 3) if place < 0.8 else (5, 1, 2)
    most = int(days * 18 / 28 * part)
    limits = []
    for number, shift in enumerate(shifts):
        can = chance.random() < 0.65 or number == 0
        tight = number == len(shifts) - 1 and len(shifts) > 1
        limits.append(f"{shift}={(max(1, most // 4) if tight else days) if can else 0}")
    minutes = most * 480
    least_minutes = max(0, minutes - 1080)
    weekends = max(1, days // 14) + (part < 1)
    limit = "|".join(limits)
    return f"{name},{limit},{minutes},{least_minutes},{run},{least},{off},{weekends}"


def _cover(shifts: list[str], days: int, minutes: int, chance: random.Random) -> list[str]:
    """Cover about as large as the staff can give."""
    a_day = minutes / 480 / days / len(shifts)
    lines = ["SECTION_COVER"]
    for day in range(days):
        for shift in shifts:
            wanted = max(0, round(a_day * chance.uniform(0.6, 1.35)))
            lines.append(f"{day},{shift},{wanted},100,1")
    return lines
