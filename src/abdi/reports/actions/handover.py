"""A shift is handed over: the leaving side writes and signs, the coming side reads and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor, Refused
from abdi.platform.actions import Conflict, Invalid, action
from abdi.platform.journal import record
from abdi.reports import events, rules
from abdi.reports.models import Handover, HandoverRemark
from abdi.reports.permissions import may_hand_over, may_remark, may_take_over
from abdi.reports.queries import handover as queries

if TYPE_CHECKING:
    from abdi.people.models import Unit


@action(allowed=may_hand_over)
def leave_shift(
    agency: Unit, *, by: Actor, words: str, equipment: str = "", seen: int | None = None
) -> Handover:
    """Sign for the leaving shift; what stands there is frozen with its fingerprint.

    `seen` is the newest report the page showed. Raises Conflict where one came in since, or where
    a handover of this agency waits already.
    """
    _nothing_new(by, seen)
    now = clock.now()
    since = queries.begins_at(agency.pk, now)
    row = Handover(
        agency=agency,
        from_at=since,
        to_at=now,
        content=queries.content_of(by, since, now),
        words=words.strip(),
        equipment=equipment.strip(),
        newest_id=queries.newest(by),
        leaving_id=_person(by),
        leaving_ref=by.ref,
        leaving_shift=queries.turn_of(_person(by), now, is_coming=False),
    )
    row.text_hash = row.hashed
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict(_("A handover waits for its second signature already.")) from None
    fact = events.HandoverLeft(handover_id=row.pk, agency_id=agency.pk, text_hash=row.text_hash)
    record(fact, by=by, about=row)
    return row


@action(allowed=may_take_over)
def take_shift(book: Handover, *, by: Actor, seen: int | None = None) -> Handover:
    """Sign for the coming shift after reading; one signs, the next one is told.

    Raises Conflict where somebody else has signed or a report came in since the page was opened,
    Invalid where the roster puts both on one turn.
    """
    _nothing_new(by, seen)
    now = clock.now()
    turn = queries.turn_of(_person(by), now, is_coming=True)
    if rules.same_shift(book.leaving_shift, turn):
        raise Invalid(_("You stand the same turn. Somebody of the coming shift signs."))
    signed = {"coming_id": _person(by), "coming_at": now, "coming_seen_id": queries.newest(by)}
    if _unsigned(book).update(**signed) != 1:
        book.refresh_from_db()
        raise Conflict(_("This handover was signed just now."), current=book)
    record(events.HandoverTaken(handover_id=book.pk, agency_id=book.agency_id), by=by, about=book)
    book.refresh_from_db()
    return book


@action(allowed=may_remark)
def remark_on_handover(book: Handover, *, by: Actor, text: str) -> HandoverRemark:
    """Add to a handover; what was signed stays. Raises Invalid for no words."""
    if not text.strip():
        raise Invalid(_("Please write the remark."), field="text")
    row = HandoverRemark.objects.create(
        handover=book, person_id=_person(by), text=text.strip(), at=clock.now()
    )
    fact = events.HandoverRemarked(handover_id=book.pk, remark_id=row.pk)
    record(fact, by=by, about=book)
    return row


def _unsigned(book: Handover) -> QuerySet[Handover]:
    return Handover.objects.filter(pk=book.pk, coming_at__isnull=True)


def _nothing_new(by: Actor, seen: int | None) -> None:
    if seen is not None and queries.newest(by) > seen:
        raise Conflict(_("A report came in since you opened this page. It stands there now."))


def _person(by: Actor) -> int:
    if by.person_id is None:
        raise Refused("no_person", resource="reports.handover_book", act="sign")
    return by.person_id
