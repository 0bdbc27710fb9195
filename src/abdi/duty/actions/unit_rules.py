"""What a unit wants of its turns: skills, zones, own figures, platoons, people without nights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.duty import events, queries
from abdi.duty.models import Coverage, DayOnly, PatternNeed, Platoon, PlatoonMember
from abdi.duty.permissions import may_plan, may_protect
from abdi.duty.rules import FIGURES, Need
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Invalid, action
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit


@dataclass(frozen=True)
class TurnRules:
    """What is wanted of one turn of the day beside its hours."""

    letter: str
    zone: str = ""
    needs: tuple[Need, ...] = ()


@action(allowed=may_plan)
def set_unit_rules(
    unit: Unit,
    *,
    by: Actor,
    turns: Sequence[TurnRules] = (),
    figures: Mapping[str, int] | None = None,
) -> Coverage:
    """Set skills and zones of the turns of the day, and the unit's own figures.

    Turns that are not named stay as they are; `figures` replaces all own figures, None leaves
    them. Raises Invalid for an unknown letter, a figure out of its bounds, or more people with a
    skill than the turn wants.
    """
    coverage = queries.coverage_of(unit.pk)
    if coverage is None:
        raise Invalid(_("This unit has no turns of the day yet."), field="unit")
    patterns = {one.letter: one for one in queries.patterns_of(unit.pk)}
    for turn in turns:
        pattern = patterns.get(turn.letter)
        if pattern is None:
            raise Invalid(_("This turn of the day does not exist."), field="turns")
        if any(need.count > pattern.needed_count for need in turn.needs):
            raise Invalid(_("More people with a skill than the turn has places."), field="turns")
        pattern.zone = turn.zone
        pattern.save(update_fields=["zone"])
        PatternNeed.objects.filter(pattern=pattern).delete()
        for need in turn.needs:
            PatternNeed.objects.create(
                pattern=pattern, skill=need.skill, level=need.level, needed_count=need.count
            )
    if figures is not None:
        _check_figures(figures)
        coverage.figures = dict(figures)
        coverage.save(update_fields=["figures"])
    record(events.UnitRulesSet(unit_id=unit.pk, turn_count=len(turns)), by=by, about=coverage)
    return coverage


def _check_figures(figures: Mapping[str, int]) -> None:
    for name, value in figures.items():
        low, high = FIGURES.get(name, (1, 0))
        if not low <= value <= high:
            raise Invalid(_("This figure is out of its bounds."), field=name)


@action(allowed=may_plan)
def set_platoons(
    unit: Unit, *, by: Actor, platoons: Sequence[tuple[str, Sequence[int]]]
) -> list[Platoon]:
    """Put the people of a unit into platoons (name, person ids), in the order they stand.

    The platoons before are ended; none ends them all. Raises Invalid for somebody of another unit
    or in two of them, or a platoon nobody stands in.
    """
    crew = set(queries.crew_of(unit.pk, clock.today()))
    named = [person_id for _name, ids in platoons for person_id in ids]
    if len(named) != len(set(named)) or not set(named) <= crew:
        raise Invalid(_("Each person of the unit stands in one platoon."), field="platoons")
    if not all(ids for _name, ids in platoons):
        raise Invalid(_("A platoon needs at least one person."), field="platoons")
    PlatoonMember.objects.filter(platoon__unit=unit).delete()
    PlatoonMember.objects.filter(person_id__in=named).delete()
    Platoon.objects.filter(unit=unit, is_active=True).update(is_active=False)
    made = [
        Platoon.objects.create(unit=unit, name=name, place=n)
        for n, (name, _ids) in enumerate(platoons)
    ]
    PlatoonMember.objects.bulk_create(
        PlatoonMember(platoon=row, person_id=person_id)
        for row, (_name, ids) in zip(made, platoons, strict=True)
        for person_id in ids
    )
    record(events.PlatoonsSet(unit_id=unit.pk, count=len(made)), by=by, about=unit)
    return made


@action(allowed=may_protect)
def set_day_only(person: Person, *, by: Actor, start_on: date, end_on: date) -> DayOnly:
    """A person stands no nights between two days; why is never kept.

    The same first day again moves the last one. Raises Invalid where the last lies before it.
    """
    if end_on < start_on:
        raise Invalid(_("The last day lies before the first."), field="end_on")
    row, _made = DayOnly.objects.update_or_create(
        person=person, start_on=start_on, defaults={"end_on": end_on}
    )
    record(events.DayOnlySet(person_id=person.pk), by=by, about=row)
    return row
