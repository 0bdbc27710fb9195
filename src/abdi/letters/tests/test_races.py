"""Many officers take a number at one moment. The control shows the test can fail."""

from __future__ import annotations

from threading import Barrier

import pytest
from django.db import IntegrityError, transaction

from abdi.letters import actions
from abdi.letters.choices import LetterState
from abdi.letters.models import Letter, NumberBook
from abdi.letters.testing import a_letter, a_letter_city, a_sent_letter, signed_copy
from abdi.platform import clock, files
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.testing.races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
OFFICERS = 8


@pytest.fixture
def where():
    return a_letter_city()


def test_eight_officers_at_once_take_eight_numbers(where):
    drafts = [a_letter(where) for _ in range(OFFICERS)]
    day = clock.today()
    all_at_once(lambda row: actions.give_number(row, by=SYSTEM, letter_on=day), drafts)
    numbers = sorted(Letter.objects.values_list("number", flat=True))
    assert numbers == list(range(1, OFFICERS + 1))
    assert NumberBook.objects.get().next_number == OFFICERS + 1


def test_control_without_the_held_book_numbers_are_given_twice(where):
    drafts = [a_letter(where) for _ in range(OFFICERS)]
    book = NumberBook.objects.create(kind="duty_order", year=2026)
    looked = Barrier(OFFICERS)

    def unguarded(row):
        """Look first, then write: what holding the book replaces."""
        number = NumberBook.objects.get(pk=book.pk).next_number
        looked.wait(timeout=20)
        NumberBook.objects.filter(pk=book.pk).update(next_number=number + 1)
        return number

    taken = all_at_once(unguarded, drafts)
    assert len(set(taken)) < OFFICERS


def test_the_database_refuses_a_number_given_twice(where):
    first, second = a_letter(where), a_letter(where)
    done = actions.give_number(first, by=SYSTEM, letter_on=clock.today())
    values = {"state": LetterState.NUMBERED, "letter_on": clock.today(), "book": done.book}
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=second.pk).update(number=done.number, number_text="lain", **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=second.pk).update(number_text=done.number_text, **values)


def test_one_draft_pressed_four_times_gets_one_number(where):
    draft = a_letter(where)

    def press(_turn):
        try:
            actions.give_number(draft, by=SYSTEM, letter_on=clock.today())
        except Conflict:
            return "conflict"
        return "number"

    assert sorted(all_at_once(press, [1, 2, 3, 4])) == ["conflict"] * 3 + ["number"]
    assert NumberBook.objects.get().next_number == 2


def test_of_two_signed_files_one_is_kept(where):
    letter = a_sent_letter(where)
    stored = [files.store(signed_copy(letter) + bytes([n])) for n in range(2)]

    def bring(file):
        try:
            actions.bring_back(letter, by=SYSTEM, file=file, way="electronic", holds_paper=True)
        except Conflict:
            return "conflict"
        return "kept"

    assert sorted(all_at_once(bring, stored)) == ["conflict", "kept"]
