"""The number of a letter: from our book, or given elsewhere. Never twice."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.letters import events, rules
from abdi.letters.choices import LetterKind, LetterState, NumberSource
from abdi.letters.models import Letter, NumberBook, ReservedNumber
from abdi.letters.permissions import may_number, may_reserve
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record

FARTHEST = timedelta(days=366)
"""How far a letter's date may lie from today."""
MOST_RESERVED = 100


@action(allowed=may_number)
def give_number(
    letter: Letter, *, by: Actor, letter_on: date, typed: str = "", seen: int | None = None
) -> Letter:
    """Give a draft its date and number: the next of our book, or one typed in.

    Raises Conflict where it has one already or somebody changed it, Invalid for a number that is
    taken or a day too far away.
    """
    row = lock(letter)
    if not row.is_draft:
        raise Conflict(_("This letter has its number already."), current=row)
    if abs(letter_on - clock.today()) > FARTHEST:
        raise Invalid(_("This day is more than a year away."), field="letter_on")
    guard_version(row, seen)
    row.letter_on = letter_on
    row.state = LetterState.NUMBERED
    if typed:
        _take_typed(row, typed)
    else:
        _take_next(row)
    fields = ["letter_on", "state", "number_text", "number_source", "number", "book"]
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError as clash:
        raise _taken() from clash
    fact = events.LetterNumbered(
        letter_id=row.pk, kind_code=row.kind, about=row.about, source=row.number_source
    )
    record(fact, by=by, about=row)
    return row


def _taken() -> Invalid:
    return Invalid(_("Another letter has this number."), field="typed")


def _take_typed(row: Letter, typed: str) -> None:
    if Letter.objects.filter(number_text=typed).exists():
        raise _taken()
    row.number_text = typed
    row.number_source = NumberSource.TYPED


def _take_next(row: Letter) -> None:
    """The next number whose text no typed number has taken."""
    day = row.letter_on or clock.today()
    while True:
        book, number = next_number(row.kind, day.year)
        text = rules.number_text(
            row.pattern,
            code=row.classification,
            number=number,
            unit=rules.unit_mark(row.agency.code),
            on=day,
        )
        if not Letter.objects.filter(number_text=text).exists():
            break
    row.book, row.number = book, number
    row.number_text = text
    row.number_source = NumberSource.BOOK


def next_number(kind: str, year: int, count: int = 1) -> tuple[NumberBook, int]:
    """The first of so many numbers of a book, taken for good; the book is held until the end."""
    book, _made = NumberBook.objects.get_or_create(kind=kind, year=year)
    held = lock(book)
    first = held.next_number
    held.next_number = first + count
    held.save(update_fields=["next_number"])
    return held, first


@action(allowed=may_reserve)
def reserve_numbers(
    *, by: Actor, kind: str, year: int, count: int, note: str
) -> list[ReservedNumber]:
    """Keep numbers of a book for letters written elsewhere; this program never gives them.

    Raises Invalid for an unknown kind, a strange year or count, or no note.
    """
    if kind not in LetterKind.codes():
        raise Invalid(_("Please choose a kind of letter."), field="kind")
    if abs(year - clock.today().year) > 1:
        raise Invalid(_("Numbers are kept for this year, the last or the next."), field="year")
    if not 1 <= count <= MOST_RESERVED:
        raise Invalid(_("Keep 1 to 100 numbers at once."), field="count")
    if not note:
        raise Invalid(_("Say for whom or what these numbers are kept."), field="note")
    book, first = next_number(kind, year, count)
    rows = ReservedNumber.objects.bulk_create(
        ReservedNumber(
            book=book,
            number=number,
            note=note,
            reserved_by_id=by.person_id,
            reserved_at=clock.now(),
        )
        for number in range(first, first + count)
    )
    record(events.NumbersReserved(book_id=book.pk, first=first, count=count), by=by, about=book)
    return rows
