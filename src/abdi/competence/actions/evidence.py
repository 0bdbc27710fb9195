"""Evidence: added by other modules; a level follows only when a person decides so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.competence import events, queries
from abdi.competence.actions.settling import announce, raised
from abdi.competence.choices import EvidenceKind
from abdi.competence.models import Evidence, Result
from abdi.competence.permissions import may_confirm, may_read_levels, only_other_modules
from abdi.people.permissions import role_for
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import Entry, record

if TYPE_CHECKING:
    from abdi.people.models import Person


@action(allowed=only_other_modules)
def add_evidence(
    person: Person,
    *,
    competency: str,
    kind: EvidenceKind | str,
    about: str,
    by: Actor,
    note_code: str = "",
    on: date | None = None,
    cause: Entry | None = None,
) -> Evidence:
    """Keep what speaks for a competency; the same twice changes nothing. Never changes a level.

    Raises Invalid for a competency or kind nobody knows.
    """
    if competency not in queries.CODES or kind not in EvidenceKind.codes():
        raise Invalid(_("This competency is not in the dictionary."), field="competency")
    row, _made = Evidence.objects.get_or_create(
        person=person,
        competency=competency,
        kind=kind,
        about=about,
        defaults={
            "note_code": note_code,
            "on": on or clock.today(),
            "added_at": clock.now(),
            "cause_entry": cause.pk if cause else None,
        },
    )
    fact = events.EvidenceAdded(evidence_id=row.pk, person_id=person.pk, competency=competency)
    record(fact, by=by, about=row, cause=cause)
    return row


@action(allowed=may_confirm)
def confirm_level(result: Result, *, by: Actor, level: int, evidence: Evidence) -> Result:
    """Raise a level between rounds on evidence newer than the level itself; a person decides.

    Raises Invalid for evidence of another person, another competency or an older day, and for a
    level that is not higher; Conflict where the level was settled anew meanwhile.
    """
    row = lock(result)
    if not row.is_current:
        raise Conflict(_("This level was settled anew meanwhile. Please reload the page."))
    if (evidence.person_id, evidence.competency) != (row.person_id, row.competency):
        raise Invalid(_("This evidence speaks for something else."), field="evidence")
    if evidence.added_at < row.set_at:
        raise Invalid(_("This evidence is older than the level."), field="evidence")
    if not row.level < level <= 5:
        raise Invalid(_("Please choose a higher level."), field="level")
    Result.objects.filter(pk=row.pk).update(is_current=False)
    after = raised(row, row.position, level, evidence, by)
    after.save(force_insert=True)
    fact = events.LevelConfirmed(
        result_id=after.pk, person_id=row.person_id, competency=row.competency, level=level
    )
    cause = record(fact, by=by, about=after)
    announce(after, row, by=by, cause=cause)
    return after


@action(allowed=may_read_levels)
def note_reading(people: Iterable[int], *, by: Actor) -> None:
    """One line in the access log for a page that shows levels of others, with their ids."""
    ids = ",".join(str(pk) for pk in sorted(people))
    fact = events.LevelsRead(people=ids, role=role_for(by, "competence.result"))
    record(fact, by=by, about="competence.result")
