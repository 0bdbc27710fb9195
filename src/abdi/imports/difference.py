"""A newer list beside the record: who is new, who is gone, what differs, and who decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from abdi.imports.choices import Decider, Difference, Fault, Field
from abdi.imports.models import ImportChange
from abdi.imports.records import Beside, Records, in_parts
from abdi.imports.rules import Value
from abdi.people import queries as people
from abdi.people import rules
from abdi.people.rules import Listed

if TYPE_CHECKING:
    from abdi.people.models import Assignment, Person, RankHold

Lines = Iterable[tuple[int, Mapping[Field, Value]]]
_FIELDS: Final = {
    "name": Field.NAME,
    "title_prefix": Field.TITLE_PREFIX,
    "title_suffix": Field.TITLE_SUFFIX,
    "employee_number": Field.NUMBER,
    "employment": Field.EMPLOYMENT,
    "sex": Field.SEX,
    "birth_on": Field.BIRTH_ON,
    "phone": Field.PHONE,
    "email": Field.EMAIL,
    "education": Field.EDUCATION,
}
_DECIDERS: Final = {
    Field.PHONE: Decider.PERSON,
    Field.EMAIL: Decider.PERSON,
    Field.POSITION: Decider.PLACEMENT,
    Field.UNIT: Decider.PLACEMENT,
}
"""Everything else is the personnel office's, which has it corrected in the national record too."""


@dataclass(frozen=True)
class Differs:
    """One field: what the record says, what the list says, whether it was set here, who decides."""

    field: Field
    here: str
    there: str
    is_conflict: bool

    @property
    def decides(self) -> Decider:
        """Who says which of the two holds."""
        return _DECIDERS.get(self.field, Decider.PERSONNEL)


@dataclass(frozen=True)
class About:
    """One person: the line of the list (0 for somebody gone) and what differs."""

    kind: Difference
    line: int
    number: str
    name: str
    code: str = ""
    fields: tuple[Differs, ...] = ()


@dataclass
class Report:
    """A whole list beside the record; people of each kind in the order of the list.

    Rows about people of other agencies are only counted.
    """

    people: dict[Difference, list[About]] = field(
        default_factory=lambda: {kind: [] for kind in Difference}
    )
    by_field: Counter[Field] = field(default_factory=Counter)
    same: int = 0
    elsewhere: int = 0

    def add(self, about: About) -> None:
        """Take one person in."""
        self.people[about.kind].append(about)
        self.by_field.update(one.field for one in about.fields)

    @property
    def counts(self) -> dict[str, int]:
        """How many people of each kind."""
        return {"same": self.same, **{str(kind): len(found) for kind, found in self.people.items()}}


def report(lines: Lines, records: Records) -> Report:
    """All differences of a list; nothing is changed by looking."""
    found, met = Report(), set()
    for part in in_parts(lines):
        beside = records.beside(part)
        held = _Held([one.listed.person_id for one in beside], records.today)
        for (line, values), one in zip(part, beside, strict=True):
            met.add(one.listed.person_id)
            if any(issue.code is Fault.OTHER_AGENCY for issue in one.issues):
                found.elsewhere += 1
                continue
            about = _about(line, values, one, held)
            if about is None:
                found.same += 1
            else:
                found.add(about)
    for person in _gone(records, met):
        number = person.employee_number or ""
        found.add(About(Difference.GONE, 0, number, person.display_name, person.code))
    return found


def _gone(records: Records, met: set[int | None]) -> Iterator[Person]:
    rows = people.persons().active().exclude(employee_number=None).order_by("name", "id")
    mine = records.mine()
    for person in rows.iterator(2_000):
        if person.pk not in met and (mine is None or person.pk in mine):
            yield person


def _about(line: int, values: Mapping[Field, Value], beside: Beside, held: _Held) -> About | None:
    listed = beside.listed
    number, name = str(values.get(Field.NUMBER, "")), str(values.get(Field.NAME, ""))
    person = held.people.get(listed.person_id or 0)
    if person is None:
        return About(Difference.NEW, line, number, name)
    fields = (*held.facts(person, listed), *held.post(person, listed, values), *held.rank(listed))
    if not fields:
        return None
    is_conflict = any(one.is_conflict for one in fields)
    kind = Difference.CONFLICT if is_conflict else Difference.CHANGED
    return About(kind, line, number, person.display_name, person.code, fields)


class _Held:
    """What the record holds of some thousand people, and what lists had brought before."""

    def __init__(self, ids: Sequence[int | None], today: date) -> None:
        known = [pk for pk in ids if pk is not None]
        self.people = {one.pk: one for one in people.persons().filter(pk__in=known)}
        self.seats: dict[int, Assignment] = people.seating(known, today)
        self.ranks: dict[int, list[RankHold]] = {}
        for hold in people.ranks_of(known, today):
            self.ranks.setdefault(hold.person_id, []).append(hold)
        self.brought: dict[int, dict[str, Any]] = {pk: {} for pk in known}
        changes = ImportChange.objects.filter(person_number__in=known, run__undone_at=None)
        for pk, data in changes.order_by("run_id").values_list("person_number", "data"):
            told = {name: data[name] for name in ("seat", "rank") if data.get(name)}
            self.brought[pk] |= {**data.get("brought", {}), **data.get("after", {}), **told}

    def facts(self, person: Person, listed: Listed) -> Iterator[Differs]:
        """Columns of the person. Set here: not empty, and not what a list brought last."""
        for name, told in listed.facts.items():
            here = getattr(person, name)
            if rules.differs(here, told):
                brought = self.brought[person.pk].get(name)
                is_conflict = bool(here) and _text(here) != brought
                yield Differs(_FIELDS[name], _text(here), _text(told), is_conflict)

    def post(
        self, person: Person, listed: Listed, values: Mapping[Field, Value]
    ) -> Iterator[Differs]:
        """Post and unit, by the words of the list where the unit is not known here."""
        seat = self.seats.get(person.pk)
        unit = seat.position.unit if seat else None
        is_own = seat is not None and self.brought[person.pk].get("seat") != seat.pk
        told_unit = str(values.get(Field.UNIT, ""))
        if told_unit and (unit is None or listed.unit_id != unit.pk):
            yield Differs(Field.UNIT, unit.name if unit else "", told_unit, is_own)
        title = seat.position.title if seat else ""
        if listed.title and rules.differs(title, listed.title):
            yield Differs(Field.POSITION, title, listed.title, is_own)

    def rank(self, listed: Listed) -> Iterator[Differs]:
        """The rank; one the record has already, of an earlier day too, is no difference."""
        held = self.ranks.get(listed.person_id or 0, [])
        told = (listed.rank, listed.rank_since)
        if not listed.rank or any((one.rank, one.start_on) == told for one in held):
            return
        last = held[-1] if held else None
        if last is not None and listed.rank_since is None and last.rank == listed.rank:
            return
        brought = self.brought[listed.person_id or 0].get("rank")
        is_own = last is not None and last.pk != brought
        here = _ranked(last.rank, last.start_on) if last else ""
        yield Differs(Field.RANK, here, _ranked(listed.rank, listed.rank_since), is_own)


def _ranked(rank: str, since: date | None) -> str:
    return f"{rank} {since:%d-%m-%Y}" if since else rank


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def as_dict(about: About) -> dict[str, Any]:
    """One person for other programs."""
    told: dict[str, Any] = {"nip": about.number or None, "nama": about.name}
    if about.line:
        told = {"row": about.line, **told}
    if about.fields:
        told["fields"] = [
            {
                "field": str(one.field),
                "here": one.here or None,
                "there": one.there,
                "conflict": one.is_conflict,
                "decides": str(one.decides),
            }
            for one in about.fields
        ]
    return told
