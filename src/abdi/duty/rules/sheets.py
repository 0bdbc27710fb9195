"""A plan in whole numbers: what the solver's own process reads, and nothing else.

Minutes count from the first midnight of the plan; people and turns are numbered from 0.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from abdi.duty.choices import Problem
from abdi.duty.rules.planning import (
    Member,
    Need,
    Pairs,
    Place,
    Planning,
    against_place,
    is_weekend,
    levelled,
)
from abdi.duty.rules.turns import MINUTE, NEVER, Stand, nights_of, proposal, week_start
from abdi.duty.rules.turns import Candidate as _Candidate
from abdi.duty.rules.turns import Opening as _Opening

Sheet = dict[str, Any]


def sheet_of(planning: Planning) -> Sheet:
    """The whole plan as lists of whole numbers, fit for JSON."""
    first = _midnight(planning)
    needs = sorted({(one.skill, one.level) for place in planning.places for one in place.needs})
    index = {place.key: n for n, place in enumerate(planning.places)}
    return {
        "turns": [_turn(planning, place, first, needs) for place in planning.places],
        "people": [_person(planning, member, first, needs, index) for member in planning.members],
        "past": _pasts(planning),
        "rules": {
            "rest": planning.norms["rest_hours"] * 60,
            "after_night": planning.norms["rest_after_night_hours"] * 60,
            "nights": planning.norms["most_nights_in_a_row"],
            "days": planning.norms["most_days_in_a_row"],
        },
        "needs": [list(one) for one in needs],
        "keeps_people": planning.keeps_people,
        "hint": _hint(planning, index),
    }


def pairs_of(planning: Planning, placed: list[list[int]]) -> list[tuple[int, int]]:
    """An answer [[person, turn]] of the solver as (place, person), fixed ones included."""
    found = [
        (planning.places[turn].key, planning.members[person].person_id) for person, turn in placed
    ]
    return sorted(found + planning.fixed)


def _midnight(planning: Planning) -> datetime:
    first = min(one.start for one in planning.places)
    return first.replace(hour=0, minute=0, second=0, microsecond=0)


def _minute(moment: datetime, first: datetime) -> int:
    return (moment - first) // MINUTE


def _turn(
    planning: Planning, place: Place, first: datetime, needs: list[tuple[str, int]]
) -> dict[str, Any]:
    holders = [one for one in planning.members if place.key in one.fixed]
    return {
        **_stand(planning, place.stand(0), first),
        "free": max(place.wanted - len(holders), 0),
        "week": week_start(place.start.date()).toordinal(),
        "weekends": int(is_weekend(place.start)),
        "holidays": int(place.start.date() in planning.holidays),
        "platoon": place.platoon,
        "needs": [
            [needs.index((one.skill, one.level)), left]
            for one in place.needs
            if (left := one.count - sum(member.has(one) for member in holders)) > 0
        ],
    }


def _stand(planning: Planning, stand: Stand, first: datetime) -> dict[str, Any]:
    """Minutes, day and night (named by its evening) of a stretch of duty."""
    return {
        "start": _minute(stand.start, first),
        "end": _minute(stand.end, first),
        "day": (stand.start.date() - first.date()).days,
        "nights": _nights(planning, stand, first),
    }


def _nights(planning: Planning, stand: Stand, first: datetime) -> list[int]:
    return [(night - first.date()).days for night in nights_of(stand, planning.norms)]


def _person(
    planning: Planning,
    member: Member,
    first: datetime,
    needs: list[tuple[str, int]],
    index: dict[int, int],
) -> dict[str, Any]:
    own = [one.stand(member.person_id) for one in planning.places if one.key in member.fixed]
    near = [
        one
        for one in member.stands
        if one.end > first - timedelta(days=10)
        and one.start < planning.places[-1].end + timedelta(days=10)
    ]
    return {
        "can": [
            index[place.key]
            for place in planning.places
            if place.key not in member.fixed and _may_ever(planning, place, member)
        ],
        "stands": [_stand(planning, one, first) for one in (*near, *own)],
        "fixed": sorted(index[key] for key in member.fixed),
        "held": sorted(index[key] for key in member.held),
        "has": [n for n, (skill, level) in enumerate(needs) if member.has(Need(skill, level))],
        "platoon": member.platoon,
        "budget": member.budget,
        "week_budget": member.week_budget,
        "day_only": member.is_day_only,
        "wishes": _wishes(planning, member),
    }


def _may_ever(planning: Planning, place: Place, member: Member) -> bool:
    """Whether nothing that cannot be loosened keeps a person from a place."""
    found = against_place(planning, place, member, ())
    return not any(one in NEVER or one == Problem.TOO_LONG for one in found)


def _wishes(planning: Planning, member: Member) -> list[list[int]]:
    """[turn, points]: a turn wished for gives, one that meets a wish to be free takes."""
    found = []
    for wish in planning.wishes:
        if wish.person_id != member.person_id:
            continue
        for n, place in enumerate(planning.places):
            if place.start < wish.end and wish.start < place.end:
                found.append([n, 1 if wish.wants_duty else -1])
    return found


def _pasts(planning: Planning) -> dict[str, list[int]]:
    pasts = [one.past for one in planning.members]
    longest = max((one.minutes for one in planning.places), default=60)
    return {
        # A call-out at night weighs as a night.
        "nights": levelled([one.nights + one.call_outs for one in pasts], 1),
        "weekends": levelled([one.weekends for one in pasts], 1),
        "holidays": levelled([one.holidays for one in pasts], 1),
        "minutes": levelled([one.minutes for one in pasts], longest),
    }


def _hint(planning: Planning, index: dict[int, int]) -> list[list[int]]:
    """A fair rotation around what is fixed: [person, turn]; what stands now goes before."""
    order = {one.person_id: n for n, one in enumerate(planning.members)}
    if planning.held:
        return [[order[person_id], index[key]] for key, person_id in planning.held]
    return [[order[person_id], index[key]] for key, person_id in rotation(planning)]


def rotation(planning: Planning) -> Pairs:
    """The places by a plain fair rotation, around what is fixed: what a careful hand would do."""
    own = {one.person_id: list(one.stands) for one in planning.members}
    place = planning.place
    for key, person_id in planning.fixed:
        own[person_id].append(place[key].stand(person_id))
    taken = [key for key, _person in planning.fixed]
    openings = [
        _Opening(one.key, one.start, one.end, one.wanted - taken.count(one.key))
        for one in planning.places
        if one.wanted > taken.count(one.key)
    ]
    people = [
        _Candidate(one.person_id, own[one.person_id], list(one.busy), one.is_day_only)
        for one in planning.members
    ]
    return proposal(openings, people, planning.norms)
