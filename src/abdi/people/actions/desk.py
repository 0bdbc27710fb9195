"""Works the rows of one part of a list in plain values: looked up once, written once a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from abdi.people import rules
from abdi.people.actions.posts import Post, Posts
from abdi.people.actions.said import FACTS, ranks_held, seats_held
from abdi.people.choices import AssignmentKind
from abdi.people.models import Assignment, Person, RankHold
from abdi.people.models.persons import new_codes
from abdi.people.rules import Listed
from abdi.platform import clock
from abdi.platform.actions import Conflict
from abdi.platform.db.bulk import insert_many, new_ids, update_many
from abdi.platform.tenancy import current_institution_id

Data = dict[str, Any]
_FIELD: Final[Any] = Person._meta.get_field
_VERSION: Final = len(FACTS)
_DAY: Final = timedelta(days=1)
_EMPTY: Final[Data] = {field.name: field.get_default() for field in map(_FIELD, FACTS)}
_FIXED_PERSON: Final = {
    "version": 1, "pension_age": None, "contract_end_on": None, "left_on": None,
    "has_discipline_note": False, "call_out_count": 0,
}  # fmt: skip
_FIXED_SEAT: Final = {
    "kind": AssignmentKind.DEFINITE.value, "end_on": None, "extension": 0, "decree": "",
}  # fmt: skip


@dataclass(slots=True)
class Entered:
    """What a row did: the person, whether he is new, and what is needed to take it back.

    `person_id` of somebody new is 0 until it is written.
    """

    line: int
    person_id: int
    name: str
    is_new: bool
    data: Data = field(default_factory=dict)

    @property
    def says_anything(self) -> bool:
        """Whether anything changed at all."""
        return self.is_new or bool(self.data)


class Desk:
    """The rows of a part that say something new; `held` is what their persons say now."""

    def __init__(
        self,
        rows: Sequence[Listed],
        held: Mapping[int, tuple[Any, ...]],
        source: str,
        posts: Posts,
    ) -> None:
        self.source = source
        self.today = clock.today()
        self.held = held
        ids = [row.person_id for row in rows if row.person_id is not None]
        self.seats: dict[int, tuple[Any, ...]] = {}
        self.ranks: Mapping[int, set[tuple[str, date]]] = {}
        if ids:
            self.seats = {seat[0]: seat[1:] for seat in seats_held(ids, self.today)}
            self.ranks = ranks_held(ids)
        self.posts = posts
        posts.look_up((row.unit_id for row in rows if row.unit_id is not None), self.today)
        self.new_people: list[tuple[Entered, Mapping[str, Any]]] = []
        self.changed_people: list[tuple[Any, ...]] = []
        self.ended: list[tuple[int, date, int]] = []
        self.new_seats: list[tuple[Entered, Post, date]] = []
        self.new_ranks: list[tuple[Entered, date]] = []

    def enter(self, row: Listed) -> Entered:
        """Work out what one row changes."""
        one = self._person(row)
        self._seat(one, row)
        self._rank(one, row)
        return one

    def _person(self, row: Listed) -> Entered:
        facts = row.facts
        if row.person_id is None:
            brought = {name: plain(facts[name]) for name in FACTS if name in facts}
            one = Entered(row.line, 0, str(facts.get("name", "")), True, {"brought": brought})
            self.new_people.append((one, facts))
            return one
        held = self.held.get(row.person_id)
        if held is None:
            raise Conflict(_("A person of this list was removed meanwhile."))
        now = dict(zip(FACTS, held, strict=False))
        different = {
            name: facts[name]
            for name in FACTS
            if name in facts and rules.differs(now[name], facts[name])
        }
        one = Entered(row.line, row.person_id, str(different.get("name", now["name"])), False)
        if different:
            version = held[_VERSION] + 1
            before = {name: plain(now[name]) for name in different}
            after = {name: plain(value) for name, value in different.items()}
            one.data |= {"before": before, "after": after, "version": version}
            self.changed_people.append((row.person_id, *(now | different).values(), version))
        return one

    def _seat(self, one: Entered, row: Listed) -> None:
        if row.unit_id is None or not row.title:
            return
        held = self.seats.get(one.person_id)
        start = row.since or self.today
        if held is not None:
            pk, held_since, end_on, post_id, unit_id, title = held
            if unit_id == row.unit_id and rules.told_alike(title, row.title):
                return
            start = rules.day_to_begin(row.since, held_since, self.today)
            last = start - _DAY
            one.data["ended"] = [pk, plain(end_on), plain(last)]
            one.data["seat_before"] = title
            self.ended.append((pk, last, post_id))
        post, is_made = self.posts.seat(row)
        if is_made:
            one.data["made_post"] = True
        one.data["unit"] = row.unit_id
        one.data["seat_after"] = post.title
        self.new_seats.append((one, post, start))

    def _rank(self, one: Entered, row: Listed) -> None:
        if not row.rank or row.rank_since is None:
            return
        if (row.rank, row.rank_since) in self.ranks.get(one.person_id, ()):
            return
        one.data["rank_code"] = row.rank
        self.new_ranks.append((one, row.rank_since))

    def write(self) -> None:
        """Write all of it, each table at once."""
        institution_id = current_institution_id()
        self._write_people(institution_id)
        if self.changed_people:
            update_many(Person, (*FACTS, "version"), self.changed_people)
        self.posts.write(institution_id)
        if self.ended:
            update_many(Assignment, ("end_on",), (seat[:2] for seat in self.ended))
        self._write_seats(institution_id)
        self._write_ranks(institution_id)
        self._count_holders()

    def _write_people(self, institution_id: int) -> None:
        if not self.new_people:
            return
        ids = new_ids(Person, len(self.new_people))
        for pk, (one, _facts) in zip(ids, self.new_people, strict=True):
            one.person_id = pk
        rows = (
            (one.person_id, code, *{**_EMPTY, **facts}.values())
            for code, (one, facts) in zip(
                new_codes(len(self.new_people)), self.new_people, strict=True
            )
        )
        fixed = {"institution": institution_id, **_FIXED_PERSON}
        insert_many(Person, ("id", "code", *FACTS), rows, fixed=fixed)

    def _write_seats(self, institution_id: int) -> None:
        if self.new_seats:
            fixed = {"institution": institution_id, **_FIXED_SEAT}
            columns = ("id", "person", "position", "start_on")
            insert_many(Assignment, columns, self._seat_rows(), fixed=fixed)

    def _seat_rows(self) -> Iterator[tuple[Any, ...]]:
        ids = new_ids(Assignment, len(self.new_seats))
        for pk, (one, post, start_on) in zip(ids, self.new_seats, strict=True):
            one.data["seat"] = pk
            if one.data.pop("made_post", False):
                one.data["post"] = post.pk
            yield pk, one.person_id, post.pk, start_on

    def _write_ranks(self, institution_id: int) -> None:
        if self.new_ranks:
            fixed = {
                "institution": institution_id, "source": str(self.source), "made_at": clock.now(),
                "served_months": None, "decree": "",
            }  # fmt: skip
            columns = ("id", "person", "rank", "start_on")
            insert_many(RankHold, columns, self._rank_rows(), fixed=fixed)

    def _rank_rows(self) -> Iterator[tuple[Any, ...]]:
        ids = new_ids(RankHold, len(self.new_ranks))
        for pk, (one, start_on) in zip(ids, self.new_ranks, strict=True):
            one.data["rank"] = pk
            yield pk, one.person_id, one.data["rank_code"], start_on

    def _count_holders(self) -> None:
        """Who left by yesterday, and who only comes tomorrow, holds no post today."""
        for _pk, last, post_id in self.ended:
            if last < self.today:
                self.posts.leave(post_id)
        for _one, post, start_on in self.new_seats:
            if start_on > self.today:
                post.taken -= 1


def plain(value: Any) -> Any:
    """A value as it is kept: days as texts."""
    return value.isoformat() if isinstance(value, date) else value
