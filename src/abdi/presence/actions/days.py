"""Days: excused by a night call, contested, corrected by a later row, counted for a proposal."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record
from abdi.platform.norms import norms
from abdi.presence import events, rules
from abdi.presence.choices import DayStatus, ObjectionState
from abdi.presence.models import AbsenceCount, Dispensation, Objection, PresenceDay
from abdi.presence.permissions import may_answer, may_correct, may_object, only_other_modules

if TYPE_CHECKING:
    from abdi.people.models import Person

SHORTEST_REASON = 10
CORRECTED = "koreksi"


@action(allowed=only_other_modules)
def write_dispensation(
    person: Person, *, about: str, at: datetime, by: Actor, ended_at: datetime | None = None
) -> Dispensation | None:
    """A call-out at night excuses the late morning after it, until the rest is reached.

    The same twice is one; told again with its end it reaches further, never less far. Nothing
    happens (None) for a call in office hours; the caller's own entry stands for it.
    """
    figures = norms("presence", on=clock.local(at).date())
    day = rules.dispensation_day(clock.local(at), figures)
    if day is None:
        return None
    row, _made = Dispensation.objects.get_or_create(
        person=person,
        about=about,
        called_at=at,
        defaults={"on": day, "excused_until": rules.excused_until(at, None, figures)},
    )
    if ended_at is not None and (row.ended_at is None or row.ended_at < ended_at):
        row.ended_at = ended_at
        row.excused_until = rules.excused_until(at, ended_at, figures)
        row.save(update_fields=["ended_at", "excused_until"])
    fact = events.DispensationWritten(person_id=person.pk, on=day.isoformat(), about=about)
    record(fact, by=by, about=row)
    return row


@action(allowed=may_object)
def object_to_day(day: PresenceDay, *, by: Actor, words: str) -> Objection:
    """Say that a day was otherwise; one open objection a day.

    Raises Invalid for empty words, Conflict where the day was corrected or is contested already.
    """
    row = lock(day)
    if not words.strip():
        raise Invalid(_("Please write how it was."), field="words")
    if not row.is_current:
        raise Conflict(_("This day has been corrected meanwhile."), current=row)
    if Objection.objects.filter(day=row, state=ObjectionState.OPEN).exists():
        raise Conflict(_("You have contested this day already."), current=row)
    objection = Objection.objects.create(day=row, words=words, made_at=clock.now())
    fact = events.DayObjected(objection_id=objection.pk, person_id=row.person_id)
    record(fact, by=by, about=objection)
    return objection


@action(allowed=may_correct)
def correct_day(
    day: PresenceDay, *, by: Actor, status: DayStatus | str, reason: str
) -> PresenceDay:
    """A later row says what the day was; the older one stays readable.

    Raises Invalid without a reason of ten letters, Conflict where it was corrected meanwhile.
    """
    row = lock(day)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Give the reason in ten letters or more."), field="reason")
    if not row.is_current:
        raise Conflict(_("This day has been corrected meanwhile."), current=row)
    late = status in rules.EXCUSED
    values: dict[str, Any] = {name: getattr(row, name) for name in PresenceDay.VALUES}
    values |= {
        "status": str(status),
        "note": reason[:300],
        "late_minutes": row.late_minutes if late else 0,
        "early_minutes": row.early_minutes if late else 0,
    }
    after = supersede(row, values, source=CORRECTED, fetched_at=clock.now(), by=by)
    record(events.DayCorrected(day_id=after.pk, person_id=row.person_id), by=by, about=after)
    return after


def supersede(
    row: PresenceDay, values: dict[str, Any], *, source: str, fetched_at: datetime, by: Actor
) -> PresenceDay:
    """Write a row that goes before another; inside an action only."""
    if PresenceDay.objects.filter(pk=row.pk, is_current=True).update(is_current=False) != 1:
        raise Conflict(_("This day has been corrected meanwhile."), current=row)
    return PresenceDay.objects.create(
        person_id=row.person_id,
        on=row.on,
        replaces=row,
        source=source,
        fetched_at=fetched_at,
        made_by=by.ref,
        made_at=clock.now(),
        **values,
    )


@action(allowed=may_answer)
def answer_objection(
    objection: Objection,
    *,
    by: Actor,
    answer: str,
    status: DayStatus | str = "",
    seen: int | None = None,
) -> Objection:
    """Correct the contested day (with `status`) or leave it, always with a reason.

    Raises Conflict where somebody answered meanwhile, Invalid without a reason.
    """
    row = lock(objection)
    if row.state != ObjectionState.OPEN:
        raise Conflict(_("This objection was answered meanwhile."), current=row)
    if len(answer.strip()) < SHORTEST_REASON:
        raise Invalid(_("Give the reason in ten letters or more."), field="answer")
    guard_version(row, seen)
    if status:
        correct_day(row.day, by=by, status=status, reason=answer)
    row.state = ObjectionState.CORRECTED if status else ObjectionState.KEPT
    row.answer, row.answered_by_id, row.answered_at = answer, by.person_id, clock.now()
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    fact = events.ObjectionAnswered(
        objection_id=row.pk, person_id=row.day.person_id, state=str(row.state)
    )
    record(fact, by=by, about=row)
    return row


@action(allowed=only_other_modules)
def count_absence(
    person_id: int, *, by: Actor, year: int, found: rules.YearOfAbsence, on: date | None = None
) -> AbsenceCount:
    """Keep a year's count and announce it; a proposal may follow, a person decides.

    Raises Conflict where the same figures were announced already.
    """
    row = AbsenceCount.objects.filter(person_id=person_id, year=year).first()
    figures = {
        "days": found.days,
        "longest_run": found.longest_run,
        "minutes": found.minutes,
    }
    if row is not None and all(getattr(row, name) == value for name, value in figures.items()):
        raise Conflict(_("These figures were announced already."), current=row)
    row, _made = AbsenceCount.objects.update_or_create(
        person_id=person_id, year=year, defaults={**figures, "counted_at": clock.now()}
    )
    fact = events.AbsenceCounted(person_id=person_id, year=year, **figures)
    record(fact, by=by, about=row)
    return row
