"""The bulk door of the record: many people of a list at once, and back again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from abdi.people import events, queries, rules
from abdi.people.actions.desk import Desk, Entered
from abdi.people.actions.freezing import freeze_sentence
from abdi.people.actions.posts import Posts
from abdi.people.actions.said import FACTS, different_rows
from abdi.people.choices import AssignmentKind, RecordSource
from abdi.people.models import Person
from abdi.people.permissions import only_other_modules
from abdi.people.rules import Listed, ListedChange
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action
from abdi.platform.db.among import Among
from abdi.platform.journal import record


@action(allowed=only_other_modules)
def enter_people(
    rows: Sequence[Listed],
    *,
    by: Actor,
    source: str = RecordSource.IMPORTED,
    posts: Posts | None = None,
) -> list[Entered]:
    """Enter persons, seats and ranks of a list; what the record says already changes nothing.

    A post is found in the unit or made there; a new seat ends the one before. The answer holds
    the rows that changed something, in their order. A list that comes in parts of one transaction
    hands the same `posts` to each. The journal gets one entry, which says in signs what became of
    each person (ADR 0020). Raises Conflict where a person is gone, or where a freeze stops one who
    would change his post or get a head's.
    """
    different = different_rows(rows, clock.today())
    desk = Desk(different, _held(different), source, posts or Posts())
    changed = [one for one in map(desk.enter, different) if one.says_anything]
    _stop_frozen(desk)
    desk.write()
    fact = events.PeopleEntered(count=len(changed), changes=rules.joined(map(_change, changed)))
    record(fact, by=by, about="people.person")
    return changed


def _held(rows: Sequence[Listed]) -> dict[int, tuple[Any, ...]]:
    """The facts and the version of each person of these rows, held until the transaction ends."""
    ids = [row.person_id for row in rows if row.person_id is not None]
    if not ids:
        return {}
    held = locked(Person.objects.filter(Among("pk", ids)))
    return {one[0]: one[1:] for one in held.values_list("pk", *FACTS, "version")}


def _change(one: Entered) -> ListedChange:
    data = one.data
    seat = data.get("seat", 0)
    return ListedChange(
        one.person_id,
        one.is_new,
        "after" in data,
        seat,
        data["unit"] if seat else 0,
        data.get("rank_code", ""),
    )


def _stop_frozen(desk: Desk) -> None:
    """Who is new in the record and sits below a head is entered, not moved: no freeze stops him."""
    if not desk.new_seats or not queries.any_freeze():
        return
    by_day: dict[date, list[Entered]] = defaultdict(list)
    for one, post, start_on in desk.new_seats:
        if one.data.get("ended") or post.is_head:
            by_day[start_on].append(one)
    for day, moved in sorted(by_day.items()):
        found = queries.stopped([one.person_id for one in moved], AssignmentKind.DEFINITE, day)
        if found is not None:
            window, whom = found
            first = next(one for one in moved if one.person_id in whom)
            message = _("Line %(line)s, %(name)s: %(rule)s") % {
                "line": first.line,
                "name": first.name,
                "rule": freeze_sentence(window),
            }
            raise Conflict(message)


def locked(rows: Any) -> Any:
    """The rows of one table in the order of their ids, held where the database can."""
    rows = rows.order_by("pk")
    return rows.select_for_update() if connection.features.has_select_for_update else rows
