"""A last day that was noted wrongly, taken back."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from abdi.people import events, rules
from abdi.people.models import Account, Assignment, Leaving, Person
from abdi.people.permissions import may_take_back_leaving
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import Entry, record


@action(allowed=may_take_back_leaving)
def take_back_leaving(leaving: Leaving, *, by: Actor, reason: str) -> Person:
    """The person works here as before: his posts go on, and his account where it was closed by it.

    Roles that ended stay ended: two people give them anew. Raises Invalid without a reason,
    Conflict where it was done, the name was taken out, or a post cannot go on.
    """
    if not reason:
        raise Invalid(_("Please write the reason."), field="reason")
    person = lock(leaving.person)
    rows = Leaving.objects.filter(pk=leaving.pk, taken_back_at__isnull=True)
    done = {"taken_back_at": clock.now(), "taken_back_by": by.ref, "reason": reason}
    if person.left_on != leaving.last_on or rows.update(**done) != 1:
        raise Conflict(_("This last day does not stand any more."), current=person)
    if person.name == rules.ERASED_NAME:
        raise Conflict(_("The name was taken out of this record; it cannot be taken back."))
    _go_on(leaving)
    person.left_on = None
    person.version += 1
    person.save(update_fields=["left_on", "version"])
    _open_accounts(person)
    fact = events.LeavingTakenBack(leaving_id=leaving.pk, person_id=person.pk)
    record(fact, by=by, about=person)
    return person


def _go_on(leaving: Leaving) -> None:
    """Each post ends again when it was to end before; one that cannot go on stops it all."""
    ends = {int(pk): date.fromisoformat(day) if day else None for pk, day in leaving.posts.items()}
    mine = Assignment.objects.filter(person_id=leaving.person_id)
    if mine.filter(start_on__gt=leaving.last_on).exists():
        raise Conflict(_("This person was given another post since; correct that one."))
    for row in mine.filter(pk__in=ends).select_related("position"):
        if row.end_on != leaving.last_on or _is_gone(row):
            raise Conflict(
                _("The post %(post)s was changed or filled since; seat this person anew.")
                % {"post": row.position.title}
            )
        row.end_on = ends[row.pk]
        row.save(update_fields=["end_on"])


def _is_gone(row: Assignment) -> bool:
    """Whether a post ended, or as a head's post has another holder now."""
    post, after = row.position, row.end_on
    if post.end_on is not None:
        return True
    others = Assignment.objects.filter(position=post, kind=row.kind).exclude(pk=row.pk)
    return post.is_head and others.filter(Q(end_on__isnull=True) | Q(end_on__gt=after)).exists()


def _open_accounts(person: Person) -> None:
    """Open again what was closed because he left; an account closed for another reason stays."""
    for account in Account.objects.filter(person=person, is_active=False):
        closed = Entry.objects.filter(kind="people.AccountClosed", about=account.ref)
        last = closed.order_by("-id").first()
        if last is not None and last.data.get("reason") == "left":
            Account.objects.filter(pk=account.pk).update(is_active=True)
