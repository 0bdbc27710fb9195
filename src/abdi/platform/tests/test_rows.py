"""New rows without Django's way: the same columns hold the same."""

from __future__ import annotations

import pytest

from abdi.platform.db.rows import new_row
from abdi.platform.journal.records import Delivery, Entry
from abdi.platform.ratelimit import Tally
from abdi.platform.tenancy import within

OF = {
    Entry: {"at_us": 7, "by": "system", "kind": "x.Y"},
    Delivery: {"reaction": "x.y"},
    Tally: {"key": "k", "window": 3},
}


@pytest.mark.parametrize("model", OF)
def test_a_new_row_holds_what_the_model_itself_would(model):
    with within(9):
        ours, plain = new_row(model, **OF[model]), model(**OF[model])
    names = [field.attname for field in model._meta.concrete_fields]
    assert {n: getattr(ours, n) for n in names} == {n: getattr(plain, n) for n in names}
    assert ours.institution_id == 9
    assert ours._state.adding
    assert ours._state.db is None


def test_a_row_it_refers_to_is_given_whole_or_by_its_id():
    with within(9):
        entry = Entry(pk=5)
        whole = new_row(Delivery, entry=entry, reaction="x.y")
        by_id = new_row(Delivery, entry_id=5, institution_id=4)
    assert (whole.entry_id, whole.entry) == (5, entry)
    assert (by_id.entry_id, by_id.institution_id) == (5, 4)


def test_a_name_that_is_no_column_is_refused():
    with within(9), pytest.raises(TypeError, match="Entry has no column words"):
        new_row(Entry, words="x")
