"""The position map: need, filled, vacant of each post of each unit, in three queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from abdi.people.choices import AssignmentKind
from abdi.people.models import Assignment, Position, TeamMember
from abdi.people.queries.tree import UnitAt, units_at
from abdi.platform import clock

ACTING = (AssignmentKind.PLT, AssignmentKind.PLH)


@dataclass(frozen=True)
class PostRow:
    """The posts of one title in one unit; `is_counted` where workload said the need."""

    unit_id: int
    unit_code: str
    unit_name: str
    depth: int
    title: str
    tier: str
    is_head: bool
    position_id: int
    need: int
    is_counted: bool
    filled: int
    acting: str

    @property
    def vacant(self) -> int:
        """Posts that nobody holds for good."""
        return max(0, self.need - self.filled)

    @property
    def over(self) -> int:
        """People more than needed."""
        return max(0, self.filled - self.need)


def position_map(
    agency_ids: frozenset[int] | None, on: date | None = None
) -> tuple[list[PostRow], int]:
    """Rows by unit from the top down (of these agencies, None: all) and how many are vacant."""
    day = on or clock.today()
    units = [u for u in units_at(day) if agency_ids is None or u.agency_id in agency_ids]
    ids = [unit.id for unit in units]
    held: dict[int, list[tuple[str, str]]] = defaultdict(list)
    seats = Assignment.objects.on(day).filter(position__unit_id__in=ids)
    for post, kind, name in seats.values_list("position_id", "kind", "person__name"):
        held[post].append((kind, name))
    groups: dict[tuple[int, str], list[Position]] = defaultdict(list)
    posts = Position.objects.on(day).filter(unit_id__in=ids).order_by("-is_head", "title", "id")
    for position in posts:
        groups[position.unit_id, position.title].append(position)
    by_unit: dict[int, list[list[Position]]] = defaultdict(list)
    for (unit_id, _title), found in groups.items():
        by_unit[unit_id].append(found)
    rows = [_row(unit, found, held) for unit in units for found in by_unit[unit.id]]
    return rows, sum(row.vacant for row in rows)


def _row(
    unit: UnitAt, found: Sequence[Position], held: Mapping[int, Sequence[tuple[str, str]]]
) -> PostRow:
    first = found[0]
    people = [who for post in found for who in held.get(post.pk, ())]
    counted = [post.work_need for post in found if post.work_need is not None]
    acting = [name for kind, name in people if kind in ACTING]
    return PostRow(
        unit_id=unit.id,
        unit_code=unit.code,
        unit_name=unit.name,
        depth=unit.depth,
        title=first.title,
        tier=first.tier,
        is_head=first.is_head,
        position_id=first.pk,
        need=sum(counted) if counted else sum(post.need_count for post in found),
        is_counted=bool(counted),
        filled=sum(kind == AssignmentKind.DEFINITE for kind, _name in people),
        acting=", ".join(acting),
    )


def holders_of(position: Position) -> list[Assignment]:
    """Everybody who holds or held a post, and the posts it continues, newest first; two queries."""
    ids, post = [position.pk], position.predecessor
    if post is not None:
        ids.append(post.pk)
    rows = Assignment.objects.filter(position_id__in=ids).select_related("person", "position__unit")
    return list(rows.order_by("-start_on", "-id")[:100])


def teams_of(person_id: int, on: date | None = None) -> list[TeamMember]:
    """The teams of several units a person is in on a day."""
    rows = TeamMember.objects.on(on or clock.today()).filter(person_id=person_id)
    return list(rows.select_related("team__unit").order_by("start_on", "id"))
