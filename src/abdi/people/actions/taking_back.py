"""What a list had changed is put back: all of it, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.people import events
from abdi.people.actions.desk import plain
from abdi.people.actions.lists import locked
from abdi.people.actions.said import FACTS
from abdi.people.models import Assignment, Person, Position, RankHold
from abdi.people.permissions import only_other_modules
from abdi.people.rules import ListedChange, joined
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action
from abdi.platform.journal import record

BATCH: Final = 500
NAMED: Final = 3


@dataclass(frozen=True)
class Change:
    """What a list did to a person, as it was kept: `data` of Entered."""

    person_id: int
    name: str
    is_new: bool
    data: Mapping[str, Any]


@action(allowed=only_other_modules)
def take_back_people(changes: Sequence[Change], *, by: Actor) -> int:
    """Put back what a list changed; all of it, or nothing.

    Raises Conflict, naming people, where somebody changed a row since or uses a new person.
    """
    touched = _Touched(changes)
    stale = [change.name for change in changes if touched.is_stale(change)]
    if stale:
        raise Conflict(_refusal(stale))
    try:
        touched.restore(changes)
    except ProtectedError as problem:
        raise Conflict(
            _("Other records already use people or posts of this list; it cannot be taken back.")
        ) from problem
    told = (ListedChange(one.person_id, is_changed=True) for one in changes)
    fact = events.PeopleTakenBack(count=len(changes), changes=joined(told))
    record(fact, by=by, about="people.person")
    return len(changes)


def _refusal(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    text = ngettext(
        "%(names)s was changed after this list. It cannot be taken back as a whole.",
        "%(count)s people were changed after this list, among them %(names)s. "
        "It cannot be taken back as a whole.",
        len(names),
    )
    return text % {"names": shown, "count": len(names)}


class _Touched:
    """The rows a list touched, as they are now."""

    def __init__(self, changes: Sequence[Change]) -> None:
        ids = [change.person_id for change in changes]
        self.people = {one.pk: one for one in locked(Person.objects.filter(pk__in=ids))}
        self.seats: dict[int, list[Assignment]] = defaultdict(list)
        for seat in locked(Assignment.objects.filter(person_id__in=ids)):
            self.seats[seat.person_id].append(seat)
        self.ranks: dict[int, set[int]] = defaultdict(set)
        for hold in RankHold.objects.filter(person_id__in=ids):
            self.ranks[hold.person_id].add(hold.pk)

    def is_stale(self, change: Change) -> bool:
        """Whether a row of this person is not as the list left it."""
        person = self.people.get(change.person_id)
        data = change.data
        if person is None or person.version != data.get("version", person.version):
            return True
        after: Mapping[str, Any] = data.get("after", {})
        if any(plain(getattr(person, name)) != value for name, value in after.items()):
            return True
        if data.get("rank") and data["rank"] not in self.ranks[person.pk]:
            return True
        if change.is_new and self._has_more(change):
            return True
        return self._seat_moved(change)

    def _has_more(self, change: Change) -> bool:
        seats = {seat.pk for seat in self.seats[change.person_id]}
        own = {change.data.get("seat")}, {change.data.get("rank")}
        return (
            self.people[change.person_id].version != 1
            or not seats <= own[0]
            or not self.ranks[change.person_id] <= own[1]
        )

    def _seat_moved(self, change: Change) -> bool:
        data = change.data
        seats = {seat.pk: seat for seat in self.seats[change.person_id]}
        if data.get("seat"):
            seat = seats.get(data["seat"])
            if seat is None or seat.end_on is not None:
                return True
        if data.get("ended"):
            pk, _before, after = data["ended"]
            return pk not in seats or plain(seats[pk].end_on) != after
        return False

    def restore(self, changes: Sequence[Change]) -> None:
        """Write everything back; raises ProtectedError where something else holds on to a row."""
        seats = [change.data["seat"] for change in changes if change.data.get("seat")]
        Assignment.objects.filter(pk__in=seats).delete()
        RankHold.objects.filter(
            pk__in=[change.data["rank"] for change in changes if change.data.get("rank")]
        ).delete()
        self._reopen(changes)
        people = [self._as_before(change) for change in changes if change.data.get("before")]
        Person.objects.bulk_update(people, [*FACTS, "version"], batch_size=BATCH)
        new = [change.person_id for change in changes if change.is_new]
        Person.objects.filter(pk__in=new).delete()
        posts = [change.data["post"] for change in changes if change.data.get("post")]
        Position.objects.filter(pk__in=posts).delete()

    def _reopen(self, changes: Sequence[Change]) -> None:
        rows = []
        for change in changes:
            if change.data.get("ended"):
                pk, before, _after = change.data["ended"]
                seat = next(one for one in self.seats[change.person_id] if one.pk == pk)
                seat.end_on = date.fromisoformat(before) if before else None
                rows.append(seat)
        Assignment.objects.bulk_update(rows, ["end_on"], batch_size=BATCH)

    def _as_before(self, change: Change) -> Person:
        person: Person = self.people[change.person_id]
        for name, value in change.data["before"].items():
            is_day = name == "birth_on" and value
            setattr(person, name, date.fromisoformat(value) if is_day else value)
        person.version += 1
        return person
