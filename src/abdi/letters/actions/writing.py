"""Drafting a letter and changing a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from abdi.letters import events, queries, rules
from abdi.letters.actions.facts import clean_facts, facts_of_people
from abdi.letters.choices import LetterKind, Paper, PersonPart
from abdi.letters.models import Letter, LetterPerson
from abdi.letters.permissions import may_change, may_read, may_write, only_other_modules
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import Entry, record

if TYPE_CHECKING:
    from abdi.people.models import Unit

LONGEST_SUBJECT = 300


@dataclass(frozen=True)
class Change:
    """The words of a draft as an officer leaves them; facts that are not named stay."""

    subject: str
    body: str
    copies: str
    classification: str
    paper: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@action(allowed=only_other_modules)
def draft(
    kind: str,
    about: str,
    facts: Mapping[str, Any],
    *,
    by: Actor,
    unit: Unit | None = None,
    person_ids: Sequence[int] = (),
    assigned_ids: Sequence[int] = (),
    source_key: str = "",
    cause: Entry | None = None,
) -> Letter:
    """Draw up a letter from a record; the door for modules above and for reactions.

    `about` is the record's reference, `facts` are texts, days and tables by the names of
    `rules.WORDS`; who is named goes into `person_ids`, who works on it into `assigned_ids`. Without
    `unit` it is the unit of the first person named. The same `source_key` again gives the first
    letter back. Raises Invalid for an unknown kind or fact, or where no unit is known.
    """
    known = Letter.objects.filter(source_key=source_key).first() if source_key else None
    if known is not None:
        record(events.LetterAskedAgain(letter_id=known.pk), by=by, about=known, cause=cause)
        return known
    where = unit or _unit_of(person_ids)
    row = _drawn_up(kind, where, facts, person_ids, about=about, source_key=source_key, by=by)
    _note_people(row, assigned_ids, PersonPart.ASSIGNED)
    fact = events.LetterDrafted(letter_id=row.pk, kind_code=row.kind, about=about)
    record(fact, by=by, about=row, cause=cause)
    return row


@action(allowed=may_write)
def write(
    unit: Unit,
    *,
    by: Actor,
    kind: str,
    facts: Mapping[str, Any],
    person_ids: Sequence[int] = (),
    about: str = "",
) -> Letter:
    """Write a letter of a unit by hand, on the words of its kind.

    Raises Invalid for an unknown kind or fact.
    """
    row = _drawn_up(kind, unit, facts, person_ids, about=about, source_key="", by=by)
    fact = events.LetterDrafted(letter_id=row.pk, kind_code=row.kind, about=about)
    record(fact, by=by, about=row)
    return row


def _unit_of(person_ids: Sequence[int]) -> Unit:
    unit = people.unit_of(person_ids[0]) if person_ids else None
    if unit is None:
        raise Invalid(_("Say which unit writes this letter."), field="unit")
    return unit


def _drawn_up(
    kind: str,
    unit: Unit,
    given: Mapping[str, Any],
    person_ids: Sequence[int],
    *,
    about: str,
    source_key: str,
    by: Actor,
) -> Letter:
    if kind not in LetterKind.codes():
        raise Invalid(_("Please choose a kind of letter."), field="kind")
    today = clock.today()
    named = list(dict.fromkeys(person_ids))
    facts = _with_people(clean_facts(given), named, today)
    words = queries.wording_of(kind, unit.agency_id, today)
    row = Letter(
        kind=kind,
        unit=unit,
        agency_id=unit.agency_id or unit.pk,
        about=about,
        source_key=source_key,
        facts=facts,
        subject=subject_of(words.subject, facts),
        body=words.body,
        copies=_plain(words.copies, unit),
        classification=words.classification,
        pattern=words.pattern,
        paper=words.paper,
        template=words.template,
        author_id=by.person_id,
        drafted_at=clock.now(),
    )
    _sign_by_default(row, named, today)
    row.save(force_insert=True)
    _note_people(row, named, PersonPart.SUBJECT)
    return row


def _with_people(
    facts: dict[str, dict[str, Any]], named: Sequence[int], on: date
) -> dict[str, dict[str, Any]]:
    """The facts given go before those read from the records of the people named."""
    read = facts_of_people(named, on)
    return {part: {**read[part], **facts[part]} for part in ("texts", "tables")}


def _plain(text: str, unit: Unit) -> str:
    agency = unit.agency.name if unit.agency else unit.name
    return rules.filled(text, rules.Values({"agency": agency}))


def subject_of(text: str, facts: Mapping[str, Mapping[str, Any]]) -> str:
    """The line "perihal" of a letter."""
    return rules.filled(text, rules.Values(facts["texts"]))[:LONGEST_SUBJECT]


def _sign_by_default(row: Letter, named: Sequence[int], on: date) -> None:
    found = queries.first_signer(row.kind, row.unit, on, named)
    if found is None:
        return
    row.signer = found.person
    row.signer_position = found.position
    row.signer_acting = found.acting
    row.signature_lines = list(found.lines)


def _note_people(row: Letter, person_ids: Sequence[int], part: PersonPart) -> None:
    LetterPerson.objects.bulk_create(
        LetterPerson(letter=row, person_id=one, part=part, place=place)
        for place, one in enumerate(dict.fromkeys(person_ids))
    )


@action(allowed=may_change)
def change(letter: Letter, *, by: Actor, given: Change, seen: int | None = None) -> Letter:
    """Change the words of a draft.

    Raises Conflict where it has a number already or somebody changed it, Invalid for words no
    letter may have.
    """
    row = lock(letter)
    if not row.is_draft:
        raise Conflict(_("This letter has its number; its words stay as they are."), current=row)
    check_words(given.subject, given.body, given.classification, given.paper)
    guard_version(row, seen)
    fresh = clean_facts(given.facts)
    row.facts = {part: {**row.facts.get(part, {}), **fresh[part]} for part in ("texts", "tables")}
    row.subject = given.subject
    row.body = given.body
    row.copies = given.copies
    row.classification = given.classification
    row.paper = given.paper
    row.save(update_fields=["facts", "subject", "body", "copies", "classification", "paper"])
    record(events.LetterChanged(letter_id=row.pk), by=by, about=row)
    return row


def check_words(subject: str, body: str, classification: str, paper: str) -> None:
    """Refuse, with a sentence, words that no letter may have."""
    if not subject:
        raise Invalid(_("Please write what the letter is about."), field="subject")
    if not body.strip():
        raise Invalid(_("Please write the text of the letter."), field="body")
    problems = rules.template_problems(body)
    if problems:
        raise Invalid(sentence_of(problems[0]), field="body")
    if not rules.is_classification(classification):
        raise Invalid(_("A code looks like 800.1.11.1."), field="classification")
    if paper not in Paper.codes():
        raise Invalid(_("Please choose one of the list."), field="paper")


def sentence_of(problem: rules.TemplateProblem) -> str:
    """What is wrong with a template, in words."""
    sentences = {
        "length": _("The text is longer than 8,000 characters."),
        "unknown": _("Line %(line)s: {%(word)s} is not a word this program knows."),
        "table": _("Line %(line)s: the table {%(word)s} must stand on a line of its own."),
        "brace": _("Line %(line)s: a brace is opened or closed without its partner."),
    }
    return sentences[problem.code] % {"line": problem.line, "word": problem.word}


@action(allowed=may_read)
def note_reading(letter: Letter, *, by: Actor) -> Letter:
    """One line in the access log: who opened a letter that names people."""
    named = LetterPerson.objects.filter(letter=letter).exclude(person_id=by.person_id or 0)
    ids = sorted(set(named.values_list("person_id", flat=True)))
    fact = events.LetterRead(letter_id=letter.pk, people=",".join(map(str, ids)))
    record(fact, by=by, about=letter)
    return letter
