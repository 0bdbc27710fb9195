"""The words of letters and the heads of paper, changed by an officer without a release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.letters import events, rules
from abdi.letters.actions.writing import check_words
from abdi.letters.choices import LetterKind
from abdi.letters.models import Letterhead, Template
from abdi.letters.permissions import may_change_template
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Invalid, action, guard_version
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.people.models import Unit


@dataclass(frozen=True)
class TemplateGiven:
    """The words of a kind of letter from a day on."""

    kind: str
    start_on: date
    subject: str
    body: str
    copies: str
    classification: str
    pattern: str
    paper: str
    note: str = ""


@action(allowed=may_change_template)
def save_template(agency: Unit | None, *, by: Actor, given: TemplateGiven) -> Template:
    """Give a kind of letter new words from today or later; what was before stays readable.

    Raises Invalid for an unknown kind, a day that is over, or words no letter may have.
    """
    if given.kind not in LetterKind.codes():
        raise Invalid(_("Please choose a kind of letter."), field="kind")
    if given.start_on < clock.today():
        raise Invalid(_("New words count from today or later."), field="start_on")
    check_words(given.subject, given.body, given.classification, given.paper)
    check_line(given.subject, "subject")
    check_line(given.copies, "copies")
    check_pattern(given.pattern)
    row = Template.objects.create(
        kind=given.kind,
        agency=agency,
        start_on=given.start_on,
        subject=given.subject,
        body=given.body,
        copies=given.copies,
        classification=given.classification,
        pattern=given.pattern,
        paper=given.paper,
        note=given.note,
        made_by_id=by.person_id or 0,
        made_at=clock.now(),
    )
    record(events.TemplateSaved(template_id=row.pk, kind_code=row.kind), by=by, about=row)
    return row


def check_line(text: str, field: str) -> None:
    """Refuse unknown words and tables in a line of a template."""
    problems = rules.template_problems(text)
    named = [key for key in rules.facts_named(text) if key in rules.TABLES]
    if problems or named:
        raise Invalid(_("Only words of the list may stand between braces here."), field=field)


def check_pattern(pattern: str) -> None:
    """Refuse a pattern of numbers that could not be printed or told apart."""
    sentences = {
        "length": _("Use at most 80 characters."),
        "part": _("Between braces only kode, nomor, unit, bulan and tahun may stand."),
        "number": _("The pattern needs {nomor}, or every letter would have the same number."),
        "signs": _("Use letters, digits and the signs . / - ( ) only."),
    }
    problem = rules.pattern_problem(pattern)
    if problem:
        raise Invalid(sentences[problem], field="pattern")


@dataclass(frozen=True)
class LetterheadGiven:
    """The head of an office's paper; an empty `logo_key` keeps the logo there is."""

    name: str
    address: str
    place: str
    logo_key: str = ""


@action(allowed=may_change_template)
def save_letterhead(
    agency: Unit | None, *, by: Actor, given: LetterheadGiven, seen: int | None = None
) -> Letterhead:
    """Change the head of an agency's paper, or of the institution's; letters sent keep theirs.

    Raises Conflict where somebody changed it meanwhile, Invalid without a place.
    """
    if not given.place:
        raise Invalid(_("Say in which place letters are signed."), field="place")
    row, made = Letterhead.objects.get_or_create(agency=agency, defaults={"place": given.place})
    if not made:
        guard_version(row, seen)
    row.name, row.address, row.place = given.name, given.address, given.place
    row.logo_key = given.logo_key or row.logo_key
    row.save(update_fields=["name", "address", "place", "logo_key"])
    record(events.LetterheadSaved(letterhead_id=row.pk), by=by, about=row)
    return row
