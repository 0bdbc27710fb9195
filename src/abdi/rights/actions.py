"""Changes of rights: announced ahead, told, drafted as a letter, given, set aside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.people import actions as people_actions
from abdi.people.permissions import role_for
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record
from abdi.platform.notices.telling import tell_quietly
from abdi.rights import drafting, events
from abdi.rights.choices import Look, RightKind, RightState
from abdi.rights.models import Right
from abdi.rights.permissions import may_close, may_draft, may_read_others, only_other_modules

if TYPE_CHECKING:
    from abdi.people.models import Person
    from abdi.rights.rules import Due

SHORTEST_WORDS = 10


@action(allowed=only_other_modules)
def announce(person: Person, *, by: Actor, due: Due) -> Right:
    """Announce a right that falls due; the same day again changes nothing.

    Raises Conflict where it was announced already, or an earlier one of its kind is still open.
    """
    row, made = Right.objects.get_or_create(
        person=person,
        kind=due.kind,
        due_on=due.due_on,
        defaults={
            "base_on": due.base_on,
            "what": due.what,
            "look": _look(person, due.kind),
            "announced_at": clock.now(),
        },
    )
    if not made:
        raise Conflict(_("This right was announced already."), current=row)
    fact = events.RightFallsDue(
        right_id=row.pk,
        person_id=person.pk,
        kind_code=row.kind,
        due_on=row.due_on.isoformat(),
    )
    record(fact, by=by, about=row)
    return row


def _look(person: Person, kind: RightKind) -> str:
    if person.has_discipline_note and kind != RightKind.PENSION:
        return Look.DISCIPLINE
    return Look.PERFORMANCE if kind in (RightKind.RAISE, RightKind.PROMOTION) else ""


@action(allowed=only_other_modules)
def tell_person(right: Right, *, by: Actor) -> Right:
    """Tell a person that a right falls due soon; once. Raises Conflict where that was done."""
    row = lock(right)
    if row.told_at is not None:
        raise Conflict(_("This person was told already."), current=row)
    row.told_at = clock.now()
    row.save(update_fields=["told_at"])
    tell_quietly(row.person, about=row, by=by, key=f"right-{row.pk}")
    record(events.PersonToldOfRight(right_id=row.pk, person_id=row.person_id), by=by, about=row)
    return row


@action(allowed=may_draft)
def draft_letter(right: Right, *, by: Actor) -> Right:
    """Have the letter of a right drafted; the same right again gives the first letter back.

    Raises Conflict where the right is closed.
    """
    row = lock(right)
    if not row.is_open:
        raise Conflict(_("This right was given or set aside meanwhile."), current=row)
    row.letter = drafting.draft(row, by)
    row.state = RightState.DRAFTED
    row.save(update_fields=["letter", "state"])
    fact = events.RightDrafted(
        right_id=row.pk, person_id=row.person_id, kind_code=row.kind, letter=row.letter
    )
    record(fact, by=by, about=row)
    return row


@action(allowed=may_close)
def give(
    right: Right, *, by: Actor, given_on: date, decree: str = "", seen: int | None = None
) -> Right:
    """A person has what the rules give; a promotion enters the new rank into the record.

    `given_on` is the day from which it counts. Raises Conflict where it was closed meanwhile,
    Invalid for a day before the one counted from, or a promotion without its decree.
    """
    row = lock(right)
    if not row.is_open:
        raise Conflict(_("This right was given or set aside meanwhile."), current=row)
    if given_on < row.base_on:
        raise Invalid(_("This day lies before the day counted from."), field="given_on")
    if row.kind == RightKind.PROMOTION and not decree.strip():
        raise Invalid(_("A promotion counts by its decree: write the number."), field="decree")
    guard_version(row, seen)
    is_late = clock.today() > row.due_on
    row.state, row.given_on, row.decree = RightState.GIVEN, given_on, decree
    row.closed_by_id, row.closed_at = by.person_id, clock.now()
    row.save(update_fields=["state", "given_on", "decree", "closed_by", "closed_at"])
    if row.kind == RightKind.PROMOTION:
        people_actions.enter_rank(
            row.person, by=by, rank=row.what, start_on=given_on, decree=decree
        )
    fact = events.RightGiven(
        right_id=row.pk, person_id=row.person_id, kind_code=row.kind, is_late=is_late
    )
    record(fact, by=by, about=row)
    return row


@action(allowed=only_other_modules)
def close_by_record(right: Right, *, by: Actor, given_on: date) -> Right:
    """The record has the rank meanwhile (an import, another office): the promotion is given.

    Raises Conflict where it was closed meanwhile.
    """
    row = lock(right)
    if not row.is_open:
        raise Conflict(_("This right was given or set aside meanwhile."), current=row)
    row.state, row.given_on, row.closed_at = RightState.GIVEN, given_on, clock.now()
    row.save(update_fields=["state", "given_on", "closed_at"])
    fact = events.RightGiven(
        right_id=row.pk,
        person_id=row.person_id,
        kind_code=row.kind,
        is_late=given_on > row.due_on,
    )
    record(fact, by=by, about=row)
    return row


@action(allowed=may_close)
def set_aside(right: Right, *, by: Actor, words: str, seen: int | None = None) -> Right:
    """A right is not given, with a reason the person reads.

    Raises Conflict where it was closed meanwhile, Invalid without a reason of ten letters.
    """
    row = lock(right)
    if not row.is_open:
        raise Conflict(_("This right was given or set aside meanwhile."), current=row)
    if len(words.strip()) < SHORTEST_WORDS:
        raise Invalid(_("Give the reason in ten letters or more."), field="words")
    guard_version(row, seen)
    row.state, row.words = RightState.SET_ASIDE, words
    row.closed_by_id, row.closed_at = by.person_id, clock.now()
    row.save(update_fields=["state", "words", "closed_by", "closed_at"])
    fact = events.RightSetAside(right_id=row.pk, person_id=row.person_id, kind_code=row.kind)
    record(fact, by=by, about=row)
    return row


@action(allowed=may_read_others)
def note_reading(people: Iterable[int], *, by: Actor) -> None:
    """One line in the access log for a page that shows rights of others, with their ids."""
    ids = ",".join(str(pk) for pk in sorted(set(people)))
    fact = events.RightsRead(people=ids, role=role_for(by, "people.profile"))
    record(fact, by=by, about="rights.right")
