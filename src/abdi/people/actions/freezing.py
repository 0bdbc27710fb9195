"""The freeze of placements around an election: windows, consents, and the stop itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from abdi.people import events, queries, rules
from abdi.people.models import ConsentPerson, FreezeConsent, FreezeWindow, Person
from abdi.people.permissions import may_set_freeze
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.files import Stored
from abdi.platform.journal import record
from abdi.platform.norms import norms
from abdi.platform.pages import formats


@action(allowed=may_set_freeze)
def set_freeze(
    *, by: Actor, name: str, designation_on: date, term_ends_on: date, source: str
) -> FreezeWindow:
    """Enter an election: from six months before its designation placements are stopped.

    Raises Invalid where the term ends before the designation, or the days are entered already.
    """
    if term_ends_on < designation_on:
        raise Invalid(_("The term ends before the designation."), field="term_ends_on")
    same = FreezeWindow.objects.filter(is_withdrawn=False, designation_on=designation_on)
    if same.exists():
        raise Invalid(_("This designation is entered already."), field="designation_on")
    row = FreezeWindow.objects.create(
        name=name,
        designation_on=designation_on,
        begins_on=rules.freeze_begins(designation_on, norms("people", on=designation_on)),
        term_ends_on=term_ends_on,
        source=source,
        entered_by=by.ref,
    )
    record(events.FreezeSet(window_id=row.pk), by=by, about=row)
    return row


@action(allowed=may_set_freeze)
def withdraw_freeze(window: FreezeWindow, *, by: Actor, reason: str) -> FreezeWindow:
    """Take a window back that was entered wrongly; it stays on record. Raises Conflict, Invalid."""
    row = lock(window)
    if row.is_withdrawn:
        raise Conflict(_("This freeze is withdrawn already."), current=row)
    if not reason:
        raise Invalid(_("Please write the reason."), field="reason")
    row.is_withdrawn, row.withdrawn_reason = True, reason
    row.save(update_fields=["is_withdrawn", "withdrawn_reason"])
    record(events.FreezeWithdrawn(window_id=row.pk), by=by, about=row)
    return row


@action(allowed=may_set_freeze)
def enter_consent(
    window: FreezeWindow,
    *,
    by: Actor,
    number: str,
    given_on: date,
    people: Sequence[Person],
    file: Stored,
) -> FreezeConsent:
    """Keep the Minister's written consent: its number, date and file, and whom it names.

    From then on these persons may be placed in spite of the freeze. Raises Invalid without a
    person, for a letter from the future, or where the letter is entered already.
    """
    if not people:
        raise Invalid(_("Please name whom the letter lets be placed."), field="people")
    if given_on > clock.today():
        raise Invalid(_("This day has not come yet."), field="given_on")
    if FreezeConsent.objects.filter(window=window, number=number).exists():
        raise Invalid(_("This letter is entered already."), field="number")
    row = FreezeConsent.objects.create(
        window=window,
        number=number,
        given_on=given_on,
        file_key=file.key,
        file_size=file.size,
        file_sha256=file.sha256,
        entered_by=by.ref,
        entered_at=clock.now(),
    )
    ConsentPerson.objects.bulk_create(
        ConsentPerson(consent=row, person=one) for one in dict.fromkeys(people)
    )
    fact = events.ConsentEntered(consent_id=row.pk, window_id=window.pk, count=len(people))
    record(fact, by=by, about=row)
    return row


def stop_if_frozen(person: Person, kind: str, start_on: date) -> None:
    """Refuse a placement inside a freeze without consent. Raises Invalid with the way out."""
    found = queries.stopped([person.pk], kind, start_on)
    if found is not None:
        raise Invalid(freeze_sentence(found[0]), field="start_on")


def freeze_sentence(window: FreezeWindow) -> str:
    """What is stopped, from when to when, by which rule, and what lifts it."""
    return _(
        "From %(first)s to %(last)s nobody is placed without the Minister's written consent "
        "(UU 10/2016 Art. 71(2)). Enter the letter under Settings, Freeze of placements, then "
        "place again."
    ) % {
        "first": formats.date_plain(window.begins_on, get_language() or formats.INDONESIAN),
        "last": formats.date_plain(window.term_ends_on, get_language() or formats.INDONESIAN),
    }
