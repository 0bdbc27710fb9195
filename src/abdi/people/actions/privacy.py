"""Rights over own data: asked, answered, carried out; and what follows a breach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from abdi.people import events, rules
from abdi.people.actions.accounts import drop_sessions
from abdi.people.choices import BreachState, PrivacyAsk, PrivacyState
from abdi.people.models import Account, Breach, BreachTouch, Person, PrivacyRequest
from abdi.people.permissions import (
    may_answer_privacy,
    may_ask_privacy,
    may_handle_breach,
    only_other_modules,
    role_for,
)
from abdi.platform import clock
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import PastFact, record, record_many
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.platform.access import Actor
    from abdi.platform.journal import Entry

NAMING: Final = (
    "name", "title_prefix", "title_suffix", "employee_number", "birth_on", "sex", "phone",
    "email", "education",
)  # fmt: skip
"""Fields of the record that name or describe a person; erasure empties them."""


@action(allowed=may_ask_privacy)
def ask_privacy(
    person: Person, *, by: Actor, kind: PrivacyAsk | str, field: str = "", wanted: str = "",
    words: str = "",
) -> PrivacyRequest:  # fmt: skip
    """Ask for a right over own data; the clock starts (UU 27/2022 Art. 5-13).

    Raises Invalid where a correction names no value, or the same waits already.
    """
    now = clock.now()
    kind = PrivacyAsk(kind)
    if kind == PrivacyAsk.CORRECT and field in rules.CORRECTABLE:
        _value_of(field, wanted)
    if not (wanted or words):
        raise Invalid(_("Say what you ask for."), field="words")
    if PrivacyRequest.objects.open().filter(person=person, kind=kind, field=field).exists():
        raise Conflict(_("The same request waits for an answer already."))
    row = PrivacyRequest.objects.create(
        person=person,
        kind=kind,
        field=field,
        wanted=wanted,
        words=words,
        asked_at=now,
        due_at=rules.due_of(now, norms("people", on=clock.today())["privacy_hours"], kind),
    )
    fact = events.PrivacyAsked(request_id=row.pk, person_id=person.pk, ask=str(kind))
    record(fact, by=by, about=row)
    return row


def _value_of(field: str, wanted: str) -> object:
    try:
        return rules.corrected(field, wanted)
    except ValueError as problem:
        sentences = {
            "day": _("Write the day like 1990-12-31."),
            "phone": _("Write the number like 0812-3456-7890."),
            "email": _("Write the address like nama@kota.go.id."),
            "name": _("Write the name as it should read."),
            "education": _("Write the level like SLTA, D3, S1 or S2."),
        }
        words = sentences.get(str(problem), _("This is too long. Write it shorter."))
        raise Invalid(words, field="wanted") from None


@action(allowed=may_answer_privacy)
def answer_privacy(row: PrivacyRequest, *, by: Actor, granted: bool, answer: str) -> PrivacyRequest:
    """Answer a request with a reason; a granted correction or erasure is carried out at once.

    Raises Conflict where it is answered already, Invalid where the law keeps the record.
    """
    row = lock(row)
    if not row.is_open:
        raise Conflict(_("This request is answered already."))
    if not answer.strip():
        raise Invalid(_("Say why."), field="answer")
    if granted:
        _carry_out(row, by)
    row.state = PrivacyState.GRANTED if granted else PrivacyState.REFUSED
    row.answer, row.decided_by, row.decided_at = answer, by.ref, clock.now()
    row.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    fact = events.PrivacyAnswered(request_id=row.pk, person_id=row.person_id, state=str(row.state))
    record(fact, by=by, about=row)
    return row


def _carry_out(row: PrivacyRequest, by: Actor) -> None:
    person = lock(row.person)
    if row.kind == PrivacyAsk.CORRECT and row.field in rules.CORRECTABLE:
        setattr(person, row.field, _value_of(row.field, row.wanted))
        person.version += 1
        person.save(update_fields=[row.field, "version"])
        record(events.PersonChanged(person_id=person.pk), by=by, about=person)
    elif row.kind == PrivacyAsk.ERASE:
        _anonymise(person, by)


def _anonymise(person: Person, by: Actor) -> None:
    """Take out of a leaver's record all that names him; rows others rely on stay."""
    if person.left_on is None or person.left_on > clock.today():
        raise Invalid(
            _("This person still works here: the law keeps the record. Refuse with that reason."),
            field="answer",
        )
    for name, value in rules.anonymous(NAMING).items():
        setattr(person, name, value)
    person.version += 1
    person.save(update_fields=[*NAMING, "version"])
    accounts = Account.objects.filter(person=person)
    for account in accounts:
        account.login, account.email, account.is_active = f"erased-{account.pk}", "", False
        account.set_unusable_password()
        account.save(update_fields=["login", "email", "is_active", "password"])
    drop_sessions({account.pk for account in accounts})
    record(events.PersonAnonymised(person_id=person.pk), by=by, about=person)


def _is_himself(by: Actor, person: Person) -> bool:
    return by.person_id == person.pk


@action(allowed=_is_himself)
def note_copy(person: Person, *, by: Actor, form: str) -> None:
    """One line in the journal: the person took a copy of his own data along."""
    record(events.OwnDataCopied(person_id=person.pk, form=form), by=by, about=person)


@action(allowed=only_other_modules)
def note_readings(person_ids: Sequence[int], *, by: Actor, cause: Entry) -> int:
    """One line in the access log of each person of a list that somebody else took along."""
    role = role_for(by, "people.profile", "export")
    at = clock.now()
    record_many(
        PastFact(
            events.ProfileRead(person_id=pk, role=role), at, by.ref, f"people.person:{pk}", cause.pk
        )
        for pk in person_ids
        if pk != by.person_id
    )
    return len(person_ids)


@action(allowed=may_handle_breach)
def open_breach(
    *, by: Actor, title: str, what_happened: str, what_data: str, found_at: datetime,
    people: Sequence[int],
) -> Breach:  # fmt: skip
    """Open the handling of a breach; the 72-hour clock runs from when it was found.

    `people` are ids of those whose data it touched. Raises Invalid for a day to come.
    """
    if found_at > clock.now():
        raise Invalid(_("This moment has not come yet."), field="found_at")
    breach = Breach.objects.create(
        title=title,
        what_happened=what_happened,
        what_data=what_data,
        found_at=found_at,
        due_at=rules.due_of(found_at, norms("people", on=clock.today())["privacy_hours"], "breach"),
    )
    known = Person.objects.filter(pk__in=set(people)).values_list("pk", flat=True)
    BreachTouch.objects.bulk_create([BreachTouch(breach=breach, person_id=pk) for pk in known])
    fact = events.BreachFound(breach_id=breach.pk, people=len(known))
    record(fact, by=by, about=breach)
    return breach


STEPS: Final = {
    "people": "people_told_at",
    "body": "body_told_at",
    "close": "closed_at",
}
"""What the law asks after a breach, and the column that says when it was done."""


@action(allowed=may_handle_breach)
def note_breach_step(breach: Breach, *, by: Actor, step: str, handling: str = "") -> Breach:
    """Note that a duty was met. Closing needs both notices and what was done.

    Raises Conflict where it was noted already, Invalid where something is missing.
    """
    breach = lock(breach)
    column = STEPS.get(step)
    if column is None or getattr(breach, column) is not None:
        raise Conflict(_("This step is noted already."))
    if step == "close":
        if breach.people_told_at is None or breach.body_told_at is None:
            raise Invalid(_("Tell the people and the supervisory body first."), field="step")
        if not handling.strip():
            raise Invalid(_("Write what was done and how it is kept from happening again."))
        breach.state, breach.handling = BreachState.CLOSED, handling
    setattr(breach, column, clock.now())
    breach.version += 1
    breach.save()
    record(events.BreachStep(breach_id=breach.pk, step=step), by=by, about=breach)
    return breach
