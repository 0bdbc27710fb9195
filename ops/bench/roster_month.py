"""A unit's month of 60 people by the solver, beside a rotation made by hand; then a sick call.

Everything that counts in the product counts here: 24 hours a day, skills at night, leave and
classes, people without nights, the days before, the ledger, Ramadan hours, wishes. Both rosters
are measured by the rules of duty, never by the solver's own arithmetic.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from datetime import time as hour
from typing import Any
from zoneinfo import ZoneInfo

from abdi.duty import rules
from abdi.duty.rules import Member, Need, Past, Place, Planning, Stand, Wish
from abdi.duty.solving.running import run
from abdi.platform.calendar import holidays_of
from abdi.platform.norms import norms

WIB = ZoneInfo("Asia/Jakarta")
FIRST, DAYS, PEOPLE = date(2026, 2, 16), 28, 60
TURNS = ((6, 14, 12), (14, 22, 10), (22, 6, 8))
WIRING = Need("panel", 2, 2)
CYCLE = "PPSSMM--"
"""Two mornings, two evenings, two nights, two days off: the rotation of most office walls."""
MONTH_SECONDS, SICK_SECONDS = 45.0, 3.0
MONTH_GOAL, SICK_GOAL = 60.0, 5.0


def _span(first: int, days: int) -> tuple[datetime, datetime]:
    start = datetime.combine(FIRST + timedelta(days=first), hour(0), WIB)
    return start, start + timedelta(days=days)


def the_month() -> Planning:
    """The invented unit, the same on every machine."""
    chance = random.Random("a month of sixty")  # noqa: S311 - a bench
    figures = norms("duty", on=FIRST)
    places = []
    for day in range(DAYS):
        for start, end, wanted in TURNS:
            on = FIRST + timedelta(days=day)
            moments = rules.turn_on(on, hour(start), hour(end), WIB)
            needs = (WIRING,) if start == 22 else ()
            places.append(Place(len(places) + 1, *moments, wanted, needs))
    last = FIRST + timedelta(days=DAYS - 1)
    whole = rules.budget_minutes(FIRST, last, figures)
    members = []
    for n in range(1, PEOPLE + 1):
        length = chance.choice((0, 0, 0, 1, 2, 3, 5, 7))
        busy = (_span(chance.randrange(DAYS - 7), length),) if length else ()
        away = rules.days_away(busy, FIRST, last)
        night = rules.turn_on(FIRST - timedelta(days=1), hour(22), hour(6), WIB)
        members.append(
            Member(
                n,
                stands=(Stand(*night, n),) if n % 8 == 0 else (),
                busy=busy,
                levels={"panel": chance.choice((0, 1, 2, 3))},
                is_day_only=n % 20 == 0,
                past=Past(
                    chance.randint(24, 28), chance.randint(20, 23), chance.randint(0, 2), 0,
                    480 * chance.randint(96, 100),
                ),
                budget=whole - whole * away // DAYS,
                week_budget=figures["most_week_hours"] * 60,
            )
        )  # fmt: skip
    wishes = tuple(Wish(chance.randint(1, PEOPLE), *_span(day, 1)) for day in range(DAYS))
    return Planning(
        tuple(places), tuple(members), dict(figures), frozenset(holidays_of(2026)), wishes
    )


def by_hand(planning: Planning) -> list[tuple[int, int]]:
    """The rotation of the wall: who is on leave is passed over, nothing else is looked at."""
    found = []
    for n, place in enumerate(planning.places):
        day, letter = divmod(n, len(TURNS))
        able = [
            one.person_id
            for one in planning.members
            if CYCLE[(day + one.person_id) % len(CYCLE)] == "PSM"[letter]
            and not any(start < place.end and place.start < end for start, end in one.busy)
        ]
        found += [(place.key, one) for one in able[: place.wanted]]
    return found


def figures_of(planning: Planning, pairs: list[tuple[int, int]]) -> dict[str, Any]:
    """Cover, broken rules and evenness of a roster."""
    spread = rules.spread_of(planning, pairs)
    return {
        "open": rules.open_places(planning, pairs),
        "lacking": sum(count for _key, _need, count in rules.missing_skills(planning, pairs)),
        "broken": dict(
            Counter(str(problem) for _key, _one, problem in rules.broken_rules(planning, pairs))
        ),
        "over_hours": len(rules.hours_broken(planning, pairs)),
        "spread": {name: high - low for name, (low, high) in spread.items()},
    }


def _solved(planning: Planning, seconds: float) -> tuple[list[tuple[int, int]], dict[str, Any]]:
    began = time.monotonic()
    answer = run(rules.sheet_of(planning), seconds, lambda _fact: None)
    pairs = rules.pairs_of(planning, answer["placed"])
    return pairs, {**answer, "whole_s": round(time.monotonic() - began, 1)}


def sick(planning: Planning, pairs: list[tuple[int, int]]) -> tuple[Planning, int]:
    """The same month with this roster, the busiest one away for three days; places he loses."""
    first = 14
    start, end = _span(first, 3)
    lost = Counter(
        person_id
        for key, person_id in pairs
        if planning.place[key].start < end and start < planning.place[key].end
    )
    who, count = max(lost.items(), key=lambda one: (one[1], -one[0]))
    members = []
    for one in planning.members:
        mine = {key for key, person_id in pairs if person_id == one.person_id}
        keys = [planning.place[key] for key in sorted(mine)]
        if one.person_id == who:
            one = replace(one, busy=(*one.busy, (start, end)))  # noqa: PLW2901 - the sick one
            keys = [place for place in keys if not (place.start < end and start < place.end)]
        frozen = frozenset(place.key for place in keys if place.start < start)
        held = frozenset(place.key for place in keys) - frozen
        members.append(replace(one, fixed=frozen, held=held, budget=None))
    return replace(planning, members=tuple(members), keeps_people=True), count


def measure() -> dict[str, Any]:
    """Seconds and figures of the month, of the rotation by hand, and of the sick call."""
    planning = the_month()
    pairs, answer = _solved(planning, MONTH_SECONDS)
    torn, lost = sick(planning, pairs)
    again, mended = _solved(torn, SICK_SECONDS)
    return {
        "people": PEOPLE,
        "places": sum(one.wanted for one in planning.places),
        "seconds": answer["whole_s"],
        "ours": figures_of(planning, pairs),
        "hand": figures_of(planning, by_hand(planning)),
        "sick_seconds": mended["whole_s"],
        "lost": lost,
        "changes": mended["changes"],
        "sick_proven": mended["proven"].get("changes", False),
        "sick": figures_of(torn, again),
    }


def lines(one: dict[str, Any] | None) -> list[tuple[str, str, str, str, bool | None]]:
    """Goals with their figures; by hand and by the program side by side."""
    month = f"a month of {PEOPLE} people, 24 hours a day, all rules, from data to roster"
    call = "the same month after a sick call of three days"
    compared = "the same month: by the program beside a rotation by hand"
    limits = (f"< {MONTH_GOAL:g} s, no rule broken", f"< {SICK_GOAL:g} s, no change too many")
    if one is None:
        none = "not measured in this run"
        return [("roster", month, limits[0], none, None), ("roster", call, limits[1], none, None)]
    ours, hand = one["ours"], one["hand"]
    kept = not (ours["open"] or ours["broken"] or ours["over_hours"])
    least = one["changes"] == one["lost"] and not one["sick"]["open"]
    return [
        (
            "roster", month, limits[0],
            f"{one['seconds']} s for {one['places']} places; {ours['open']} open,"
            f" {sum(ours['broken'].values())} rules broken",
            kept and one["seconds"] < MONTH_GOAL,
        ),
        (
            "roster", call, limits[1],
            f"{one['sick_seconds']} s; {one['changes']} changes for {one['lost']} places lost,"
            f" {'proven least' if one['sick_proven'] else 'not proven least'};"
            f" {sum(one['sick']['broken'].values())} rules broken",
            least and one["sick_seconds"] < SICK_GOAL,
        ),
        (
            "roster", compared, "cover, rules, evenness",
            f"open places {ours['open']}, by hand {hand['open']}; broken rules"
            f" {sum(ours['broken'].values())}, by hand {sum(hand['broken'].values())}; people over"
            f" their hours {ours['over_hours']}, by hand {hand['over_hours']}; most less least"
            f" with six months before: {_beside(ours, hand)}",
            None,
        ),
    ]  # fmt: skip


def _beside(ours: dict[str, Any], hand: dict[str, Any]) -> str:
    shown = {"nights": 1, "weekends": 1, "holidays": 1, "minutes": 60}
    return ", ".join(
        f"{'hours' if name == 'minutes' else name} {ours['spread'][name] // part}"
        f" (hand {hand['spread'][name] // part})"
        for name, part in shown.items()
    )
