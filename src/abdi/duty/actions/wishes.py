"""Wishes for days to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.duty import events, queries, rules
from abdi.duty.actions.rosters import WEEKS_AHEAD
from abdi.duty.choices import WishKind
from abdi.duty.models import Wish
from abdi.duty.permissions import may_wish, may_withdraw_wish
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import record
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import Person


@action(allowed=may_wish)
def make_wish(
    person: Person,
    *,
    by: Actor,
    on: date,
    kind: WishKind,
    letter: str = "",
    strength: int = 1,
    note: str = "",
) -> Wish:
    """Wish to be free, or on duty, on a day or for one turn of it; rosters heed it where they can.

    `strength` 1 to 3. A wish for the same day that says the opposite is withdrawn by it: the newer
    one stands. Raises Invalid for a day that is past or too far ahead, and where the wishes of that
    month are used up; Conflict where the same wish stands already.
    """
    today = clock.today()
    if not today < on <= today + timedelta(weeks=WEEKS_AHEAD):
        raise Invalid(_("Choose a day from tomorrow to half a year ahead."), field="on")
    person = lock(person)
    now = clock.now()
    _replace(person, on, rules.Wishing(kind, letter), now, by)
    _has_room(person, on, kind, strength)
    try:
        with transaction.atomic():
            wish = Wish.objects.create(
                person=person,
                on=on,
                letter=letter,
                kind=kind,
                strength=strength,
                note=note,
                made_at=now,
            )
    except IntegrityError:
        raise Conflict(_("You have a wish for this day already.")) from None
    record(events.WishMade(wish_id=wish.pk, person_id=person.pk), by=by, about=wish)
    return wish


def _replace(person: Person, on: date, new: rules.Wishing, now: datetime, by: Actor) -> None:
    """Withdraw what cannot stand beside a new wish, at the very moment the new one is made."""
    for old in Wish.objects.filter(person=person, on=on, withdrawn_at__isnull=True):
        if not rules.cannot_both_stand(new, rules.Wishing(WishKind(old.kind), old.letter)):
            continue
        old.withdrawn_at = now
        old.save(update_fields=["withdrawn_at"])
        record(events.WishWithdrawn(wish_id=old.pk, person_id=person.pk), by=by, about=old)


def _has_room(person: Person, on: date, kind: WishKind, strength: int) -> None:
    left = rules.wish_room(queries.wishes_in_month(person.pk, on), norms("duty", on=on))
    if left[str(kind)] <= 0:
        raise Invalid(
            _("Your wishes of this kind for that month are used up. Withdraw one first."),
            field="kind",
        )
    if strength == rules.STRONGEST and left["strong"] <= 0:
        raise Invalid(
            _("Your strongest wishes for that month are used up. Choose a weaker one."),
            field="strength",
        )


@action(allowed=may_withdraw_wish)
def withdraw_wish(wish: Wish, *, by: Actor) -> Wish:
    """Take a wish back. Raises Conflict where it was taken back before."""
    wish = lock(wish)
    if wish.withdrawn_at is not None:
        raise Conflict(_("This wish was withdrawn already."))
    wish.withdrawn_at = clock.now()
    wish.save(update_fields=["withdrawn_at"])
    fact = events.WishWithdrawn(wish_id=wish.pk, person_id=wish.person_id)
    record(fact, by=by, about=wish)
    return wish
