"""Calendars people subscribe to: a secret address made, renewed and revoked; what it told."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.duty import events
from abdi.duty.models import CalendarFeed, FeedEvent
from abdi.duty.permissions import may_end_feed, may_feed_person, may_feed_unit, only_other_modules
from abdi.duty.queries.feeds import hash_of
from abdi.duty.rules.feeds import Kept
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action, lock
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit

TOKEN_BYTES = 24


@action(allowed=may_feed_person)
def subscribe(person: Person, *, by: Actor) -> str:
    """A secret address of one's own calendar; returned this once, of it stands a hash.

    Asked again it is renewed: the old address opens no more, what it told stays known.
    """
    lock(person)
    return _address(CalendarFeed.objects.active().filter(person=person).first(), by, person=person)


@action(allowed=may_feed_unit)
def subscribe_unit(unit: Unit, *, by: Actor) -> str:
    """A secret address of a unit's turns, without names; returned this once. Again: renewed."""
    lock(unit)
    return _address(CalendarFeed.objects.active().filter(unit=unit).first(), by, unit=unit)


def _address(known: CalendarFeed | None, by: Actor, **whose: Person | Unit) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    if known is None:
        row = CalendarFeed.objects.create(token_hash=hash_of(token), made_at=clock.now(), **whose)
        record(events.FeedMade(feed_id=row.pk), by=by, about=row)
        return token
    known.token_hash, known.renewed_at = hash_of(token), clock.now()
    known.save(update_fields=["token_hash", "renewed_at"])
    record(events.FeedRenewed(feed_id=known.pk), by=by, about=known)
    return token


@action(allowed=may_end_feed)
def unsubscribe(feed: CalendarFeed, *, by: Actor) -> None:
    """The address opens no more, and what it told is forgotten. Raises Conflict a second time."""
    feed = lock(feed)
    if feed.revoked_at is not None:
        raise Conflict(_("This address was revoked already."))
    feed.revoked_at = clock.now()
    feed.save(update_fields=["revoked_at"])
    FeedEvent.objects.filter(feed=feed).delete()
    record(events.FeedRevoked(feed_id=feed.pk), by=by, about=feed)


@action(allowed=only_other_modules)
def keep_told(feed: CalendarFeed, *, by: Actor, told: list[Kept]) -> None:
    """Keep what a feed tells from now on, so that the next change rises above it."""
    feed = lock(feed)
    FeedEvent.objects.filter(feed=feed).delete()
    FeedEvent.objects.bulk_create(
        FeedEvent(
            feed=feed,
            uid=one.told.uid,
            kind=one.told.kind,
            name=one.told.name[:60],
            starts_at=one.told.starts_at,
            ends_at=one.told.ends_at,
            taken_count=one.told.taken,
            needed_count=one.told.needed,
            sequence=one.sequence,
            changed_at=one.changed_at,
            cancelled_at=one.cancelled_at,
        )
        for one in told
    )
    cancelled = sum(one.cancelled_at is not None for one in told)
    fact = events.FeedChanged(feed_id=feed.pk, told=len(told), cancelled=cancelled)
    record(fact, by=by, about=feed)
