"""Settling: from two answers to levels held, and what is missing to the standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from abdi.competence import events, queries, rules
from abdi.competence.choices import AssessmentState, Source
from abdi.competence.models import Assessment, Evidence, Result
from abdi.competence.permissions import may_settle
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action, lock
from abdi.platform.journal import Entry, record

if TYPE_CHECKING:
    from abdi.people.models import Position


@action(allowed=may_settle)
def settle(assessment: Assessment, *, by: Actor, version: int | None = None) -> list[Result]:
    """Settle the nine levels of a person and freeze what the position asks for beside them.

    Raises Conflict while a difference is open, or where the row changed meanwhile.
    """
    row = lock(assessment)
    if row.state != AssessmentState.AGREED or (version is not None and row.version != version):
        raise Conflict(_("This result is not ready to be settled, or was settled meanwhile."))
    agreed = _agreed(row)
    required = queries.required_levels(row.position)
    before = queries.current_results(row.person_id)
    Result.objects.filter(person_id=row.person_id, is_current=True).update(is_current=False)
    results = [_result(row, code, found, required.get(code), by) for code, found in agreed.items()]
    Result.objects.bulk_create(results)
    row.state = AssessmentState.SETTLED
    row.settled_at = clock.now()
    row.settled_by = by.ref
    row.version += 1
    row.save(update_fields=["state", "settled_at", "settled_by", "version"])
    gaps = sum(1 for result in results if result.missing)
    fact = events.ResultSettled(assessment_id=row.pk, person_id=row.person_id, gaps=gaps)
    cause = record(fact, by=by, about=row)
    for result in results:
        announce(result, before.get(result.competency), by=by, cause=cause)
    return results


def _agreed(row: Assessment) -> dict[str, rules.Agreed]:
    own = queries.answers_of(row)
    other = queries.superior_answers_of(row)
    talked = {talk.competency: talk.level for talk in queries.open_talks(row)}
    found: dict[str, rules.Agreed] = {}
    for code in queries.CODES:
        agreed = rules.agreed_level(own[code].level, other[code].level, talked.get(code))
        if agreed is None:
            raise Conflict(_("A difference is still to be talked over."))
        found[code] = agreed
    return found


def _result(
    row: Assessment, code: str, agreed: rules.Agreed, required: int | None, by: Actor
) -> Result:
    return Result(
        person_id=row.person_id,
        competency=code,
        level=agreed.level,
        required=required,
        missing=rules.missing_levels(required or 0, agreed.level),
        source=agreed.source,
        formula_version=rules.FORMULA_VERSION,
        round_id=row.round_id,
        assessment=row,
        position_id=row.position_id,
        unit_id=row.unit_id,
        agency_id=row.agency_id,
        set_at=clock.now(),
        set_by=by.ref,
    )


def announce(result: Result, before: Result | None, *, by: Actor, cause: Entry | None) -> None:
    """Say that a gap is there, or that one is closed."""
    facts: dict[str, Any] = {
        "person_id": result.person_id,
        "unit_id": result.unit_id,
        "competency": result.competency,
        "required": result.required or 0,
        "held": result.level,
    }
    if result.missing:
        record(events.GapFound(**facts), by=by, about=result, cause=cause)
    elif before is not None and before.missing:
        record(events.GapClosed(**facts), by=by, about=result, cause=cause)


def raised(result: Result, position: Position, level: int, proof: Evidence, by: Actor) -> Result:
    """The row that follows a result when evidence raises its level."""
    return Result(
        person_id=result.person_id,
        competency=result.competency,
        level=level,
        required=result.required,
        missing=rules.missing_levels(result.required or 0, level),
        source=Source.EVIDENCE,
        formula_version=rules.FORMULA_VERSION,
        round_id=result.round_id,
        evidence=proof,
        position=position,
        unit_id=result.unit_id,
        agency_id=result.agency_id,
        set_at=clock.now(),
        set_by=by.ref,
    )
