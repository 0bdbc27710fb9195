"""The chain of a unit: who is called when something happens, as the commander sets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.duty import events, rules
from abdi.duty.choices import Hours, Severity, Whom
from abdi.duty.models import ChainStep
from abdi.duty.permissions import may_set_chain
from abdi.people import queries as people
from abdi.platform.access import Actor, law
from abdi.platform.actions import Invalid, action
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.people.models import Unit

MOST_STEPS = 12
SHORTEST, LONGEST = 30, 7200
NOT_CHOSEN = (Whom.ASSIGNED, Whom.CONTROL_ROOM)
"""Steps that are part of every chain by themselves."""


@action(allowed=may_set_chain)
def set_chain(unit: Unit, *, by: Actor, steps: Sequence[rules.Step]) -> list[ChainStep]:
    """Say who is called, in which order; calls that are going on keep the chain they began with.

    No steps: the common ones count again. Raises Invalid for more than twelve, a wait out of
    30 seconds to 2 hours, an unknown role or a person who has left.
    """
    if len(steps) > MOST_STEPS:
        raise Invalid(_("At most twelve steps; nobody waits that long."), field="steps")
    for step in steps:
        _check(step)
    ChainStep.objects.filter(unit=unit).delete()
    rows = [
        ChainStep.objects.create(
            unit=unit,
            number=number,
            whom=step.whom,
            role=step.role,
            person_id=step.person_id,
            delay_seconds=step.delay_seconds,
            hours=step.hours,
            severities=" ".join(one for one in Severity if one in step.severities),
            area=step.area,
        )
        for number, step in enumerate(steps, start=1)
    ]
    record(events.ChainSet(unit_id=unit.pk, step_count=len(rows)), by=by, about=unit)
    return rows


def _check(step: rules.Step) -> None:
    if step.whom in NOT_CHOSEN or step.hours not in Hours:
        raise Invalid(_("Choose whom this step calls."), field="whom")
    if not SHORTEST <= step.delay_seconds <= LONGEST:
        raise Invalid(_("A step waits from half a minute to two hours."), field="delay")
    if (step.whom == Whom.ROLE) != bool(step.role) or (step.role and step.role not in law().roles):
        raise Invalid(_("Choose the role this step calls."), field="role")
    if (step.whom == Whom.PERSON) != (step.person_id is not None):
        raise Invalid(_("Choose the person this step calls."), field="person")
    if step.person_id is not None:
        held = people.persons().filter(pk=step.person_id, left_on__isnull=True)
        if not held.exists():
            raise Invalid(_("This person does not work here any more."), field="person")
