"""The bulk door of the record: many people of a list at once, and back again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _

from abdi.people import events, queries, rules
from abdi.people.actions.freezing import freeze_sentence
from abdi.people.actions.said import FACTS, different_rows, going_on
from abdi.people.choices import AssignmentKind, RecordSource
from abdi.people.models import Assignment, Person, Position, RankHold
from abdi.people.permissions import only_other_modules
from abdi.people.rules import Listed
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action
from abdi.platform.db.bulk import insert_objects
from abdi.platform.journal import PastFact, record, record_many

BATCH: Final = 500
Data = dict[str, Any]


@dataclass
class Entered:
    """What a row did: the person, whether he is new, and what is needed to take it back."""

    line: int
    person: Person
    is_new: bool
    data: Data = field(default_factory=dict)

    @property
    def says_anything(self) -> bool:
        """Whether anything changed at all."""
        return self.is_new or bool(self.data)


@action(allowed=only_other_modules)
def enter_people(
    rows: Sequence[Listed], *, by: Actor, source: str = RecordSource.IMPORTED
) -> list[Entered]:
    """Enter persons, seats and ranks of a list; what the record says already changes nothing.

    A post is found in the unit or made there; a new seat ends the one before. The answer holds
    the rows that changed something, in their order. Raises Conflict where a person is gone, or
    where a freeze stops one who would change his post or get a head's.
    """
    desk = _Desk(different_rows(rows, clock.today()), source)
    entered = [desk.enter(row) for row in desk.rows]
    _stop_frozen(desk)
    desk.write()
    changed = [one for one in entered if one.says_anything]
    at = clock.now()
    entry = record(events.PeopleEntered(count=len(changed)), by=by, about="people.person")
    record_many(_facts(changed, at, by, entry.pk))
    return changed


def _stop_frozen(desk: _Desk) -> None:
    """Who is new in the record and sits below a head is entered, not moved: no freeze stops him."""
    if not desk.new_seats or not queries.any_freeze():
        return
    by_day: dict[date, list[Entered]] = defaultdict(list)
    for one, seat in desk.new_seats:
        if one.data.get("ended") or seat.position.is_head:
            by_day[seat.start_on].append(one)
    for day, moved in sorted(by_day.items()):
        ids = [one.person.pk or 0 for one in moved]
        found = queries.stopped(ids, AssignmentKind.DEFINITE, day)
        if found is not None:
            window, whom = found
            first = next(one for one in moved if (one.person.pk or 0) in whom)
            message = _("Line %(line)s, %(name)s: %(rule)s") % {
                "line": first.line,
                "name": first.person.name,
                "rule": freeze_sentence(window),
            }
            raise Conflict(message)


def _facts(changed: Iterable[Entered], at: datetime, by: Actor, cause: int) -> Iterator[PastFact]:
    for one in changed:
        about, pk = one.person.ref, one.person.pk
        if one.is_new or one.data.get("after"):
            yield PastFact(events.PersonChanged(person_id=pk), at, by.ref, about, cause)
        if seat := one.data.get("seat"):
            placed = events.PersonPlaced(
                assignment_id=seat, person_id=pk, unit_id=one.data["unit"], kind="definite"
            )
            yield PastFact(placed, at, by.ref, about, cause)
        if one.data.get("rank"):
            held = events.RankEntered(person_id=pk, rank=one.data["rank_code"])
            yield PastFact(held, at, by.ref, about, cause)


class _Desk:
    """Works the rows of one batch: everything is looked up once and written once."""

    def __init__(self, rows: Sequence[Listed], source: str) -> None:
        self.rows = rows
        self.source = source
        self.today = clock.today()
        self.now = clock.now()
        ids = [row.person_id for row in rows if row.person_id is not None]
        self.people = {one.pk: one for one in locked(Person.objects.filter(pk__in=ids))}
        self.seats = _seats(ids, self.today)
        self.ranks: dict[int, set[tuple[str, date]]] = defaultdict(set)
        for hold in RankHold.objects.filter(person_id__in=ids):
            self.ranks[hold.person_id].add((hold.rank, hold.start_on))
        self.posts = _posts({row.unit_id for row in rows if row.unit_id is not None})
        self.headed = {
            post.unit_id for posts in self.posts.values() for post in posts if post.is_head
        }
        self.taken = _taken(self.posts, self.today)
        self.new_people: list[Entered] = []
        self.changed_people: list[Person] = []
        self.new_posts: list[Position] = []
        self.ended: list[Assignment] = []
        self.new_seats: list[tuple[Entered, Assignment]] = []
        self.new_ranks: list[tuple[Entered, RankHold]] = []

    def enter(self, row: Listed) -> Entered:
        """Work out what one row changes."""
        one = self._person(row)
        self._seat(one, row)
        self._rank(one, row)
        return one

    def _person(self, row: Listed) -> Entered:
        if row.person_id is None:
            told = {name: row.facts[name] for name in FACTS if name in row.facts}
            brought = {name: plain(value) for name, value in told.items()}
            one = Entered(row.line, Person(**told), is_new=True, data={"brought": brought})
            self.new_people.append(one)
            return one
        found = self.people.get(row.person_id)
        if found is None:
            raise Conflict(_("A person of this list was removed meanwhile."))
        person = found
        one = Entered(row.line, person, is_new=False)
        different = {
            name: row.facts[name]
            for name in FACTS
            if name in row.facts and rules.differs(getattr(person, name), row.facts[name])
        }
        if different:
            before = {name: plain(getattr(person, name)) for name in different}
            after = {name: plain(value) for name, value in different.items()}
            for name, value in different.items():
                setattr(person, name, value)
            person.version += 1
            one.data |= {"before": before, "after": after, "version": person.version}
            self.changed_people.append(person)
        return one

    def _seat(self, one: Entered, row: Listed) -> None:
        if row.unit_id is None or not row.title:
            return
        held = self.seats.get(one.person.pk) if one.person.pk else None
        if (
            held is not None
            and held.position.unit_id == row.unit_id
            and rules.told_alike(held.position.title, row.title)
        ):
            return
        start = rules.day_to_begin(row.since, held.start_on if held else None, self.today)
        if held is not None:
            one.data["ended"] = [held.pk, plain(held.end_on), plain(start - timedelta(days=1))]
            one.data["seat_before"] = held.position.title
            held.end_on = start - timedelta(days=1)
            self.ended.append(held)
        post = self._post(row, one)
        seat = Assignment(
            person=one.person, position=post, kind=AssignmentKind.DEFINITE, start_on=start
        )
        one.data |= {"unit": row.unit_id, "seat_after": post.title}
        self.new_seats.append((one, seat))

    def _post(self, row: Listed, one: Entered) -> Position:
        key = (row.unit_id or 0, _same(row.title))
        known = self.posts[key]
        free = [post for post in known if self.taken[id(post)] < post.need_count]
        post = next(iter(free or known), None)
        if post is None or (post.is_head and not free):
            post = self._new_post(row)
            known.append(post)
            one.data["made_post"] = True
        self.taken[id(post)] += 1
        return post

    def _new_post(self, row: Listed) -> Position:
        kind, tier, leads = rules.post_of(row.title, row.echelon)
        is_head = leads and row.unit_id not in self.headed
        if is_head and row.unit_id is not None:
            self.headed.add(row.unit_id)
        post = Position(
            unit_id=row.unit_id or 0,
            title=row.title,
            kind=kind,
            tier=tier,
            echelon=row.echelon[:6],
            is_managerial=bool(row.echelon) and leads,
            is_head=is_head,
        )
        self.new_posts.append(post)
        return post

    def _rank(self, one: Entered, row: Listed) -> None:
        if not row.rank or row.rank_since is None:
            return
        if (row.rank, row.rank_since) in self.ranks.get(one.person.pk or 0, ()):
            return
        hold = RankHold(
            person=one.person,
            rank=row.rank,
            start_on=row.rank_since,
            source=self.source,
            made_at=self.now,
        )
        one.data["rank_code"] = row.rank
        self.new_ranks.append((one, hold))

    def write(self) -> None:
        """Write all of it, each table at once."""
        insert_objects([one.person for one in self.new_people])
        names = [*FACTS, "version"]
        Person.objects.bulk_update(self.changed_people, names, batch_size=BATCH)
        insert_objects(self.new_posts)
        Assignment.objects.bulk_update(self.ended, ["end_on"], batch_size=BATCH)
        for _one, seat in self.new_seats:
            seat.person_id, seat.position_id = seat.person.pk, seat.position.pk
        insert_objects([seat for _, seat in self.new_seats])
        for _one, hold in self.new_ranks:
            hold.person_id = hold.person.pk
        insert_objects([hold for _, hold in self.new_ranks])
        for one, seat in self.new_seats:
            one.data["seat"] = seat.pk
            if one.data.pop("made_post", False):
                one.data["post"] = seat.position_id
        for one, hold in self.new_ranks:
            one.data["rank"] = hold.pk


def locked(rows: Any) -> Any:
    """The rows in the order of their ids, held where the database can."""
    rows = rows.order_by("pk")
    return (
        rows.select_for_update(of=("self",)) if connection.features.has_select_for_update else rows
    )


def _seats(ids: Sequence[int], today: date) -> dict[int, Assignment]:
    """The newest definite seat of each that has not ended."""
    return {row.person_id: row for row in going_on(ids, today).select_related("position")}


def _posts(unit_ids: set[int]) -> dict[tuple[int, str], list[Position]]:
    found: dict[tuple[int, str], list[Position]] = defaultdict(list)
    for post in Position.objects.filter(unit_id__in=unit_ids).order_by("id"):
        found[post.unit_id, _same(post.title)].append(post)
    return found


def _taken(posts: Mapping[tuple[int, str], Sequence[Position]], today: date) -> dict[int, int]:
    """How many hold each post definitely, by the identity of the post in this batch."""
    by_id = {post.pk: post for group in posts.values() for post in group}
    units = {unit for unit, _title in posts}
    held = Assignment.objects.on(today).filter(
        position__unit_id__in=units, kind=AssignmentKind.DEFINITE
    )
    counts = held.order_by().values_list("position_id").annotate(n=Count("id"))
    found: dict[int, int] = defaultdict(int)
    for pk, count in counts:
        found[id(by_id[pk])] = count
    return found


def _same(title: str) -> str:
    return " ".join(title.split()).casefold()


def plain(value: Any) -> Any:
    """A value as it is kept: days as texts."""
    return value.isoformat() if isinstance(value, date) else value
