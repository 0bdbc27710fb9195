"""Results that arrive by themselves, progress that is entered, and words about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from abdi.people import queries as people
from abdi.people.permissions import role_for
from abdi.performance import events
from abdi.performance.choices import FeedbackKind, Measure
from abdi.performance.models import Feedback, Result, Target
from abdi.performance.permissions import (
    may_give_feedback,
    may_note_progress,
    may_read_others,
    only_system,
)
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Invalid, action
from abdi.platform.journal import Entry, record

if TYPE_CHECKING:
    from abdi.people.models import Person


def add_result(
    person_id: int,
    *,
    indicator: str,
    value: int,
    about: str,
    by: Actor,
    cause: Entry,
    unit_id: int | None = None,
) -> Result:
    """Credit one result, keyed by its cause: the same cause and indicator twice is one result.

    `value`: 0 or 1 for shares, minutes or stars for averages, hundredths for what is added up.
    A new result about the same thing takes the place of the older one (a report closed again).
    """
    known = Result.objects.filter(cause_id=cause.pk, measure=indicator).first()
    if known is not None:
        return known
    inputs: dict[str, Any] = {"indicator": indicator, "value": value, "about": about}
    return credit_result(person_id, by=by, cause=cause, unit_id=unit_id, **inputs)


@action(allowed=only_system)
def credit_result(
    person_id: int,
    *,
    by: Actor,
    indicator: str,
    value: int,
    about: str,
    cause: Entry,
    unit_id: int | None,
) -> Result:
    """Write one credited result; `add_result` is the door."""
    if indicator not in Measure.codes() or indicator == Measure.MANUAL:
        raise Invalid(_("This figure does not collect by itself."), field="indicator")
    if unit_id is None:
        unit = people.unit_of(person_id, clock.today())
        unit_id = unit.pk if unit else None
    if about:
        Result.objects.filter(person_id=person_id, about=about, measure=indicator).filter(
            cause_id__lt=cause.pk, is_taken_back=False
        ).update(is_taken_back=True)
    later = Result.objects.filter(about=about, measure=indicator, cause_id__gt=cause.pk)
    moment = cause.at
    row = Result.objects.create(
        person_id=person_id,
        unit_id=unit_id,
        measure=indicator,
        value=value,
        about=about,
        at=moment,
        on=clock.local(moment).date(),
        cause_id=cause.pk,
        is_taken_back=bool(about) and later.exists(),
    )
    fact = events.ResultAdded(result_id=row.pk, person_id=person_id, indicator=indicator)
    record(fact, by=by, about=row, cause=cause)
    return row


@action(allowed=only_system)
def take_back(about: str, *, by: Actor, cause: Entry) -> int:
    """Results about something no longer count (a report was opened again); returns how many."""
    count = (
        Result.objects.filter(about=about, is_taken_back=False, cause_id__lt=cause.pk)
        .exclude(measure=Measure.REPORT_RATING)
        .update(is_taken_back=True)
    )
    record(events.ResultsTaken(about=about, count=count), by=by, about=about, cause=cause)
    return count


@action(allowed=may_read_others)
def note_reading(people_ids: Iterable[int], *, by: Actor) -> None:
    """One line in the access log for a page that shows plans or evaluations of others."""
    ids = ",".join(str(pk) for pk in sorted(people_ids))
    fact = events.PerformanceRead(people=ids, role=role_for(by, "performance.rating"))
    record(fact, by=by, about="performance.plan")


@action(allowed=may_note_progress)
def note_progress(target: Target, *, by: Actor, amount: int, note: str) -> Result:
    """Enter progress at a target whose figure does not collect by itself.

    `amount` in hundredths of the target's unit is added to what is there. Raises Invalid.
    """
    if target.is_automatic or target.is_dropped:
        raise Invalid(_("This figure collects by itself."), field="amount")
    if amount < 1:
        raise Invalid(_("Write how much was done since the last entry."), field="amount")
    unit = people.unit_of(target.plan.person_id, clock.today())
    row = Result.objects.create(
        person_id=target.plan.person_id,
        unit=unit,
        target=target,
        measure=Measure.MANUAL,
        value=amount,
        note=note,
        at=clock.now(),
        on=clock.today(),
    )
    fact = events.ProgressNoted(
        result_id=row.pk, target_id=target.pk, person_id=target.plan.person_id
    )
    record(fact, by=by, about=target)
    return row


@action(allowed=may_give_feedback)
def give_feedback(
    person: Person,
    *,
    by: Actor,
    text: str,
    target: Target | None = None,
    kind: str = FeedbackKind.RESULT,
) -> Feedback:
    """Write to a person, at a target or at behaviour. Raises Invalid for no words."""
    if not text:
        raise Invalid(_("Write a few words first."), field="text")
    if target is not None and target.plan.person_id != person.pk:
        raise Invalid(_("This target belongs to somebody else."), field="target")
    if by.person_id is None:
        raise Invalid(_("Only a person can give feedback."), field="text")
    row = Feedback.objects.create(
        person=person,
        author_id=by.person_id,
        target=target,
        kind=kind,
        text=text,
        at=clock.now(),
    )
    fact = events.FeedbackGiven(feedback_id=row.pk, person_id=person.pk)
    record(fact, by=by, about=target or person)
    return row
