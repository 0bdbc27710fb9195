"""The posts a list seats people in: found in their unit by title, or made there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count

from abdi.people import rules
from abdi.people.choices import AssignmentKind
from abdi.people.models import Assignment, Position
from abdi.people.rules import Listed
from abdi.platform.db.among import Among
from abdi.platform.db.bulk import insert_many, new_ids

TITLE_AND_MORE: Final = ("title", "kind", "tier", "echelon", "is_managerial", "is_head")
_FIRST_DAY: Final = Position._meta.get_field("start_on").get_default()


@dataclass(slots=True)
class Post:
    """One post, in plain values; `pk` is 0 until it is written, `taken` how many hold it today."""

    pk: int
    unit_id: int
    title: str
    is_head: bool
    need_count: int = 1
    taken: int = 0
    told: tuple[Any, ...] = field(default=())


class Posts:
    """The posts of the units a list names, looked up once for the whole list.

    For the transaction that applies one list: parts of it that follow see what earlier ones made.
    """

    def __init__(self) -> None:
        self.known: dict[tuple[int, str], list[Post]] = defaultdict(list)
        self.by_id: dict[int, Post] = {}
        self.headed: set[int] = set()
        self.units: set[int] = set()
        self.new: list[Post] = []

    def look_up(self, unit_ids: Iterable[int], today: date) -> None:
        """Read the posts of units that were not read yet, with who holds them; two queries."""
        missing = set(unit_ids) - self.units
        if not missing:
            return
        self.units |= missing
        columns = ("id", "unit_id", "title", "is_head", "need_count")
        rows = Position.objects.filter(Among("unit_id", missing)).order_by("id")
        for row in rows.values_list(*columns):
            post = Post(*row)
            self.by_id[post.pk] = post
            self._keep(post)
        held = Assignment.objects.on(today).filter(
            Among("position__unit_id", missing), kind=AssignmentKind.DEFINITE
        )
        for pk, count in held.order_by().values_list("position_id").annotate(n=Count("id")):
            self.by_id[pk].taken = count

    def _keep(self, post: Post) -> None:
        self.known[post.unit_id, _same(post.title)].append(post)
        if post.is_head:
            self.headed.add(post.unit_id)

    def seat(self, row: Listed) -> tuple[Post, bool]:
        """The post for a row, held from now on, and whether it was made for it."""
        known = self.known[row.unit_id or 0, _same(row.title)]
        free = next((post for post in known if post.taken < post.need_count), None)
        post = free or next(iter(known), None)
        is_made = post is None or (post.is_head and free is None)
        if post is None or is_made:
            post = self._new(row)
        post.taken += 1
        return post, is_made

    def _new(self, row: Listed) -> Post:
        kind, tier, leads = rules.post_of(row.title, row.echelon)
        unit_id = row.unit_id or 0
        is_head = leads and unit_id not in self.headed
        is_managerial = bool(row.echelon) and leads
        told = (row.title, kind, tier, row.echelon[:6], is_managerial, is_head)
        post = Post(0, unit_id, row.title, is_head, told=told)
        self._keep(post)
        self.new.append(post)
        return post

    def write(self, institution_id: int) -> None:
        """Write the posts that were made since the last time."""
        if not self.new:
            return
        for pk, post in zip(new_ids(Position, len(self.new)), self.new, strict=True):
            post.pk = pk
            self.by_id[pk] = post
        rows = ((post.pk, post.unit_id, *post.told) for post in self.new)
        fixed = {
            "institution": institution_id, "need_count": 1, "start_on": _FIRST_DAY,
            "job_class": None, "work_need": None, "end_on": None, "predecessor": None,
        }  # fmt: skip
        insert_many(Position, ("id", "unit", *TITLE_AND_MORE), rows, fixed=fixed)
        self.new = []

    def leave(self, post_id: int) -> None:
        """One holder less today."""
        if post_id in self.by_id:
            self.by_id[post_id].taken -= 1


def _same(title: str) -> str:
    return " ".join(title.split()).casefold()
