"""Exceptions to the derived superior, and notices that he is wrong."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from abdi.people import events, queries
from abdi.people.choices import ContestState, LineKind
from abdi.people.models import Contest, Override, Person
from abdi.people.permissions import may_contest, may_decide_contest, may_set_line
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record


@action(allowed=may_set_line)
def set_line(
    person: Person,
    superior: Person,
    *,
    by: Actor,
    reason: str,
    start_on: date,
    end_on: date | None = None,
    line: str = LineKind.SUPERIOR,
) -> Override:
    """Say who leads (or rates) a person against what is derived, from a day on, with the reason.

    An open exception until now ends the day before. Raises Invalid for himself, for somebody he
    leads, without a reason, or where another exception stands in the way.
    """
    if not reason:
        raise Invalid(_("Please write the reason."), field="reason")
    if end_on is not None and end_on < start_on:
        raise Invalid(_("The last day lies before the first."), field="end_on")
    _check_line(person, superior, start_on)
    _end_override(person, start_on, line)
    row = Override.objects.create(
        person=person,
        superior=superior,
        line=line,
        start_on=start_on,
        end_on=end_on,
        reason=reason,
        decided_by=by.ref,
    )
    fact = events.LineOverridden(override_id=row.pk, person_id=person.pk, superior_id=superior.pk)
    record(fact, by=by, about=person)
    return row


def _check_line(person: Person, superior: Person, on: date) -> None:
    if superior.pk == person.pk:
        raise Invalid(_("Nobody is his own superior."), field="superior")
    above = queries.lines([superior.pk], on)[superior.pk].superior_id
    if above == person.pk:
        message = _("%(name)s is led by this person; choose somebody else.")
        raise Invalid(message % {"name": superior.display_name}, field="superior")


def _end_override(person: Person, start_on: date, line: str) -> None:
    lock(person)
    lasting = Q(end_on__isnull=True) | Q(end_on__gte=start_on)
    for row in Override.objects.filter(lasting, person=person, line=line):
        if row.start_on >= start_on:
            raise Invalid(_("Another exception begins on that day or later."), field="start_on")
        row.end_on = start_on - timedelta(days=1)
        row.save(update_fields=["end_on"])


@action(allowed=may_contest)
def contest_superior(
    person: Person, *, by: Actor, words: str, proposed: Person | None = None
) -> Contest:
    """Say that the superior shown is wrong, and who it is. Nothing else waits for the answer.

    Raises Invalid where a notice of his is open already or he names himself.
    """
    lock(person)
    if Contest.objects.filter(person=person, state=ContestState.OPEN).exists():
        raise Invalid(_("Your notice is with the HR officer already."), field="words")
    if proposed is not None and proposed.pk == person.pk:
        raise Invalid(_("Nobody is his own superior."), field="proposed")
    row = Contest.objects.create(
        person=person,
        shown_id=queries.lines([person.pk])[person.pk].superior_id,
        proposed=proposed,
        words=words,
        made_at=clock.now(),
    )
    fact = events.SuperiorContested(contest_id=row.pk, person_id=person.pk)
    record(fact, by=by, about=person)
    return row


@action(allowed=may_decide_contest)
def decide_contest(
    contest: Contest,
    *,
    by: Actor,
    seen: int,
    answer: str,
    superior: Person | None = None,
) -> Contest:
    """Answer a notice with a reason: name the right superior from today on, or keep the line.

    Raises Conflict where it is decided, Invalid without a reason.
    """
    guard_version(contest, seen)
    contest = lock(contest)
    if contest.state != ContestState.OPEN:
        raise Conflict(_("This notice is answered already."), current=contest)
    if not answer:
        raise Invalid(_("Please write the reason."), field="answer")
    if superior is not None:
        person = contest.person
        set_line(person, superior, by=by, reason=answer, start_on=clock.today())
    contest.state = ContestState.ACCEPTED if superior is not None else ContestState.DECLINED
    contest.answer, contest.decided_by, contest.decided_at = answer, by.ref, clock.now()
    contest.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    fact = events.ContestDecided(
        contest_id=contest.pk, person_id=contest.person_id, is_accepted=superior is not None
    )
    record(fact, by=by, about=contest.person)
    return contest
