"""The audit chain: every entry gets one link, whenever it committed; every change is seen."""

import pytest
from django.db import connection

from abdi.people.testing import an_agency
from abdi.platform.journal import Entry, Seal, chain, seal_all, seal_new_entries, verify_chain
from abdi.platform.tenancy import current_institution_id
from abdi.platform.testing import as_owner, counted_queries

pytestmark = pytest.mark.django_db
HOSTILE = ["", "12:ab", "héé – 🙂 e\u0301", "'\"%s %(x)s :1 ?", "a|b\\n\tc\u2028d", "\ufeff" * 3]


def an_entry(pk=None, about="x", **other):
    told = {"at_us": 1, "by": "system", "kind": "people.UnitChanged", "data_text": "{}", **other}
    columns = ["institution_id", "about", *told]
    values = [current_institution_id(), about, *told.values()]
    if pk is not None:
        columns, values = ["id", *columns], [pk, *values]
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO platform_entry ({names}) VALUES ({places}) RETURNING id", values
        )
        return cursor.fetchone()[0]


def sealed():
    return list(Seal.objects.order_by("number").values_list("entry_id", flat=True))


@pytest.fixture
def high():
    """An id far above all that are there, already sealed."""
    seal_all()
    return an_entry(pk=(Entry.objects.order_by("-id").first() or Entry(pk=0)).pk + 1_000_000)


def plain_line(row):
    """The definition, column by column."""
    return "".join(f"{len(text)}:{text}" for text in ("" if x is None else str(x) for x in row))


def test_a_line_holds_each_column_behind_its_length():
    """Whoever writes it, Python or the database."""
    for text in HOSTILE:
        first = an_entry(about=text[:80], by=text[:80], kind="k", data_text=text)
        ids = [first, an_entry(cause_id=first, data_text=text * 2)]
        rows = Entry.objects.filter(pk__in=ids).values_list(*chain.COLUMNS)
        wanted = {row[0]: plain_line(row) for row in rows}
        assert chain._lines(ids) == {row[0]: chain.line_of(row) for row in rows} == wanted


def test_entries_of_any_age_and_distance_get_one_link_each(monkeypatch):
    monkeypatch.setattr(chain, "PAGE", 3)
    monkeypatch.setattr(chain, "ONE_BY_ONE", 2)
    an_agency()
    base = Entry.objects.order_by("-id").first().pk
    for step in (1, 2, 3, 4, 5, 500, 501, 90_000, 90_001, 90_002, 90_003):
        an_entry(pk=base + step)
    seal_all()
    assert sorted(sealed()) == sorted(Entry.objects.values_list("id", flat=True))
    verdict = verify_chain()
    assert (verdict.whole, verdict.unsealed) == (True, 0)
    assert verdict.checked == Entry.objects.count()
    assert seal_all() == 0


def test_a_turn_finds_what_committed_a_little_late(high):
    seal_new_entries()
    late = an_entry(pk=high - chain.LATE + 1)
    assert chain.unsealed(lately=True) == 1
    assert seal_new_entries() == 1
    assert sealed()[-2:] == [high, late]
    assert verify_chain().whole


def test_what_committed_very_late_is_counted_and_sealed_by_the_whole_pass(high):
    seal_new_entries()
    late = an_entry(pk=high - chain.LATE - 1)
    assert seal_new_entries() == 0, "a turn does not look that far back"
    assert chain.unsealed(lately=True) == 0
    assert verify_chain().unsealed == 1
    assert seal_all() == 1
    assert sealed()[-1] == late
    assert (verify_chain().whole, verify_chain().unsealed) == (True, 0)


def test_a_turn_reads_no_more_where_the_journal_is_longer(high, monkeypatch):
    for number in range(50):
        an_entry(pk=high - 200_000 - number)
    seal_all()
    seal_new_entries()
    monkeypatch.setattr(chain, "PAGE", 10)
    with counted_queries(at_most=6):
        seal_new_entries()
    with pytest.raises(AssertionError), counted_queries(at_most=6):
        seal_new_entries(above=0)


def test_a_limit_is_kept_and_the_rest_comes_next():
    seal_all()
    for _number in range(5):
        an_entry()
    assert [seal_new_entries(2), seal_new_entries(2), seal_new_entries(2)] == [2, 2, 1]
    assert verify_chain().whole


def test_a_removed_entry_and_a_removed_link_are_named(monkeypatch):
    monkeypatch.setattr(chain, "PAGE", 2)
    for _number in range(5):
        an_entry()
    seal_all()
    fourth = sealed()[3]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE platform_seal SET entry_id = -5 WHERE entry_id = %s", [fourth])
        found = verify_chain()
        cursor.execute("UPDATE platform_seal SET entry_id = %s WHERE entry_id = -5", [fourth])
        cursor.execute("DELETE FROM platform_seal WHERE number = 4")
    assert (found.whole, found.first_bad, found.reason) == (False, 4, "its entry was removed")
    found = verify_chain()
    assert (found.whole, found.first_bad, found.reason) == (False, 4, "a link is missing")
