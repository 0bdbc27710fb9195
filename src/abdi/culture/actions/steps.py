"""The eight pages of a group: saved, sent, approved or given back, and what follows at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from abdi.competence import actions as competence
from abdi.competence.choices import Competency, EvidenceKind
from abdi.culture import events, queries, rules
from abdi.culture.choices import CircleState, CircleStep, StepState
from abdi.culture.models import Circle, StepRecord
from abdi.culture.permissions import may_approve, may_send, may_write
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import Entry, record
from abdi.platform.norms import norms
from abdi.training import actions as training
from abdi.training.choices import NeedReason


@dataclass(frozen=True)
class StepGiven:
    """What is typed on the page of a step; only what belongs to it is kept."""

    texts: Mapping[str, str] = field(default_factory=dict)
    target_count: int | None = None
    target_on: date | None = None
    competency: str = ""
    audit_on: date | None = None


def _current(circle: Circle, step: CircleStep | str, seen: int | None) -> Circle:
    row = lock(circle)
    if not row.is_running:
        raise Conflict(_("This group has ended."), current=row)
    if row.step != step:
        raise Conflict(_("The group has moved on. Please reload the page."), current=row)
    guard_version(row, seen)
    return row


def _record_of(row: Circle) -> StepRecord:
    found, _made = StepRecord.objects.get_or_create(circle=row, step=row.step)
    if found.is_waiting:
        raise Conflict(_("This step waits for approval."), current=found)
    return found


@action(allowed=may_write)
def save_step(
    circle: Circle, *, by: Actor, step: CircleStep | str, given: StepGiven, seen: int | None = None
) -> StepRecord:
    """Keep what stands on the page of the step at work; an unfinished page may be saved.

    Raises Conflict where the group moved on or somebody else saved meanwhile, Invalid for a
    target or a day that cannot be.
    """
    page = StepRecord.objects.filter(circle=circle, step=step).first()
    mine = page is not None and page.saved_by_id == by.person_id
    row = _current(circle, step, None if mine else seen)
    page = _record_of(row)
    allowed = rules.TEXTS[CircleStep(row.step)]
    page.texts = {key: given.texts.get(key, "") for key in allowed}
    page.saved_at = clock.now()
    page.saved_by_id = by.person_id
    page.returned_note = ""
    page.save()
    _keep_columns(row, given)
    fact = events.CircleChanged(circle_id=row.pk, step=str(row.step), what="saved")
    record(fact, by=by, about=row)
    return page


def _keep_columns(row: Circle, given: StepGiven) -> None:
    if row.step == CircleStep.TARGET:
        row.target_count, row.target_on = given.target_count, given.target_on
        if given.target_on is not None and given.target_on <= clock.today():
            raise Invalid(_("This day is over. Choose a coming one."), field="target_on")
    elif row.step == CircleStep.STANDARDISE:
        if given.competency and given.competency not in Competency.codes():
            raise Invalid(_("Please choose from the list."), field="competency")
        if given.audit_on is not None and given.audit_on <= clock.today():
            raise Invalid(_("This day is over. Choose a coming one."), field="audit_on")
        row.competency, row.audit_on = given.competency, given.audit_on
    else:
        return
    row.save(update_fields=["target_count", "target_on", "competency", "audit_on"])


@action(allowed=may_send)
def send_step(
    circle: Circle, *, by: Actor, step: CircleStep | str, seen: int | None = None
) -> StepRecord:
    """Finish the step at work: themes, plans and standards wait for approval, others are done.

    What the reports say is frozen with it. Raises Invalid with what is missing, Conflict where
    the group moved on.
    """
    row = _current(circle, step, seen)
    page = _record_of(row)
    today = clock.today()
    figures = norms("culture", on=today)
    facts = queries.facts_of(row, queries.days_after(row, today))
    missing = rules.step_lacks(row.step, facts, figures)
    if missing:
        raise Invalid(lacks_sentence(missing[0]), field="step")
    page.figures = _frozen(row, today)
    page.sent_by_id = by.person_id
    page.sent_at = clock.now()
    page.returned_note = ""
    page.state = rules.state_after_send(row.step, figures)
    if page.state == StepState.WAITING:
        page.save()
        record(events.CircleStepSent(circle_id=row.pk, step=str(row.step)), by=by, about=row)
        return page
    return _done(row, page, by)


def _frozen(row: Circle, today: date) -> dict[str, Any]:
    if row.step in (CircleStep.THEME, CircleStep.TARGET):
        return asdict(queries.baseline_of(row))
    if row.step == CircleStep.EVALUATE:
        effect = queries.effect_of(row, today)
        return effect.as_figures() if effect else {}
    return {}


def _done(row: Circle, page: StepRecord, by: Actor) -> StepRecord:
    page.state = StepState.DONE
    page.done_at = clock.now()
    page.save()
    fact = events.CircleStepDone(circle_id=row.pk, step=str(page.step))
    cause = record(fact, by=by, about=row)
    if page.step == CircleStep.EXECUTE:
        row.executed_at = clock.now()
    elif page.step == CircleStep.EVALUATE:
        row.verdict = page.figures.get("verdict", "")
    following = rules.next_step(page.step)
    if following is None:
        _finish(row, by, cause)
    else:
        row.step = following
        StepRecord.objects.get_or_create(circle=row, step=following)
    row.save()
    return page


def _finish(row: Circle, by: Actor, cause: Entry) -> None:
    """The last step: the group closes, its unit asks for a class, its work is evidence."""
    row.state = CircleState.CLOSED
    row.closed_at = clock.now()
    fact = events.CircleClosed(circle_id=row.pk, unit_id=row.unit_id, verdict=str(row.verdict))
    record(fact, by=by, about=row, cause=cause)
    if row.competency:
        training.suggest_need(
            unit=row.unit,
            competency=row.competency,
            reason_code=NeedReason.CIRCLE,
            about=row.ref,
            by=by,
            cause=cause,
        )
    competency = norms("culture", on=clock.today())["circle_evidence"]
    for member in row.members.select_related("person"):
        competence.add_evidence(
            member.person,
            competency=competency,
            kind=EvidenceKind.CIRCLE,
            about=row.ref,
            note_code=str(row.verdict),
            by=by,
            cause=cause,
        )


def _judged(page: StepRecord, seen: int | None) -> tuple[Circle, StepRecord]:
    row = lock(page.circle)
    current = lock(page)
    if not row.is_running or not current.is_waiting or current.step != row.step:
        raise Conflict(_("This step was decided already."), current=current)
    guard_version(row, seen)
    return row, current


@action(allowed=may_approve)
def approve_step(page: StepRecord, *, by: Actor, seen: int | None = None) -> StepRecord:
    """Approve a step that waits; the group goes on, or ends with its last.

    Raises Conflict where it was decided meanwhile.
    """
    row, current = _judged(page, seen)
    current.approved_by_id = by.person_id
    return _done(row, current, by)


@action(allowed=may_approve)
def return_step(page: StepRecord, *, by: Actor, note: str, seen: int | None = None) -> StepRecord:
    """Give a step back to the group with a note. Raises Invalid without one."""
    row, current = _judged(page, seen)
    if not note:
        raise Invalid(_("Please say what should change."), field="note")
    current.state = StepState.OPEN
    current.returned_note = note
    current.save()
    fact = events.CircleStepReturned(circle_id=row.pk, step=str(current.step))
    record(fact, by=by, about=row)
    return current


def lacks_sentence(code: str) -> str:
    """What a code of `rules.step_lacks` asks for, in the reader's language."""
    sentences = {
        "statement": _("Write the theme in one sentence."),
        "target": _("Set a target and the day it is to be reached."),
        "causes": _("Gather at least two possible causes."),
        "dominant": _("Mark at least one cause that matters most."),
        "unchecked": _("Check each marked cause against the data."),
        "votes": _("Each marked cause needs at least one voice."),
        "tasks": _("Add at least one task."),
        "tasks_open": _("Some tasks are still open."),
        "days_after": _("Wait until enough days have passed since the work to compare."),
        "effect": _("Write at least one effect."),
        "standard": _("Write the new standard."),
        "audit": _("Set the day on which the standard is looked at again."),
    }
    return sentences[code]
